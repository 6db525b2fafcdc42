import { Problem } from '@filodiretto/platform';

/** The ETag of a version of a case. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * The version that a change is meant for, from `If-Match`; `*` means whichever there is. A change without one is refused:
 * whoever changes says what they have seen.
 */
export function expectedVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined)
    throw new Problem('version-required', 'Send the ETag of the case you have seen, as If-Match.');
  if (ifMatch.trim() === '*') return undefined;
  const [, version] = /^"(\d{1,9})"$/.exec(ifMatch.trim()) ?? [];
  if (version === undefined) throw new Problem('malformed-request', 'If-Match is not an ETag of ours.');
  return Number(version);
}
