import type { QueryClient } from '@tanstack/react-query';
import { casesQuery, meQuery } from '../api/queries.js';
import { sortNow, sourceOf } from '../queue/sources.js';
import { BASE, HOME } from './routes.js';

/** Asks at once what the place that is opened needs first, while the page is still being drawn: no answer waits for another. */
export function foresee(client: QueryClient, path: string): void {
  void client.prefetchQuery(meQuery);
  const inside = path.slice(BASE.length).replace(/\/$/, '');
  const [, source] = /^\/cases\/([^/]+)/.exec(inside === '' ? HOME : inside) ?? [];
  if (source !== undefined) void client.prefetchInfiniteQuery(casesQuery(sourceOf(source, sortNow())));
}
