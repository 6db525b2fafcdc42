import { Inject, Injectable } from '@nestjs/common';
import { Bus, checkedEvent, subjects } from '@filodiretto/bus';
import { Done } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import { Raw, type EntityManager } from 'typeorm';
import { MachineDataSource } from '../data-source.js';
import { classOf, isConflict, isSystemFault, wordsOf } from '../faults.js';
import { Intake } from '../intake/intake.js';
import { LOG } from '../log.js';
import { Relay } from '../outbox/relay.js';
import { refused, type Refused } from '../refused.js';
import { Trail } from '../trail/trail.js';
import { Parked } from './parked.entity.js';
import { MAX_REASON, RETRY_SECONDS } from './parking.js';

const AT_ONCE = 20;
const READ_AGAIN_MS = 10_000;

/** What came of trying a parked item again. */
export interface Retried {
  readonly settled: boolean;
  /** Why it still waits. */
  readonly because?: string;
}

/** What could not be taken in by itself: tried again, or discarded with a reason. Nothing is deleted. */
@Injectable()
export class Quarantine {
  constructor(
    // What is tried again is taken in as what comes from a channel is; whose it is was looked at before.
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Takes a parked item in again; what could not be read is read again by its channel. `by` is the operator who looked at
   * it, absent when time alone is tried: then only what is due. Throws only for a fault of the system.
   */
  async retry(id: string, by?: string): Promise<Retried | Refused> {
    // Whoever tries holds the item until it is known what came of it: nobody tries it, or counts it, beside them.
    const result = await this.dataSource.transaction(async manager => {
      const parked = await waiting(manager, id, by === undefined);
      if (!parked) return notWaiting();
      try {
        return await manager.transaction(trying => this.retryIn(trying, parked, by));
      } catch (error) {
        if (isSystemFault(error) && !isConflict(error)) throw error;
        return this.failedAgain(manager, parked, error);
      }
    });
    this.relay.nudge();
    return result;
  }

  /** Puts an item away for good, for a reason; its original stays in the raw store. */
  async discard(id: string, said: { readonly by: string; readonly reason: string }): Promise<Retried | Refused> {
    return this.dataSource.transaction(async manager => {
      const found = await waiting(manager, id);
      if (!found) return notWaiting();
      await settle(manager, id, 'discarded', said.by, said.reason);
      await this.trail.changed(manager, {});
      return { settled: true };
    });
  }

  /** Lets the original of an item be opened although the scanner refuses it: somebody looked, and says why. */
  async release(
    id: string,
    said: { readonly by: string; readonly reason: string },
  ): Promise<{ readonly id: string } | Refused> {
    return this.dataSource.transaction(async manager => {
      const [rows]: [{ id: string }[], number] = await manager.query(
        `update parked set released_at = now(), released_by = $2, released_reason = $3
         where id = $1 and held_because is not null and released_at is null returning id`,
        [id, said.by, said.reason],
      );
      const [released] = rows;
      if (!released) return refused('not-found', 'There is no such original that is held.');
      await this.trail.changed(manager, {});
      return released;
    });
  }

  /** Tries again what is due by itself. Gives how many were settled. */
  async retryDue(): Promise<number> {
    const due: { id: string }[] = await this.dataSource.query(
      `select id from parked where state = 'waiting' and next_try_at <= now() order by next_try_at limit $1`,
      [AT_ONCE],
    );
    let settled = 0;
    for (const { id } of due) {
      const result = await this.retry(id);
      if ('settled' in result && result.settled) settled += 1;
    }
    return settled;
  }

  private async retryIn(manager: EntityManager, parked: Parked, by: string | undefined): Promise<Retried> {
    if (parked.receptionId !== null)
      await manager.query(
        `delete from reception_item where reception_id = $1 and item_index = $2 and fate = 'parked'`,
        [parked.receptionId, parked.itemIndex],
      );
    await settle(manager, parked.id, 'retried', by ?? null, null);
    await this.trail.changed(manager, {});
    if (parked.kind === 'unreadable') return this.readAgain(parked);
    await this.intake.take(manager, [
      {
        eventId: parked.eventId,
        type: parked.type,
        data: checkedEvent(parked.type, parked.payload),
        correlationId: parked.eventId,
        released: by !== undefined,
      },
    ]);
    return { settled: true };
  }

  private async readAgain({ channel, receptionId }: Parked): Promise<Retried> {
    if (!receptionId) throw new Error('it came with no reception that could be read again');
    const subject = subjects.askChannel(channel, 'read-again');
    const done = await this.bus.ask(subject, { reception: receptionId }, Done, { timeoutMs: READ_AGAIN_MS });
    if (!done.done) throw new Error(done.detail ?? 'the channel could not read it again');
    return { settled: true };
  }

  private async failedAgain(manager: EntityManager, { id, tries }: Parked, error: unknown): Promise<Retried> {
    this.log.warn({ parked: id, err: error }, 'a parked item failed again');
    const because = wordsOf(error);
    await manager.query(
      `update parked set tries = $2, reason = $3, error_class = $4, next_try_at = clock_timestamp() + make_interval(secs => $5)
       where id = $1`,
      [id, tries + 1, because.slice(0, MAX_REASON), classOf(error), RETRY_SECONDS[tries + 1] ?? null],
    );
    return { settled: false, because };
  }
}

const notWaiting = (): Refused => refused('not-found', 'Nothing is waiting under this id.');

/** What waits under an id, held until the transaction ends; `due`: only when its time has come, also after waiting for it. */
const waiting = (manager: EntityManager, id: string, due = false): Promise<Parked | null> =>
  manager.findOne(Parked, {
    where: { id, state: 'waiting', ...(due ? { nextTryAt: Raw(column => `${column} <= now()`) } : {}) },
    lock: { mode: 'pessimistic_write' },
  });

const settle = (
  manager: EntityManager,
  id: string,
  state: 'retried' | 'discarded',
  by: string | null,
  reason: string | null,
): Promise<unknown> =>
  manager.query(
    'update parked set state = $2, settled_at = now(), settled_by = $3, settled_reason = $4 where id = $1',
    [id, state, by, reason],
  );
