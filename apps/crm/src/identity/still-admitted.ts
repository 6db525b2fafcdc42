import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@filodiretto/platform';
import type { Admission } from '../http/operator.js';
import { LOG } from '../log.js';
import { Admissions } from './admissions.js';

const LOOK_MS = 2_000;

/**
 * Answers that last, as streams do, end with what vouched for who asked: looked at every two seconds, all by one statement.
 */
@Injectable()
export class StillAdmitted implements BeforeApplicationShutdown {
  private readonly watched = new Map<() => void, Admission>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    @Inject(Admissions) private readonly admissions: Admissions,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Calls `over` once when they are let in no longer; gives what ends the watch. */
  watch(admission: Admission, over: () => void): () => void {
    const told = (): void => over();
    this.watched.set(told, admission);
    this.lookLater();
    return () => void this.watched.delete(told);
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private lookLater(): void {
    if (this.stopped || this.timer !== undefined || this.watched.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.look()
        // Who cannot be looked up goes on until they can: the database is away for everybody.
        .catch((fault: unknown) => this.log.warn({ err: fault }, 'could not see who is still let in'))
        .finally(() => this.lookLater());
    }, LOOK_MS).unref();
  }

  private async look(): Promise<void> {
    const all = [...this.watched];
    const standing = await this.admissions.standing(all.map(([, { by }]) => by));
    const now = new Date();
    for (const [told, { by, until }] of all)
      if (until <= now || !standing.has(by.id)) {
        this.watched.delete(told);
        told();
      }
  }
}
