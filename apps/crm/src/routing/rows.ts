import type { Presence, Priority } from '@filodiretto/contracts';
import type { Answerer, RequiredSkill, Work } from '@filodiretto/domain';

/** What confidential work needs: it is offered to nobody by itself; who may know of it takes it. */
export const CONFIDENTIAL_NEED = 'confidential';

/** An instant of the database in milliseconds. */
export const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

/** A work item as `WORK` reads it. */
export interface WorkRow {
  readonly id: string;
  readonly case_id: string;
  readonly office_id: string;
  readonly administration_id: string;
  readonly channel: string | null;
  readonly weight: number;
  readonly channel_max: number | null;
  readonly exclusive: boolean;
  readonly interruptible: boolean;
  readonly skills: RequiredSkill[];
  readonly priority: Priority;
  readonly virtual_start: number;
  readonly due_at: number | null;
  readonly goes_first: boolean;
  readonly target_operator_id: string | null;
  readonly need: string;
  readonly excluded: { operator: string; until: number }[] | null;
  readonly sticky: string | null;
}

/**
 * What the engine sees of work items `w`. Takes two parameters: for how many seconds whoever refused is spared, and how many
 * days back who answered the person is remembered.
 */
export const workColumns = (exclude: string, sticky: string): string => `
  w.id, w.case_id, w.office_id, w.administration_id, w.channel, w.weight, w.channel_max, w.exclusive, w.interruptible, w.skills,
  w.priority, ${ms('w.virtual_start')} as virtual_start, ${ms('w.due_at')} as due_at, w.goes_first, w.target_operator_id, w.need,
  (select json_agg(json_build_object('operator', x.operator_id, 'until', ${ms('x.settled_at')} + ${exclude}::int * 1000))
   from offer x where x.work_item_id = w.id and x.state in ('rejected', 'expired')
     and x.settled_at > clock_timestamp() - make_interval(secs => ${exclude}::int)) as excluded,
  case when ${sticky}::int > 0 then
    (select o.assignee_id from case_file c join case_file o on o.contact_id = c.contact_id and o.id <> c.id
     where c.id = w.case_id and o.assignee_id is not null and o.updated_at > now() - make_interval(days => ${sticky}::int)
     order by o.updated_at desc limit 1) end as sticky`;

export const workOf = (row: WorkRow): Work => ({
  id: row.id,
  office: row.office_id,
  channel: row.channel,
  weight: row.weight,
  channelMax: row.channel_max,
  exclusive: row.exclusive,
  interruptible: row.interruptible,
  skills: row.skills,
  priority: row.priority,
  virtualStart: row.virtual_start,
  dueAt: row.due_at,
  first: row.goes_first,
  sticky: row.sticky,
  target: row.target_operator_id,
  needKey: row.need,
  excluded: row.excluded ?? [],
});

/** An operator as `ANSWERERS` reads them. */
export interface AnswererRow {
  readonly operator_id: string;
  readonly offices: string[];
  readonly status: Presence;
  readonly heartbeat_at: number | null;
  readonly channels: string[] | null;
  readonly skills: Record<string, number>;
  readonly capacity: number;
  readonly load: number;
  readonly by_hand_load: number;
  readonly in_hand: Record<string, number>;
  readonly exclusive: number;
  readonly firm: number;
  readonly idle_since: number;
  readonly last_offer_at: number | null;
  /** The database's clock. */
  readonly now: number;
}

/** Whether the operator whose row has that name in a statement is absent at this moment. */
export const isAbsent = (row: string): string =>
  `exists (select from absence a where a.operator_id = ${row}.operator_id and a.to_at > (select clock_now())
     and a.from_at <= (select clock_now()))`;

/**
 * What the engine sees of operators: a statement to be ended by a condition on `p`. Languages are skills of level 3; who is
 * absent is away, whatever they said.
 */
export const ANSWERERS = `
  select p.operator_id, array(select m.office_id from membership m where m.operator_id = p.operator_id) as offices,
    case when ${isAbsent('p')} then 'away' else p.status end as status,
    ${ms('p.heartbeat_at')} as heartbeat_at, p.channels, p.capacity, p.load, p.by_hand_load, p.in_hand, p.exclusive, p.firm,
    ${ms('p.idle_since')} as idle_since, ${ms('p.last_offer_at')} as last_offer_at, ${ms('clock_timestamp()')} as now,
    coalesce((select jsonb_object_agg('language:' || l, 3) from unnest(o.languages) l), '{}')
      || coalesce((select jsonb_object_agg(s.skill, s.level) from operator_skill s where s.operator_id = p.operator_id), '{}')
      as skills
  from operator_presence p join operator o on o.id = p.operator_id and o.active`;

export const answererOf = (row: AnswererRow): Answerer => ({
  id: row.operator_id,
  offices: row.offices,
  status: row.status,
  heartbeatAt: row.heartbeat_at ?? 0,
  channels: row.channels,
  skills: row.skills,
  capacity: row.capacity,
  load: row.load + row.by_hand_load,
  inHand: row.in_hand,
  exclusive: row.exclusive,
  firm: row.firm,
  idleSince: row.idle_since,
  lastOfferAt: row.last_offer_at ?? 0,
});

/** The rows of an `update … returning`, which the driver gives beside their number. */
export const rowsOf = <T>(result: unknown): T[] => (result as [T[], number])[0];
