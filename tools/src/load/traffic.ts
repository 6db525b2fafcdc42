import { randomUUID } from 'node:crypto';
import { pause } from '../runtime/program.js';

/** Sends one message of a conversation as a citizen does, by the channel's real door. Resolves to whether it was accepted. */
export interface Door {
  readonly name: string;
  /** Whether the messages of one conversation belong to one case, in order. */
  readonly joins: boolean;
  send(message: SentMessage): Promise<boolean>;
}
export interface SentMessage {
  /** Unique in the run: the words carry it, so that it is found again in the core. */
  readonly mark: string;
  readonly conversation: string;
  /** Place in its conversation, from 0. */
  readonly place: number;
  readonly text: string;
}

const RETRY_SECONDS = 60;

/** Citizens who write, and providers who repeat what was not accepted; remembers only what was. */
export class Traffic {
  readonly accepted: SentMessage[] = [];
  sent = 0;
  private stopped = false;

  constructor(private readonly label: string) {}

  /** Lets the citizens finish the message at hand, then stop. */
  stop(): void {
    this.stopped = true;
  }

  /** One citizen: message after message, each until it is accepted. */
  async converse(door: Door, messages: number, everyMs: number): Promise<void> {
    const conversation = randomUUID();
    for (let place = 0; place < messages && !this.stopped; place += 1) {
      await this.say(door, this.message(conversation, place));
      await pause(everyMs);
    }
  }

  /** One message, sent until it is accepted, as providers do. */
  async say(door: Door, message: SentMessage): Promise<void> {
    this.sent += 1;
    for (const until = Date.now() + RETRY_SECONDS * 1_000; Date.now() < until;) {
      if (await door.send(message)) {
        this.accepted.push(message);
        return;
      }
      await pause(150);
    }
  }

  message(conversation: string, place: number): SentMessage {
    const mark = `${this.label}-${randomUUID()}`;
    return { mark, conversation, place, text: `Segnalo un lampione spento, riferimento ${mark}.` };
  }
}
