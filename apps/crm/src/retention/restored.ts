import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { RawStore, type Logger, type NotedErasure } from '@filodiretto/platform';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { Jobs } from '../job/jobs.js';
import { LOG } from '../log.js';
import { Erasures } from './erasures.js';

const JOB = 'erasure.again';
const EVERY_MS = 10 * 60_000;
const PASS = 'erasures';
const AT_ONCE = 500;
/** An erasure is noted under the day on which it was asked, and may have been committed after that day was looked at. */
const BEFORE_MS = 86_400_000;

/**
 * Erases again what an older copy of the database brings back. What was erased is noted in the store of bytes; the database says
 * up to when it has looked there, and an older copy says an older instant: whatever was noted since is compared with it.
 */
@Injectable()
export class Restored implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(RawStore) private readonly raw: RawStore,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Erasures) private readonly erasures: Erasures,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({
      name: JOB,
      run: async () => {
        while ((await this.erasures.noteMissed()) > 0);
        await this.look();
      },
      next: now => new Date(now.getTime() + EVERY_MS),
    });
  }

  /** Compares, and begins again what is here and should not be. Gives how many. Killed in the middle it is done again. */
  async look(): Promise<number> {
    const now = this.clock.now();
    const rows: { until: Date }[] = await this.dataSource.query('select until from reconciled where pass = $1', [PASS]);
    let again = 0;
    let some: NotedErasure[] = [];
    const since = new Date(Math.max(0, (rows[0]?.until.getTime() ?? 0) - BEFORE_MS));
    for await (const noted of this.raw.erasures(since)) {
      some.push(noted);
      if (some.length < AT_ONCE) continue;
      again += await this.compare(some);
      some = [];
    }
    again += await this.compare(some);
    await this.dataSource.query(
      'insert into reconciled (pass, until) values ($1, $2) on conflict (pass) do update set until = excluded.until',
      [PASS, now],
    );
    if (again > 0)
      this.log.warn({ again }, 'an older copy of the database was put back: what was erased is erased again');
    return again;
  }

  private async compare(noted: readonly NotedErasure[]): Promise<number> {
    if (noted.length === 0) return 0;
    const known: { id: string }[] = await this.dataSource.query('select id from erasure where id = any($1::uuid[])', [
      noted.map(one => one.id),
    ]);
    const ids = new Set(known.map(one => one.id));
    let again = 0;
    for (const one of noted)
      if (!ids.has(one.id) && (await this.dataSource.transaction(manager => this.erasures.beginAgain(manager, one))))
        again += 1;
    return again;
  }
}
