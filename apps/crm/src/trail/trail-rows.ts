import type { CaseFact } from '@filodiretto/contracts';
import { digestOfEntry, digestOfFact, wordsDigest, type JournalRow, type Source, type TrailRow } from './seal.js';

/** Reads rows of a source by any means: a connection, a transaction. */
export type Ask = <Row>(sql: string, parameters: readonly unknown[]) => Promise<Row[]>;

const TABLE = { journal: 'journal', entries: 'trail_entry' } as const;
const COLUMNS = {
  journal: 'r.id, r.case_id, r.version, r.at, r.fact, r.actor_kind, r.actor_id, r.cause, r.data, r.prev_hash, r.hash',
  entries:
    'r.id, r.administration_id, r.at, r.actor_kind, r.actor_id, r.act, r.operation, r.subject_kind, r.subject_id, r.case_id, r.fields, r.words_digest, r.because, r.times',
} as const;

/** A row that is or will be sealed, with its place in the order of its source. */
export interface SealedRow {
  readonly id: string;
  readonly xid: string;
  readonly position: string;
  readonly digest: Buffer;
  /** The words that are kept beside it are not those it was written with. */
  readonly othersWords: boolean;
}

/** Where a reader of a source is: everything up to there was sealed. */
export interface Place {
  readonly xid: string;
  readonly position: string;
}

/** The next rows of a source after a place, in order, none of which can still get a row before it. */
export async function rowsAfter(
  ask: Ask,
  source: Source,
  administrationId: string,
  place: Place,
  limit: number,
): Promise<SealedRow[]> {
  const rows = await ask<Raw>(
    `select r.xid::text as xid, r.position::text as position, ${COLUMNS[source]} from ${TABLE[source]} r
     where r.administration_id = $1 and (r.xid, r.position) > ($2::xid8, $3::bigint)
       and r.xid < pg_snapshot_xmin(pg_current_snapshot())
     order by r.xid, r.position limit ${limit}`,
    [administrationId, place.xid, place.position],
  );
  return rows.map(row => sealed(source, row));
}

/** Rows by their ids, as they are now. */
export async function rowsOf(ask: Ask, source: Source, ids: readonly string[]): Promise<Map<string, SealedRow>> {
  const rows = await ask<Raw>(
    `select r.xid::text as xid, r.position::text as position, ${COLUMNS[source]}${source === 'entries' ? ', w.salt, w.words' : ''}
     from ${TABLE[source]} r ${source === 'entries' ? 'left join searched_words w on w.entry_id = r.id' : ''}
     where r.id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map(row => [row.id, sealed(source, row)]));
}

/** Whether a row comes later in the order of its source. */
export const isAfter = (row: Place, other: Place): boolean =>
  BigInt(row.xid) === BigInt(other.xid)
    ? BigInt(row.position) > BigInt(other.position)
    : BigInt(row.xid) > BigInt(other.xid);

/** How many rows of a source are before a place: as many must have been sealed. */
export async function countUpTo(ask: Ask, source: Source, administrationId: string, place: Place): Promise<number> {
  const [row] = await ask<{ count: string }>(
    `select count(*) as count from ${TABLE[source]} r
     where r.administration_id = $1 and (r.xid, r.position) <= ($2::xid8, $3::bigint)`,
    [administrationId, place.xid, place.position],
  );
  return Number(row?.count ?? 0);
}

/** The first row of a source before a place that no seal covers. */
export async function firstUnsealed(
  ask: Ask,
  source: Source,
  administrationId: string,
  place: Place,
): Promise<string | undefined> {
  const [row] = await ask<{ id: string }>(
    `select r.id from ${TABLE[source]} r
       left join (select unnest(rows) as id from trail_seal where administration_id = $1 and source = $4) s on s.id = r.id
     where r.administration_id = $1 and (r.xid, r.position) <= ($2::xid8, $3::bigint) and s.id is null
     order by r.xid, r.position limit 1`,
    [administrationId, place.xid, place.position, source],
  );
  return row?.id;
}

/** How many rows of a source wait to be sealed. */
export async function waitingAfter(ask: Ask, source: Source, administrationId: string, place: Place): Promise<number> {
  const [row] = await ask<{ count: string }>(
    `select count(*) as count from ${TABLE[source]} r
     where r.administration_id = $1 and (r.xid, r.position) > ($2::xid8, $3::bigint)`,
    [administrationId, place.xid, place.position],
  );
  return Number(row?.count ?? 0);
}

interface Raw {
  readonly id: string;
  readonly xid: string;
  readonly position: string;
  readonly administration_id: string;
  readonly case_id: string | null;
  readonly version: number;
  readonly at: Date;
  readonly fact: CaseFact;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly cause: string | null;
  readonly data: object;
  readonly prev_hash: Buffer;
  readonly hash: Buffer;
  readonly act: string;
  readonly operation: string;
  readonly subject_kind: string;
  readonly subject_id: string | null;
  readonly fields: readonly string[];
  readonly words_digest: Buffer | null;
  readonly because: string | null;
  readonly times: number | null;
  readonly salt?: Buffer | null;
  readonly words?: string | null;
}

const sealed = (source: Source, row: Raw): SealedRow => ({
  id: row.id,
  xid: row.xid,
  position: row.position,
  digest: source === 'journal' ? digestOfFact(factOf(row)) : digestOfEntry(entryOf(row)),
  othersWords: !areWordsOf(row),
});

/** Words may be gone; those that are there are those of the entry. */
const areWordsOf = ({ salt, words, words_digest: digest }: Raw): boolean =>
  !salt || typeof words !== 'string' || (digest !== null && wordsDigest(salt, words).equals(digest));

const factOf = (row: Raw): JournalRow => ({
  id: row.id,
  caseId: row.case_id ?? '',
  version: row.version,
  at: row.at,
  fact: row.fact,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  cause: row.cause,
  data: row.data,
  prevHash: row.prev_hash,
  hash: row.hash,
});

const entryOf = (row: Raw): TrailRow => ({
  id: row.id,
  administrationId: row.administration_id,
  at: row.at,
  actorKind: row.actor_kind,
  actorId: row.actor_id ?? '',
  act: row.act,
  operation: row.operation,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  caseId: row.case_id,
  fields: row.fields,
  wordsDigest: row.words_digest,
  because: row.because,
  times: row.times,
});
