import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { CaseFact } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Background } from '../background.js';
import { BusyDataSource } from '../data-source.js';
import { Backlog } from '../intake/backlog.js';
import { LOG } from '../log.js';
import { JournalReader, readersPatience, type Read } from '../stream/journal-reader.js';

const STALE = 200;
/** Facts that say something more in a case, by a message. */
const SAY: ReadonlySet<CaseFact> = new Set([
  'message_received',
  'reply_queued',
  'call_recorded',
  'letter_queued',
  'office_answered',
]);
/** Facts of which nothing is searched. */
const SAY_NOTHING: ReadonlySet<CaseFact> = new Set([
  'triaged',
  'assigned',
  'reassigned',
  'taken_in_charge',
  'competence_refused',
  'priority_changed',
  'category_changed',
  'kind_changed',
  'delivery_failed',
  'letter_delayed',
  'deadline_warned',
  'deadline_breached',
  'deadline_recounted',
  'reminded',
  'escalated',
  'chased',
  'tagged',
  'untagged',
]);

/**
 * Keeps what is searched up to date, after the fact: it reads the journal, so that nobody who writes a case waits for it. What
 * is committed is found within a second; under heavy load later, never not at all.
 */
@Injectable()
export class SearchIndex implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly reader: JournalReader;
  private readonly background: Background;

  constructor(
    @Inject(BusyDataSource) private readonly dataSource: BusyDataSource,
    @Inject(Backlog) backlog: Backlog,
    @Inject(LOG) log: Logger,
  ) {
    this.reader = new JournalReader(dataSource, 'search', (manager, { facts }) => follow(manager, facts));
    this.background = new Background('the index of search', () => this.step(), log, readersPatience(backlog));
  }

  onApplicationBootstrap(): void {
    this.background.start();
  }
  beforeApplicationShutdown(): Promise<void> {
    return this.background.stop();
  }

  /** Writes what the next facts changed. Gives how much was done; 0: search knows everything. */
  async step(): Promise<number> {
    return (await this.reader.step()) + (await this.stale());
  }

  private stale(): Promise<number> {
    return this.dataSource.transaction(async manager => {
      const [rows]: [{ case_id: string }[], number] = await manager.query(
        `delete from search_stale where case_id in (select case_id from search_stale limit ${STALE} for update skip locked)
         returning case_id`,
      );
      if (rows.length > 0)
        await write(
          manager,
          rows.map(row => row.case_id),
        );
      return rows.length;
    });
  }
}

/** Adds what messages say; reads the cases whole of which anything else may be new. */
async function follow(manager: EntityManager, facts: Read['facts']): Promise<void> {
  const whole = new Set<string>();
  const said: { caseId: string; message: string }[] = [];
  for (const { fact, caseId, data } of facts) {
    if (SAY_NOTHING.has(fact)) continue;
    if (!SAY.has(fact) || typeof data.message !== 'string') whole.add(caseId);
    // What is tried again says what it said.
    else if (data.attempt === undefined || data.attempt === 1) said.push({ caseId, message: data.message });
  }
  const more = said.filter(({ caseId }) => !whole.has(caseId));
  if (more.length > 0) {
    const rest: { id: string }[] = await manager.query('select id from search_add($1::uuid[], $2::uuid[]) a(id)', [
      more.map(({ caseId }) => caseId),
      more.map(({ message }) => message),
    ]);
    for (const { id } of rest) whole.add(id);
  }
  await write(manager, [...whole]);
}

/** In one order everywhere: two writers of the same rows wait for each other, and who waited sees what the other wrote. */
async function write(manager: EntityManager, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return;
  const ids = caseIds.toSorted();
  await manager.query('select from search_case where case_id = any($1::uuid[]) order by case_id for no key update', [
    ids,
  ]);
  await manager.query('select search_write($1::uuid[])', [ids]);
}
