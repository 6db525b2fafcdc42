import { Injectable } from '@nestjs/common';

/** For how long a backlog is taken to last since it was last seen. */
const LASTS_MS = 1_000;

/** Whether more waits to be taken in than one transaction takes: what nobody waits for gives way then. */
@Injectable()
export class Backlog {
  private seenAt = -Infinity;

  /** Says that whatever could be taken at once was there. */
  grows(): void {
    this.seenAt = performance.now();
  }

  get waits(): boolean {
    return performance.now() - this.seenAt < LASTS_MS;
  }
}
