import type { CaseKind, CaseState, CaseSummary, Priority } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { CONTACT_REF, CONTACT_REF_JOINS, contactRef, type ContactRefRow } from '../contact/contact-ref.js';
import { cursorAt, type Cursor } from '../http/paging.js';
import { at, atOrNull, present } from '../http/present.js';
import { planned } from '../prepared.js';

/** A case in a list, as `SUMMARY` reads it. */
export interface SummaryRow extends Cursor, ContactRefRow {
  readonly number: string;
  readonly subject: string;
  readonly state: CaseState;
  readonly kind: CaseKind;
  readonly priority: Priority;
  readonly category_id: string | null;
  readonly category_code: string | null;
  readonly category_label: string | null;
  readonly office_id: string | null;
  readonly office_name: string | null;
  readonly assignee_id: string | null;
  readonly assignee_name: string | null;
  readonly channel: string | null;
  readonly opened_at: Date;
  readonly last_message_at: Date | null;
  readonly ended_at: Date | null;
  readonly due_date: string | null;
  readonly next_due_at: Date | null;
  readonly version: number;
}

/** SQL of a case in a list: columns and joins of the case `c`. */
export const SUMMARY = `
  c.id, c.number, c.subject, c.state, c.kind, c.priority, c.category_id, g.code as category_code, g.label as category_label,
  c.office_id, o.name as office_name, c.assignee_id, p.name as assignee_name, ${CONTACT_REF},
  c.channel, c.opened_at, c.last_message_at, c.ended_at,
  c.due_date::text as due_date, c.next_due_at, c.version, ${cursorAt('c.opened_at')} as at`;
export const SUMMARY_JOINS = `
  left join category g on g.id = c.category_id
  left join office o on o.id = c.office_id
  left join operator p on p.id = c.assignee_id${CONTACT_REF_JOINS}`;

const SUMMARIES = `select ${SUMMARY} from unnest($1::uuid[]) with ordinality n(id, place) join case_file c on c.id = n.id
  ${SUMMARY_JOINS} order by n.place`;

/** Cases in a list, in the order of their ids: which ones is planned for what is asked each time, what they show once and for all. */
export async function summariesOf(manager: EntityManager, ids: readonly string[]): Promise<SummaryRow[]> {
  if (ids.length === 0) return [];
  return (await planned<SummaryRow>(manager, SUMMARIES, [ids])).rows;
}

export const summaryView = (row: SummaryRow): CaseSummary => ({
  id: row.id,
  number: row.number,
  subject: row.subject,
  state: row.state,
  kind: row.kind,
  priority: row.priority,
  ...(row.category_id !== null && row.category_code !== null && row.category_label !== null
    ? { category: { id: row.category_id, code: row.category_code, label: row.category_label } }
    : {}),
  ...(row.office_id !== null && row.office_name !== null
    ? { office: { id: row.office_id, name: row.office_name } }
    : {}),
  ...(row.assignee_id !== null && row.assignee_name !== null
    ? { assignee: { id: row.assignee_id, name: row.assignee_name } }
    : {}),
  ...contactRef(row),
  ...present({
    channel: row.channel,
    lastMessageAt: atOrNull(row.last_message_at),
    endedAt: atOrNull(row.ended_at),
    dueDate: row.due_date,
    nextDueAt: atOrNull(row.next_due_at),
  }),
  openedAt: at(row.opened_at),
  version: row.version,
});
