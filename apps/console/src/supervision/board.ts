import { queryOptions } from '@tanstack/react-query';
import { api, taken } from '../api/client.js';

/** How everything stands now: what the wallboard and the page of the offices show. */
export const boardQuery = queryOptions({
  queryKey: ['wallboard', 'now'],
  queryFn: ({ signal }) => taken(api.GET('/api/reports/wallboard', { signal })),
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
