import type { QueueSettings } from '@filodiretto/domain';
import { CONFIDENTIAL_NEED, isAbsent, workColumns, type AnswererRow } from './rows.js';

/** A queue that offers its work. */
export interface OfferingQueue {
  readonly officeId: string;
  readonly administrationId: string;
  readonly settings: QueueSettings;
}
export interface WaitingQueue extends OfferingQueue {
  /** The sorts of work that wait in it, the first so many. */
  readonly needs: readonly string[];
}

/** How much of each queue is looked at in one transaction: the first by priority and age, and the first by promised time. */
export const PAGE = 200;
const DUE_PAGE = 50;
/** How many sorts of work are looked at to tell whether a queue is worth reading. */
export const NEEDS = 50;

/** Whether an operator `p` who is there can be offered something. */
export const IS_FREE = `p.status = 'available' and p.exclusive = 0 and p.load + p.by_hand_load < p.capacity
  and p.heartbeat_at > clock_timestamp() - interval '30 seconds' and not ${isAbsent('p')}`;

/** The offices whose operators may ever take work of a queue. */
export const officesOf = ({ officeId, settings }: OfferingQueue): string[] => [
  officeId,
  ...settings.rings.flatMap(ring => ring.addOffices ?? []),
];

/** Whether somebody is of an office whose operators may take work of a queue. */
export const answersFor = ({ offices }: AnswererRow, queue: OfferingQueue): boolean => {
  const asked = officesOf(queue);
  return offices.some(office => asked.includes(office));
};

/** Which of these queues have somebody free who is not among those of whom it is known that they cannot. Takes the queues as JSON. */
export const HOPEFUL = `
  select q.office from jsonb_to_recordset($1::jsonb) q(office uuid, offices uuid[], unable uuid[])
  where exists (
    select from membership m join operator_presence p on p.operator_id = m.operator_id join operator o on o.id = p.operator_id and o.active
    where m.office_id = any(q.offices) and m.operator_id <> all(q.unable) and ${IS_FREE})`;

/** The sorts of work that wait with an office, by jumps from need to need in the index, whatever lies between. A null ends them. */
const needsOf = (office: string): string => `needs as (
      (select need from work_item where office_id = ${office} and state = 'queued' order by need limit 1)
      union all
      select (select w.need from work_item w where w.office_id = ${office} and w.state = 'queued' and w.need > n.need
              order by w.need limit 1)
      from needs n where n.need is not null
    )`;

/** Which queues have what work to offer; nothing when nobody at all is free. */
export const QUEUES = `
  select q.office_id as "officeId", q.administration_id as "administrationId", q.settings, n.needs
  from queue_setting q cross join lateral (
    with recursive ${needsOf('q.office_id')}
    select array_agg(f.need) as needs from (
      select need from needs where need is not null and need <> '${CONFIDENTIAL_NEED}' limit ${NEEDS}) f) n
  where q.strategy <> 'pull' and n.needs is not null and exists (select from operator_presence p where ${IS_FREE})`;

/**
 * Of each queue asked for, the first of each sort, and of these the first of all.
 * Takes the queues as JSON: one statement for all of them.
 */
export const WAITING = `
  with asked as materialized (
    select * from jsonb_to_recordset($1::jsonb) q(office uuid, exclude int, sticky int, hopeless text[], doubtful text[], passed uuid[])
  ), first as materialized (
    select q.office, q.exclude, q.sticky, f.id from asked q cross join lateral (
      with recursive ${needsOf('q.office')}, ranked as materialized (
        select x.id from needs n cross join lateral (
          select id, goes_first, effective_start from work_item
          where office_id = q.office and state = 'queued' and need = n.need and id <> all(q.passed)
          order by goes_first desc, effective_start, id
          limit case when n.need = any(q.doubtful) then 1 else ${PAGE} end) x
        where n.need <> all(q.hopeless) order by x.goes_first desc, x.effective_start, x.id limit ${PAGE}
      ), due as materialized (
        select x.id from needs n cross join lateral (
          select id, due_at from work_item
          where office_id = q.office and state = 'queued' and need = n.need and due_at is not null and id <> all(q.passed)
          order by due_at limit case when n.need = any(q.doubtful) then 0 else ${DUE_PAGE} end) x
        where n.need <> all(q.hopeless) order by x.due_at limit ${DUE_PAGE}
      )
      select id from ranked union select id from due) f
  )
  select ${workColumns('f.exclude', 'f.sticky')}, (select count(*)::int from first c where c.office = f.office) as looked_at
  from first f join work_item w on w.id = f.id and w.state = 'queued' for no key update of w skip locked`;
