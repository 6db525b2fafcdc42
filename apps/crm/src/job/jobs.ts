import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Metrics, type Logger } from '@filodiretto/platform';
import { run, type JobHelpers, type Runner, type TaskList, type WorkerPool } from 'graphile-worker';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { asMachine } from '../isolation/acting.js';
import { LOG } from '../log.js';
import { poolOf, SILENT } from './job-schema.js';
import { Lives } from './lives.js';

/** One run of a job. */
interface Job {
  readonly id: string;
  /** 1 the first time. */
  readonly attempt: number;
  /** When it was to run, by the core's clock. */
  readonly runAt: Date;
}

/** What a feature does when a job of its name is due. May run twice for one job, in any process: it must not matter. */
export interface JobHandler {
  readonly name: string;
  /** Throws when it must be tried again, later and later. */
  run(payload: unknown, job: Job): Promise<void>;
  /** For what is done again and again: when the next run is, after one that ended at `now`. It is added by itself. */
  readonly next?: (now: Date) => Date;
}

export interface NewJob {
  readonly name: string;
  readonly payload: object;
  /** By the core's clock; absent: at once. */
  readonly runAt?: Date | undefined;
  /** One job a key: a new one replaces the one that waits. */
  readonly key?: string | undefined;
}

const POLL_MS = 500;
const AT_ONCE = 4;
/** Only so does the library bear a database that goes away while it says that a job is done: otherwise the process dies. */
const SETTLED_IN_BATCHES = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };
const LOOK_MS = 2_000;
/** A runner that broke off may wait for ever for what it lost: it is left to itself after so long. */
const LEFT_MS = 1_000;
/** How long jobs that have begun may take while the process stops. */
const STOPS_MS = 15_000;
/** A job waits for so long although somebody is free, and none has begun: the runner only seems to run. */
const STALLED_MS = 60_000;
/** About two days of attempts, later and later; then a person must look. */
const MAX_ATTEMPTS = 25;

