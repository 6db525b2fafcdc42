/** The header that a page of ours adds to whatever changes something; a foreign one could not without being allowed to. */
const MARK = 'filodiretto-request';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Whether a request that a cookie vouches for was made by a page of ours: the browser says where it comes from, and it carries
 * our mark. What says nothing of its origin is not ours.
 */
export function fromOwnPages(headers: Headers, publicUrl: string | undefined): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (publicUrl === undefined || headers[MARK] === undefined) return false;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined ? site !== undefined : origin === new URL(publicUrl).origin;
}
