import type { KV } from '@nats-io/kv';
import type { Bus } from '@filodiretto/bus';
import { STATE_BUCKET } from '@filodiretto/contracts';
import { HouseFault, type State } from './contract.js';

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
  async keys(prefix: string): Promise<string[]> {
    return this.use(async kv => {
      const found: string[] = [];
      for await (const name of await kv.keys(`${this.channel}.>`)) {
        const key = Buffer.from(name.slice(this.channel.length + 1), 'base64url').toString();
        if (key.startsWith(prefix)) found.push(key);
      }
      return found.sort();
    });
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
