import type { Logger } from '@filodiretto/platform';

/** Longest pause between two steps that find nothing, in milliseconds. */
const IDLE_MS = 300;
const AFTER_FAULT_MS = 2_000;
const LONGEST_MS = 1_000;
/** How many times as long as a step the pause is that gives way. */
const WAY = 5;

/** When a pause is longer than its step. */
export interface Patience {
  /** The least pause after a step that did so much: what comes meanwhile is done together. */
  readonly gathers?: (done: number) => number;
  /** Whether something urgent is behind. */
  readonly givesWay?: () => boolean;
}

/**
 * Work that is never urgent: one step after the other, each followed by a pause as long as the step took, so that at most
 * half of one core goes into it while there is much to do; and less while it gives way, but always some.
 */
export class Background {
  private stopped = false;
  private wake: () => void = () => undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly what: string,
    /** Does a little; gives how much. Nothing: it is looked at again after a pause. */
    private readonly step: () => Promise<number>,
    private readonly log: Logger,
    private readonly patience: Patience = {},
  ) {}

  /** Once more does nothing. */
  start(): void {
    this.running ??= this.run();
  }

  /** Resolves when the step at hand is over. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const began = performance.now();
      let done = 0;
      let fault = false;
      try {
        done = await this.step();
      } catch (error) {
        fault = true;
        if (!this.stopped) this.log.error({ err: error }, `${this.what}: broke off, trying again`);
      }
      const took = performance.now() - began;
      if (!this.stopped) await this.pause(fault ? AFTER_FAULT_MS : done > 0 ? this.rest(done, took) : IDLE_MS);
    }
  }

  private rest(done: number, took: number): number {
    const { gathers, givesWay } = this.patience;
    return Math.min(LONGEST_MS, Math.max(gathers?.(done) ?? 0, givesWay?.() ? took * WAY : took));
  }

  private pause(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
