import type { Host } from '@filodiretto/channel-kit';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What is remembered with the instant `at`, and for how long. Nobody asks for it any more after that. */
const KEPT_MS: Readonly<Record<string, number>> = {
  'call/': 2 * DAY_MS,
  'leg/': 2 * DAY_MS,
  'sid/': 7 * DAY_MS,
  'recording/': 30 * DAY_MS,
};

/** Forgets what is over, every hour. */
export class Tidy {
  private timer?: NodeJS.Timeout;

  constructor(private readonly host: Pick<Host, 'state' | 'log'>) {}

  start(): void {
    this.timer = setInterval(() => void this.forget(new Date()), HOUR_MS);
  }
  stop(): void {
    clearInterval(this.timer);
  }

  /** Gives how many memories were let go. A fault is told and waits for the next hour. */
  async forget(now: Date): Promise<number> {
    let forgotten = 0;
    try {
      for (const [prefix, ms] of Object.entries(KEPT_MS))
        for (const key of await this.host.state.keys(prefix)) {
          const kept = await this.host.state.get<{ readonly at?: string }>(key);
          if (kept?.at === undefined || now.getTime() - Date.parse(kept.at) < ms) continue;
          await this.host.state.delete(key);
          forgotten += 1;
        }
    } catch (error) {
      this.host.log.warn({ err: error }, 'what is over could not be forgotten now');
    }
    return forgotten;
  }
}
