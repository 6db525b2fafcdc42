import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { faultPoint, type Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Background } from '../background.js';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { Backlog } from '../intake/backlog.js';
import { LOG } from '../log.js';
import { sealHash, SOURCES, trailStart, type Seal, type Source } from './seal.js';
import { rowsAfter, type Place } from './trail-rows.js';

/** Rows that one seal covers at most. */
const PAGE = 500;
/** A seal waits so long for more rows: many small ones would be as long as the trail. */
const GATHER_MS = 1_000;

interface Head {
  /** The local date on which a seal is made now; never before the last seal's, also when the clock was set back. */
  readonly today: string;
  readonly day: string | null;
  readonly number: number | null;
  readonly hash: Buffer;
  readonly places: Readonly<Record<Source, Place>>;
}

/**
 * Seals what was written in the journal and in the trail, within a second or so: each seal covers some rows in order and the
 * seal before it. One chain for each administration, which one process at a time prolongs; killed in the middle, the same rows
 * are sealed by the next.
 */
@Injectable()
export class Sealing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly background: Background;

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Backlog) backlog: Backlog,
    @Inject(LOG) log: Logger,
  ) {
    this.background = new Background('the seals of the trail', () => this.step(), log, {
      gathers: sealed => (sealed < PAGE ? GATHER_MS : 0),
      givesWay: () => backlog.waits,
    });
  }

  onApplicationBootstrap(): void {
    this.background.start();
  }
  beforeApplicationShutdown(): Promise<void> {
    return this.background.stop();
  }

  /** Seals the next rows of each administration that has some. Gives how many; 0: everything is sealed. */
  async step(): Promise<number> {
    // In the order of the index: asked only whether there is one, the database reads whole tables for nothing.
    const waiting: { id: string }[] = await this.dataSource.query(
      `select o.id from office o left join trail_head h on h.administration_id = o.id
       where o.kind = 'administration' and coalesce(
         (select true from journal j where j.administration_id = o.id and j.xid < pg_snapshot_xmin(pg_current_snapshot())
            and (j.xid, j.position) > (coalesce(h.journal_xid, '0'::xid8), coalesce(h.journal_position, 0))
          order by j.xid, j.position limit 1),
         (select true from trail_entry e where e.administration_id = o.id and e.xid < pg_snapshot_xmin(pg_current_snapshot())
            and (e.xid, e.position) > (coalesce(h.entries_xid, '0'::xid8), coalesce(h.entries_position, 0))
          order by e.xid, e.position limit 1))`,
    );
    let sealed = 0;
    for (const { id } of waiting) sealed += await this.dataSource.transaction(manager => this.seal(manager, id));
    return sealed;
  }

  private async seal(manager: EntityManager, administrationId: string): Promise<number> {
    const now = this.clock.now();
    const head = await lockHead(manager, administrationId, now);
    if (!head) return 0;
    let { hash } = head;
    const places = { ...head.places };
    const { today } = head;
    let number = today === head.day ? (head.number ?? 0) : 0;
    const seals: Seal[] = [];
    let sealed = 0;
    for (const source of SOURCES) {
      const rows = await rowsAfter(
        (sql, parameters) => manager.query(sql, [...parameters]),
        source,
        administrationId,
        places[source],
        PAGE,
      );
      const last = rows.at(-1);
      if (!last) continue;
      number += 1;
      sealed += rows.length;
      places[source] = last;
      const unsigned = {
        administrationId,
        day: today,
        number,
        source,
        rows: rows.map(row => row.id),
        digests: Buffer.concat(rows.map(row => row.digest)),
        at: now,
        previous: hash,
      };
      hash = sealHash(unsigned);
      seals.push({ ...unsigned, hash });
    }
    for (const seal of seals)
      await manager.query(
        `insert into trail_seal (administration_id, day, number, source, rows, digests, at, previous, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          seal.administrationId,
          seal.day,
          seal.number,
          seal.source,
          seal.rows,
          seal.digests,
          seal.at,
          seal.previous,
          seal.hash,
        ],
      );
    const last = seals.at(-1);
    if (last)
      await manager.query(
        `update trail_head set day = $2, number = $3, hash = $4, journal_xid = $5, journal_position = $6, entries_xid = $7,
           entries_position = $8 where administration_id = $1`,
        [
          administrationId,
          last.day,
          last.number,
          last.hash,
          places.journal.xid,
          places.journal.position,
          places.entries.xid,
          places.entries.position,
        ],
      );
    faultPoint('trail.before-commit');
    return sealed;
  }
}

/** The end of the chain, held until the transaction ends; `undefined` while another process prolongs it. */
async function lockHead(manager: EntityManager, administrationId: string, now: Date): Promise<Head | undefined> {
  await manager.query(
    'insert into trail_head (administration_id, hash) values ($1, $2) on conflict (administration_id) do nothing',
    [administrationId, trailStart(administrationId)],
  );
  const [row]: {
    readonly today: string;
    readonly day: string | null;
    readonly number: number | null;
    readonly hash: Buffer;
    readonly journal_xid: string;
    readonly journal_position: string;
    readonly entries_xid: string;
    readonly entries_position: string;
  }[] = await manager.query(
    `select greatest(day, ($2::timestamptz at time zone 'Europe/Rome')::date)::text as today, day::text as day, number, hash, journal_xid::text as journal_xid, journal_position::text as journal_position,
       entries_xid::text as entries_xid, entries_position::text as entries_position
     from trail_head where administration_id = $1 for update skip locked`,
    [administrationId, now],
  );
  return (
    row && {
      today: row.today,
      day: row.day,
      number: row.number,
      hash: row.hash,
      places: {
        journal: { xid: row.journal_xid, position: row.journal_position },
        entries: { xid: row.entries_xid, position: row.entries_position },
      },
    }
  );
}
