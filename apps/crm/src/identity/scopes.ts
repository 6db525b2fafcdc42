/** What an access token may allow. */
type Scope = 'filodiretto:read' | 'filodiretto:write' | 'filodiretto:scim';

/** Methods that change nothing. */
export const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a request needs: to provision, or else to read or to write, as its method does. */
export function neededScope(method: string, url: string): Scope {
  if (url.startsWith('/scim/')) return 'filodiretto:scim';
  return SAFE.has(method) ? 'filodiretto:read' : 'filodiretto:write';
}
