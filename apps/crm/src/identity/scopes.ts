/** What an access token may allow. */
type Scope = 'filodiretto:read' | 'filodiretto:write';

/** Methods that change nothing. */
export const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a request needs: to read or to write, as its method does. */
export const neededScope = (method: string): Scope => (SAFE.has(method) ? 'filodiretto:read' : 'filodiretto:write');
