import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { CaseChanged, CaseFact } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import type { Logger } from '@filodiretto/platform';
import { MachineDataSource } from '../data-source.js';
import { LOG } from '../log.js';

/** A place in the journal of an administration: order of (transaction, position), not of time. */
export interface Place {
  /** xid8 as text. */
  readonly xid: string;
  /** bigint as text. */
  readonly position: string;
}

/** A fact, and the place after which a reader of it goes on. */
export interface Told {
  readonly place: Place;
  readonly change: CaseChanged;
}

interface Row {
  readonly xid: string;
  readonly position: string;
  readonly id: string;
  readonly administration_id: string;
  readonly case_id: string;
  readonly version: number;
  readonly fact: CaseFact;
  readonly at: Date;
}

const START: Place = { xid: '0', position: '0' };
const POLL_MS = 250;
const PAGE = 500;
/** Facts remembered for readers that are nearly up to date: they read once for all of them. */
const REMEMBERED = 2_000;

/**
 * Follows the journal for whoever listens. Positions are given before they are committed and become visible out of order;
 * a fact is told only when no transaction that began before it can still add one ahead of it, so that nothing is skipped.
 */
@Injectable()
export class JournalFeed implements BeforeApplicationShutdown {
  private readonly followed = new Map<string, Followed>();
  private stopped = false;

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopped = true;
    for (const followed of this.followed.values()) followed.wake();
  }

  /** Where the journal of an administration ends now: every fact after it will be told. */
  async end(administrationId: string): Promise<Place> {
    const rows: Place[] = await this.dataSource.query(
      `select j.xid::text as xid, j.position::text as position from journal j
       where j.administration_id = $1 and j.xid < pg_snapshot_xmin(pg_current_snapshot())
       order by j.xid desc, j.position desc limit 1`,
      [administrationId],
    );
    return rows[0] ?? START;
  }

  /**
   * Every fact of an administration after a place, in order, until the signal aborts or the process stops: as many at once as there are.
   * What is given is the same for everybody who follows.
   */
  async *follow(administrationId: string, after: Place, signal: AbortSignal): AsyncGenerator<readonly Told[]> {
    const followed = this.followed.get(administrationId) ?? this.begin(administrationId);
    followed.readers += 1;
    let place = after;
    const wake = (): void => followed.wake();
    signal.addEventListener('abort', wake, { once: true });
    try {
      while (!this.isOver(signal)) {
        const told = followed.since(place) ?? (await this.read(administrationId, place));
        const last = told.at(-1);
        if (last) {
          if (signal.aborted) return;
          yield told;
          place = last.place;
        }
        // Whoever let go while we read has woken nobody: waiting now would be for ever.
        else if (!this.isOver(signal)) await followed.changed(place);
      }
    } finally {
      signal.removeEventListener('abort', wake);
      followed.readers -= 1;
      if (followed.readers === 0) this.followed.delete(administrationId);
    }
  }

  private isOver(signal: AbortSignal): boolean {
    return this.stopped || signal.aborted;
  }

  private begin(administrationId: string): Followed {
    const followed = new Followed();
    this.followed.set(administrationId, followed);
    void this.poll(administrationId, followed);
    return followed;
  }

  private async poll(administrationId: string, followed: Followed): Promise<void> {
    while (!this.stopped && this.followed.get(administrationId) === followed) {
      try {
        const begins = followed.end ?? (await this.end(administrationId));
        const told = await this.read(administrationId, begins);
        followed.learn(begins, told);
        if (told.length === PAGE) continue;
      } catch (error) {
        this.log.warn({ err: error }, 'the journal cannot be followed: trying again');
      }
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
    followed.wake();
  }

  private async read(administrationId: string, after: Place): Promise<Told[]> {
    const rows: Row[] = await this.dataSource.query(
      `select j.xid::text as xid, j.position::text as position, j.id, j.administration_id, j.case_id, j.version, j.fact, j.at
       from journal j
       where j.administration_id = $1 and (j.xid, j.position) > ($2::xid8, $3::bigint)
         and j.xid < pg_snapshot_xmin(pg_current_snapshot())
       order by j.xid, j.position limit ${PAGE}`,
      [administrationId, after.xid, after.position],
    );
    return rows.map(row => ({
      place: { xid: row.xid, position: row.position },
      change: {
        id: row.id,
        administration: row.administration_id,
        case: row.case_id,
        version: row.version,
        fact: row.fact,
        at: instant(row.at),
      },
    }));
  }
}

const isAfter = (a: Place, b: Place): boolean => {
  const [x, y] = [BigInt(a.xid), BigInt(b.xid)];
  return x === y ? BigInt(a.position) > BigInt(b.position) : x > y;
};

/** The last facts of one administration, and who waits for the next. */
class Followed {
  readers = 0;
  /** The last place read; nothing is known before the first reading. */
  end: Place | undefined;
  /** Everything after this place is remembered. */
  private begins: Place | undefined;
  private told: Told[] = [];
  private waiting: (() => void)[] = [];

  learn(begins: Place, more: readonly Told[]): void {
    const first = this.begins === undefined;
    this.begins ??= begins;
    this.end = more.at(-1)?.place ?? this.end ?? begins;
    // Whoever began to wait before the first reading may have missed what that reading already counts as told.
    if (first) this.wake();
    if (more.length === 0) return;
    this.told.push(...more);
    const forgotten = this.told.splice(0, Math.max(0, this.told.length - REMEMBERED)).at(-1);
    if (forgotten) this.begins = forgotten.place;
    this.wake();
  }

  /** What is remembered after a place; `undefined` when it is too far back, or nothing was read yet. */
  since(place: Place): Told[] | undefined {
    if (!this.begins || isAfter(this.begins, place)) return undefined;
    // Whoever follows is nearly at the end: hundreds of them do not look through everything that is remembered.
    let first = this.told.length;
    for (let before = this.told[first - 1]; before && isAfter(before.place, place); before = this.told[first - 1])
      first -= 1;
    return this.told.slice(first);
  }

  /** Resolves when there is something after a place, or somebody must look whether to go on. */
  changed(place: Place): Promise<void> {
    if (this.end && isAfter(this.end, place)) return Promise.resolve();
    return new Promise(resolve => this.waiting.push(resolve));
  }

  wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resume of waiting) resume();
  }
}
