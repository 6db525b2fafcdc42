import type { ReadMessage, ReadProgress, State } from '@filodiretto/channel-kit';
import { addressOf, conversationOf, type Names } from './identity.js';
import { given } from '@filodiretto/channel-kit';

/** What is remembered of one name: the conversation it goes on, and, of a number, whose it is. */
interface Remembered {
  readonly conversation: string;
  readonly owner?: string;
}
interface Renaming {
  readonly account: string;
  readonly earlier: Names;
  readonly later: Names;
  readonly at: string;
}

const FRESH_MS = 60_000;
const HELD_MAX = 20_000;

/**
 * Keeps one person's conversation one, whichever of their names the provider says: the number today, the id tomorrow when
 * they hide it, another number after a change. A number that passes to another person does not take the conversation along.
 * The memory is the channel's durable one; if it is lost, a person who hid the number since starts a new conversation, and
 * is still known as the same contact.
 */
export class People {
  private readonly held = new Map<string, { readonly value: Remembered | undefined; readonly until: number }>();

  constructor(private readonly state: State) {}

  /** The message in the conversation that its person goes on. */
  async placed(message: ReadMessage, person: Names): Promise<ReadMessage> {
    const { account } = message;
    const { conversation, borrowed } = await this.resolve(account, person);
    if (!borrowed || message.author !== 'contact') return { ...message, conversation };
    const from = addressOf({ ...person, waId: undefined }, message.from.displayName) ?? message.from;
    return { ...message, conversation, from };
  }

  /** Two names of one person; gives what the core must be told of it. */
  async rename({ account, earlier, later, at }: Renaming): Promise<ReadProgress> {
    const { conversation } = await this.resolve(account, earlier);
    const owner = later.bsuid ?? earlier.bsuid;
    if (later.bsuid) await this.remember(account, later.bsuid, { conversation });
    if (later.waId) await this.remember(account, later.waId, given({ conversation, owner }));
    if (earlier.waId && later.waId && earlier.waId !== later.waId)
      await this.remember(account, earlier.waId, { conversation: `${earlier.waId}/${at}` });
    const addresses = [addressOf(earlier), addressOf(later)].filter(address => address !== undefined);
    return { account, conversation, state: 'content', at, merge: addresses };
  }

  private async resolve(account: string, person: Names): Promise<{ conversation: string; borrowed: boolean }> {
    const { bsuid, waId } = person;
    const [byId, byNumber] = await Promise.all([
      bsuid ? this.recall(account, bsuid) : undefined,
      waId ? this.recall(account, waId) : undefined,
    ]);
    const borrowed = bsuid !== undefined && byNumber?.owner !== undefined && byNumber.owner !== bsuid;
    const own = borrowed ? { ...person, waId: undefined } : person;
    const conversation =
      byId?.conversation ?? (borrowed ? undefined : byNumber?.conversation) ?? conversationOf(own) ?? 'unknown';
    if (bsuid && !byId) await this.remember(account, bsuid, { conversation });
    if (bsuid && waId && !byNumber) await this.remember(account, waId, { conversation, owner: bsuid });
    return { conversation, borrowed };
  }

  private async recall(account: string, name: string): Promise<Remembered | undefined> {
    const key = keyOf(account, name);
    const held = this.held.get(key);
    if (held && held.until > Date.now()) return held.value;
    const value = await this.state.get<Remembered>(key);
    this.hold(key, value);
    return value;
  }

  private async remember(account: string, name: string, value: Remembered): Promise<void> {
    const key = keyOf(account, name);
    await this.state.set(key, value);
    this.hold(key, value);
  }

  private hold(key: string, value: Remembered | undefined): void {
    if (this.held.size >= HELD_MAX) this.held.clear();
    this.held.set(key, { value, until: Date.now() + FRESH_MS });
  }
}

const keyOf = (account: string, name: string): string => `person/${account}/${name}`;
