import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@filodiretto/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { Background } from '../background.js';
import { Backlog } from '../intake/backlog.js';
import { LOG } from '../log.js';
import { JournalReader, readersPatience } from '../stream/journal-reader.js';

const STALE = 200;

/**
 * Keeps what is searched up to date, after the fact: it reads the journal, so that nobody who writes a case waits for it. What
 * is committed is found within a second; under heavy load later, never not at all.
 */
@Injectable()
export class SearchIndex implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly reader: JournalReader;
  private readonly background: Background;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Backlog) backlog: Backlog,
    @Inject(LOG) log: Logger,
  ) {
    this.reader = new JournalReader(dataSource, 'search', (manager, { caseIds }) => write(manager, caseIds));
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

/** In one order everywhere: two writers of the same rows wait for each other. */
const write = async (manager: EntityManager, caseIds: readonly string[]): Promise<void> => {
  await manager.query('select search_write($1::uuid[])', [caseIds.toSorted()]);
};
