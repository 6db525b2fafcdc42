import { Inject, Injectable } from '@nestjs/common';
import type { AutomationRunPage, AutomationRunView, ListAutomationRuns, RunState } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, present } from '../http/present.js';
import { Where } from '../http/where.js';
import { seenSql } from '../permission/seen.js';

interface Row extends Cursor {
  readonly automation_id: string;
  readonly name: string;
  readonly case_id: string;
  readonly number: string;
  readonly state: RunState;
  readonly detail: string | null;
  readonly cause: string | null;
  readonly made_at: Date;
}

/** Of which rule, or in which case. */
type Of = { readonly automation: string } | { readonly caseId: string };

/** What the screens of what automations did show. */
@Injectable()
export class AutomationRunQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The runs of a rule, or in a case, the newest first; `undefined` when the administration has none of this id. */
  async list(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    of: Of,
    filter: ListAutomationRuns,
  ): Promise<AutomationRunPage | undefined> {
    const [table, id] = 'caseId' in of ? ['case_file', of.caseId] : ['automation', of.automation];
    const cursor = cursorOf(filter.after);
    const limit = limitOf(filter);
    const where = new Where()
      .and('r.automation_id = $?', 'automation' in of ? of.automation : undefined)
      .and('r.case_id = $?', 'caseId' in of ? of.caseId : undefined)
      .and('r.state = $?', filter.state)
      .and('(r.at, r.id) < ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    where.and(
      `exists (select from case_file c where c.id = r.case_id and ${seenSql(sight, value => where.parameter(value))})`,
    );
    const ours: unknown[] = await this.dataSource.query(
      `select from ${table} where id = $1 and administration_id = $2`,
      [id, administrationId],
    );
    if (ours.length === 0) return undefined;
    const rows: Row[] = await this.dataSource.query(
      `select r.id, r.automation_id, a.name, r.case_id, c.number, r.state, r.detail, r.at as made_at, ${cursorAt('r.at')} as at,
         substring(r.trigger from '[0-9a-f-]{36}$') as cause
       from (select r.* from automation_run r where ${where.toString()} order by r.at desc, r.id desc limit ${limit + 1}) r
         join automation a on a.id = r.automation_id join case_file c on c.id = r.case_id
       order by r.at desc, r.id desc`,
      where.parameters,
    );
    return pageOf(rows, limit, viewOf);
  }
}

const viewOf = (row: Row): AutomationRunView => ({
  id: row.id,
  automation: { id: row.automation_id, name: row.name },
  case: { id: row.case_id, number: row.number },
  state: row.state,
  ...present({ detail: row.detail, cause: row.cause }),
  at: at(row.made_at),
});
