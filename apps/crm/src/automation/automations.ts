import { Inject, Injectable } from '@nestjs/common';
import {
  CASE_FACTS,
  type AutomationSimulation,
  type AutomationView,
  type CaseActions,
  type CaseFact,
  type NamedThing,
  type WriteAutomation,
} from '@filodiretto/contracts';
import { automationHolds, whyNotMove } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import type { Asking } from '../http/operator.js';
import { atOrNull, present } from '../http/present.js';
import { staleness } from '../office/locked-tree.js';
import { Performing } from '../macro/performing.js';
import { refused, refusedField, type Refused } from '../refused.js';
import { missingSql } from '../routing/missing.js';
import { Seeing } from './seen.js';
import { seenWith } from '../permission/seen.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly facts: CaseFact[];
  readonly quiet_hours: number | null;
  readonly conditions: AutomationView['when'];
  readonly actions: CaseActions;
  readonly enabled: boolean;
  readonly version: number;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly done: number;
  readonly failures: number;
  readonly trouble: string | null;
  readonly off_at: Date | null;
  readonly missing: NamedThing[];
}

const SIMULATED = 500;

const NO_AUTOMATION = refused('not-found', 'There is no such automation.');

/** Automations as they are written and tried; `Automating` carries them out. */
@Injectable()
export class Automations {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Performing) private readonly performing: Performing,
    @Inject(Seeing) private readonly seeing: Seeing,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list({ administrationId }: Pick<Asking, 'administrationId'>, only?: string): Promise<AutomationView[]> {
    const rows: Row[] = await this.dataSource.query(
      `select a.*, p.name as owner_name, ${missingSql('a')} as missing,
         (select count(*)::int from automation_run r where r.automation_id = a.id and r.state = 'done') as done
       from automation a join operator p on p.id = a.owner_id
       where a.administration_id = $1 and ($2::uuid is null or a.id = $2) order by a.name, a.id`,
      [administrationId, only ?? null],
    );
    return rows.map(viewOf);
  }

  /**
   * Writes an automation under the id given: new, or another than it was at the version seen; switched on again, its failures are
   * forgotten.
   */
  async write(
    manager: EntityManager,
    operator: Asking,
    { id, seen }: { readonly id: string; readonly seen: number | 'new' },
    asked: WriteAutomation,
  ): Promise<object | Refused> {
    const isNew = seen === 'new';
    const [found]: { version: number }[] = isNew
      ? []
      : await manager.query('select version from automation where id = $1 and administration_id = $2 for update', [
          id,
          operator.administrationId,
        ]);
    if (!isNew && !found) return NO_AUTOMATION;
    const no =
      (await this.wrong(manager, operator, asked)) ?? (found && !isNew ? staleness(found.version, seen) : undefined);
    if (no) return no;
    const values = [
      id,
      operator.administrationId,
      operator.id,
      asked.name,
      asked.on ?? [],
      asked.quietHours ?? null,
      JSON.stringify(asked.when),
      JSON.stringify(asked.actions),
      asked.enabled ?? false,
    ];
    const written: unknown[] = await manager.query(
      isNew
        ? `insert into automation (id, administration_id, owner_id, name, facts, quiet_hours, conditions, actions, enabled)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`
        : `with changed as (update automation set owner_id = $3, name = $4, facts = $5, quiet_hours = $6, conditions = $7, actions = $8,
             enabled = $9, version = version + 1, failures = 0, trouble = null, off_at = null, quiet_until = null
             where id = $1 and administration_id = $2 returning id)
           select id from changed`,
      values,
    );
    return written.length > 0 ? { id } : NO_AUTOMATION;
  }

  /** On which of the latest cases it would act, as they are now. */
  async simulate(operator: Asking, asked: WriteAutomation): Promise<AutomationSimulation | Refused> {
    const { manager } = this.dataSource;
    const no = await this.wrong(manager, operator, asked);
    if (no) return no;
    const parameters: unknown[] = [operator.administrationId, asked.on ?? [], asked.quietHours ?? null];
    const cases: { id: string; number: string; set_off: boolean }[] = await manager.query(
      `select c.id, c.number, case when $3::int is null
           then exists (select from journal j where j.case_id = c.id and j.fact = any($2))
           else c.ended_at is null and (select max(j.at) from journal j
             where j.case_id = c.id and j.actor_kind in ('contact', 'operator', 'office')) <= clock_now() - make_interval(hours => $3) end as set_off
       from case_file c where c.administration_id = $1 and ${seenWith(operator.sight, parameters)}
       order by c.opened_at desc, c.id desc limit ${SIMULATED}`,
      parameters,
    );
    const setOff = cases.filter(one => one.set_off);
    const now = this.clock.now();
    const seen = await this.seeing.of(
      manager,
      setOff.map(({ id }) => id),
      now,
    );
    const items = setOff.map(({ id, number }) => {
      const one = seen.get(id);
      const acts = one !== undefined && automationHolds(asked.when, one, now.toISOString());
      return { case: { id, number }, verdict: acts ? ('acts' as const) : ('does_not' as const) };
    });
    return { cases: cases.length, acts: items.filter(one => one.verdict === 'acts').length, items };
  }

  private async wrong(manager: EntityManager, operator: Asking, asked: WriteAutomation): Promise<Refused | undefined> {
    const facts: readonly string[] = asked.on ?? [];
    if ((facts.length === 0) === (asked.quietHours === undefined))
      return refusedField('/on', 'or `quietHours`: one of the two');
    if (!facts.every(fact => CASE_FACTS.some(known => known === fact)))
      return refusedField('/on', `must be some of: ${CASE_FACTS.join(', ')}`);
    const { move } = asked.actions;
    const no = move && whyNotMove(move);
    if (no) return refusedField(`/actions/move/${no.field}`, no.detail);
    return this.performing.strange(manager, operator, asked.actions);
  }
}

const viewOf = (row: Row): AutomationView => ({
  id: row.id,
  version: row.version,
  name: row.name,
  on: row.facts,
  ...present({ quietHours: row.quiet_hours, trouble: row.trouble, offAt: atOrNull(row.off_at) }),
  when: row.conditions,
  actions: row.actions,
  enabled: row.enabled,
  owner: { id: row.owner_id, name: row.owner_name },
  done: row.done,
  failures: row.failures,
  missing: row.missing,
});
