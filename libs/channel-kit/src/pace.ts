const MINUTE_MS = 60_000;
const REMEMBERED = 50_000;

/** Counts what each address does in a minute, in memory. */
export class Pace {
  private readonly counts = new Map<string, { since: number; count: number }>();
  constructor(private readonly perMinute: number) {}

  /** Counts one more. Says whether it is too many. */
  tooMany(address: string, now = Date.now()): boolean {
    const seen = this.counts.get(address);
    if (!seen || now - seen.since >= MINUTE_MS) {
      if (this.counts.size >= REMEMBERED) this.counts.clear();
      this.counts.set(address, { since: now, count: 1 });
      return false;
    }
    seen.count += 1;
    return seen.count > this.perMinute;
  }
}
