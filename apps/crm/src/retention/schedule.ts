import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { RetentionScheduleView, WriteRetentionSchedule } from '@filodiretto/contracts';
import { RETENTION_MOST } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import type { Asking } from '../http/operator.js';
import { at, present } from '../http/present.js';
import { Jobs } from '../job/jobs.js';
import { refused, type Refused } from '../refused.js';
import { RetentionRuns } from './runs.js';

const JOB = 'retention.nightly';
const EVERY_MS = 15 * 60_000;

interface Row {
  readonly active: boolean;
  readonly most: number;
  readonly version: number;
  readonly decided_at: Date;
  readonly decided_by: { readonly id: string; readonly name: string };
}

/** Whether what has had its time goes every night without being asked. It does where an administration decided so, nowhere else. */
@Injectable()
export class RetentionSchedule implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(RetentionRuns) private readonly runs: RetentionRuns,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({ name: JOB, run: () => this.look(), next: now => new Date(now.getTime() + EVERY_MS) });
  }

  /** What was decided. */
  async of(manager: Pick<EntityManager, 'query'>, { administrationId }: Asking): Promise<RetentionScheduleView> {
    const [row]: Row[] = await manager.query(
      `select s.active, s.most, s.version, s.decided_at, json_build_object('id', p.id, 'name', p.name) as decided_by
       from retention_schedule s join operator p on p.id = s.decided_by where s.administration_id = $1`,
      [administrationId],
    );
    if (!row) return { active: false, most: RETENTION_MOST, version: 0 };
    const { active, most, version } = row;
    return { active, most, version, ...present({ decidedBy: row.decided_by, decidedAt: at(row.decided_at) }) };
  }

  /** Decides, from the version that was seen. */
  async decide(
    manager: EntityManager,
    operator: Asking,
    expectedVersion: number,
    { active, most }: WriteRetentionSchedule,
  ): Promise<object | Refused> {
    const written: unknown[] = await manager.query(
      `insert into retention_schedule as s (administration_id, active, most, version, decided_by, decided_at)
       select $1, $2, $3, 1, $4, $5 where $6 = 0 or exists (select from retention_schedule where administration_id = $1)
       on conflict (administration_id) do update set active = excluded.active, most = excluded.most, version = s.version + 1,
         decided_by = excluded.decided_by, decided_at = excluded.decided_at
       where s.version = $6 returning version`,
      [operator.administrationId, active, most ?? RETENTION_MOST, operator.id, this.clock.now(), expectedVersion],
    );
    return written.length > 0 ? {} : refused('version-stale', 'Somebody decided it first: look again.');
  }

  /** By night, has a run begin wherever none was begun in this night. */
  async look(): Promise<void> {
    const due: { administrationId: string; most: number; night: string }[] = await this.dataSource.query(
      `select s.administration_id as "administrationId", s.most, n.night::date::text as night
       from retention_schedule s,
         lateral (select clock_now() at time zone 'Europe/Rome' as local) l,
         lateral (select l.local - interval '12 hours' as night) n
       where s.active and extract(hour from l.local) not between 7 and 19
         and not exists (select from retention_run r where r.administration_id = s.administration_id and r.night = n.night::date)`,
    );
    for (const one of due) await this.dataSource.transaction(manager => this.runs.beginByItself(manager, one));
  }
}
