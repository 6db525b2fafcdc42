import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Kept } from '@filodiretto/domain';
import { faultPoint, type Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Ledger } from '../case/ledger.js';
import { MachineDataSource } from '../data-source.js';
import { Jobs } from '../job/jobs.js';
import { LOG } from '../log.js';
import { Relay } from '../outbox/relay.js';
import { Books, type AdministrationBook } from './books.js';
import {
  applied,
  countedAgain,
  nextAlarmOf,
  nextDueOf,
  promisedDayOf,
  readDeadlines,
  touched,
  writeDeadlines,
  type CaseDeadlines,
} from './deadline-rows.js';

const EVERY_MS = 1_000;
/** Cases that one transaction looks at. */
const AT_ONCE = 100;
/** What fails so often in a row is no passing trouble. */
const TRIES = 3;

/** How far the terms of an administration are counted again: up to that case; null: not begun. */
interface Walk {
  readonly administration_id: string;
  readonly changed_in: string;
  readonly up_to: string | null;
  /** Whether it was noted who may still count by the old calendar. */
  readonly seen: boolean;
  /** Whether they have all ended. */
  readonly settled: boolean;
}

/**
 * Counts the terms that run again when offices come to be open at other times: hours, closures, the patron saint, another office
 * above. Whoever changes it only notes it; the cases follow within seconds, some at a time, and their journal tells it. How
 * far it came is kept with what it did, so that it goes on from there, whoever died.
 */
@Injectable()
export class CalendarChanges implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Books) private readonly books: Books,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({
      name: 'deadline.recount',
      run: () => this.follow(),
      next: now => new Date(now.getTime() + EVERY_MS),
    });
  }

  /** Counts again whatever runs where a calendar changed. */
  async follow(): Promise<void> {
    while (await this.step()) this.relay.nudge();
  }

  /** Some cases more; `false`: nothing is left to do, or others do it. */
  private async step(): Promise<boolean> {
    try {
      return await this.dataSource.transaction(manager => this.some(manager, AT_ONCE));
    } catch (error) {
      this.log.warn({ err: error }, 'terms are counted again one case at a time');
      for (let done = 0; done < AT_ONCE; done += 1) if (!(await this.single())) return false;
      return true;
    }
  }

  /** One case more. One that cannot be judged is left behind: its term is counted again when it has something to say. */
  private async single(attempt = 1): Promise<boolean> {
    let looking: { readonly walk: Walk; readonly at: string } | undefined;
    try {
      return await this.dataSource.transaction(manager =>
        this.some(manager, 1, (walk, at) => {
          looking = { walk, at };
        }),
      );
    } catch (error) {
      if (!looking) throw error;
      if (attempt < TRIES) return this.single(attempt + 1);
      this.log.error({ case: looking.at, err: error }, 'the deadlines of a case cannot be counted again');
      await reached(this.dataSource.manager, looking.walk, looking.at);
      return true;
    }
  }

  private async some(
    manager: EntityManager,
    limit: number,
    looks?: (walk: Walk, at: string) => void,
  ): Promise<boolean> {
    const walk = await begun(manager);
    if (!walk?.settled) return false;
    const rows: { case_id: string }[] = await manager.query(
      `select distinct case_id from deadline
       where administration_id = $1 and ended_at is null and task_id is null and ($2::uuid is null or case_id > $2)
       order by case_id limit ${limit}`,
      [walk.administration_id, walk.up_to],
    );
    const caseIds = rows.map(row => row.case_id);
    const last = caseIds.at(-1);
    if (last === undefined) {
      await manager.query('delete from calendar_change where administration_id = $1 and changed_in = $2', [
        walk.administration_id,
        walk.changed_in,
      ]);
      return true;
    }
    looks?.(walk, last);
    await this.count(manager, walk.administration_id, caseIds);
    await reached(manager, walk, last);
    faultPoint('recount.before-commit');
    return true;
  }

  private async count(manager: EntityManager, administrationId: string, caseIds: readonly string[]): Promise<void> {
    const book = (await this.books.of(manager, [administrationId])).get(administrationId);
    if (!book) throw new Error(`no book of ${administrationId} was read`);
    // Most are as they were: only those that move are locked.
    const moving = await this.moving(manager, caseIds, book);
    if (moving.length === 0) return;
    const pages = await this.ledger.open(manager, moving);
    const kept = await readDeadlines(manager, moving, () => book.policies);
    const cases: CaseDeadlines[] = [];
    for (const file of moving.flatMap(id => pages.caseFile(id) ?? [])) {
      const before = kept.get(file.id) ?? [];
      const now = before.map(one => {
        const counted = isRunning(one) ? countedAgain(one, book) : { kept: one, commands: [] };
        applied(pages, file.id, counted.commands);
        return counted.kept;
      });
      cases.push({ caseId: file.id, administrationId, before, now, book });
      pages.due(file.id, { nextDueAt: nextDueOf(now), dueDate: promisedDayOf(now, book) });
    }
    await writeDeadlines(manager, cases.map(touched));
    await pages.write();
  }

  /** Those of some cases of which a term is due later, or says something at another time. */
  private async moving(
    manager: EntityManager,
    caseIds: readonly string[],
    book: AdministrationBook,
  ): Promise<string[]> {
    const kept = await readDeadlines(manager, caseIds, () => book.policies);
    const next: { id: string; next_at: Date }[] = await manager.query(
      'select id, next_at from deadline where case_id = any($1::uuid[]) and next_at is not null',
      [caseIds],
    );
    const nextOf = new Map<string | null, number>(next.map(row => [row.id, row.next_at.getTime()]));
    const moves = (one: Kept): boolean => {
      const { kept: again, commands } = countedAgain(one, book);
      const says = nextAlarmOf(again, book);
      return commands.length > 0 || (says === null ? undefined : Date.parse(says)) !== nextOf.get(one.id);
    };
    return caseIds.filter(id => (kept.get(id) ?? []).some(one => isRunning(one) && moves(one)));
  }
}

