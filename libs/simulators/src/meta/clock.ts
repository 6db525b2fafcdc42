/** The provider's clock: real time, moved forward at will. */
export class Clock {
  private ahead = 0;
  now(): number {
    return Date.now() + this.ahead;
  }
  seconds(): string {
    return String(Math.floor(this.now() / 1_000));
  }
  /** Moves the provider's time forward: reply windows close, links expire. */
  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }
}
