import type { State } from '@filodiretto/channel-kit';
import { OneByOne } from '../one-by-one.js';
import { meanAfter } from './estimate.js';

/** By which leg of which operator somebody is being answered, and since when. */
interface Claim {
  readonly leg: string;
  readonly at: string;
}
/** Somebody who waits on the telephone. */
export interface Waiting {
  readonly call: string;
  readonly since: string;
  readonly claim?: Claim;
}
/** Somebody who asked to be called back: the place in the queue is that of when the waiting began. */
export interface CallbackWork {
  readonly call: string;
  readonly queue: string;
  readonly number: string;
  readonly account: string;
  readonly language: string;
  /** When the waiting began: a failed attempt keeps it. */
  readonly since: string;
  readonly tries: number;
  /** Not called again before this. */
  readonly notBefore?: string;
  readonly claim?: Claim;
}

const CALLBACK_TRIES = 5;
const CALL_AGAIN_MS = 5 * 60_000;

/**
 * Who waits in each queue, on the telephone or to be called back: one order, by when the waiting began. Remembered across
 * restarts. Whoever is being answered is claimed by one operator's leg; two operators never get the same person.
 */
export class Line {
  private readonly claims = new OneByOne();

  constructor(
    private readonly state: State,
    private readonly now: () => Date,
  ) {}

  join(queue: string, call: string, since: string): Promise<void> {
    return this.state.set(`waiting/${queue}/${call}`, { call, since } satisfies Waiting);
  }
  leave(queue: string, call: string): Promise<void> {
    return this.claims.run(queue, () => this.state.delete(`waiting/${queue}/${call}`));
  }
  /** Asked again by the same call: the first request stays, with its tries. */
  async askCallback(work: CallbackWork): Promise<void> {
    const key = keyOf(work);
    const known = await this.state.get<CallbackWork>(key);
    await this.state.set(key, { ...work, ...(known ? { tries: known.tries } : {}) } satisfies CallbackWork);
  }
  callback(queue: string, call: string): Promise<CallbackWork | undefined> {
    return this.state.get<CallbackWork>(keyOf({ queue, call }));
  }

  waiting(queue: string): Promise<Waiting[]> {
    return this.all<Waiting>(`waiting/${queue}/`);
  }
  callbacks(queue: string): Promise<CallbackWork[]> {
    return this.all<CallbackWork>(`callback/${queue}/`);
  }
  /** How many could be answered now if there were somebody. */
  async demand(queue: string): Promise<number> {
    const [waiting, callbacks] = [await this.waiting(queue), await this.callbacks(queue)];
    return waiting.filter(free).length + callbacks.filter(work => free(work) && this.isDue(work)).length;
  }

  /** Gives a leg whoever has waited longest, on the telephone or to be called back; nobody else gets them. */
  claimFirst(queue: string, leg: string): Promise<'caller' | CallbackWork | undefined> {
    return this.claims.run(queue, async () => {
      const mine = await this.claimedBy(queue, leg);
      if (mine) return mine;
      const caller = earliest((await this.waiting(queue)).filter(free));
      const callback = earliest((await this.callbacks(queue)).filter(work => free(work) && this.isDue(work)));
      const claim: Claim = { leg, at: this.now().toISOString() };
      if (callback && (!caller || callback.since < caller.since)) {
        await this.state.set(keyOf(callback), { ...callback, claim } satisfies CallbackWork);
        return callback;
      }
      if (!caller) return undefined;
      await this.state.set(`waiting/${queue}/${caller.call}`, { ...caller, claim } satisfies Waiting);
      return 'caller';
    });
  }
  /** What a leg holds is let go of: nobody was joined with it. A callback keeps its place, and one more try is counted. */
  release(queue: string, leg: string): Promise<void> {
    return this.claims.run(queue, async () => {
      for (const { call, since, claim } of await this.waiting(queue))
        if (claim?.leg === leg) await this.state.set(`waiting/${queue}/${call}`, { call, since } satisfies Waiting);
      for (const work of await this.callbacks(queue)) if (work.claim?.leg === leg) await this.tryAgain(work);
    });
  }
  /** The person who asked was called back and talked with an operator. */
  calledBack(work: Pick<CallbackWork, 'queue' | 'call'>): Promise<void> {
    return this.claims.run(work.queue, () => this.state.delete(keyOf(work)));
  }

  mean(queue: string): Promise<number | undefined> {
    return this.state.get<number>(`mean/${queue}`);
  }
  /** A conversation of so many seconds was had. */
  async talked(queue: string, seconds: number): Promise<void> {
    if (Number.isFinite(seconds) && seconds >= 0)
      await this.state.set(`mean/${queue}`, meanAfter(await this.mean(queue), seconds));
  }

  private async claimedBy(queue: string, leg: string): Promise<'caller' | CallbackWork | undefined> {
    const callback = (await this.callbacks(queue)).find(work => work.claim?.leg === leg);
    if (callback) return callback;
    return (await this.waiting(queue)).some(one => one.claim?.leg === leg) ? 'caller' : undefined;
  }
  private async tryAgain({ claim, ...work }: CallbackWork): Promise<void> {
    void claim;
    const tries = work.tries + 1;
    if (tries >= CALLBACK_TRIES) return this.state.delete(keyOf(work));
    const notBefore = new Date(this.now().getTime() + tries * CALL_AGAIN_MS).toISOString();
    await this.state.set(keyOf(work), { ...work, tries, notBefore } satisfies CallbackWork);
  }
  private isDue({ notBefore }: CallbackWork): boolean {
    return notBefore === undefined || notBefore <= this.now().toISOString();
  }
  private async all<T>(prefix: string): Promise<T[]> {
    const found = await Promise.all((await this.state.keys(prefix)).map(key => this.state.get<T>(key)));
    return found.filter(one => one !== undefined);
  }
}

const keyOf = ({ queue, call }: Pick<CallbackWork, 'queue' | 'call'>): string => `callback/${queue}/${call}`;
const free = ({ claim }: { readonly claim?: Claim }): boolean => claim === undefined;
const earliest = <T extends { readonly since: string }>(items: readonly T[]): T | undefined =>
  items.toSorted((a, b) => a.since.localeCompare(b.since))[0];