/**
 * What must happen later, kept in PostgreSQL by the transaction that decides it: what was committed runs, whoever dies. One
 * runner a process; any number of processes share the work.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly handlers = new Map<string, JobHandler>();
  private readonly stopping = new AbortController();
  private readonly lives: Lives;
  private started = false;
  private runner: Runner | undefined;
  /** Says that the runner runs no more, whatever it says itself. */
  private breaks: ((why: unknown) => void) | undefined;
  private running = 0;
  private begunAt = 0;
  private work: Promise<void>[] = [];
  private readonly ran;
  private readonly waiting;
  private readonly oldestDue;

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Metrics) metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.lives = new Lives(dataSource, log);
    this.ran = metrics.counter('jobs_total', 'Jobs that ran', ['job', 'result']);
    this.waiting = metrics.gauge('jobs', 'Jobs by what keeps them: later, due, retrying, given_up', ['state']);
    this.oldestDue = metrics.gauge('job_oldest_due_seconds', 'By how long the job that is due the longest is late');
  }

  /**
   * Says what to do with the jobs of a name; said again, the last one counts. To be called before the application has started
   * (`onModuleInit`, which runs once for the application and once more for its side of the bus).
   */
  handle(handler: JobHandler): void {
    this.handlers.set(handler.name, handler);
  }

  /** Adds a job in the caller's transaction: with its commit it will run, without it nobody ever hears of it. */
  add(manager: EntityManager, name: string, payload: object, said: Pick<NewJob, 'runAt' | 'key'> = {}): Promise<void> {
    return this.addAll(manager, [{ name, payload, ...said }]);
  }

  /** Adds all by one statement. */
  async addAll(manager: EntityManager, jobs: readonly NewJob[]): Promise<void> {
    await addAll(manager, jobs, this.clock, false);
  }

  /** Takes back the jobs of these keys that have not begun. */
  async remove(manager: EntityManager, keys: readonly string[]): Promise<void> {
    if (keys.length > 0) await manager.query('select remove_jobs($1::text[])', [keys]);
  }

  /** Throws, in words, when this process runs no jobs. */
  check(): void {
    if (this.handlers.size > 0 && !this.runner) throw new Error('jobs are not running');
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.started) return;
    this.started = true;
    const recurring = [...this.handlers.values()].filter(handler => handler.next).map(handler => this.nextOf(handler));
    await this.dataSource.transaction(async manager => {
      // One that somebody holds is added again by itself, or, when its process died in it, runs again at once: added now, it would
      // be given up and looked at a whole period later.
      const held: { key: string }[] = await manager.query(
        'select key from graphile_worker.jobs where key = any($1::text[]) and locked_at is not null',
        [recurring.map(({ key }) => key)],
      );
      const added = recurring.filter(({ key }) => !held.some(one => one.key === key));
      await addAll(manager, added, this.clock, true);
    });
    if (this.handlers.size > 0) this.work = [this.keepRunning(), this.keepLooking()];
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.work);
    await this.lives.end();
  }

  /** Runs jobs until the process stops; a runner that breaks off is replaced. */
  private async keepRunning(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.runOnce();
      } catch (error) {
        if (!this.stopping.signal.aborted) this.log.warn({ err: error }, 'jobs could not start');
      }
      this.runner = undefined;
      await this.pause(1_000);
    }
  }

  /**
   * Resolves when a runner has broken off, or the process stops. When the database cannot be told that jobs are done, the library
   * ends its runner, and may never say that it has: what it says first counts. Jobs that it had claimed pass to the next.
   */
  private async runOnce(): Promise<void> {
    const { events } = this.lives;
    const broken = new Promise<void>(resolve => {
      this.breaks = why => {
        this.log.error({ err: why }, 'jobs broke off: starting again');
        resolve();
      };
    });
    // One that was left to itself may say so again.
    let own: WorkerPool | undefined;
    const created = ({ workerPool }: { readonly workerPool: WorkerPool }): void => void (own = workerPool);
    const told = ({ error, workerPool }: { readonly error: unknown; readonly workerPool: WorkerPool }): void => {
      if (workerPool === own) this.breaks?.(error);
    };
    events.once('pool:create', created).on('pool:fatalError', told);
    try {
      this.begunAt = Date.now();
      const runner = await run({
        pgPool: poolOf(this.dataSource),
        taskList: this.tasks(),
        parsedCronItems: [],
        concurrency: AT_ONCE,
        pollInterval: POLL_MS,
        preset: SETTLED_IN_BATCHES,
        noHandleSignals: true,
        logger: SILENT,
        events,
      });
      const ended = runner.promise.then(
        () => undefined,
        (error: unknown) => this.breaks?.(error),
      );
      this.runner = runner;
      await Promise.race([ended, broken, this.stopped()]);
      const stops = this.stopping.signal.aborted;
      if (stops) runner.stop().catch(() => undefined);
      await Promise.race([ended, sleep(stops ? STOPS_MS : LEFT_MS, undefined, { ref: false })]);
    } finally {
      this.breaks = undefined;
      events.off('pool:create', created).off('pool:fatalError', told);
    }
  }

  /** Frees the jobs of the dead, and measures. */
  private async keepLooking(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.lives.look();
        await this.forgetFollowed();
        await this.measure();
      } catch (error) {
        if (!this.stopping.signal.aborted) this.log.warn({ err: error }, 'the jobs could not be looked at');
      }
      await this.pause(LOOK_MS);
    }
  }

  /**
   * What comes again is added before it is said that this time is done: whoever dies between the two leaves a job that was done, and that the library keeps
   * as if it had been given up.
   */
  private async forgetFollowed(): Promise<void> {
    const recurring = [...this.handlers.values()].flatMap(({ name, next }) => (next ? [name] : []));
    await this.dataSource.query(
      `select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs
       where key is null and locked_at is null and attempts >= max_attempts and last_error is null and task_identifier = any($1)
       having count(*) > 0`,
      [recurring],
    );
  }

  private tasks(): TaskList {
    return Object.fromEntries(
      [...this.handlers.values()].map(handler => [
        handler.name,
        (payload: unknown, helpers: JobHelpers) => this.runOne(handler, payload, helpers),
      ]),
    );
  }

  private async runOne(handler: JobHandler, payload: unknown, { job }: JobHelpers): Promise<void> {
    const { id, attempts: attempt } = job;
    const runAt = new Date(job.run_at.getTime() + this.clock.now().getTime() - Date.now());
    this.begunAt = Date.now();
    this.running += 1;
    try {
      await asMachine(`the job ${handler.name}`, () => handler.run(payload, { id, attempt, runAt }));
      if (handler.next)
        await this.dataSource.transaction(manager => addAll(manager, [this.nextOf(handler)], this.clock, true));
      this.ran.inc({ job: handler.name, result: 'done' });
    } catch (error) {
      const last = attempt >= job.max_attempts;
      this.ran.inc({ job: handler.name, result: last ? 'given_up' : 'failed' });
      this.log[last ? 'error' : 'warn'](
        { job: handler.name, id, attempt, err: error },
        last ? 'a job failed for the last time: a person must look' : 'a job failed: it is tried again',
      );
      throw error;
    } finally {
      this.running -= 1;
    }
  }

  private nextOf(handler: JobHandler): NewJob {
    const runAt = handler.next?.(this.clock.now());
    return { name: handler.name, payload: {}, runAt, key: `again:${handler.name}` };
  }

  private async measure(): Promise<void> {
    const [row]: Record<'later' | 'due' | 'retrying' | 'given_up' | 'late' | 'ours', string | null>[] =
      await this.dataSource.query(
        `select count(*) filter (where attempts = 0 and run_at > now()) as later,
         count(*) filter (where attempts < max_attempts and run_at <= now()) as due,
         count(*) filter (where attempts between 1 and max_attempts - 1 and run_at > now()) as retrying,
         count(*) filter (where attempts >= max_attempts and locked_at is null) as given_up,
         extract(epoch from now() - min(run_at) filter (where attempts = 0 and locked_at is null and run_at <= now())) as late,
         extract(epoch from now() - min(run_at) filter (where attempts = 0 and locked_at is null and run_at <= now() and task_identifier = any($1))) as ours
       from graphile_worker.jobs`,
        [[...this.handlers.keys()]],
      );
    for (const state of ['later', 'due', 'retrying', 'given_up'] as const)
      this.waiting.set({ state }, Number(row?.[state] ?? 0));
    this.oldestDue.set(Number(row?.late ?? 0));
    const waited = Math.min(Number(row?.ours ?? 0) * 1_000, Date.now() - this.begunAt);
    if (this.running < AT_ONCE && waited > STALLED_MS)
      this.breaks?.(new Error(`a job that is due is taken by nobody for ${Math.round(waited / 1_000)} s`));
  }

  private stopped(): Promise<void> {
    const { signal } = this.stopping;
    // It may have been said while the runner began: a signal says it once.
    if (signal.aborted) return Promise.resolve();
    return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

/** With `keep`, a job that waits under the key stays at its time. */
async function addAll(manager: EntityManager, jobs: readonly NewJob[], clock: Clock, keep: boolean): Promise<void> {
  if (jobs.length === 0) return;
  const specs = jobs.map(({ name, payload, runAt, key }) => ({
    name,
    payload,
    run_at: runAt && clock.machineTime(runAt),
    key,
  }));
  await manager.query('select add_jobs($1::json, $2, $3)', [JSON.stringify(specs), MAX_ATTEMPTS, keep]);
}
