import { KvWatchInclude, type KV, type KvEntry } from '@nats-io/kv';
import type { Bus } from '@filodiretto/bus';
import { STATE_BUCKET } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import { HouseFault, type State } from './contract.js';
import type { MemoryNames } from './memory-names.js';

const MOST_ATTEMPTS = 50;
/** What kept a name of before from being changed is over by then. */
const MOVE_AGAIN_MS = 60_000;

/**
 * What stands under a sealed name: with the words that the name seals, for whoever may read what is kept, so that what is of a
 * person is found when they are erased.
 */
interface Remembered<T> {
  readonly words: string;
  readonly value: T;
}
/** `undefined`: what stands there is none of ours. */
function wordsBeside(entry: KvEntry): string | undefined {
  try {
    const { words } = entry.json<Partial<Remembered<unknown>>>();
    return typeof words === 'string' ? words : undefined;
  } catch {
    return undefined;
  }
}
const textOf = <T>(words: string, value: T): string => JSON.stringify({ words, value } satisfies Remembered<T>);

/**
 * The small durable memory of one channel, in a bucket of JetStream. The bucket is made again when it was lost. What was kept under a
 * name of before (in clear, or by another key) is found there until all of it has its new name, which happens once by itself. What is
 * sealed by a key that is lost is found by the words beside its value, and the log says how many there were.
 */
