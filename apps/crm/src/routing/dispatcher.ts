import { Inject, Injectable } from '@nestjs/common';
import { faultPoint } from '@filodiretto/platform';
import { isPersonal, match, withWork, type Answerer } from '@filodiretto/domain';
import type { DataSource, EntityManager } from 'typeorm';
import { Ledger } from '../case/ledger.js';
import { BusyDataSource } from '../data-source.js';
import { prepared } from '../prepared.js';
import { claim, type Chosen, type Made, type MadeOffer } from './claim.js';
import { relax } from './relax.js';
import { answererOf, ANSWERERS, CONFIDENTIAL_NEED, workOf, type AnswererRow, type WorkRow } from './rows.js';
import { takeBack } from './take-back.js';
import { Unable } from './unable.js';
import {
  answersFor,
  HOPEFUL,
  IS_FREE,
  NEEDS,
  officesOf,
  PAGE,
  QUEUES,
  WAITING,
  type OfferingQueue,
  type WaitingQueue,
} from './waiting.js';

/** Most pages of work that nobody can take which are passed over in one go. */
const PAGES = 40;

/** What is in every one of these sets. */
const inAll = ([first, ...others]: readonly ReadonlySet<string>[]): string[] =>
  [...(first ?? [])].filter(one => others.every(set => set.has(one)));

/** A queue that is being looked through: what of it nobody free can take, by its need or one by one. */
interface Opened {
  readonly queue: OfferingQueue;
  readonly hopeless: string[];
  readonly passed: string[];
}

/**
 * Gives out what waits in a queue. The engine decides in memory; the claim is by row locks, work first, then operators: several
 * processes may do it at once, and one that dies in the middle leaves everything as it was.
 */
@Injectable()
export class Dispatcher {
  private readonly unable = new Unable();

  constructor(
    @Inject(BusyDataSource) private readonly dataSource: DataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  /** The queues that offer their work and have some that waits, but for those of which it is known that nobody free can take it; none when nobody is free. */
  async queues(): Promise<OfferingQueue[]> {
    const { rows: queues } = await prepared<WaitingQueue>(this.dataSource.manager, QUEUES, []);
    const maybeHopeless = queues.filter(queue => queue.needs.length < NEEDS && this.unable.of(queue) !== undefined);
    if (maybeHopeless.length === 0) return queues;
    const { rows: hopeful } = await prepared<{ office: string }>(this.dataSource.manager, HOPEFUL, [
      JSON.stringify(
        maybeHopeless.map(queue => ({
          office: queue.officeId,
          offices: officesOf(queue),
          unable: inAll(this.unable.of(queue) ?? []),
        })),
      ),
    ]);
    const open = new Set(hopeful.map(({ office }) => office));
    return queues.filter(queue => !maybeHopeless.includes(queue) || open.has(queue.officeId));
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
    const known = new Map(opened.map(({ queue }) => [queue.officeId, this.unable.known(queue, answerers(queue))]));
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
    const made = await claim(manager, this.ledger, chosen, new Map(rows.map(row => [row.id, row.case_id])));
    let again = made.again;
    for (const { queue, hopeless } of opened)
      for (const need of known.get(queue.officeId)?.doubtful ?? []) {
        if (hopeless.includes(need)) continue;
        // It can be done, or the one that was looked at is unlike the others: all of it is looked at next.
        this.unable.forget(queue, need);
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
        this.unable.remember(queue, work, operators, now);
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

  /** Says of waiting work what is required now that time went by. Gives how much of it changed. */
  relax(): Promise<number> {
    return relax(this.dataSource);
  }

  /** Takes back offers that lapsed, and those of people who are no longer there. Gives how many. */
  takeBack(): Promise<number> {
    return takeBack(this.dataSource, this.ledger);
  }
}
