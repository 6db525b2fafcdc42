import { Problem } from '@filodiretto/platform';

/** The ETag of a version. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * The version that a change is meant for, from `If-Match`. A change without one is refused, and so is `*`, which would
 * overwrite whatever there is: whoever changes says what they have seen.
 */
export function expectedVersion(ifMatch: string | undefined): number {
  if (ifMatch === undefined || ifMatch.trim() === '*')
    throw new Problem('version-required', 'Send the ETag of what you have seen, as If-Match.');
  const [, version] = /^"(\d{1,9})"$/.exec(ifMatch.trim()) ?? [];
  if (version === undefined) throw new Problem('malformed-request', 'If-Match is not an ETag of ours.');
  return Number(version);
}
