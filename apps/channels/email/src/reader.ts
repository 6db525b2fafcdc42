import { Piscina } from 'piscina';
import type { Delivery } from './proof.js';
import type { Delivered, Effort, ReadMail } from './receive.js';

/** From source (tests) the thread loads TypeScript; built, it loads what was built. */
const FROM_SOURCE = import.meta.url.endsWith('.ts');

/**
 * Reads strangers' mails in threads of their own, with a time and a memory limit: no mail can stop or fill the channel.
 * `read` rejects when even the lean reading of a mail fails: the mail is then parked.
 */
export class MailReader {
  private readonly pool: Piscina;

  constructor(
    private readonly limits: { readonly threads: number; readonly timeoutMs: number; readonly memoryMb: number },
  ) {
    this.pool = new Piscina({
      filename: new URL(FROM_SOURCE ? './worker.ts' : './worker.js', import.meta.url).href,
      minThreads: 0,
      maxThreads: limits.threads,
      idleTimeout: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
      ...(FROM_SOURCE ? { execArgv: ['--import', '@swc-node/register/esm-register'] } : {}),
    });
  }

  async read(raw: Uint8Array, delivered: Delivered): Promise<ReadMail> {
    try {
      return await this.once(raw, delivered, 'full');
    } catch {
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

  close(): Promise<void> {
    return this.pool.destroy();
  }

  private once(raw: Uint8Array, delivered: Delivered, effort: Effort): Promise<ReadMail> {
    return this.run<ReadMail>('read', { raw, delivered, effort });
  }

  private async run<T>(name: 'read' | 'prove', task: object): Promise<T> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), this.limits.timeoutMs);
    try {
      return (await this.pool.run(task, { name, signal: abort.signal })) as T;
    } catch (error) {
      if (abort.signal.aborted)
        throw new Error(`the mail cannot be read within ${this.limits.timeoutMs / 1_000} seconds`);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
