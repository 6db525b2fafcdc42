import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus } from '@filodiretto/bus';
import { STATE_BUCKET } from '@filodiretto/contracts';
import { Jobs } from '../job/jobs.js';

const JOB = 'purge-clear-names';
const EVERY_MS = 3_600_000;
const STREAM = `KV_${STATE_BUCKET}`;
/** A sealed name has one part more. */
const CLEAR = `$KV.${STATE_BUCKET}.*.*`;

/**
 * The names under which channels remembered before they sealed them: what was there has moved, and the mark that it went keeps the
 * name, which may hold a telephone number. Channels may not take such marks away; the core does.
 */
@Injectable()
export class ClearNames implements OnModuleInit {
  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({
      name: JOB,
      run: async () => void (await this.purge()),
      next: now => new Date(now.getTime() + EVERY_MS),
    });
  }

  /** Takes away the names that hold nothing any more. Gives how many. */
  async purge(): Promise<number> {
    // No channel has remembered anything yet: there is no such bucket.
    await this.bus.bucket(STATE_BUCKET);
    const { streams } = this.bus.manager;
    const { state } = await streams.info(STREAM, { subjects_filter: CLEAR });
    let purged = 0;
    for (const subject of Object.keys(state.subjects ?? {})) {
      const last = await streams.getMessage(STREAM, { last_by_subj: subject });
      if (!last || !['PURGE', 'DEL'].includes(last.header.get('KV-Operation'))) continue;
      // What is written meanwhile stays.
      await streams.purge(STREAM, { filter: subject, seq: last.seq + 1 });
      purged += 1;
    }
    return purged;
  }
}
