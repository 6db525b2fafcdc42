import {
  DataSource,
  QueryRunnerAlreadyReleasedError,
  type DataSourceOptions,
  type EntityManager,
  type QueryRunner,
} from 'typeorm';

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

/** What the driver's connection offers below the ORM. */
export interface Session {
  query(
    statement: string | { readonly name?: string; readonly text: string; readonly values: readonly unknown[] },
  ): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>;
  /** `I`: no transaction is open. */
  getTransactionStatus(): string | null;
}

/** The session of a runner that still has it: once it is given back it is somebody else's, in the midst of what they do. */
export async function sessionOf(runner: QueryRunner): Promise<Session> {
  if (runner.isReleased) throw new QueryRunnerAlreadyReleasedError();
  const session = (await runner.connect()) as Session;
  // It may have broken, or been given back, meanwhile.
  if (runner.isReleased as boolean) throw new QueryRunnerAlreadyReleasedError();
  return session;
}

/** Whether statements of a manager need a transaction around them to see anything. */
export const needsTransaction = ({ queryRunner, connection }: EntityManager): boolean =>
  connection instanceof PeopleDataSource && !isMachine(acting()) && queryRunner?.isTransactionActive !== true;

/**
 * Runs one statement in a transaction of its own. Its beginning and its end are sent together with it: the database is waited for
 * once instead of three times. When the statement fails, the commit that follows it rolls back.
 */
export const alone = async <T>(runner: QueryRunner, statement: (session: Session) => Promise<T>): Promise<T> => {
  const session = await sessionOf(runner);
  return together(
    session,
    () => statement(session),
    () => session.query(COMMIT),
  );
};

const BEGIN = 'START TRANSACTION';
const COMMIT = 'COMMIT';
const ENDS: readonly string[] = [COMMIT, 'ROLLBACK'];

function guarded(runner: QueryRunner): QueryRunner {
  const plain = runner.query.bind(runner) as (...said: Parameters<QueryRunner['query']>) => Promise<unknown>;
  let beginning: Promise<unknown> = Promise.resolve();
  const guardedQuery = async (...said: Parameters<QueryRunner['query']>): Promise<unknown> => {
    const session = await sessionOf(runner);
    if (said[0] === BEGIN) {
      // The first statement follows at once, and tells how it went.
      beginning = session.query(begin());
      beginning.catch(() => undefined);
      return undefined;
    }
    if (!runner.isTransactionActive && !ENDS.includes(said[0]))
      return together(
        session,
        () => plain(...said),
        () => plain(COMMIT),
      );
    const [, answer] = await settled([beginning, plain(...said)]);
    return answer;
  };
  // What is under way when a runner is given back is waited for; a session with a transaction open is lent to nobody.
  const underWay = new Set<Promise<unknown>>();
  runner.query = ((...said: Parameters<QueryRunner['query']>) => {
    const one = guardedQuery(...said);
    const done = (): boolean => underWay.delete(one);
    underWay.add(one);
    one.then(done, done);
    return one;
  }) as QueryRunner['query'];
  const released = runner as QueryRunner & {
    databaseConnection?: Session;
    releasePostgresConnection(error?: Error): Promise<void>;
  };
  runner.release = async () => {
    while (underWay.size > 0) await Promise.allSettled([...underWay]);
    const open = !runner.isReleased && (released.databaseConnection?.getTransactionStatus() ?? 'I') !== 'I';
    await released.releasePostgresConnection(open ? new Error('a transaction was left open') : undefined);
  };
  return runner;
}

function begin(): string {
  const who = acting();
  return who === undefined || isMachine(who) ? BEGIN : beginningOf(who);
}

/** To be given what sends at once, or after as many turns as one another: they go in this order. */
async function together<T>(session: Session, statement: () => Promise<T>, end: () => Promise<unknown>): Promise<T> {
  const [, answer] = await settled([session.query(begin()), statement(), end()]);
  return answer;
}

/** All answers, when the last is there; throws what the first that failed did. */
async function settled<T extends readonly Promise<unknown>[]>(
  sent: [...T],
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(sent);
  return Promise.all(sent);
}
