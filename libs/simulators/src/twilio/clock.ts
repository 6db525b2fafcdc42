interface Appointment {
  readonly at: number;
  readonly work: () => void;
}

const LONGEST_MS = 2_000_000_000;

/** The provider's time: passes at a chosen speed, stands still at 0, and is moved forward at will. Milliseconds. */
export class PhoneClock {
  private readonly appointments: Appointment[] = [];
  private timer?: NodeJS.Timeout;
  private base = Date.now();
  private since = Date.now();
  private closed = false;

  constructor(private pace: number) {}

  get speed(): number {
    return this.pace;
  }
  set speed(pace: number) {
    this.base = this.now();
    this.since = Date.now();
    this.pace = pace;
    this.wind();
  }

  now(): number {
    return this.base + (Date.now() - this.since) * this.pace;
  }
  /** Does something after a while. */
  after(ms: number, work: () => void): void {
    if (this.closed) return;
    const at = this.now() + Math.max(0, ms);
    const place = this.appointments.findIndex(one => one.at > at);
    this.appointments.splice(place < 0 ? this.appointments.length : place, 0, { at, work });
    this.wind();
  }
  /** Whether something is due at once. */
  get due(): boolean {
    const [first] = this.appointments;
    return first !== undefined && first.at <= this.now();
  }
  /** Moves time forward to what is next, at most so far, and does it. Gives the milliseconds that passed. */
  skip(ms: number): number {
    const now = this.now();
    const first = this.appointments[0];
    const passed = first === undefined ? ms : Math.min(ms, Math.max(0, first.at - now));
    this.base += passed;
    this.fire();
    return passed;
  }
  close(): void {
    this.closed = true;
    this.appointments.length = 0;
    clearTimeout(this.timer);
  }

  private wind(): void {
    clearTimeout(this.timer);
    const [first] = this.appointments;
    if (!first) return;
    const wait = first.at - this.now();
    if (wait <= 0) this.timer = setTimeout(() => this.fire(), 0);
    else if (this.pace > 0)
      this.timer = setTimeout(() => this.fire(), Math.min(Math.ceil(wait / this.pace), LONGEST_MS));
  }
  private fire(): void {
    while (this.due) this.appointments.shift()?.work();
    this.wind();
  }
}
