import { Inject, Injectable } from '@nestjs/common';
import type { ServiceToday, WallboardHour, WallboardOffice, WallboardView } from '@filodiretto/contracts';
import { serviceShown, type Served } from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import { ChannelRegistry } from '../channel/registry.js';
import type { Asking } from '../http/operator.js';
import { at, atOrNull, present } from '../http/present.js';
import { seenWith } from '../permission/seen.js';
import { Monitoring } from '../privacy/monitoring.js';
import { isAbsent } from '../routing/rows.js';

/** Days up to which each class of age goes; what is older is a class of its own. */
const AGE_DAYS: readonly number[] = [1, 3, 7, 15, 30];

const ENDED = `('resolved', 'closed', 'rejected', 'duplicate', 'withdrawn')`;
const UNTAKEN = `('received', 'triage', 'assigned')`;
/** When today began, by the clock of Italy. */
const TODAY = (now: string): string =>
  `(date_trunc('day', ${now} at time zone 'Europe/Rome') at time zone 'Europe/Rome')`;
const HOUR = (when: string): string => `extract(hour from ${when} at time zone 'Europe/Rome')::int`;

interface OfficeRow {
  readonly id: string;
  readonly name: string;
  readonly people: number;
  readonly waiting: number;
  readonly offered: number;
  readonly inHand: number;
  readonly oldest: number | null;
  readonly target: number | null;
  readonly available: number;
  readonly free: number;
  readonly busy: number;
  readonly open: number;
  readonly untaken: number;
  readonly late: number;
  readonly ages: readonly number[] | null;
  readonly oldestAt: string | null;
  readonly dormantSince: string | null;
  readonly served: Served;
}
interface Row {
  readonly now: Date;
  readonly offices: readonly OfficeRow[];
  readonly unassigned: number;
  readonly hours: readonly WallboardHour[];
}

/** How everything stands now, in one statement. */
@Injectable()
export class WallboardQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Monitoring) private readonly monitoring: Monitoring,
    @Inject(ChannelRegistry) private readonly registry: ChannelRegistry,
  ) {}

  async now({ administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>): Promise<WallboardView> {
    const authorized = await this.monitoring.isAuthorized(administrationId, 'figures');
    const parameters: unknown[] = [
      administrationId,
      // Figures are of offices: of those in reach, as they stand now.
      sight !== 'all' && sight.reach === 'offices' ? sight.offices : null,
    ];
    const seen = seenWith(sight, parameters);
    const [row]: Row[] = await this.dataSource.query(statement(seen), parameters);
    if (!row) throw new Error('the wallboard has no row');
    const { shown, total, withheld } = serviceShown(row.offices, authorized);
    return {
      countedAt: at(row.now),
      offices: row.offices.map(one => officeView(one, shown.has(one.id))).filter(isSomething),
      unassigned: row.unassigned,
      ageDays: [...AGE_DAYS],
      today: serviceView(total),
      withheld,
      hours: [...row.hours],
      channels: this.registry.now(),
    };
  }
}

