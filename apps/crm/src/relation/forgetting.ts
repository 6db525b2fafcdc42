import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { KEEP_MERGED_DAYS } from '@filodiretto/domain';
import { MachineDataSource } from '../data-source.js';
import { Jobs } from '../job/jobs.js';
import { UNDO_UNTIL } from './relation.query.js';

const JOB = 'merge.forget';
const EVERY_MS = 3_600_000;

/**
 * Forgets what merges put aside to be undone, as places and what fields held, some days after it; never while undoing them is
 * possible, and a merge that was forgotten is not undone, whatever the administration decides later.
 */
@Injectable()
export class Forgetting implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({ name: JOB, run: () => this.forget(), next: now => new Date(now.getTime() + EVERY_MS) });
  }

  /** Forgets what is old enough. */
  async forget(): Promise<void> {
    await this.dataSource.query(
      `update case_merge m set aside = null, aside_forgotten_at = clock_now()
       where m.aside is not null and m.at < clock_now() - make_interval(days => $1) and ${UNDO_UNTIL} < clock_now()`,
      [KEEP_MERGED_DAYS],
    );
  }
}
