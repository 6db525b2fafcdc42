import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { EVENTS, type EventPayload, type EventType } from '@filodiretto/contracts';
import { Bus, type Subject } from '@filodiretto/bus';
import { faultPoint, Metrics, type Logger } from '@filodiretto/platform';
import type { QueryRunner } from 'typeorm';
import { BusyDataSource } from '../data-source.js';
import { wordsOf } from '../faults.js';
import { groupedBy } from '../grouped.js';
import { LOG } from '../log.js';
import { prepared } from '../prepared.js';

interface Row {
  readonly id: string;
  readonly event_id: string;
  readonly type: EventType;
  readonly ordering: string;
  readonly subject: Subject;
  readonly payload: object;
  readonly headers: { correlationId?: string; causationId?: string };
}

/** One relay at a time in the whole deployment: this lock is held by the session that relays. */
const RELAY_LOCK = 7_465_002;
const POLL_MS = 200;
const BATCH = 500;

/**
 * Removes without waiting for the disk, in this one statement: what comes back with a crash of the database is published again
 * under the same id, which changes nothing.
 */
const REMOVE = `with quickly as materialized (select set_config('synchronous_commit', 'off', true) as said)
  delete from outbox where id = any($1::bigint[]) and (select said from quickly) = 'off'`;

/**
 * Carries outbox rows to the bus, in order, and deletes each once the bus holds it. Killed between the two, it publishes the
 * row again under the same id. Nothing else publishes what the core says.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private wake: () => void = () => undefined;
  private readonly listeners = new Set<() => void>();
  private nudged = false;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private readonly published;

  constructor(
    @Inject(BusyDataSource) private readonly dataSource: BusyDataSource,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Metrics) metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.published = metrics.counter('outbox_published_total', 'Events that left the outbox', ['stream']);
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.nudge();
    await this.running;
  }

  /** Says that rows were committed: the relay looks at once instead of at the next poll. */
  nudge(): void {
    this.nudged = true;
    this.wake();
    for (const heard of this.listeners) heard();
  }

  /** Hears of every nudge, until what is given back is called. */
  onNudge(hear: () => void): () => void {
    this.listeners.add(hear);
    return () => this.listeners.delete(hear);
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const runner = this.dataSource.createQueryRunner();
      try {
        await runner.connect();
        await this.relayWhileLocked(runner);
      } catch (error) {
        if (!this.stopping.signal.aborted) this.log.error({ err: error }, 'the relay broke off: starting again');
      } finally {
        await runner.release().catch((error: unknown) => this.log.warn({ err: error }, 'a connection was lost'));
      }
      await this.rest(1_000);
    }
  }

  private async relayWhileLocked(runner: QueryRunner): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const [lock] = (await runner.query('select pg_try_advisory_lock($1) as held', [RELAY_LOCK])) as [
        { held: boolean },
      ];
      if (lock.held) break;
      await this.rest(1_000);
    }
    try {
      while (!this.stopping.signal.aborted) {
        this.nudged = false;
        const sent = await this.relayOnce(runner);
        if (sent < BATCH && !this.nudged && !this.stopping.signal.aborted) await this.pause(POLL_MS);
      }
    } finally {
      // A session that ended has given it back already; why it ended is what is told.
      await runner
        .query('select pg_advisory_unlock($1)', [RELAY_LOCK])
        .catch((error: unknown) =>
          this.log.warn({ because: wordsOf(error) }, 'the relay could not give back its lock'),
        );
    }
  }

  /** Publishes what waits, at most a batch, and deletes what the bus holds. Gives how many left. */
  private async relayOnce({ manager }: QueryRunner): Promise<number> {
    const { rows } = await prepared<Row>(
      manager,
      `select o.id, o.event_id, o.type, o.ordering, o.subject, o.payload, o.headers from outbox o
       where not exists (select from outbox held where held.ordering = o.ordering and held.id <= o.id
         and held.due_at > clock_timestamp())
       order by o.id limit $1`,
      [BATCH],
    );
    if (rows.length === 0) return 0;
    const held: string[] = [];
    const lanes = groupedBy(rows, row => row.ordering);
    const outcomes = await Promise.allSettled(
      [...lanes.values()].map(async lane => {
        for (const row of lane) {
          await this.publish(row);
          held.push(row.id);
        }
      }),
    );
    faultPoint('relay.after-publish');
    if (held.length > 0) await prepared(manager, REMOVE, [held]);
    const failed = outcomes.find(outcome => outcome.status === 'rejected');
    if (failed) {
      this.log.warn(
        { waiting: rows.length - held.length, because: wordsOf(failed.reason) },
        'the bus does not hold all yet',
      );
      await this.pause(500);
    }
    return held.length;
  }

  private async publish(row: Row): Promise<void> {
    await this.bus.publish(row.type, row.subject, row.payload as EventPayload<EventType>, {
      id: row.event_id,
      ...row.headers,
    });
    this.published.inc({ stream: EVENTS[row.type].stream });
  }

  /** Waits, whatever is committed meanwhile: another process relays it, or nothing can be relayed. */
  private async rest(ms: number): Promise<void> {
    const { signal } = this.stopping;
    await sleep(ms, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  private pause(ms: number): Promise<void> {
    if (this.nudged) return new Promise(resolve => setImmediate(resolve));
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
