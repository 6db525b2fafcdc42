import { setTimeout } from 'node:timers';
import { Piscina } from 'piscina';
import { HouseFault } from '@filodiretto/channel-kit';
import type { Delivery } from './proof.js';
import type { Delivered, Effort } from './delivered.js';
import type { ReadMail } from './receive.js';

/** From source (tests) the thread loads TypeScript; built, it loads what was built. */
const FROM_SOURCE = import.meta.url.endsWith('.ts');

interface Limits {
  readonly threads: number;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

/** Threads are dear to start: those of one process are shared, and let go a moment after the last reader closes. */
const LINGER_MS = 1_000;
const pools = new Map<string, { readonly pool: Piscina; readers: number }>();

const poolFor = ({ threads, memoryMb }: Limits): { readonly pool: Piscina; release(): void } => {
  const key = `${threads} ${memoryMb}`;
  const shared = pools.get(key) ?? {
    pool: new Piscina({
      filename: new URL(FROM_SOURCE ? './worker.ts' : './worker.js', import.meta.url).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      ...(FROM_SOURCE ? { execArgv: ['--import', '@swc-node/register/esm-register'] } : {}),
    }),
    readers: 0,
  };
  pools.set(key, shared);
  shared.readers += 1;
  let released = false;
  return {
    pool: shared.pool,
    release: () => {
      if (released) return;
      released = true;
      shared.readers -= 1;
      setTimeout(() => {
        if (shared.readers > 0 || pools.get(key) !== shared) return;
        pools.delete(key);
        void shared.pool.destroy();
      }, LINGER_MS);
    },
  };
};

/**
 * Reads strangers' mails in threads of their own, with a time and a memory limit: no mail can stop or fill the channel.
 * `read` rejects when even the lean reading of a mail fails: the mail is then parked.
 */
export class MailReader {
  private closed = false;
  private readonly threads: ReturnType<typeof poolFor>;

  constructor(private readonly limits: Limits) {
    this.threads = poolFor(limits);
  }

  async read(raw: Uint8Array, delivered: Delivered): Promise<ReadMail> {
    try {
      return await this.once(raw, delivered, 'full');
    } catch {
      if (this.closed) throw new HouseFault('the channel is closing: the mail is read later');
      return await this.once(raw, delivered, 'lean');
    }
  }

  /** Whether the sender's domain stands for the mail; `undefined` when it cannot be told. Never rejects. */
  async prove(raw: Uint8Array, delivery: Delivery): Promise<'pass' | 'fail' | undefined> {
    try {
      return await this.run<'pass' | 'fail' | undefined>('prove', { raw, delivery });
    } catch {
      return undefined;
    }
  }

  /** Nothing is read after it. */
  close(): void {
    this.closed = true;
    this.threads.release();
  }

  private once(raw: Uint8Array, delivered: Delivered, effort: Effort): Promise<ReadMail> {
    return this.run<ReadMail>('read', { raw, delivered, effort });
  }

  private async run<T>(name: 'read' | 'prove', task: object): Promise<T> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), this.limits.timeoutMs);
    try {
      return (await this.threads.pool.run(task, { name, signal: abort.signal })) as T;
    } catch (error) {
      if (abort.signal.aborted)
        throw new Error(`the mail cannot be read within ${this.limits.timeoutMs / 1_000} seconds`);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
