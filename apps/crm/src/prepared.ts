import type { EntityManager, QueryRunner } from 'typeorm';
import { BusyDataSource } from './data-source.js';
import { Raced } from './faults.js';
import { needsTransaction } from './isolation/people-data-source.js';

/** What the driver's connection offers below the ORM. */
interface Session {
  query(statement: {
    readonly name?: string;
    readonly text: string;
    readonly values: readonly unknown[];
  }): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>;
}

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
export async function prepared<Row>(
  manager: EntityManager,
  text: string,
  values: readonly unknown[] = [],
): Promise<Answered<Row>> {
  if (needsTransaction(manager)) return manager.transaction(within => prepared<Row>(within, text, values));
  const { queryRunner } = manager;
  if (queryRunner) return run<Row>(queryRunner, text, values);
  const own = manager.connection.createQueryRunner();
  try {
    return await run<Row>(own, text, values);
  } finally {
    await own.release();
  }
}

async function run<Row>(runner: QueryRunner, text: string, values: readonly unknown[]): Promise<Answered<Row>> {
  const session = (await runner.connect()) as Session;
  const name = runner.manager.connection instanceof BusyDataSource ? nameOf(text) : undefined;
  try {
    const { rows, rowCount } = await session.query({ ...(name === undefined ? {} : { name }), text, values });
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

/** Another process has migrated the database: what the plan gives is no longer what the statement gives. */
const isOutdated = (error: unknown): boolean =>
  error instanceof Error && 'routine' in error && error.routine === 'RevalidateCachedQuery';
