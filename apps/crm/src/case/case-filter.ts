import { ENDED_STATES, type CaseFilter } from '@filodiretto/contracts';
import type { Asking } from '../http/operator.js';
import type { Where } from '../http/where.js';
import { seenSql } from '../permission/seen.js';

/** Word for word as in the partial indexes of open cases. */
const OPEN = `c.state not in (${ENDED_STATES.map(state => `'${state}'`).join(', ')})`;

/** Who asks: what "mine" means. */
export type Viewer = Pick<Asking, 'id' | 'administrationId' | 'officeId' | 'sight'>;

const isEnded = (state: string): boolean => ENDED_STATES.some(ended => ended === state);

/** Adds what a filter says of the case `c`, its text apart: that is for `SearchQuery`; and that who asks sees it. */
export const filtered = (where: Where, viewer: Viewer, filter: CaseFilter): Where =>
  seen(asked(where, viewer, filter), viewer);

/** Adds that whoever asks sees the case `c`. */
export const seen = (where: Where, { sight }: Pick<Viewer, 'sight'>, c = 'c'): Where =>
  sight === 'all' ? where : where.and(seenSql(sight, value => where.parameter(value), c));

/** Adds what a filter says, whoever sees it. */
export function asked(where: Where, viewer: Viewer, filter: CaseFilter): Where {
  where
    .and('c.administration_id = $?', viewer.administrationId)
    .and('c.office_id = $?', filter.office)
    .and('c.office_id = $?', filter.ofMyOffice === true ? viewer.officeId : undefined)
    .and('c.state = $?', filter.state)
    .and('c.assignee_id = $?', filter.assignee)
    .and('c.assignee_id = $?', filter.assignedToMe === true ? viewer.id : undefined)
    .and('c.channel = $?', filter.channel)
    .and('c.kind = $?', filter.kind)
    .and('c.priority = $?', filter.priority)
    .and('c.category_id = $?', filter.category)
    .and('c.contact_id in (select id from contact where id = $? or merged_into = $?)', filter.contact, filter.contact)
    .and('c.id in (select l.case_id from case_place l where l.area_id = $?)', filter.area)
    .and('c.id in (select case_id from case_tag where tag_id = $?)', filter.tag)
    .and('c.id in (select f.case_id from case_field f where f.code = $?)', filter.field)
    .and(
      'c.id in (select f.case_id from case_field f where f.code = $? and f.value @> any($?::jsonb[]))',
      filter.field,
      filter.field === undefined || filter.fieldValue === undefined ? undefined : valuesOf(filter.fieldValue),
    )
    .and(
      'c.id in (select case_id from case_follower where operator_id = $?)',
      filter.followedByMe === true ? viewer.id : undefined,
    )
    .and('c.number = $?', filter.number)
    .and('c.next_due_at < $?::timestamptz', filter.dueBefore)
    .and('c.opened_at >= $?::timestamptz', filter.openedFrom)
    .and('c.opened_at < $?::timestamptz', filter.openedBefore);
  if (filter.late !== undefined)
    where.and(filter.late ? 'c.next_due_at <= clock_now()' : '(c.next_due_at > clock_now() or c.next_due_at is null)');
  if (filter.confidential !== undefined) where.and(`c.confidentiality is ${filter.confidential ? 'not ' : ''}null`);
  if (filter.unassigned !== undefined) where.and(`c.assignee_id is ${filter.unassigned ? '' : 'not '}null`);
  // A state says it already; said once more, it is found by the index of the open ones.
  if (filter.open ?? (filter.state !== undefined && !isEnded(filter.state))) where.and(OPEN);
  if (filter.open === false) where.and(`not (${OPEN})`);
  return where;
}

/** What a value in a query's words may be: PostgreSQL finds a choice among several by it too. */
const valuesOf = (said: string): string[] => [
  JSON.stringify(said),
  ...(said.trim() !== '' && Number.isFinite(Number(said)) ? [String(Number(said))] : []),
  ...(said === 'true' || said === 'false' ? [said] : []),
];

/** Whether what a filter says is found by an index, so that its cases can be counted up to a few at little cost. */
export const isIndexed = (filter: CaseFilter): boolean =>
  [filter.office, filter.assignee, filter.category, filter.contact, filter.number].some(value => value !== undefined) ||
  filter.ofMyOffice === true ||
  filter.assignedToMe === true;
