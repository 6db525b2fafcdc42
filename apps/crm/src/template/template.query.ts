import { Inject, Injectable } from '@nestjs/common';
import type { ListTemplates, Outcome, TemplatePage, TemplatePurpose, TemplateView } from '@filodiretto/contracts';
import type { TemplateKnowledge } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, present } from '../http/present.js';
import { Where } from '../http/where.js';

export interface TemplateRow extends Cursor {
  readonly code: string;
  readonly language: string;
  readonly name: string;
  readonly purpose: TemplatePurpose;
  readonly outcome: Outcome | null;
  readonly outcome_reason: string | null;
  readonly text: string;
  readonly short_text: string | null;
  readonly version: number;
  readonly retired_at: Date | null;
  readonly updated_at: Date;
}

const COLUMNS = `t.id, t.code, t.language, t.name, t.purpose, t.outcome, t.outcome_reason, t.text, t.short_text, t.version,
  t.retired_at, t.updated_at, ${cursorAt('t.created_at')} as at`;

/** What the screens of templates show, and what fills one. */
@Injectable()
export class TemplateQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The templates of the operator's administration for which every filter holds, the newest first. */
  async list({ administrationId }: Pick<Asking, 'administrationId'>, filter: ListTemplates): Promise<TemplatePage> {
    const cursor = cursorOf(filter.after);
    const limit = limitOf(filter);
    const where = new Where()
      .and('t.administration_id = $?', administrationId)
      .and('t.purpose = $?', filter.purpose)
      .and('t.outcome = $?', filter.outcome)
      .and('t.language = $?', filter.language)
      .and('(t.created_at, t.id) < ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    const rows: TemplateRow[] = await this.dataSource.query(
      `select ${COLUMNS} from template t where ${where.toString()} order by t.created_at desc, t.id desc limit ${limit + 1}`,
      where.parameters,
    );
    return pageOf(rows, limit, templateView);
  }

  async one(asking: Pick<Asking, 'administrationId'>, id: string): Promise<TemplateView | undefined> {
    const row = await templateRow(this.dataSource.manager, asking.administrationId, id);
    return row && templateView(row);
  }
}

/** A template of the administration, retired or not. */
export async function templateRow(
  manager: EntityManager,
  administrationId: string,
  id: string,
  locked = false,
): Promise<TemplateRow | undefined> {
  const rows: TemplateRow[] = await manager.query(
    `select ${COLUMNS} from template t where t.administration_id = $1 and t.id = $2 ${locked ? 'for update' : ''}`,
    [administrationId, id],
  );
  return rows[0];
}

/** The templates in use that tell an outcome. */
export const outcomeTemplates = (
  manager: EntityManager,
  administrationId: string,
  outcome: Outcome,
): Promise<(TemplateRow & { readonly outcomeReason: string | null })[]> =>
  manager.query(
    `select ${COLUMNS}, t.outcome_reason as "outcomeReason" from template t
     where t.administration_id = $1 and t.purpose = 'outcome' and t.outcome = $2 and t.retired_at is null
     order by t.created_at, t.id`,
    [administrationId, outcome],
  );

/** What fills a template for a case, read with the case as the transaction sees it; `undefined` when there is none of this id. */
export async function knowledgeOf(
  manager: EntityManager,
  administrationId: string,
  caseId: string,
  operatorId: string | null,
): Promise<TemplateKnowledge | undefined> {
  const rows: TemplateKnowledge[] = await manager.query(
    `select c.number, c.subject, g.label as category, c.opened_at::date::text as "openedDate",
       c.due_date::text as "dueDate", c.planned_date::text as "plannedDate", coalesce(kk.name, k.name) as contact,
       o.name as office, p.name as operator, r.name as administration, current_date::text as today
     from case_file c
       join office r on r.id = c.administration_id
       left join category g on g.id = c.category_id
       left join office o on o.id = c.office_id
       left join contact k on k.id = c.contact_id
       left join contact kk on kk.id = k.merged_into
       left join operator p on p.id = $3 and p.administration_id = c.administration_id
     where c.administration_id = $1 and c.id = $2`,
    [administrationId, caseId, operatorId],
  );
  return rows[0];
}

const templateView = (row: TemplateRow): TemplateView => ({
  id: row.id,
  code: row.code,
  language: row.language,
  name: row.name,
  purpose: row.purpose,
  ...present({ outcome: row.outcome, outcomeReason: row.outcome_reason, shortText: row.short_text }),
  text: row.text,
  retired: row.retired_at !== null,
  version: row.version,
  updatedAt: at(row.updated_at),
});
