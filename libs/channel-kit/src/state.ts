import { KvWatchInclude, type KV, type KvEntry } from '@nats-io/kv';
import type { Bus } from '@filodiretto/bus';
import { STATE_BUCKET } from '@filodiretto/contracts';
import { HouseFault, type State } from './contract.js';

const MOST_ATTEMPTS = 50;
const safe = (key: string): string => Buffer.from(key).toString('base64url');

/** The small durable memory of one channel, in a bucket of JetStream. The bucket is made again when it was lost. */
export class ChannelState implements State {
  private opening?: Promise<KV>;
  constructor(
    private readonly bus: Bus,
    private readonly channel: string,
  ) {}

  async get<T>(key: string): Promise<T | undefined> {
    const entry = await this.use(kv => kv.get(this.name(key)));
    return entry && entry.operation === 'PUT' ? entry.json<T>() : undefined;
  }
  async set(key: string, value: unknown): Promise<void> {
    await this.use(kv => kv.put(this.name(key), JSON.stringify(value)));
  }
  async delete(key: string): Promise<void> {
    await this.use(kv => kv.purge(this.name(key)));
  }
  async change<T>(key: string, by: (was: T | undefined) => T): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      const entry = await this.use(kv => kv.get(this.name(key)));
      const was = entry && entry.operation === 'PUT' ? entry.json<T>() : undefined;
      const now = by(was);
      if (now === was) return now;
      if (await this.use(kv => this.replaced(kv, key, entry, now))) return now;
      if (attempt >= MOST_ATTEMPTS) throw new HouseFault(`somebody else writes ${key} all the time`);
    }
  }
  async forget<T>(key: string, isOver: (was: T) => boolean): Promise<boolean> {
    const entry = await this.use(kv => kv.get(this.name(key)));
    if (!entry || entry.operation !== 'PUT' || !isOver(entry.json<T>())) return false;
    return this.use(kv => this.gone(kv, entry));
  }
  async watch(told: (key: string) => void, signal: AbortSignal): Promise<void> {
    await this.use(async kv => {
      const entries = await kv.watch({ key: `${this.channel}.>`, include: KvWatchInclude.UpdatesOnly });
      const stop = (): void => entries.stop();
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      try {
        for await (const { key } of entries) told(this.keyOf(key));
      } finally {
        signal.removeEventListener('abort', stop);
      }
      if (!signal.aborted) throw new Error('what is written there is told no longer');
    });
  }
  async keys(prefix: string): Promise<string[]> {
    return this.use(async kv => {
      const found: string[] = [];
      for await (const name of await kv.keys(`${this.channel}.>`)) {
        const key = this.keyOf(name);
        if (key.startsWith(prefix)) found.push(key);
      }
      return found.sort();
    });
  }

  /** Whether it was written: nobody had written since it was read. */
  private async replaced(kv: KV, key: string, was: KvEntry | null, now: unknown): Promise<boolean> {
    const { name, text } = { name: this.name(key), text: JSON.stringify(now) };
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
  private keyOf(name: string): string {
    return Buffer.from(name.slice(this.channel.length + 1), 'base64url').toString();
  }
  private name(key: string): string {
    return `${this.channel}.${safe(key)}`;
  }
  private async use<T>(work: (kv: KV) => Promise<T>): Promise<T> {
    try {
      try {
        return await work(await this.bucket());
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
  private bucket(): Promise<KV> {
    return (this.opening ??= this.bus.bucket(STATE_BUCKET));
  }
}
