import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '@filodiretto/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { isConflict } from '../faults.js';
import { beyondSight } from '../isolation/acting.js';
import { Relay } from '../outbox/relay.js';
import { isRefused, type Refused } from '../refused.js';
import { Trail } from '../trail/trail.js';
import type { Asking } from './operator.js';
import { RequestPrints } from './request-prints.js';

const TRIES = 4;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A request to make something, under the id that its `Idempotency-Key` gave. */
export interface Making {
  readonly operator: Asking;
  readonly key: string | undefined;
  /** What is made, and where: part of what the key stands for. */
  readonly what: string;
  readonly body: object;
}

/** What a request does, in one transaction; a refusal undoes all of it. */
@Injectable()
export class UnitOfWork {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(RequestPrints) private readonly prints: RequestPrints,
  ) {}

  /** Commits and wakes the relay. A refusal becomes a `Problem` and nothing is written; a race with another is run again. */
  async run<T extends object>(work: (manager: EntityManager) => Promise<T | Refused>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await beyondSight(
          'the rules of a change look at colleagues’ work, at members of an incident, at what goes out of sight',
          () =>
            this.dataSource.transaction(async manager => {
              const done = granted(await work(manager));
              if (!('replayed' in done && done.replayed === true)) await this.trail.changed(manager, done);
              return done;
            }),
        );
        this.trail.committed();
        this.relay.nudge();
        return result;
      } catch (fault) {
        if (attempt === TRIES || !isConflict(fault)) throw fault;
      }
    }
  }

  /**
   * Makes a resource once: the key becomes its id. The same key with the same body gives the same resource and does nothing;
   * with another body it is refused.
   */
  async make<T extends object>(
    making: Making,
    work: (manager: EntityManager, id: string) => Promise<T | Refused>,
  ): Promise<{ id: string; replayed: boolean }> {
    const { key } = making;
    if (key !== undefined && !UUID.test(key)) throw new Problem('malformed-request', 'Idempotency-Key must be a UUID.');
    const id = key?.toLowerCase() ?? v7();
    try {
      return await this.run(async manager => {
        if (key !== undefined && !(await this.isFirst(manager, id, making))) return { id, replayed: true };
        const made = await work(manager, id);
        return isRefused(made) ? made : { id, replayed: false };
      });
    } catch (fault) {
      if (key !== undefined && isTaken(fault)) throw mismatch();
      throw fault;
    }
  }

  /** Whether the key is used for the first time; refuses it when it was used for something else. */
  private async isFirst(manager: EntityManager, key: string, { operator, what, body }: Making): Promise<boolean> {
    const inserted: unknown[] = await manager.query(
      `insert into idempotency (key, operator_id, fingerprint, resource) values ($1, $2, $3, $4)
       on conflict do nothing returning key`,
      [key, operator.id, this.prints.of(what, body), what],
    );
    if (inserted.length > 0) return true;
    const [earlier]: { fingerprint: string; resource: string }[] = await manager.query(
      'select fingerprint, resource from idempotency where key = $1 and operator_id = $2',
      [key, operator.id],
    );
    if (earlier === undefined) throw mismatch();
    // Of requests of before prints had a key none is left.
    const same =
      earlier.fingerprint === '' ? earlier.resource === what : this.prints.isOf(earlier.fingerprint, what, body);
    if (!same) throw mismatch();
    return false;
  }
}

/** The result, or the end of the request with the refusal's problem. */
export function granted<T extends object>(result: T | Refused): T {
  if (isRefused(result)) throw new Problem(result.refused, result.detail, { errors: result.errors });
  return result;
}

const mismatch = (): Problem =>
  new Problem('idempotency-mismatch', 'Use a new key for a new request; the same key repeats the same request.');

/** The id is already that of something else. */
const isTaken = (fault: unknown): boolean =>
  fault instanceof Error &&
  'code' in fault &&
  fault.code === '23505' &&
  'constraint' in fault &&
  typeof fault.constraint === 'string' &&
  fault.constraint.endsWith('_pkey');
