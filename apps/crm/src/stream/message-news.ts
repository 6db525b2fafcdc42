import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Bus, checked } from '@filodiretto/bus';
import { MessageChanged } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import { LOG } from '../log.js';

type Hear = (change: MessageChanged) => void;

/** Tells, as it happens, how far outgoing messages have come. News, not memory: what nobody heard is not told again. */
@Injectable()
export class MessageNews implements OnModuleInit, BeforeApplicationShutdown {
  private readonly listening = new Map<string, Set<Hear>>();
  private unsubscribe: () => void = () => undefined;

  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    const subscription = this.bus.connection.subscribe('crm.event.message.>', {
      callback: (error, message) => {
        if (error) this.log.warn({ err: error }, 'news of messages cannot be heard');
        else this.tell(message.data);
      },
    });
    this.unsubscribe = () => subscription.unsubscribe();
  }
  beforeApplicationShutdown(): void {
    this.unsubscribe();
  }

  /** Hears of the messages of one administration until what is given back is called. */
  listen(administrationId: string, hear: Hear): () => void {
    const all = this.listening.get(administrationId) ?? new Set();
    this.listening.set(administrationId, all.add(hear));
    return () => {
      all.delete(hear);
      if (all.size === 0) this.listening.delete(administrationId);
    };
  }

  private tell(bytes: Uint8Array): void {
    if (this.listening.size === 0) return;
    try {
      const change = checked(MessageChanged, JSON.parse(Buffer.from(bytes).toString()));
      for (const hear of this.listening.get(change.administration) ?? []) hear(change);
    } catch (error) {
      this.log.warn({ err: error }, 'news of a message cannot be read');
    }
  }
}
