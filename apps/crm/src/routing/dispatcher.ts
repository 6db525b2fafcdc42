import { Inject, Injectable } from '@nestjs/common';
import { faultPoint } from '@filodiretto/platform';
import {
  DEFAULT_QUEUE,
  isPersonal,
  match,
  needAt,
  nextRelaxation,
  obstacle,
  withWork,
  type Answerer,
  type Matched,
  type Obstacle,
  type QueueSettings,
  type RequiredSkill,
  type Work,
} from '@filodiretto/domain';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { Ledger } from '../case/ledger.js';
import { BusyDataSource } from '../data-source.js';
import { prepared } from '../prepared.js';
import { announce, announceOffers } from './offer-rows.js';
import { lockOperators, recount } from './operator-load.js';
import {
  answererOf,
  ANSWERERS,
  CONFIDENTIAL_NEED,
  isAbsent,
  ms,
  workColumns,
  workOf,
  type AnswererRow,
  type WorkRow,
} from './rows.js';

/** A queue that offers its work. */
export interface OfferingQueue {
  readonly officeId: string;
  readonly administrationId: string;
  readonly settings: QueueSettings;
}
interface WaitingQueue extends OfferingQueue {
  /** The sorts of work that wait in it, the first so many. */
  readonly needs: readonly string[];
}

/** An offer that was made, with what must be known to accept it at once. */
export interface MadeOffer {
  readonly id: string;
  readonly operator: string;
  readonly queue: OfferingQueue;
}
export interface Made {
  readonly offers: readonly MadeOffer[];
  /** Somebody else held what was wanted: there may be more to do at once. */
  readonly again: boolean;
}

/** A queue that is being looked through: what of it nobody free can take, by its need or one by one. */
interface Opened {
  readonly queue: OfferingQueue;
  readonly hopeless: string[];
  readonly passed: string[];
}
interface Chosen extends Matched {
  readonly queue: OfferingQueue;
}

/** How much of each queue is looked at in one transaction: the first by priority and age, and the first by promised time. */
const PAGE = 200;
const DUE_PAGE = 50;
/** Most pages of work that nobody can take which are passed over in one go. */
const PAGES = 40;

/** How many sorts of work are looked at to tell whether a queue is worth reading. */
const NEEDS = 50;

/** Whether an operator `p` who is there can be offered something. */
const IS_FREE = `p.status = 'available' and p.exclusive = 0 and p.load + p.by_hand_load < p.capacity
  and p.heartbeat_at > clock_timestamp() - interval '30 seconds' and not ${isAbsent('p')}`;
/** Whether what is offered to an operator `p` by an offer `f` is taken back. */
const IS_OVER = `(f.expires_at <= clock_timestamp() or p.status in ('away', 'offline') or ${isAbsent('p')})`;

/** What is in every one of these sets. */
const inAll = ([first, ...others]: readonly ReadonlySet<string>[]): string[] =>
  [...(first ?? [])].filter(one => others.every(set => set.has(one)));

/** The offices whose operators may ever take work of a queue. */
const officesOf = ({ officeId, settings }: OfferingQueue): string[] => [
  officeId,
  ...settings.rings.flatMap(ring => ring.addOffices ?? []),
];

/** Whether somebody is of an office whose operators may take work of a queue. */
const answersFor = ({ offices }: AnswererRow, queue: OfferingQueue): boolean => {
  const asked = officesOf(queue);
  return offices.some(office => asked.includes(office));
};

/** Which of these queues have somebody free who is not among those of whom it is known that they cannot. Takes the queues as JSON. */
const HOPEFUL = `
  select q.office from jsonb_to_recordset($1::jsonb) q(office uuid, offices uuid[], unable uuid[])
  where exists (
    select from membership m join operator_presence p on p.operator_id = m.operator_id join operator o on o.id = p.operator_id and o.active
    where m.office_id = any(q.offices) and m.operator_id <> all(q.unable) and ${IS_FREE})`;

