import type { Host } from '@filodiretto/channel-kit';

type Source = (signal: AbortSignal, ready: () => void) => Promise<void>;

/**
 * Several sources heard at once, each for itself: when one is lost `listen` rejects and is called again with back-off
 * by the runtime; the others go on undisturbed meanwhile, and only the lost one is opened anew.
 */
export class Listeners {
  private readonly running = new Map<string, Promise<void>>();
  private readonly troubles = new Map<string, string>();
  private readonly stop = new AbortController();

  constructor(
    private readonly sources: ReadonlyMap<string, Source>,
    private readonly host: Pick<Host, 'trouble'>,
  ) {}

  async listen(signal: AbortSignal): Promise<void> {
    const end = (): void => this.stop.abort();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    try {
      for (const [name, source] of this.sources) if (!this.running.has(name)) this.start(name, source);
      await Promise.race([...this.running.values(), ended(this.stop.signal)]);
      if (this.stop.signal.aborted) await Promise.allSettled(this.running.values());
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  async close(): Promise<void> {
    this.stop.abort();
    await Promise.allSettled(this.running.values());
  }

  private start(name: string, source: Source): void {
    const work = source(this.stop.signal, () => {
      this.troubles.delete(name);
      this.tell();
    }).then(
      () => {
        if (!this.stop.signal.aborted) throw new Error(`${name} stopped by itself`);
      },
      (error: unknown) => {
        this.troubles.set(name, error instanceof Error ? error.message : String(error));
        this.tell();
        throw error;
      },
    );
    this.running.set(name, work);
    const forget = (): void => {
      this.running.delete(name);
    };
    work.then(forget, forget);
  }

  private tell(): void {
    this.host.trouble(this.troubles.size === 0 ? undefined : [...this.troubles.values()].join('; ').slice(0, 1_000));
  }
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
