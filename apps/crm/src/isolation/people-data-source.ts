import { DataSource, type DataSourceOptions, type EntityManager, type QueryRunner } from 'typeorm';

import { acting, beginningOf, isMachine } from './acting.js';

/**
 * The database as whoever acts may see it. What is done for a person runs in transactions that say first for whom, single reads
 * too; the core's own work goes to the sessions of machines. Where nobody is known to act, nothing is seen and nothing written.
 */
export class PeopleDataSource extends DataSource {
  constructor(
    options: DataSourceOptions,
    private readonly machines: DataSource,
  ) {
    super(options);
  }

  override createQueryRunner(mode?: 'master' | 'slave'): QueryRunner {
    return isMachine(acting()) ? this.machines.createQueryRunner(mode) : guarded(super.createQueryRunner(mode));
  }
}

/** Whether statements of a manager need a transaction around them to see anything. */
export const needsTransaction = ({ queryRunner, connection }: EntityManager): boolean =>
  connection instanceof PeopleDataSource && !isMachine(acting()) && queryRunner?.isTransactionActive !== true;

const BEGIN = 'START TRANSACTION';
const ENDS: readonly string[] = ['COMMIT', 'ROLLBACK'];

function guarded(runner: QueryRunner): QueryRunner {
  const plain = runner.query.bind(runner) as (...said: Parameters<QueryRunner['query']>) => Promise<unknown>;
  const begin = async (): Promise<void> => {
    const who = acting();
    const session = (await runner.connect()) as { query(text: string): Promise<unknown> };
    await session.query(who === undefined || isMachine(who) ? BEGIN : beginningOf(who));
  };
  const own = async (...said: Parameters<QueryRunner['query']>): Promise<unknown> => {
    await begin();
    try {
      const rows = await plain(...said);
      await plain('COMMIT');
      return rows;
    } catch (fault) {
      // What went wrong is told; that a broken connection cannot roll back is no news.
      await plain('ROLLBACK').catch(() => undefined);
      throw fault;
    }
  };
  const guardedQuery = (...said: Parameters<QueryRunner['query']>): Promise<unknown> => {
    if (said[0] === BEGIN) return begin();
    return runner.isTransactionActive || ENDS.includes(said[0]) ? plain(...said) : own(...said);
  };
  runner.query = guardedQuery as QueryRunner['query'];
  return runner;
}