/** From need to need by the index, whatever lies between; nothing when nobody at all is free. */
const QUEUES = `
  select q.office_id as "officeId", q.administration_id as "administrationId", q.settings, n.needs
  from queue_setting q cross join lateral (
    with recursive needs as (
      (select need from work_item where office_id = q.office_id and state = 'queued' order by need limit 1)
      union all
      select (select w.need from work_item w where w.office_id = q.office_id and w.state = 'queued' and w.need > n.need
              order by w.need limit 1)
      from needs n where n.need is not null
    )
    select array_agg(f.need) as needs from (
      select need from needs where need is not null and need <> '${CONFIDENTIAL_NEED}' limit ${NEEDS}) f) n
  where q.strategy <> 'pull' and n.needs is not null and exists (select from operator_presence p where ${IS_FREE})`;

/**
 * Of each queue asked for, jumps from need to need, whatever lies between; then the first of each, and of these the first of all.
 * Takes the queues as JSON: one statement for all of them.
 */
const WAITING = `
  with asked as materialized (
    select * from jsonb_to_recordset($1::jsonb) q(office uuid, exclude int, sticky int, hopeless text[], doubtful text[], passed uuid[])
  ), first as materialized (
    select q.office, q.exclude, q.sticky, f.id from asked q cross join lateral (
      with recursive needs as (
        (select need from work_item where office_id = q.office and state = 'queued' order by need limit 1)
        union all
        select (select w.need from work_item w where w.office_id = q.office and w.state = 'queued' and w.need > n.need
                order by w.need limit 1)
        from needs n where n.need is not null
      ), ranked as materialized (
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

/** For how long it is remembered who cannot do what is needed; and for how long that it was so once, so that one of it is looked at to tell. */
const REMEMBERED_MS = 5_000;
const DOUBTED_MS = 60_000;
/** What keeps an operator whatever they have in hand. */
const LASTING: ReadonlySet<Obstacle> = new Set(['skill', 'other_office', 'other_channel']);

/**
 * Gives out what waits in a queue. The engine decides in memory; the claim is by row locks, work first, then operators: several
 * processes may do it at once, and one that dies in the middle leaves everything as it was.
 */
@Injectable()
export class Dispatcher {
  /** For each queue and need, who cannot do it. Only spares looking again: what is not remembered is looked up. */
  private readonly unable = new Map<string, { readonly until: number; readonly operators: Set<string> }>();

  constructor(
    @Inject(BusyDataSource) private readonly dataSource: DataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  /** The queues that offer their work and have some that waits, but for those of which it is known that nobody free can take it; none when nobody is free. */
  async queues(): Promise<OfferingQueue[]> {
    const { rows: queues } = await prepared<WaitingQueue>(this.dataSource.manager, QUEUES, []);
    const maybeHopeless = queues.filter(queue => queue.needs.length < NEEDS && this.unableOf(queue) !== undefined);
    if (maybeHopeless.length === 0) return queues;
    const { rows: hopeful } = await prepared<{ office: string }>(this.dataSource.manager, HOPEFUL, [
      JSON.stringify(
        maybeHopeless.map(queue => ({
          office: queue.officeId,
          offices: officesOf(queue),
          unable: inAll(this.unableOf(queue) ?? []),
        })),
      ),
    ]);
    const open = new Set(hopeful.map(({ office }) => office));
    return queues.filter(queue => !maybeHopeless.includes(queue) || open.has(queue.officeId));
  }

  /** For each sort of work of a queue, who cannot do it; `undefined` when of one of them nothing is remembered. */
  private unableOf({ officeId, needs }: WaitingQueue): readonly ReadonlySet<string>[] | undefined {
    const found = needs.flatMap(need => {
      const known = this.unable.get(`${officeId}${need}`);
      return known && known.until >= performance.now() ? [known.operators] : [];
    });
    return found.length === needs.length ? found : undefined;
  }

  /** Offers whatever of these queues can be taken now: all of them in one transaction, page by page. */
  async give(queues: readonly OfferingQueue[]): Promise<Made> {
    let open: Opened[] = queues.map(queue => ({ queue, hopeless: [], passed: [] }));
    const offers: MadeOffer[] = [];
    let again = false;
    for (let page = 0; page < PAGES; page += 1) {
      const free = await this.free(open);
      open = open.filter(({ queue }) => free.some(row => answersFor(row, queue)));
      if (open.length === 0) break;
      const opened = open;
      const done = await this.dataSource.transaction(manager => this.page(manager, opened, free));
      offers.push(...done.offers);
      again ||= done.again;
      open = done.unfinished;
    }
    if (offers.length > 0) faultPoint('routing.after-offer');
    return { offers, again };
  }

  private async page(
    manager: EntityManager,
    opened: readonly Opened[],
    free: readonly AnswererRow[],
  ): Promise<Made & { readonly unfinished: Opened[] }> {
    const now = free[0]?.now ?? 0;
    const operators = new Map(free.map(row => [row.operator_id, answererOf(row)]));
    const there = new Map(
      opened.map(({ queue }) => [
        queue.officeId,
        free.flatMap(row => (answersFor(row, queue) ? [row.operator_id] : [])),
      ]),
    );
    const answerers = ({ officeId }: OfferingQueue): Answerer[] =>
      (there.get(officeId) ?? []).flatMap(id => operators.get(id) ?? []);
    const known = new Map(opened.map(({ queue }) => [queue.officeId, this.known(queue, answerers(queue))]));
    const { rows } = await prepared<WorkRow & { looked_at: number }>(manager, WAITING, [
      JSON.stringify(
        opened.map(({ queue, hopeless, passed }) => ({
          office: queue.officeId,
          exclude: queue.settings.excludeSeconds,
          sticky: queue.settings.stickyDays,
          hopeless: [CONFIDENTIAL_NEED, ...hopeless, ...(known.get(queue.officeId)?.hopeless ?? [])],
          doubtful: known.get(queue.officeId)?.doubtful ?? [],
          passed,
        })),
      ),
    ]);
    const waiting = new Map(opened.map(one => [one.queue.officeId, [] as (typeof rows)[number][]]));
    for (const row of rows) waiting.get(row.office_id)?.push(row);
    const chosen: Chosen[] = [];
    for (const one of opened) {
      const { queue } = one;
      const here = answerers(queue);
      const { offers, left } = match((waiting.get(queue.officeId) ?? []).map(workOf), here, queue.settings, now);
      chosen.push(...offers.map(offer => ({ ...offer, queue })));
      // Who is offered something here has so much less for the queues that follow.
      for (const { work, operators: ids } of offers)
        for (const id of ids) {
          const operator = operators.get(id);
          if (operator) operators.set(id, withWork(operator, work, now));
        }
      this.passOver(one, left, here, now);
    }
    const made = await this.claim(manager, chosen, new Map(rows.map(row => [row.id, row.case_id])));
    let again = made.again;
    for (const { queue, hopeless } of opened)
      for (const need of known.get(queue.officeId)?.doubtful ?? []) {
        if (hopeless.includes(need)) continue;
        // It can be done, or the one that was looked at is unlike the others: all of it is looked at next.
        this.unable.delete(`${queue.officeId}${need}`);
        again ||= rows.some(row => row.office_id === queue.officeId && row.need === need);
      }
    const unfinished = opened.filter(({ queue }) => {
      const found = waiting.get(queue.officeId) ?? [];
      const lookedAt = found[0]?.looked_at ?? 0;
      const gone = lookedAt > found.length;
      again ||= gone;
      const wanted = chosen.some(offer => offer.queue === queue);
      return lookedAt >= PAGE && !gone && (!wanted || made.offers.some(offer => offer.queue === queue));
    });
    return { offers: made.offers, again, unfinished };
  }

  /** What nobody free can take is not looked at again in this go; of what sort it is, is remembered for a while. */
  private passOver(
    { queue, hopeless, passed }: Opened,
    left: ReturnType<typeof match>['left'],
    operators: readonly Answerer[],
    now: number,
  ): void {
    for (const { work, held } of left)
      if (work.needKey === null || held || isPersonal(work)) passed.push(work.id);
      else if (!hopeless.includes(work.needKey)) {
        hopeless.push(work.needKey);
        this.remember(queue, work, operators, now);
      }
  }

  /** Who can be given something of these queues now, or later when they look further. */
  private async free(opened: readonly Opened[]): Promise<AnswererRow[]> {
    if (opened.length === 0) return [];
    const queues = opened.map(({ queue }) => queue);
    const { rows } = await prepared<AnswererRow>(
      this.dataSource.manager,
      `${ANSWERERS} where p.administration_id = any($1::uuid[]) and ${IS_FREE}
         and p.operator_id in (select m.operator_id from membership m where m.office_id = any($2::uuid[]))`,
      [[...new Set(queues.map(({ administrationId }) => administrationId))], [...new Set(queues.flatMap(officesOf))]],
    );
    return rows;
  }

  /** The needs that none of these operators can meet, as is remembered; and those of which that was so, and is to be told anew. */
  private known(
    { officeId }: OfferingQueue,
    operators: readonly Answerer[],
  ): { readonly hopeless: string[]; readonly doubtful: string[] } {
    const hopeless: string[] = [];
    const doubtful: string[] = [];
    const now = performance.now();
    for (const [key, { until, operators: unable }] of this.unable)
      if (until + DOUBTED_MS < now) this.unable.delete(key);
      else if (key.startsWith(officeId) && operators.every(one => unable.has(one.id)))
        (until < now ? doubtful : hopeless).push(key.slice(officeId.length));
    return { hopeless, doubtful };
  }

  private remember(
    { officeId, settings }: OfferingQueue,
    work: Work,
    operators: readonly Answerer[],
    now: number,
  ): void {
    const need = needAt(work, settings.rings, (now - work.virtualStart) / 1_000);
    const known = new Set<string>();
    for (const operator of operators) {
      const why = obstacle(work, need, operator, now);
      if (why !== null && LASTING.has(why)) known.add(operator.id);
    }
    this.unable.set(`${officeId}${work.needKey ?? ''}`, { until: performance.now() + REMEMBERED_MS, operators: known });
  }

  /** Locks the operators, looks again at what is true now, and writes what still holds. */
  private async claim(
    manager: EntityManager,
    matched: readonly Chosen[],
    cases: ReadonlyMap<string, string>,
  ): Promise<Made> {
    if (matched.length === 0) return { offers: [], again: false };
    const { rows } = await prepared<AnswererRow>(
      manager,
      `${ANSWERERS} where p.operator_id = any($1::uuid[]) order by p.operator_id for no key update of p skip locked`,
      [[...new Set(matched.flatMap(one => one.operators))]],
    );
    const operators = new Map(rows.map(row => [row.operator_id, { row, now: answererOf(row), given: 0 }]));
    const at = rows[0]?.now ?? 0;
    const offers: NewOffer[] = [];
    let refused = 0;
    for (const { work, operators: chosen, explanation, queue } of matched) {
      const need = needAt(work, queue.settings.rings, (at - work.virtualStart) / 1_000);
      for (const id of chosen) {
        const operator = operators.get(id);
        if (!operator || obstacle(work, need, operator.now, at) !== null) {
          refused += 1;
          continue;
        }
        operator.now = withWork(operator.now, work, at);
        operator.given += work.weight;
        const { sentence, ...seen } = explanation;
        offers.push({
          queue,
          id: v7(),
          work_item_id: work.id,
          case_id: cases.get(work.id) ?? '',
          operator_id: id,
          shared: chosen.length > 1,
          explanation: seen,
          sentence,
        });
      }
    }
    await this.write(manager, offers);
    await this.load(
      manager,
      [...operators.values()].filter(one => one.given > 0),
    );
    faultPoint('routing.before-commit');
    return {
      offers: offers.map(({ id, operator_id: operator, queue }) => ({ id, operator, queue })),
      again: refused > 0,
    };
  }

  private async write(manager: EntityManager, offers: readonly NewOffer[]): Promise<void> {
    if (offers.length === 0) return;
    const { rows: written } = await prepared<{ id: string; offered_at: Date; expires_at: Date }>(
      manager,
      `with made as (
         insert into offer (id, administration_id, work_item_id, operator_id, state, shared, expires_at, explanation, sentence)
         select r.id, r.administration, r.work_item_id, r.operator_id, 'offered', r.shared,
           clock_timestamp() + make_interval(secs => r.lease), r.explanation, r.sentence
         from jsonb_to_recordset($1::jsonb) r(id uuid, administration uuid, work_item_id uuid, operator_id uuid, shared boolean,
           lease float8, explanation jsonb, sentence text)
         returning id, work_item_id, offered_at, expires_at
       ), held as (
         update work_item set state = 'offered' where id in (select work_item_id from made)
       )
       select id, offered_at, expires_at from made`,
      [
        JSON.stringify(
          offers.map(({ queue, ...offer }) => ({
            ...offer,
            administration: queue.administrationId,
            lease: queue.settings.leaseSeconds,
          })),
        ),
      ],
    );
    const times = new Map(written.map(row => [row.id, row]));
    await announce(
      manager,
      this.ledger,
      offers.flatMap(({ queue, ...offer }) => {
        const row = times.get(offer.id);
        return row
          ? {
              ...offer,
              administration_id: queue.administrationId,
              state: 'offered' as const,
              expires_at: row.expires_at,
              at: row.offered_at,
            }
          : [];
      }),
    );
  }

  /** What locked operators have now, as the engine counted it. */
  private async load(
    manager: EntityManager,
    operators: readonly { readonly row: AnswererRow; readonly now: Answerer; readonly given: number }[],
  ): Promise<void> {
    if (operators.length === 0) return;
    await prepared(
      manager,
      `update operator_presence p
       set load = r.load, in_hand = r.in_hand, exclusive = r.exclusive, firm = r.firm,
         idle_since = clock_timestamp(), last_offer_at = clock_timestamp()
       from jsonb_to_recordset($1::jsonb) r(operator_id uuid, load int, in_hand jsonb, exclusive int, firm int)
       where p.operator_id = r.operator_id`,
      [
        JSON.stringify(
          operators.map(({ row, now, given }) => ({
            operator_id: row.operator_id,
            load: row.load + given,
            in_hand: now.inHand,
            exclusive: now.exclusive,
            firm: now.firm,
          })),
        ),
      ],
    );
  }

  /** Says of waiting work what is required now that time went by. Gives how much of it changed. */
  async relax(): Promise<number> {
    return this.dataSource.transaction(async manager => {
      const rows: {
        id: string;
        office_id: string;
        skills: RequiredSkill[];
        virtual_start: number;
        now: number;
        settings: QueueSettings | null;
      }[] = await manager.query(
        `select w.id, w.office_id, w.skills, ${ms('w.virtual_start')} as virtual_start, ${ms('clock_timestamp()')} as now, q.settings
         from work_item w left join queue_setting q on q.office_id = w.office_id
         where w.state = 'queued' and w.next_ring_at <= clock_timestamp() limit 500 for no key update of w skip locked`,
      );
      if (rows.length === 0) return 0;
      await manager.query(
        `update work_item w set next_ring_at = w.virtual_start + make_interval(secs => r.next),
           need = concat_ws('|', w.channel, w.weight, w.channel_max, w.exclusive, w.interruptible, r.need)
         from jsonb_to_recordset($1::jsonb) r(id uuid, next float8, need text) where w.id = r.id`,
        [
          JSON.stringify(
            rows.map(row => {
              const waited = (row.now - row.virtual_start) / 1_000;
              const rings = row.settings?.rings ?? [];
              const need = needAt({ office: row.office_id, skills: row.skills }, rings, waited);
              return { id: row.id, next: nextRelaxation(row.skills, rings, waited), need: JSON.stringify(need) };
            }),
          ),
        ],
      );
      return rows.length;
    });
  }

  /** Takes back offers that lapsed, and those of people who are no longer there. The work goes back to where it stood. */
  async takeBack(): Promise<number> {
    return this.dataSource.transaction(async manager => {
      const items: { id: string }[] = await manager.query(
        `select w.id from work_item w where w.state = 'offered' and exists (
           select from offer f join operator_presence p on p.operator_id = f.operator_id
           where f.work_item_id = w.id and f.state = 'offered' and ${IS_OVER})
         order by w.id limit 200 for no key update skip locked`,
      );
      if (items.length === 0) return 0;
      const ids = items.map(({ id }) => id);
      const ended: { id: string; operator_id: string; state: string }[] = rowsOf(
        await manager.query(
          `update offer f set settled_at = clock_timestamp(),
             state = case when f.expires_at <= clock_timestamp() then 'expired' else 'rescinded' end,
             reason = case when f.expires_at <= clock_timestamp() then 'Nessuna risposta in tempo' else 'L''operatore non è più presente' end
           from operator_presence p
           where f.work_item_id = any($1::uuid[]) and f.state = 'offered' and p.operator_id = f.operator_id
             and ${IS_OVER}
           returning f.id, f.operator_id, f.state`,
          [ids],
        ),
      );
      await requeue(manager, ids);
      const missed = ended.filter(one => one.state === 'expired').map(one => one.id);
      await lockOperators(
        manager,
        ended.map(one => one.operator_id),
      );
      await countMisses(manager, missed);
      await recount(
        manager,
        ended.map(one => one.operator_id),
      );
      await announceOffers(
        manager,
        this.ledger,
        ended.map(one => one.id),
      );
      return ended.length;
    });
  }
}

interface NewOffer {
  readonly queue: OfferingQueue;
  readonly id: string;
  readonly work_item_id: string;
  readonly case_id: string;
  readonly operator_id: string;
  readonly shared: boolean;
  readonly explanation: object;
  readonly sentence: string;
}

/** Whoever lets several offers in a row lapse is not there: they count as away until they say otherwise. */
const countMisses = (manager: EntityManager, offers: readonly string[]): Promise<unknown> =>
  manager.query(
    `update operator_presence p set misses = p.misses + m.missed,
       status = case when p.status = 'available' and p.misses + m.missed >= m.most then 'away' else p.status end,
       since = case when p.status = 'available' and p.misses + m.missed >= m.most then clock_timestamp() else p.since end
     from (select f.operator_id, count(*) as missed, min(coalesce((q.settings->>'missesBeforeAway')::int, $2)) as most
           from offer f join work_item w on w.id = f.work_item_id left join queue_setting q on q.office_id = w.office_id
           where f.id = any($1::uuid[]) group by f.operator_id) m
     where m.operator_id = p.operator_id`,
    [offers, DEFAULT_QUEUE.missesBeforeAway],
  );

/** The rows of an `update … returning`, which the driver gives beside their number. */
export const rowsOf = <T>(result: unknown): T[] => (result as [T[], number])[0];

/** Puts locked work that nobody is offered any more back to where it stood in its queue. */
export const requeue = (manager: EntityManager, items: readonly string[]): Promise<unknown> =>
  manager.query(
    `update work_item w set state = 'queued', queued_at = clock_timestamp()
     where w.id = any($1::uuid[]) and w.state = 'offered'
       and not exists (select from offer f where f.work_item_id = w.id and f.state = 'offered')`,
    [items],
  );
