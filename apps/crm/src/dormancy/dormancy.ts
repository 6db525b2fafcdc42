import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { PERSON_DECIDES_FROM } from '@filodiretto/domain';
import { faultPoint } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Ledger, type Following, type LedgerPages, type Written } from '../case/ledger.js';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { Jobs } from '../job/jobs.js';
import { Responsibles } from '../office/responsibles.js';
import { isRefused } from '../refused.js';
import { prepared } from '../prepared.js';

const JOB = 'organisation.dormancy';
const EVERY_MS = 3_600_000;
/** For so many days nobody is seen where an administration decided nothing. */
const DAYS = 30;

/**
 * Who never comes: people who did not log in nor use a link for a number of days, and offices that hold cases of which nobody
 * touched anything for as long. What is given to them goes to who stands in for them; the office stays the one that answers.
 */
@Injectable()
export class Dormancy implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Ledger) ledger: Ledger,
    @Inject(Responsibles) private readonly responsibles: Responsibles,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    // Before the terms begin and letters are written: both are for who really gets the case.
    ledger.follow('dormancy', (manager, written, pages) => this.follow(manager, written, pages), { first: true });
  }

  onModuleInit(): void {
    this.jobs.handle({
      name: JOB,
      run: () => this.look(),
      next: now => new Date(now.getTime() + EVERY_MS),
    });
  }

  /** Finds who became dormant, and who came back. */
  async look(): Promise<void> {
    const found = await this.dataSource.transaction(async manager => {
      const [, people]: [unknown, number] = await manager.query(
        `update operator p set dormant_since = case when d.dormant then coalesce(p.dormant_since, $1::timestamptz) end
         from (select p.id, p.active and greatest(p.introduced_at, p.last_seen_at)
                 < $1::timestamptz - interval '1 day' * coalesce(s.dormant_days, ${DAYS}) as dormant
               from operator p left join administration_setting s on s.administration_id = p.administration_id) d
         where d.id = p.id and d.dormant is distinct from (p.dormant_since is not null)`,
        [this.clock.now()],
      );
      const [, offices]: [unknown, number] = await manager.query(
        `update office o set dormant_since = case when d.dormant then coalesce(o.dormant_since, $1::timestamptz) end
         from (select o.id, o.active and o.kind in ('office', 'team') and exists (
                   select from case_file c where c.office_id = o.id and c.state = 'assigned'
                     and c.opened_at < since.at and not exists (
                       select from journal j where j.case_id = c.id and j.at >= since.at
                         and (j.fact in ('assigned', 'reassigned', 'reopened')
                           or (j.actor_kind in ('office', 'operator') and j.actor_id is not null))))
                 and coalesce(o.last_acted_at, '-infinity') < since.at
                 and not exists (select from membership b join operator p on p.id = b.operator_id
                   where b.office_id = o.id and p.active and p.last_seen_at >= since.at) as dormant
               from office o left join administration_setting s on s.administration_id = o.administration_id,
               lateral (select $1::timestamptz - interval '1 day' * coalesce(s.dormant_days, ${DAYS}) as at) since) d
         where d.id = o.id and d.dormant is distinct from (o.dormant_since is not null)`,
        [this.clock.now()],
      );
      if (people + offices > 0) faultPoint('dormancy.before-commit');
      return people + offices;
    });
    if (found > 0) faultPoint('dormancy.after-commit');
  }

  private async follow(manager: EntityManager, written: readonly Written[], pages: LedgerPages): Promise<Following> {
    const given = written.flatMap(({ caseFile, events }) =>
      caseFile.state === 'assigned' &&
      caseFile.officeId !== null &&
      caseFile.refusals < PERSON_DECIDES_FROM &&
      events.some(({ fact }) => fact === 'assigned' || fact === 'reassigned' || fact === 'reopened')
        ? [{ caseFile, office: caseFile.officeId }]
        : [],
    );
    if (given.length === 0) return undefined;
    const {
      rows: [asleep],
    } = await prepared<{ offices: string[]; operators: string[] }>(
      manager,
      `select array(select id from office where id = any($1::uuid[]) and dormant_since is not null) as offices,
         array(select id from operator where id = any($2::uuid[]) and dormant_since is not null) as operators`,
      [given.map(one => one.office), given.flatMap(({ caseFile }) => caseFile.assigneeId ?? [])],
    );
    if (!asleep || asleep.offices.length + asleep.operators.length === 0) return undefined;
    for (const { caseFile, office } of given) {
      const { assigneeId } = caseFile;
      const why =
        assigneeId === null
          ? asleep.offices.includes(office) && 'dormant:office'
          : asleep.operators.includes(assigneeId) && 'dormant:operator';
      if (!why) continue;
      const standIn = await this.responsibles.standInFor(manager, office, this.clock.now());
      if (!standIn || standIn.operator === assigneeId) continue;
      const result = pages.apply({
        caseId: caseFile.id,
        cause: null,
        commands: [{ name: 'assign', office, assignee: standIn.operator, why, by: { kind: 'system' } }],
      });
      if (isRefused(result)) throw new Error(`the case refused who stands in: ${result.detail}`);
    }
    return undefined;
  }
}
