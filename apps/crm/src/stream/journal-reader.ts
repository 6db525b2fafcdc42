import type { CaseFact } from '@filodiretto/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import type { Patience } from '../background.js';
import type { Backlog } from '../intake/backlog.js';
import { prepared } from '../prepared.js';

/** Facts that a reader takes in one transaction. */
const PAGE = 500;
/** A reader that is nearly up to date waits so long for more: one look at a case does for all that happened to it. */
const GATHER_MS = 250;

/** How a reader rests between two steps: it waits for more unless it is behind, and gives way to what comes from citizens. */
export const readersPatience = (backlog: Backlog): Patience => ({
  gathers: taken => (taken < PAGE ? GATHER_MS : 0),
  givesWay: () => backlog.waits,
});

/** A fact as the journal has it, and who did it. */
interface ReadFact {
  readonly id: string;
  readonly caseId: string;
  readonly fact: CaseFact;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly cause: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a reader of the journal is given: the cases of the next facts, each once. */
export interface Read {
  readonly administrationId: string;
  readonly caseIds: readonly string[];
  /** The facts themselves, in order. */
  readonly facts: readonly ReadFact[];
  /** Ids of the messages that the facts speak of. */
  readonly messageIds: readonly string[];
}

/**
 * Reads the journal to its end, once for the whole deployment: its place is a row, and moves in the transaction of what is
 * done with the facts. Killed in the middle, they are read again.
 */
export class JournalReader {
  constructor(
    private readonly dataSource: DataSource,
    /** Under which its place is kept: never renamed. */
    private readonly name: string,
    private readonly work: (manager: EntityManager, read: Read) => Promise<void>,
  ) {}

  /** Takes the next facts of each administration that has some. Gives how many it took; 0: there is nothing new. */
  async step(): Promise<number> {
    // Planned each time: a plan made while the journal was empty reads it whole as it grows.
    const waiting: { administration_id: string }[] = await this.dataSource.query(
      `select o.id as administration_id from office o left join journal_reader r on r.name = $1 and r.administration_id = o.id
       where o.kind = 'administration' and exists (
         select from journal j where j.administration_id = o.id
           and (j.xid, j.position) > (coalesce(r.xid, '0'::xid8), coalesce(r.position, 0))
           and j.xid < pg_snapshot_xmin(pg_current_snapshot()))`,
      [this.name],
    );
    let taken = 0;
    for (const { administration_id: id } of waiting) taken += await this.read(id);
    return taken;
  }

  private read(administrationId: string): Promise<number> {
    return this.dataSource.transaction(async manager => {
      const place = await this.place(manager, administrationId);
      if (!place) return 0;
      const { rows: facts } = await prepared<FactRow>(
        manager,
        `select j.xid::text as xid, j.position::text as position, j.id, j.case_id, j.fact, j.at, j.actor_kind, j.actor_id, j.cause,
           j.data from journal j
         where j.administration_id = $1 and (j.xid, j.position) > ($2::xid8, $3::bigint)
           and j.xid < pg_snapshot_xmin(pg_current_snapshot())
         order by j.xid, j.position limit ${PAGE}`,
        [administrationId, place.xid, place.position],
      );
      const last = facts.at(-1);
      if (!last) return 0;
      await this.work(manager, {
        administrationId,
        caseIds: [...new Set(facts.map(fact => fact.case_id))],
        facts: facts.map(factOf),
        messageIds: [...new Set(facts.flatMap(({ data }) => (typeof data.message === 'string' ? [data.message] : [])))],
      });
      await prepared(
        manager,
        'update journal_reader set xid = $3, position = $4 where name = $1 and administration_id = $2',
        [this.name, administrationId, last.xid, last.position],
      );
      return facts.length;
    });
  }

  /** How far it has read, locked; `undefined`: another process is at it, and what that takes is taken. */
  private async place(manager: EntityManager, administrationId: string): Promise<Place | undefined> {
    const {
      rows: [kept],
    } = await prepared<Place>(
      manager,
      `select xid::text as xid, position::text as position from journal_reader
       where name = $1 and administration_id = $2 for update skip locked`,
      [this.name, administrationId],
    );
    if (kept) return kept;
    const {
      rows: [begun],
    } = await prepared<Place>(
      manager,
      `insert into journal_reader (name, administration_id) values ($1, $2) on conflict do nothing
       returning xid::text as xid, position::text as position`,
      [this.name, administrationId],
    );
    return begun;
  }
}

interface Place {
  readonly xid: string;
  readonly position: string;
}

interface FactRow {
  readonly xid: string;
  readonly position: string;
  readonly id: string;
  readonly case_id: string;
  readonly fact: CaseFact;
  readonly at: Date;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly cause: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

const factOf = ({
  id,
  case_id: caseId,
  fact,
  at,
  actor_kind: actorKind,
  actor_id: actorId,
  cause,
  data,
}: FactRow): ReadFact => ({
  id,
  caseId,
  fact,
  at,
  actorKind,
  actorId,
  cause,
  data,
});