export class ChannelState implements State {
  private opening?: Promise<KV>;
  private moved = false;
  private moving: Promise<void> | undefined;
  private moveAt = 0;
  private lost: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly names: MemoryNames,
    private readonly log: Logger,
  ) {}

  async get<T>(key: string): Promise<T | undefined> {
    const entry = await this.use(kv => this.find(kv, key));
    return entry ? this.valueOf<T>(entry) : undefined;
  }
  async set(key: string, value: unknown): Promise<void> {
    await this.use(async kv => {
      await kv.put(this.names.name(key), textOf(key, value));
      await this.leave(kv, key);
    });
  }
  async delete(key: string): Promise<void> {
    await this.use(async kv => {
      await this.leave(kv, key);
      await kv.purge(this.names.name(key));
    });
  }
  async change<T>(key: string, by: (was: T | undefined) => T): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      const entry = await this.use(kv => this.find(kv, key));
      const was = entry ? this.valueOf<T>(entry) : undefined;
      const now = by(was);
      if (now === was) return now;
      if (await this.use(kv => this.replaced(kv, key, entry, now))) return now;
      if (attempt >= MOST_ATTEMPTS) throw new HouseFault(`somebody else writes ${key} all the time`);
    }
  }
  async forget<T>(key: string, isOver: (was: T) => boolean): Promise<boolean> {
    const entry = await this.use(kv => this.find(kv, key));
    const was = entry ? this.valueOf<T>(entry) : undefined;
    if (!entry || was === undefined || !isOver(was)) return false;
    return this.use(kv => this.gone(kv, entry));
  }
  async watch(told: (key: string) => void, signal: AbortSignal): Promise<void> {
    await this.use(async kv => {
      const entries = await kv.watch({ key: this.names.all, include: KvWatchInclude.UpdatesOnly });
      const stop = (): void => entries.stop();
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      try {
        for await (const { key: name } of entries) {
          const key = this.names.wordsOf(name);
          if (key !== undefined) told(key);
        }
      } finally {
        signal.removeEventListener('abort', stop);
      }
      if (!signal.aborted) throw new Error('what is written there is told no longer');
    });
  }
  async keys(prefix: string): Promise<string[]> {
    return this.use(async kv => {
      const found = new Set<string>();
      const told = (key: string | undefined): void => void (key?.startsWith(prefix) && found.add(key));
      if (!this.moved)
        for (const [key, names] of await this.ofLostKeys(kv))
          for (const name of names) if ((await kv.get(name))?.operation === 'PUT') told(key);
      for await (const name of await kv.keys(this.names.all)) told(this.names.wordsOf(name));
      return [...found].sort();
    });
  }

  private valueOf<T>(entry: KvEntry): T | undefined {
    if (entry.operation !== 'PUT') return undefined;
    return this.names.isSealed(entry.key) ? entry.json<Remembered<T>>().value : entry.json<T>();
  }

  /** What is kept under the name of a key; what is under one of before gets it first. */
  private async find(kv: KV, key: string): Promise<KvEntry | null> {
    const entry = await kv.get(this.names.name(key));
    if (entry?.operation === 'PUT' || this.moved) return entry;
    for (const name of await this.before(kv, key)) await this.move(kv, name, key);
    return kv.get(this.names.name(key));
  }
  /** Leaves nothing under names of before. */
  private async leave(kv: KV, key: string): Promise<void> {
    if (this.moved) return;
    for (const name of await this.before(kv, key)) if ((await kv.get(name))?.operation === 'PUT') await kv.purge(name);
  }
  /** Under which names it may have been kept before. */
  private async before(kv: KV, key: string): Promise<string[]> {
    return [...this.names.earlier(key), ...((await this.ofLostKeys(kv)).get(key) ?? [])];
  }
  /** By their words, the names that none of our keys opens. */
  private ofLostKeys(kv: KV): Promise<ReadonlyMap<string, readonly string[]>> {
    return (this.lost ??= this.readLost(kv).catch((error: unknown) => {
      this.lost = undefined;
      throw error;
    }));
  }
  private async readLost(kv: KV): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, string[]>();
    let unread = 0;
    for (const name of await this.allNames()) {
      if (this.names.wordsOf(name) !== undefined) continue;
      const entry = await kv.get(name);
      if (entry?.operation !== 'PUT') continue;
      const words = wordsBeside(entry);
      if (words === undefined) unread += 1;
      else found.set(words, [...(found.get(words) ?? []), name]);
    }
    if (found.size + unread > 0)
      this.log.warn(
        { found: found.size, unread },
        'what the channel remembers was sealed by a key that is not here: it is taken by the words beside it',
      );
    return found;
  }
  /** Asked at once: a list that is told one by one waits for what is purged meanwhile. Of what went its mark is told too. */
  private async allNames(): Promise<string[]> {
    const root = `$KV.${STATE_BUCKET}.`;
    const { state } = await this.bus.manager.streams.info(`KV_${STATE_BUCKET}`, {
      subjects_filter: `${root}${this.names.all}`,
    });
    return Object.keys(state.subjects ?? {}).map(subject => subject.slice(root.length));
  }
  /** Gives all that is kept its name of now. */
  private async moveAll(kv: KV): Promise<void> {
    for (const [key, names] of await this.ofLostKeys(kv)) for (const name of names) await this.move(kv, name, key);
    for (const name of await this.allNames()) {
      const key = this.names.wordsOf(name);
      if (key !== undefined && name !== this.names.name(key)) await this.move(kv, name, key);
    }
    this.moved = true;
  }
  private async move(kv: KV, name: string, key: string): Promise<void> {
    const now = this.names.name(key);
    // Read first: whoever forgets leaves a mark under the new name last, over which nothing is written that was read before it.
    const there = await kv.get(now);
    const before = await kv.get(name);
    if (before?.operation !== 'PUT') return;
    // Whoever wrote it under its new name knew of this one.
    if (there?.operation !== 'PUT') {
      const seen = there?.revision ?? 0;
      try {
        const made = await kv.put(now, textOf(key, this.valueOf(before)), { previousSeq: seen });
        // The core erases without a mark, and knew the name of before alone.
        if ((await kv.get(name)) === null) return await kv.purge(now, { previousSeq: made });
      } catch (error) {
        if (((await kv.get(now))?.revision ?? 0) === seen) throw error;
      }
    }
    await this.gone(kv, before);
  }

  /** Whether it was written: nobody had written since it was read. */
  private async replaced(kv: KV, key: string, was: KvEntry | null, now: unknown): Promise<boolean> {
    const { name, text } = { name: this.names.name(key), text: textOf(key, now) };
    try {
      // What was deleted has a revision too.
      await (was ? kv.update(name, text, was.revision) : kv.create(name, text));
      return true;
    } catch (error) {
      const there = await kv.get(name);
      if (there !== null && there.revision !== was?.revision)
        return there.operation === 'PUT' && there.string() === text;
      throw error;
    }
  }
  /** Whether it went: nobody had written since it was read. */
  private async gone(kv: KV, { key, revision }: KvEntry): Promise<boolean> {
    try {
      await kv.purge(key, { previousSeq: revision });
      return true;
    } catch (error) {
      const there = await kv.get(key);
      if (there !== null && there.revision !== revision) return there.operation !== 'PUT';
      throw error;
    }
  }
  private async use<T>(work: (kv: KV) => Promise<T>): Promise<T> {
    try {
      try {
        const kv = await this.bucket();
        this.moveOnce(kv);
        return await work(kv);
      } catch {
        // The store may have been made anew since the bucket was opened: open it again, once.
        this.opening = undefined;
        return await work(await this.bucket());
      }
    } catch (error) {
      this.opening = undefined;
      throw new HouseFault(
        `the channel's memory cannot be reached: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  }
  /** Beside the work: what could not be moved is found where it is, and moved a little later. */
  private moveOnce(kv: KV): void {
    if (this.moved || this.moving || Date.now() < this.moveAt) return;
    this.moving = this.moveAll(kv)
      .catch(() => (this.moveAt = Date.now() + MOVE_AGAIN_MS))
      .then(() => (this.moving = undefined));
  }
  private bucket(): Promise<KV> {
    return (this.opening ??= this.bus.bucket(STATE_BUCKET));
  }
}
