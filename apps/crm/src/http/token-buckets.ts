/** How fast requests may come: so many at once, and then so many a second. */
export interface Pace {
  readonly perSecond: number;
  readonly burst: number;
}

/** Most names remembered: a flood of new ones must not fill the memory. */
const MAX_NAMES = 20_000;

/**
 * Token buckets by name, in the memory of this process: with several processes each has its own, so that all together let
 * pass as many times more. What is forgotten starts anew, full.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, { left: number; at: number }>();

  /** `now` in milliseconds, never going back. */
  constructor(
    private readonly pace: Pace,
    private readonly now: () => number = () => performance.now(),
  ) {}

  has(name: string): boolean {
    return this.buckets.has(name);
  }

  /** Takes one; gives 0, or the whole seconds to wait when there is none: then nothing was taken. */
  take(name: string): number {
    const left = this.left(name);
    if (left < 1) return this.wait(left);
    // Written anew, so that the first of the map is always the one that was quiet the longest.
    this.buckets.delete(name);
    this.buckets.set(name, { left: left - 1, at: this.now() });
    if (this.buckets.size > MAX_NAMES) this.forget();
    return 0;
  }

  /** As `take`, and takes nothing. */
  look(name: string): number {
    const left = this.left(name);
    return left < 1 ? this.wait(left) : 0;
  }

  private left(name: string): number {
    const { perSecond, burst } = this.pace;
    const bucket = this.buckets.get(name);
    return bucket ? Math.min(burst, bucket.left + ((this.now() - bucket.at) / 1_000) * perSecond) : burst;
  }
  private wait(left: number): number {
    return Math.max(1, Math.ceil((1 - left) / this.pace.perSecond));
  }
  private forget(): void {
    const [quietest] = this.buckets.keys();
    if (quietest !== undefined) this.buckets.delete(quietest);
  }
}
