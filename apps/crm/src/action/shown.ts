import type { CaseState, Outcome } from '@filodiretto/contracts';
import { toldFields, type ToldField } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { FIELDS, type FieldJson } from '../field/field.view.js';
import { titleOfTask } from '../task/words.js';
import type { ActionLink } from './action-links.js';

/** What the page of a link shows of its case. */
export interface Shown {
  readonly number: string;
  /** Empty: the case is of others now, and nothing of it is shown. */
  readonly subject: string;
  readonly state: CaseState;
  readonly office: string | null;
  readonly dueDate: string | null;
  /** Whose it may be: offices of the administration. */
  readonly offices: readonly { readonly id: string; readonly name: string }[];
  /** Questions of the case that others have not answered yet. */
  readonly openTasks: number;
  /** The question that the link is about: then nothing else of the case is shown. */
  readonly task?: { readonly question: string; readonly by: string };
  /** What it holds in the fields of its category, but for what is confidential. */
  readonly fields: readonly ToldField[];
  /** What the link did, once it was used. */
  readonly did?: Did;
}

/** What was done by a link, as far as its page tells it. */
export interface Did {
  readonly outcome: Outcome | null;
  readonly outcomeReason: string | null;
  readonly dueDate: string | null;
}

/** `theirs`: the office or the person of the link still has it: the case itself, or as one of the office that holds it. */
type CaseShown = Shown & { readonly theirs: boolean };

/** The case of a link as its page shows it. */
export async function shownCase(
  manager: EntityManager,
  { id, caseId, officeId, operatorId }: ActionLink,
): Promise<CaseShown> {
  const rows: (Omit<CaseShown, 'fields'> & { readonly fields: readonly FieldJson[] })[] = await manager.query(
    `select c.number, c.subject, c.state, o.name as office,
       coalesce(case when $2::uuid is null then c.office_id = $3::uuid or (c.office_id is null and $3::uuid is null)
         else c.assignee_id = $2 or c.office_id in (
           select p.office_id from operator p where p.id = $2 union select b.office_id from membership b where b.operator_id = $2)
         end, false) as theirs, c.due_date::text as "dueDate",
       (select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name) order by f.name), '[]') from office f
        where f.administration_id = c.administration_id and f.active and f.kind in ('office', 'team')
          and f.id is distinct from c.office_id) as offices,
       jsonb_array_length(c.open_tasks) as "openTasks", ${FIELDS} as fields
     from case_file c left join office o on o.id = c.office_id where c.id = $1`,
    [caseId, operatorId, officeId],
  );
  const [shown] = rows;
  if (!shown) throw new Error(`the case of link ${id} is not there`);
  return { ...shown, fields: toldFields(shown.fields) };
}

/** A question as its page shows it: to who was asked, who may be of no office of ours, nothing else of the case. */
export async function shownTask(manager: EntityManager, id: string): Promise<Shown | undefined> {
  const rows: (Pick<Shown, 'number' | 'state' | 'office' | 'dueDate'> & { question: string; by: string })[] =
    await manager.query(
      `select c.number, c.state, coalesce(o.name, t.name) as office, t.due_date::text as "dueDate", t.question, a.name as by
       from task t join case_file c on c.id = t.case_id join office a on a.id = t.administration_id
       left join office o on o.id = t.office_id where t.id = $1`,
      [id],
    );
  const [row] = rows;
  if (!row) return undefined;
  const { question, by, ...shown } = row;
  return { ...shown, subject: titleOfTask(question), offices: [], openTasks: 0, fields: [], task: { question, by } };
}

/** What the journal says that a link did. */
export async function didBy(manager: EntityManager, { id }: ActionLink): Promise<Did | undefined> {
  const rows: Did[] = await manager.query(
    `select data->>'outcome' as outcome, data->>'outcomeReason' as "outcomeReason", data->>'dueDate' as "dueDate"
     from journal where case_id in (
         select case_id from action_link where id = $1
         union select t.case_id from action_link l join task t on t.id = l.task_id where l.id = $1
         union select m.into_case from action_link l join case_merge m on m.from_case = l.case_id where l.id = $1)
       and split_part(cause, ' ', 1) = 'action-link:' || $1::text
       and fact in ('resolved', 'extended', 'task_answered', 'task_extended') order by at limit 1`,
    [id],
  );
  return rows[0];
}
