import type { EntityManager, QueryRunner } from 'typeorm';
import { BusyDataSource } from './data-source.js';
import { Raced } from './faults.js';
import { alone, needsTransaction, sessionOf } from './isolation/people-data-source.js';

export interface Answered<Row> {
  readonly rows: Row[];
  /** How many rows were given or changed. */
  readonly count: number;
}

/** How many statements each session of the database keeps at most; what comes after is sent whole each time. */
const MOST = 200;
const names = new Map<string, string>();
let given = 0;

/** Runs a statement that the code alone makes. The sessions of the busy ways read and plan it once instead of each time. */
export const prepared = <Row>(
  manager: EntityManager,
  text: string,
  values: readonly unknown[] = [],
): Promise<Answered<Row>> => withRunner(manager, runner => run(runner, text, values, isBusy(manager)));

/**
 * The same for a statement that goes by keys whatever it is asked for, and is planned for longer than it runs: every session plans
 * it once.
 */
export const planned = <Row>(
  manager: EntityManager,
  text: string,
  values: readonly unknown[],
): Promise<Answered<Row>> => withRunner(manager, runner => run(runner, text, values, true));

const isBusy = ({ connection }: EntityManager): boolean => connection instanceof BusyDataSource;

async function withRunner<T>(
  { queryRunner, connection }: EntityManager,
  work: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  if (queryRunner) return work(queryRunner);
  const own = connection.createQueryRunner();
  try {
    return await work(own);
  } finally {
    await own.release();
  }
}

async function run<Row>(
  runner: QueryRunner,
  text: string,
  values: readonly unknown[],
  keeps: boolean,
): Promise<Answered<Row>> {
  const name = keeps ? nameOf(text) : undefined;
  const statement = { ...(name === undefined ? {} : { name }), text, values };
  try {
    const { rows, rowCount } = needsTransaction(runner.manager)
      ? await alone(runner, session => session.query(statement))
      : await (await sessionOf(runner)).query(statement);
    return { rows: rows as Row[], count: rowCount ?? 0 };
  } catch (error) {
    if (!isOutdated(error)) throw error;
    names.delete(text);
    throw new Raced('a table changed its form since a statement was planned', { cause: error });
  }
}

function nameOf(text: string): string | undefined {
  let name = names.get(text);
  if (name === undefined && names.size < MOST) {
    given += 1;
    name = `filodiretto_${given}`;
    names.set(text, name);
  }
  return name;
}

/** No such statement is kept by the session, as the database says it. */
const UNKNOWN = '26000';

/** Another process has migrated the database: what the plan gives is no longer what the statement gives. Or there is no plan. */
const isOutdated = (error: unknown): boolean =>
  error instanceof Error &&
  (('routine' in error && error.routine === 'RevalidateCachedQuery') || ('code' in error && error.code === UNKNOWN));
