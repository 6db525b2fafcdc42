import { Inject, Injectable } from '@nestjs/common';
import { Bus, subjects, token } from '@filodiretto/bus';
import { DeliverPolicy } from '@nats-io/jetstream';
import { STATE_BUCKET } from '@filodiretto/contracts';

/** What of one person may be on its way, or was, and in what the channels remember. */
export interface Sought {
  /** Messages of theirs, in and out, by channel and account. */
  readonly messages: readonly {
    readonly id: string;
    readonly direction: string;
    readonly channel: string;
    readonly account: string;
    readonly externalId: string | null;
  }[];
  /** Their conversations, where nobody else speaks. */
  readonly conversations: readonly { readonly channel: string; readonly account: string; readonly key: string }[];
  /** Their addresses, and addresses of their bytes. */
  readonly words: readonly string[];
}

const AT_ONCE = 500;
/** How JetStream says that it holds no message of a sequence number. */
const NO_SUCH_SEQUENCE = 10_043;
const WAIT_MS = 2_000;
/** A shorter word is found in too much that is not theirs. */
const SHORTEST = 5;

interface Said {
  readonly id?: string;
  readonly message?: string;
  readonly externalId?: string;
  readonly conversation?: string;
}

/** Destroys what streams and the memory of the channels hold of a person. Done again, it finds nothing more. */
@Injectable()
export class Streams {
  constructor(@Inject(Bus) private readonly bus: Bus) {}

  /** Gives how many entries were destroyed. */
  async erase(sought: Sought): Promise<number> {
    const accounts = new Map(
      [...sought.messages, ...sought.conversations].map(({ channel, account }) => [
        JSON.stringify([channel, account]),
        { channel, account },
      ]),
    );
    let erased = 0;
    for (const { channel, account } of accounts.values()) {
      const ids = new Set<string>();
      const external = new Set<string>();
      const keys = new Set<string>();
      for (const one of sought.messages)
        if (one.channel === channel && one.account === account) {
          ids.add(one.id);
          if (one.externalId !== null) external.add(one.externalId);
        }
      for (const one of sought.conversations) if (one.channel === channel && one.account === account) keys.add(one.key);
      const theirs = (said: Said): boolean =>
        [said.id, said.message].some(id => id !== undefined && ids.has(id)) ||
        (said.externalId !== undefined && external.has(said.externalId)) ||
        (said.conversation !== undefined && keys.has(said.conversation));
      erased += await this.destroy('IN', `crm.in.*.${token(channel)}.${token(account)}.>`, theirs);
      erased += await this.destroy('OUT', subjects.out(channel, account), theirs);
    }
    for (const channel of new Set([...accounts.values()].map(one => one.channel)))
      erased += await this.forget(channel, sought);
    return erased;
  }

  /** Overwrites the orders of some messages, published since an instant. Gives how many were there. */
  async forgetOrders(
    orders: readonly { readonly id: string; readonly channel: string; readonly account: string }[],
    since: Date,
  ): Promise<number> {
    const ids = new Set(orders.map(one => one.id));
    const accounts = new Map(
      orders.map(({ channel, account }) => [JSON.stringify([channel, account]), { channel, account }]),
    );
    let erased = 0;
    for (const { channel, account } of accounts.values())
      erased += await this.destroy(
        'OUT',
        subjects.out(channel, account),
        ({ id }) => id !== undefined && ids.has(id),
        since,
      );
    return erased;
  }

  /** Overwrites the messages of a stream that are so. */
  private async destroy(
    stream: string,
    subject: string,
    theirs: (said: Said) => boolean,
    since?: Date,
  ): Promise<number> {
    const found: number[] = [];
    for await (const { seq, data } of this.read(stream, subject, since))
      if (theirs(JSON.parse(Buffer.from(data).toString('utf8')) as Said)) found.push(seq);
    for (const seq of found) await this.overwrite(stream, seq);
    return found.length;
  }

  /** One that is gone already, by its age or by another process, is as it should be. */
  private async overwrite(stream: string, seq: number): Promise<void> {
    try {
      await this.bus.manager.streams.deleteMessage(stream, seq, true);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === NO_SUCH_SEQUENCE)) throw error;
    }
  }

  /** Has a channel forget what it remembers by their names: its memory forbids to delete, not to purge. */
  private async forget(channel: string, { messages, conversations, words }: Sought): Promise<number> {
    const names = [
      ...words.flatMap(spellings),
      ...conversations.filter(one => one.channel === channel).map(one => one.key),
      ...messages.flatMap(one => (one.channel === channel && one.externalId !== null ? [one.externalId] : [])),
    ].filter(name => name.length >= SHORTEST);
    const stream = `KV_${STATE_BUCKET}`;
    const prefix = `$KV.${STATE_BUCKET}.`;
    const found = new Set<string>();
    for await (const { subject, data } of this.read(stream, `${prefix}${channel}.>`)) {
      // In clear in names of before; else the words stand with the value.
      const key = Buffer.from(subject.slice(prefix.length + channel.length + 1), 'base64url').toString('utf8');
      const value = Buffer.from(data).toString('utf8');
      if (names.some(name => says(key, name) || says(value, name))) found.add(subject);
    }
    for (const subject of found) await this.bus.manager.streams.purge(stream, { filter: subject });
    return found.size;
  }

  /** What a stream holds now under a subject, all or since an instant; nothing when there is no such stream. */
  private async *read(
    stream: string,
    subject: string,
    since?: Date,
  ): AsyncIterable<{ readonly seq: number; readonly subject: string; readonly data: Uint8Array }> {
    const held: string[] = [];
    for await (const name of this.bus.manager.streams.names()) held.push(name);
    if (!held.includes(stream)) return;
    const consumer = await this.bus.jetstream.consumers.get(stream, {
      filter_subjects: subject,
      ...(since ? { deliver_policy: DeliverPolicy.StartTime, opt_start_time: since.toISOString() } : {}),
    });
    let left = (await consumer.info()).num_pending;
    while (left > 0) {
      const page = await consumer.fetch({ max_messages: AT_ONCE, expires: WAIT_MS });
      let got = 0;
      for await (const message of page) {
        got += 1;
        left = message.info.pending;
        yield { seq: message.seq, subject: message.subject, data: message.data };
      }
      if (got === 0) return;
    }
  }
}

/** A number is written with and without its plus. */
const spellings = (word: string): string[] => (/^\+\d{6,}$/.test(word) ? [word, word.slice(1)] : [word]);

/** Whether a text holds a name whole: `anna@posta.it` is not in `joanna@posta.it`, nor a number in a longer one. */
function says(text: string, name: string): boolean {
  const [before, behind] = name.includes('@')
    ? [/[\p{L}\p{N}._%+-]$/u, /^[.-]?[\p{L}\p{N}]/u]
    : [/[\p{L}\p{N}]$/u, /^[\p{L}\p{N}]/u];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (
      !before.test(text.slice(Math.max(0, at - 2), at)) &&
      !behind.test(text.slice(at + name.length, at + name.length + 3))
    )
      return true;
  return false;
}
