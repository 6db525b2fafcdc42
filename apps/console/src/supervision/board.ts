import { queryOptions } from '@tanstack/react-query';
import { api, taken } from '../api/client.js';
import { boardOf, type BoardRow } from './standing.js';

export interface Board {
  readonly rows: readonly BoardRow[];
  /** Whether there are more late cases than were counted. */
  readonly manyLate: boolean;
}

const MOST_LATE = 200;

export const boardQuery = queryOptions({
  queryKey: ['wallboard', 'offices'],
  queryFn: async ({ signal }): Promise<Board> => {
    const [queues, counts, late] = await Promise.all([
      taken(api.GET('/api/queues', { signal })),
      taken(api.GET('/api/reports/cases', { signal })),
      taken(api.GET('/api/cases', { params: { query: { late: true, open: true, limit: MOST_LATE } }, signal })),
    ]);
    return { rows: boardOf(queues.items, counts.items, late.items), manyLate: late.next !== undefined };
  },
  staleTime: 0,
});

export const channelsNowQuery = queryOptions({
  queryKey: ['wallboard', 'channels'],
  queryFn: ({ signal }) => taken(api.GET('/api/channels', { signal })),
  staleTime: 0,
});

export const receptionQuery = (from?: string, to?: string) =>
  queryOptions({
    queryKey: ['wallboard', 'reception', from ?? '', to ?? ''],
    queryFn: ({ signal }) =>
      taken(
        api.GET('/api/reports/reception', {
          params: { query: { ...(from ? { from } : {}), ...(to ? { to } : {}) } },
          signal,
        }),
      ),
    staleTime: 0,
  });
