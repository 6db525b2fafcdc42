import { hash } from 'node:crypto';
import { canonical, entryHash, type HashedEntry } from '../case/journal-hash.js';

/** What is sealed: the journal of cases, and the entries of what people looked at and changed. */
export const SOURCES = ['journal', 'entries'] as const;
export type Source = (typeof SOURCES)[number];

/** An entry of the trail, as its digest covers it: all of it. */
export interface TrailRow {
  readonly id: string;
  readonly administrationId: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string;
  readonly act: string;
  readonly operation: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly caseId: string | null;
  readonly fields: readonly string[];
  readonly wordsDigest: Buffer | null;
  /** Of what was refused: why, and how often. */
  readonly because: string | null;
  readonly times: number | null;
}

export interface JournalRow extends HashedEntry {
  readonly prevHash: Buffer;
  readonly hash: Buffer;
}

/** Some rows of one source, in order, chained to the seal before. */
export interface Seal {
  readonly administrationId: string;
  /** Local date on which it was made. */
  readonly day: string;
  /** From 1 in each day. */
  readonly number: number;
  readonly source: Source;
  readonly rows: readonly string[];
  /** 32 bytes for each row. */
  readonly digests: Buffer;
  readonly at: Date;
  readonly previous: Buffer;
  readonly hash: Buffer;
}

const sha256 = (bytes: string | Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/** What the first seal of an administration is chained to. */
export const trailStart = (administrationId: string): Buffer => sha256(`trail ${administrationId}`);

/** Covers the fact and the hash that was kept beside it. */
export const digestOfFact = (row: JournalRow): Buffer =>
  sha256(Buffer.concat([entryHash(row.prevHash, row), row.hash]));

export const digestOfEntry = (row: TrailRow): Buffer =>
  sha256(
    JSON.stringify(
      canonical([
        row.id,
        row.administrationId,
        row.at.toISOString(),
        row.actorKind,
        row.actorId,
        row.act,
        row.operation,
        row.subjectKind,
        row.subjectId,
        row.caseId,
        row.fields,
        row.wordsDigest?.toString('hex') ?? null,
        // Entries of before there were refusals keep the digest that they were sealed with.
        ...(row.because === null && row.times === null ? [] : [row.because, row.times]),
      ]),
    ),
  );

/** What stands in the trail for words that were searched: nothing of them can be guessed from it without the salt. */
export const wordsDigest = (salt: Uint8Array, words: string): Buffer =>
  sha256(Buffer.concat([salt, Buffer.from(words)]));

/** SHA-256 of the seal before and of all that this one says. */
export const sealHash = (seal: Omit<Seal, 'hash'>): Buffer =>
  sha256(
    Buffer.concat([
      seal.previous,
      Buffer.from(
        JSON.stringify([seal.administrationId, seal.day, seal.number, seal.source, seal.rows, seal.at.toISOString()]),
      ),
      seal.digests,
    ]),
  );

/** What an anchor says of a chain: that it had come so far by then. The text that is signed. */
export interface AnchorStatement {
  readonly administrationId: string;
  readonly day: string;
  readonly number: number;
  readonly hash: Buffer;
  readonly at: Date;
}
export const statementOf = ({ administrationId, day, number, hash: head, at }: AnchorStatement): string =>
  ['filodiretto trail', administrationId, day, String(number), head.toString('hex'), at.toISOString()].join('\n');
