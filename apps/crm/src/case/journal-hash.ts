import { hash } from 'node:crypto';
import type { CaseFact } from '@filodiretto/contracts';

/** What the hash of a journal entry covers: all of it. */
export interface HashedEntry {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly at: Date;
  readonly fact: CaseFact;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly cause: string | null;
  readonly data: object;
}

const sha256 = (bytes: string | Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/** JSON with sorted keys: the same for the same data, however it was stored meanwhile. */
export const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, canonical(item)]),
  );
};

/** What the first entry of a case is chained to. */
export const chainStart = (caseId: string): Buffer => sha256(`case ${caseId}`);

/** SHA-256 of the previous hash and the canonical entry. */
export const entryHash = (previous: Uint8Array, entry: HashedEntry): Buffer => {
  const written = JSON.stringify([
    entry.id,
    entry.caseId,
    entry.version,
    entry.at.toISOString(),
    entry.fact,
    entry.actorKind,
    entry.actorId,
    entry.cause,
    canonical(entry.data),
  ]);
  return sha256(Buffer.concat([previous, Buffer.from(written)]));
};

/** The version of the first entry that does not continue its chain; `undefined` when the journal of the case is whole. */
export function firstBrokenVersion(
  caseId: string,
  entries: readonly (HashedEntry & { readonly prevHash: Uint8Array; readonly hash: Uint8Array })[],
): number | undefined {
  let previous = chainStart(caseId);
  for (const [index, entry] of entries.entries()) {
    const expected = entryHash(previous, entry);
    const whole = entry.version === index + 1 && previous.equals(entry.prevHash) && expected.equals(entry.hash);
    if (!whole) return entry.version;
    previous = expected;
  }
  return undefined;
}
