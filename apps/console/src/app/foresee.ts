import type { QueryClient } from '@tanstack/react-query';
import { casesQuery, meQuery } from '../api/queries.js';
import { sortNow, sourceOf } from '../queue/sources.js';
import { keep, keptText } from './kept.js';
import { BASE, HOME } from './routes.js';

const LOGGED_IN = 'logged-in';
const wasLoggedIn = (): boolean => keptText(LOGGED_IN) !== undefined;

/** Keeps in this browser whether somebody is logged in, so that nothing is asked ahead that would be refused. */
export const rememberLoggedIn = (is: boolean): void => void keep(LOGGED_IN, is ? '1' : undefined);

/** Asks at once what the place that is opened needs first, while the page is still being drawn: who is likely logged in waits for no answer before another. */
export function foresee(client: QueryClient, path: string): void {
  void client.prefetchQuery(meQuery);
  if (!wasLoggedIn()) return;
  const inside = path.slice(BASE.length).replace(/\/$/, '');
  const [, source] = /^\/cases\/([^/]+)/.exec(inside === '' ? HOME : inside) ?? [];
  if (source !== undefined) void client.prefetchInfiniteQuery(casesQuery(sourceOf(source, sortNow())));
}