const isRunning = ({ deadline }: Kept): boolean => deadline.endedAt === null;

/**
 * Takes the counting again of one administration on, as nobody else does meanwhile. What changed since it began makes it begin
 * anew, as one, and so does the wait. It begins when all who may have read the old calendar have ended: a term that they wrote is seen by then. Whoever
 * promises a term has written or locked something before they read when offices are open, so that they are numbered before the
 * transaction that first sees the change.
 */
async function begun(manager: EntityManager): Promise<Walk | undefined> {
  const walks: Walk[] = await manager.query(
    `select administration_id, changed_in, up_to, seen_in is not null as seen,
       coalesce(seen_in <= pg_snapshot_xmin(pg_current_snapshot()), false) as settled
     from calendar_change
     where administration_id = (select administration_id from calendar_change order by changed_in limit 1)
     order by up_to nulls first, changed_in desc for no key update skip locked`,
  );
  const [walk] = walks;
  if (!walk) return undefined;
  if (!walk.seen || walks.length > 1)
    await manager.query(
      'update calendar_change set seen_in = pg_current_xact_id() where administration_id = $1 and changed_in = $2',
      [walk.administration_id, walk.changed_in],
    );
  if (walks.length === 1) return walk;
  await manager.query('delete from calendar_change where administration_id = $1 and changed_in = any($2::xid8[])', [
    walk.administration_id,
    walks.slice(1).map(one => one.changed_in),
  ]);
  return { ...walk, settled: false };
}

async function reached(manager: EntityManager, walk: Walk, upTo: string): Promise<void> {
  await manager.query(
    `update calendar_change set up_to = $3
     where administration_id = $1 and changed_in = $2 and up_to is not distinct from $4::uuid`,
    [walk.administration_id, walk.changed_in, upTo, walk.up_to],
  );
}
