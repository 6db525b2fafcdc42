/** Where the provider asks for the next document, or tells what happened. */
export interface Road {
  /** A document that a caller waits for: asked twice more when it fails, within the time that a caller bears. */
  readonly document: (path: string, query?: Query) => string;
  /** News that nobody waits for: told again whatever goes wrong. */
  readonly news: (path: string, query?: Query) => string;
}
type Query = Readonly<Record<string, string>>;

/** How the provider asks again, told in the fragment, which it never sends. */
const DOCUMENT_AGAIN = 'rc=2&rp=ct,5xx';
const NEWS_AGAIN = 'rc=5&rp=all';

export function roadTo(publicUrl: string): Road {
  const address = (path: string, query: Query, again: string): string => {
    const asked = new URLSearchParams(query).toString();
    return `${publicUrl.replace(/\/$/, '')}${path}${asked === '' ? '' : `?${asked}`}#${again}`;
  };
  return {
    document: (path, query = {}) => address(path, query, DOCUMENT_AGAIN),
    news: (path, query = {}) => address(path, query, NEWS_AGAIN),
  };
}

/** The same road, every document marked with the turn of the call at which it was named. */
export const atTurn = (road: Road, turn: number): Road => ({
  document: (path, query = {}) => road.document(path, { ...query, n: String(turn) }),
  news: road.news,
});