function statement(seen: string): string {
  const age = `extract(epoch from clock_now() - c.opened_at) / 86400`;
  const classes = [...AGE_DAYS, Infinity].map((days, place) => {
    const above = place === 0 ? '' : `${age} > ${AGE_DAYS[place - 1] ?? 0}`;
    const below = days === Infinity ? '' : `${age} <= ${days}`;
    return `count(*) filter (where ${[above, below].filter(Boolean).join(' and ')})`;
  });
  return `with held as (
      select c.office_id, count(*)::int as open, count(*) filter (where c.state in ${UNTAKEN})::int as untaken,
        count(*) filter (where c.next_due_at <= clock_now())::int as late, array[${classes.join(', ')}]::int[] as ages,
        min(c.opened_at) as oldest_at
      from case_file c where c.administration_id = $1 and c.state not in ${ENDED} and ${seen} group by c.office_id
    ), queue as (
      select w.office_id, count(*) filter (where w.state = 'queued')::int as waiting,
        count(*) filter (where w.state = 'offered')::int as offered, count(*) filter (where w.state = 'assigned')::int as in_hand,
        min(w.virtual_start) filter (where w.state = 'queued') as oldest
      from work_item w join case_file c on c.id = w.case_id
      where w.administration_id = $1 and w.state <> 'done' and ${seen} group by w.office_id
    ), came as (
      select w.office_id, count(*)::int as came, count(*) filter (where w.assigned_at is not null)::int as taken,
        count(*) filter (where w.due_at is not null
          and (w.assigned_at is not null or w.state <> 'done' and w.due_at < now()))::int as due,
        count(*) filter (where w.assigned_at <= w.due_at)::int as in_time,
        coalesce(sum(extract(epoch from greatest(w.assigned_at - w.virtual_start, interval '0'))), 0)::float8 as waited
      from work_item w join case_file c on c.id = w.case_id
      where w.administration_id = $1 and w.virtual_start >= ${TODAY('now()')} and ${seen} group by w.office_id
    ), call as (
      select c.office_id, ${HOUR('m.created_at')} as hour, p.call->>'ending' as ending,
        (p.call->>'answeredAt')::timestamptz as answered_at,
        coalesce(p.call->>'queuedAt', p.call->>'arrivedAt')::timestamptz as began_at
      from message m join case_file c on c.id = m.case_id
      cross join lateral (
        select x as call from jsonb_array_elements(m.content) x where x->>'type' = 'call' limit 1) p
      where m.administration_id = $1 and m.direction = 'in' and m.content @> '[{"type": "call"}]'
        and m.created_at >= ${TODAY('now()')} and ($2::uuid[] is null or c.office_id = any($2)) and ${seen}
    ), rang as (
      select office_id, count(*)::int as calls, count(answered_at)::int as answered,
        count(*) filter (where ending = 'abandoned')::int as abandoned,
        coalesce(sum(extract(epoch from greatest(answered_at - began_at, interval '0'))), 0)::float8 as rang
      from call group by office_id
    ), hour as (
      select h as hour,
        (select count(*) from case_file c where c.administration_id = $1 and c.opened_at >= ${TODAY('clock_now()')}
          and ${HOUR('c.opened_at')} = h and ($2::uuid[] is null or c.office_id = any($2)) and ${seen})::int as opened,
        (select count(*) from case_file c where c.administration_id = $1 and c.ended_at >= ${TODAY('clock_now()')}
          and ${HOUR('c.ended_at')} = h and ($2::uuid[] is null or c.office_id = any($2)) and ${seen})::int as ended,
        (select count(*) from call where call.hour = h)::int as calls,
        (select count(*) from call where call.hour = h and ending = 'abandoned')::int as abandoned
      from generate_series(0, ${HOUR('clock_now()')}) h
    ), office_now as (
      select o.id, o.name, o.dormant_since, q.settings, coalesce(h.open, 0) as open, coalesce(h.untaken, 0) as untaken,
        coalesce(h.late, 0) as late, h.ages, h.oldest_at, coalesce(u.waiting, 0) as waiting, coalesce(u.offered, 0) as offered,
        coalesce(u.in_hand, 0) as in_hand, u.oldest, p.people, p.available, p.free, p.busy,
        json_build_object('came', coalesce(w.came, 0), 'taken', coalesce(w.taken, 0), 'due', coalesce(w.due, 0),
          'inTime', coalesce(w.in_time, 0), 'waited', coalesce(w.waited, 0), 'calls', coalesce(r.calls, 0),
          'answered', coalesce(r.answered, 0), 'abandoned', coalesce(r.abandoned, 0), 'rang', coalesce(r.rang, 0)) as served
      from office o left join queue_setting q on q.office_id = o.id left join held h on h.office_id = o.id
      left join queue u on u.office_id = o.id left join came w on w.office_id = o.id left join rang r on r.office_id = o.id
      cross join lateral (
        select count(*)::int as people, count(*) filter (where s.available)::int as available,
          count(*) filter (where s.available and s.room)::int as free,
          count(*) filter (where s.there and not (s.available and s.room))::int as busy
        from membership m join operator a on a.id = m.operator_id and a.active
        left join lateral (
          select s.status = 'available' as available, s.status in ('available', 'busy', 'wrap_up') as there,
            s.load + s.by_hand_load < s.capacity and s.exclusive = 0 as room
          from operator_presence s
          where s.operator_id = m.operator_id and s.heartbeat_at > now() - interval '30 seconds' and not ${isAbsent('s')}) s on true
        where m.office_id = o.id) p
      where o.administration_id = $1 and ($2::uuid[] is null or o.id = any($2))
    )
    select clock_now() as now,
      (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'people', people, 'waiting', waiting, 'offered', offered,
         'inHand', in_hand, 'oldest', floor(extract(epoch from now() - oldest)), 'target', (settings->>'targetSeconds')::int,
         'available', available, 'free', free, 'busy', busy, 'open', open, 'untaken', untaken, 'late', late, 'ages', ages,
         'oldestAt', oldest_at, 'dormantSince', dormant_since, 'served', served) order by name, id), '[]') from office_now) as offices,
      (select coalesce(sum(open), 0)::int from held where office_id is null) as unassigned,
      (select coalesce(json_agg(json_build_object('hour', hour, 'opened', opened, 'ended', ended, 'calls', calls,
         'abandoned', abandoned) order by hour), '[]') from hour) as hours`;
}

const officeView = (row: OfficeRow, served: boolean): WallboardOffice => ({
  office: { id: row.id, name: row.name },
  waiting: row.waiting,
  offered: row.offered,
  inHand: row.inHand,
  available: row.available,
  free: row.free,
  busy: row.busy,
  open: row.open,
  untaken: row.untaken,
  late: row.late,
  ages: [...(row.ages ?? [...AGE_DAYS, 0].map(() => 0))],
  ...present({
    oldestWaitSeconds: row.oldest === null ? null : Math.max(0, row.oldest),
    targetSeconds: row.target,
    oldestAt: atOrNull(row.oldestAt),
    dormantSince: atOrNull(row.dormantSince),
    today: served ? serviceView(row.served) : null,
  }),
});

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;

const serviceView = ({ waited, rang, ...counts }: Served): ServiceToday => ({
  ...counts,
  ...present({
    speedSeconds: counts.taken === 0 ? null : rounded(waited / counts.taken),
    answerSeconds: counts.answered === 0 ? null : rounded(rang / counts.answered),
  }),
});

/** Whether an office has anything to show. */
const isSomething = ({
  waiting,
  offered,
  inHand,
  available,
  busy,
  open,
  dormantSince,
  today,
}: WallboardOffice): boolean =>
  dormantSince !== undefined ||
  waiting + offered + inHand + available + busy + open + (today?.came ?? 0) + (today?.calls ?? 0) > 0;
