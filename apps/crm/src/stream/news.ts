import type { BeforeApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { checked, type Bus } from '@filodiretto/bus';
import type { Logger } from '@filodiretto/platform';

/** News of the bus, told as it comes to whoever listens under a key. Not memory: what nobody heard is not told again. */
export abstract class News<T extends object> implements OnModuleInit, BeforeApplicationShutdown {
  private readonly listening = new Map<string, Set<(change: T) => void>>();
  private unsubscribe: (() => void) | undefined;

  protected constructor(
    private readonly bus: Bus,
    private readonly log: Logger,
    private readonly subject: string,
    private readonly payload: new () => T,
    private readonly keyOf: (change: T) => string,
  ) {}

  onModuleInit(): void {
    // The application says so twice: what is heard twice would be told twice.
    if (this.unsubscribe) return;
    const subscription = this.bus.connection.subscribe(this.subject, {
      callback: (error, message) => {
        if (error) this.log.warn({ err: error, subject: this.subject }, 'news cannot be heard');
        else this.tell(message.data);
      },
    });
    this.unsubscribe = () => subscription.unsubscribe();
  }
  beforeApplicationShutdown(): void {
    this.unsubscribe?.();
  }

  /** Hears what is told under a key until what is given back is called. */
  listen(key: string, hear: (change: T) => void): () => void {
    const all = this.listening.get(key) ?? new Set();
    this.listening.set(key, all.add(hear));
    return () => {
      all.delete(hear);
      if (all.size === 0) this.listening.delete(key);
    };
  }

  private tell(bytes: Uint8Array): void {
    if (this.listening.size === 0) return;
    try {
      const change = checked(this.payload, JSON.parse(Buffer.from(bytes).toString()));
      for (const hear of this.listening.get(this.keyOf(change)) ?? []) hear(change);
    } catch (error) {
      this.log.warn({ err: error, subject: this.subject }, 'news cannot be read');
    }
  }
}
