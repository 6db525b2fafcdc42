import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Outbound } from '@filodiretto/contracts';
import { refused, wishIn, wordsOf, type Wish } from './send.js';
import type { SendOutcome } from '@filodiretto/channel-kit';

/** A message as the citizen received it. */
export interface Delivered {
  /** The provider's id. */
  readonly externalId: string;
  /** Our message. */
  readonly message: string;
  readonly attempt: number;
  readonly account: string;
  readonly conversation: string;
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  readonly automatic?: string;
  readonly token: string;
  readonly content: Outbound['content'];
  readonly at: string;
}

/** How many deliveries are remembered; older ones are forgotten. */
const REMEMBERED = 10_000;

/** The provider of this channel: it lives inside it, and does what it is wished. */
export class LoopbackProvider {
  private delivered: Delivered[] = [];
  private readonly wishes: Wish[] = [];

  /** With a file, what was delivered is remembered across restarts, kill -9 included. */
  constructor(private readonly file?: string) {
    if (file && existsSync(file))
      this.delivered = readFileSync(file, 'utf8')
        .split('\n')
        .flatMap(line => (line.endsWith('}') ? [JSON.parse(line) as Delivered] : []));
  }

  /** What the next orders, one each, will meet, before the wishes written in them. */
  wish(...wishes: readonly Wish[]): void {
    this.wishes.push(...wishes);
  }

  /** Delivers; throws when the answer is lost. */
  deliver(order: Outbound): SendOutcome {
    const wish = this.wishes.shift() ?? wishIn(order) ?? { does: 'accept' };
    if (wish.does === 'refuse') return refused(wish.reason, `the provider said no: ${wish.reason}`);
    if (wish.does === 'vanish') throw new Error('the provider did not answer');
    const externalId = `out-${order.id}-${order.attempt}`;
    this.remember({
      externalId,
      message: order.id,
      attempt: order.attempt,
      account: order.account,
      conversation: order.conversation,
      to: order.to.value,
      ...(order.subject ? { subject: order.subject } : {}),
      text: wordsOf(order),
      ...(order.automatic ? { automatic: order.automatic } : {}),
      token: order.thread.token,
      content: order.content,
      at: new Date().toISOString(),
    });
    if (wish.does === 'lose') throw new Error('the provider took the message and its answer was lost');
    return { kind: 'accepted', externalId };
  }

  /** What became of an attempt whose answer was lost. */
  find(order: Pick<Outbound, 'id' | 'attempt'>): Delivered | undefined {
    return this.delivered.find(one => one.message === order.id && one.attempt === order.attempt);
  }

  /** What was delivered, oldest first: to one conversation, when told. */
  outbox(conversation?: string): readonly Delivered[] {
    return conversation ? this.delivered.filter(one => one.conversation === conversation) : this.delivered;
  }

  forget(): void {
    this.delivered = [];
    if (this.file) writeFileSync(this.file, '');
  }

  private remember(one: Delivered): void {
    this.delivered.push(one);
    if (this.delivered.length > REMEMBERED) this.delivered.shift();
    if (this.file) appendFileSync(this.file, `${JSON.stringify(one)}\n`);
  }
}
