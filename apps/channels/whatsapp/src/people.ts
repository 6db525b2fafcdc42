import type { ReadMessage, ReadProgress, State } from '@filodiretto/channel-kit';
import { mergeOf } from './receive.js';

const REMEMBERED = 10_000;

/**
 * Notices when a person first known only by number is now known by BSUID too: the conversation's key changes from one to
 * the other, and a merge in front of the message keeps it one conversation. What it remembers may be lost: the aliases
 * in the message then say the same.
 */
export class People {
  private readonly seen = new Set<string>();

  constructor(private readonly state: State) {}

  /** The merge to publish before this message, when there is one. */
  async joining(message: ReadMessage): Promise<ReadProgress | undefined> {
    const { account, conversation, from, sentAt } = message;
    const number = [from, ...(from.aliases ?? [])].find(name => name.kind === 'wa_id')?.value;
    if (number === undefined || message.author !== 'contact') return undefined;
    const byNumberOnly = from.kind === 'wa_id';
    const key = `by-number.${Buffer.from(`${account}:${number}`).toString('hex')}`;
    if (this.seen.has(`${byNumberOnly}:${key}`)) return undefined;
    this.remember(`${byNumberOnly}:${key}`);
    if (byNumberOnly) {
      if ((await this.state.get(key)) === undefined) await this.state.set(key, sentAt);
      return undefined;
    }
    if ((await this.state.get(key)) === undefined) return undefined;
    return mergeOf(account, conversation, { kind: 'wa_id', value: number }, from, sentAt);
  }

  private remember(key: string): void {
    if (this.seen.size >= REMEMBERED) this.seen.clear();
    this.seen.add(key);
  }
}
