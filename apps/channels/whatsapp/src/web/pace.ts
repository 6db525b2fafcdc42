/** How fast we may speak: a pause of one to three seconds between messages, never the same. */
export interface Pauses {
  readonly minMs: number;
  readonly maxMs: number;
  /** Longer than this nobody waits: the order is refused for now, and asked again later. */
  readonly patienceMs: number;
}
export const CAREFUL: Pauses = { minMs: 1_000, maxMs: 3_000, patienceMs: 20_000 };

/** Time, and its passing. */
export interface Time {
  now(): number;
  pass(ms: number): Promise<void>;
}
const REAL: Time = { now: () => Date.now(), pass: ms => new Promise(resolve => setTimeout(resolve, ms)) };

/** Gives turns to speak, one at a time and unevenly spaced: a machine that hurries is banned. */
export class Pace {
  private free = 0;
  constructor(
    private readonly pauses: Pauses,
    private readonly chance: () => number = Math.random,
    private readonly time: Time = REAL,
  ) {}

  /** Resolves when it is our turn; `false` when the queue is too long to wait for. */
  async turn(): Promise<boolean> {
    const now = this.time.now();
    const wait = Math.max(0, this.free - now);
    if (wait > this.pauses.patienceMs) return false;
    const { minMs, maxMs } = this.pauses;
    this.free = now + wait + minMs + this.chance() * (maxMs - minMs);
    if (wait > 0) await this.time.pass(wait);
    return true;
  }
}
