import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import { createLogger, Metrics } from '@filodiretto/platform';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { dataSourceOptions } from '../data-source.js';
import { testDatabase, type TestDatabase } from '../testing.js';
import { Jobs, type JobHandler } from './jobs.js';
import { Lives } from './lives.js';

jest.setTimeout(60_000);
const log = createLogger('test', 'silent');

describe('jobs', () => {
  let database: TestDatabase;
  let clock: Clock;
  const started: { jobs: Jobs; dataSource: DataSource }[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    clock = await Clock.of(database.dataSource, true);
  });
  afterEach(async () => {
    for (const { jobs, dataSource } of started.splice(0)) {
      await jobs.beforeApplicationShutdown();
      await dataSource.destroy();
    }
    await database.dataSource.query('delete from graphile_worker._private_jobs');
  });
  afterAll(() => database.drop());

  /** A process that runs jobs, with connections of its own. */
  const process = async (...handlers: readonly JobHandler[]): Promise<Jobs> => {
    const dataSource = await new DataSource(dataSourceOptions(database.url, 8)).initialize();
    const jobs = new Jobs(dataSource, clock, new Metrics('test'), log);
    for (const handler of handlers) jobs.handle(handler);
    await jobs.onApplicationBootstrap();
    started.push({ jobs, dataSource });
    return jobs;
  };
  const nobody = (): Jobs => new Jobs(database.dataSource, clock, new Metrics('test'), log);
  const left = (): Promise<{ key: string | null; attempts: number; last_error: string | null }[]> =>
    database.dataSource.query('select key, attempts, last_error from graphile_worker.jobs order by id');

  it('run after the commit, with what they were given', async () => {
    const seen: unknown[] = [];
    const jobs = await process({ name: 'say', run: async payload => void seen.push(payload) });
    await database.dataSource.transaction(manager => jobs.add(manager, 'say', { word: 'ciao' }));
    await eventually(() => (seen.length > 0 ? true : undefined));
    expect(seen).toEqual([{ word: 'ciao' }]);
    await eventually(async () => ((await left()).length === 0 ? true : undefined));
  });

  it('are never heard of when the transaction is undone', async () => {
    const seen: unknown[] = [];
    const jobs = await process({ name: 'say', run: async payload => void seen.push(payload) });
    const undone = database.dataSource.transaction(async manager => {
      await jobs.add(manager, 'say', { word: 'mai' });
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    await new Promise(resolve => setTimeout(resolve, 700));
    expect(seen).toEqual([]);
    expect(await left()).toEqual([]);
  });

  it('wait for whoever starts next when everybody died before they were due', async () => {
    const jobs = nobody();
    await database.dataSource.transaction(manager => jobs.add(manager, 'late', { n: 1 }));
    await database.dataSource.transaction(manager =>
      jobs.add(manager, 'late', { n: 2 }, { runAt: new Date(clock.now().getTime() + 500) }),
    );
    await new Promise(resolve => setTimeout(resolve, 600));
    const seen = new Set<number>();
    await process({ name: 'late', run: async payload => void seen.add((payload as { n: number }).n) });
    await eventually(() => (seen.size === 2 ? true : undefined));
  });

  it('run when their time comes: not before, and before what comes later', async () => {
    const ran: { readonly name: string; readonly late: number }[] = [];
    const started = clock.now().getTime();
    const due = (name: string, inMs: number): { readonly runAt: Date; readonly handler: JobHandler } => {
      const runAt = new Date(started + inMs);
      const late = (): number => Date.now() - clock.machineTime(runAt).getTime();
      return { runAt, handler: { name, run: async () => void ran.push({ name, late: late() }) } };
    };
    const [sooner, later] = [due('sooner', 1_500), due('later', 6_000)];
    const jobs = await process(sooner.handler, later.handler);
    await database.dataSource.transaction(manager =>
      jobs.addAll(manager, [
        { name: 'later', payload: {}, runAt: later.runAt },
        { name: 'sooner', payload: {}, runAt: sooner.runAt },
      ]),
    );
    await eventually(() => (ran.length === 2 ? true : undefined), 30);
    expect(ran.map(one => one.name)).toEqual(['sooner', 'later']);
    expect(ran.filter(one => one.late < 0)).toEqual([]);
  });

  it('stay with the process that has begun them for as long as it lives', async () => {
    let begun = 0;
    let free = (): void => undefined;
    const hang = new Promise<void>(resolve => (free = resolve));
    const slow: JobHandler = {
      name: 'slow',
      run: () => {
        begun += 1;
        return hang;
      },
    };
    const jobs = await process(slow);
    await database.dataSource.transaction(manager => jobs.add(manager, 'slow', {}));
    await eventually(() => (begun === 1 ? true : undefined));
    await process(slow);
    await new Promise(resolve => setTimeout(resolve, 6_000));
    expect(begun).toBe(1);
    free();
    await eventually(async () => ((await left()).length === 0 ? true : undefined));
  });

  it('pass to another process when the one that had begun them is dead', async () => {
    await database.dataSource.transaction(manager => nobody().add(manager, 'passed', {}));
    // What a process leaves behind that dies in the middle: a claim whose name no session vouches for.
    await database.dataSource.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-of-the-dead', locked_at = now(), attempts = 1`,
    );
    const seen: number[] = [];
    await process({ name: 'passed', run: async (_, job) => void seen.push(job.attempt) });
    await eventually(() => (seen.length > 0 ? true : undefined), 15);
    expect(seen).toEqual([2]);
  });

  it('are not waited for behind a session of the same runner whose other end is gone', async () => {
    const twin = new Client({ connectionString: database.url });
    const gone = new Promise<void>(resolve => twin.on('error', () => undefined).on('end', () => resolve()));
    await twin.connect();
    await twin.query(`select pg_advisory_lock(7465004, hashtext('pool-of-two'))`);
    const lives = new Lives(database.dataSource, log);
    lives.events.emit('pool:create', { workerPool: { id: 'pool-of-two' } } as never);
    await lives.look();
    await gone;
    const holders: object[] = await database.dataSource.query(
      `select from pg_locks where locktype = 'advisory' and classid = 7465004 and granted
         and objid::bigint = hashtext('pool-of-two')::bigint & 4294967295`,
    );
    expect(holders).toHaveLength(1);
    await lives.end();
  });

  it('run once each however many processes share them', async () => {
    const seen: number[] = [];
    const handler: JobHandler = { name: 'shared', run: async payload => void seen.push((payload as { n: number }).n) };
    const [jobs] = await Promise.all([process(handler), process(handler), process(handler)]);
    const many = Array.from({ length: 200 }, (_, n) => ({ name: 'shared', payload: { n } }));
    await database.dataSource.transaction(manager => jobs.addAll(manager, many));
    await eventually(() => (seen.length >= 200 ? true : undefined), 30);
    expect(seen.sort((a, b) => a - b)).toEqual(many.map(({ payload }) => payload.n));
  });

  it('run again after it could not be said that some were done, all connections being away', async () => {
    let begun = 0;
    let free = (): void => undefined;
    const hang = new Promise<void>(resolve => (free = resolve));
    const ran: number[] = [];
    const jobs = await process({
      name: 'caught',
      run: async payload => {
        begun += 1;
        const nth = begun;
        if (nth <= 4) await hang;
        // Not all together: that each is done is said by itself.
        await new Promise(resolve => setTimeout(resolve, nth * 50));
        ran.push((payload as { n: number }).n);
      },
    });
    const add = (n: number): Promise<void> =>
      database.dataSource.transaction(manager => jobs.add(manager, 'caught', { n }));
    for (let n = 1; n <= 4; n += 1) await add(n);
    await eventually(() => (begun >= 4 ? true : undefined), 15);
    const own = started.find(one => one.jobs === jobs);
    if (!own) throw new Error('the process has no connections');
    const taken = Array.from({ length: 40 }, () => own.dataSource.createQueryRunner());
    // Whoever asks now waits in vain, and is told so; what is not given in time is given back.
    await Promise.allSettled(taken.map(runner => runner.connect() as Promise<unknown>));
    free();
    await new Promise(resolve => setTimeout(resolve, 6_500));
    await Promise.allSettled(taken.map(runner => runner.release()));
    await add(5);
    await eventually(() => ([1, 2, 3, 4, 5].every(n => ran.includes(n)) ? true : undefined), 20);
    await eventually(async () => ((await left()).length === 0 ? true : undefined), 20);
  });

  it('of one key replace each other, and can be taken back', async () => {
    const jobs = nobody();
    const runAt = new Date(clock.now().getTime() + 60_000);
    await database.dataSource.transaction(async manager => {
      await jobs.add(manager, 'keyed', { n: 1 }, { key: 'a', runAt });
      await jobs.add(manager, 'keyed', { n: 2 }, { key: 'a' });
      await jobs.add(manager, 'keyed', { n: 3 }, { key: 'b', runAt });
      await jobs.remove(manager, ['b', 'never-there']);
    });
    const seen: unknown[] = [];
    await process({ name: 'keyed', run: async payload => void seen.push(payload) });
    await eventually(() => (seen.length > 0 ? true : undefined));
    await eventually(async () => ((await left()).length === 0 ? true : undefined));
    expect(seen).toEqual([{ n: 2 }]);
  });

  it('that fail are kept with the reason, counted, and tried again later', async () => {
    const dataSource = await new DataSource(dataSourceOptions(database.url, 8)).initialize();
    const metrics = new Metrics('test');
    const jobs = new Jobs(dataSource, clock, metrics, log);
    const attempts: number[] = [];
    jobs.handle({
      name: 'failing',
      run: async (_, { attempt }) => {
        attempts.push(attempt);
        if (attempt === 1) throw new Error('not yet');
      },
    });
    await jobs.onApplicationBootstrap();
    started.push({ jobs, dataSource });
    await database.dataSource.transaction(manager => jobs.add(manager, 'failing', {}));
    const [kept] = await eventually(async () => {
      const rows = await left();
      return rows[0]?.last_error ? rows : undefined;
    });
    expect(kept).toEqual({ key: null, attempts: 1, last_error: 'not yet' });
    await eventually(() => (attempts.length === 2 ? true : undefined), 20);
    const measures = await metrics.registry.metrics();
    expect(measures).toMatch(/filodiretto_jobs_total\{job="failing",result="failed",service="test"\} 1/);
  });

  it('that come again are added once however often the processes start', async () => {
    const handler: JobHandler = {
      name: 'daily',
      run: () => Promise.resolve(),
      next: now => new Date(now.getTime() + 86_400_000),
    };
    await process(handler);
    await process(handler);
    expect(await left()).toEqual([{ key: 'again:daily', attempts: 0, last_error: null }]);
  });

  it('that come again run again at once, and are not given up, when the process that was in them died', async () => {
    const seen: number[] = [];
    const handler: JobHandler = {
      name: 'hourly',
      run: async (_, job) => void seen.push(job.attempt),
      next: now => new Date(now.getTime() + 3_600_000),
    };
    await nobody().add(database.dataSource.manager, 'hourly', {}, { key: 'again:hourly' });
    await database.dataSource.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-of-the-dead', locked_at = now(), attempts = 1`,
    );
    await process(handler);
    await eventually(() => (seen.length > 0 ? true : undefined), 15);
    expect(seen).toEqual([2]);
    await eventually(async () => ((await left()).every(one => one.attempts === 0) ? true : undefined));
    expect(await left()).toEqual([{ key: 'again:hourly', attempts: 0, last_error: null }]);
  });

  it('that come again leave nothing behind when a process died after the next one was added, and nothing else is forgotten', async () => {
    const hourly: JobHandler = {
      name: 'hourly',
      run: () => Promise.resolve(),
      next: now => new Date(now.getTime() + 3_600_000),
    };
    const once: JobHandler = { name: 'once', run: () => Promise.resolve() };
    const { manager } = database.dataSource;
    for (const [name, key] of [
      ['hourly', 'again:hourly'],
      ['once', undefined],
    ] as const)
      await nobody().add(
        manager,
        name,
        {},
        { runAt: new Date(clock.now().getTime() + 60_000), ...(key ? { key } : {}) },
      );
    // As the library leaves one whose key another took while it ran.
    await database.dataSource.query(
      `update graphile_worker._private_jobs set key = null, locked_by = 'pool-of-the-dead', locked_at = now() - interval '1 minute', attempts = max_attempts`,
    );
    await nobody().add(
      manager,
      'hourly',
      {},
      { key: 'again:hourly', runAt: new Date(clock.now().getTime() + 3_600_000) },
    );
    await process(hourly, once);
    await eventually(async () => ((await left()).length === 2 ? true : undefined), 15);
    expect(await left()).toEqual([
      { key: null, attempts: 25, last_error: null },
      { key: 'again:hourly', attempts: 0, last_error: null },
    ]);
  });

  it('let go of everything when the process is stopped while it only begins to run them', async () => {
    const jobs = await process({ name: 'say', run: async () => undefined });
    await expect(jobs.beforeApplicationShutdown()).resolves.toBeUndefined();
    const held = (): Promise<object[]> =>
      database.dataSource.query(
        `select from pg_stat_activity where datname = current_database() and application_name = 'filodiretto-jobs'`,
      );
    await eventually(async () => ((await held()).length === 0 ? true : undefined));
  });

  it('follow a clock that is moved, and come again', async () => {
    const at: Date[] = [];
    await process({
      name: 'weekly',
      run: async () => void at.push(clock.now()),
      next: now => new Date(now.getTime() + 7 * 86_400_000),
    });
    const begun = Date.now();
    for (const times of [1, 2]) {
      await clock.advance(7 * 86_400_000 + 1);
      await eventually(() => (at.length === times ? true : undefined));
      await eventually(async () => ((await left())[0]?.attempts === 0 ? true : undefined));
    }
    expect((at[1]?.getTime() ?? 0) - begun).toBeGreaterThan(14 * 86_400_000);
    const [row]: { ahead: number }[] = await database.dataSource.query(
      `select extract(epoch from clock_now() - now())::float as ahead`,
    );
    expect(row?.ahead).toBeCloseTo((clock.now().getTime() - Date.now()) / 1_000, 0);
  });

  it('are added by who sees none of them, and run by a role that owns nothing', async () => {
    const { dataSource } = database;
    const runner = dataSource.createQueryRunner();
    try {
      await runner.query('set role filodiretto_app');
      await nobody().add(runner.manager, 'humble', { n: 1 }, { key: 'k' });
      await nobody().add(runner.manager, 'humble', { n: 2 }, { key: 'k' });
      await expect(runner.query('select from graphile_worker._private_jobs')).rejects.toThrow(/permission denied/);
      await runner.query('set role filodiretto_machine');
      const taken = (await runner.query(
        `update graphile_worker._private_jobs set locked_by = 'x', locked_at = now() returning payload`,
      )) as [{ payload: unknown }[], number];
      expect(taken[0].map(({ payload }) => payload)).toEqual([{ n: 2 }]);
      await runner.query(`select graphile_worker.force_unlock_workers(array['x'])`);
      await runner.query('set role filodiretto_app');
      await nobody().remove(runner.manager, ['k']);
      expect(await left()).toEqual([]);
    } finally {
      await runner.query('reset role');
      await runner.release();
    }
  });
});

describe('the clock of a demonstration', () => {
  it('is refused where real people wait', async () => {
    const database = await testDatabase();
    const { dataSource } = database;
    await expect((await Clock.of(dataSource, false)).advance(1)).rejects.toThrow();
    await (await Clock.of(dataSource, true)).advance(1_000);
    await expect(Clock.of(dataSource, false)).rejects.toThrow(/was moved/);
    await database.drop();
  });
});
