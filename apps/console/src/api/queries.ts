import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, taken, type Schemas } from './client.js';

export type CaseFilter = Schemas['CaseFilter'];
export type Sort = 'newest' | 'nextDue';

/** Which cases a list shows: those of a filter, or those of a saved view. */
export type ListSource =
  | { readonly type: 'filter'; readonly filter: CaseFilter; readonly sort: Sort }
  | { readonly type: 'view'; readonly view: string };

/** How many rows a page of a list has. */
export const PAGE_ROWS = 100;
const MINUTE = 60_000;
/** What an administration decides changes seldom. */
const SELDOM = 10 * MINUTE;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => taken(api.GET('/api/operators/me', { signal })),
  staleTime: SELDOM,
  // Whoever is not logged in is asked once.
  retryOnMount: false,
});

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => taken(api.GET('/api/channels', { signal })),
  staleTime: MINUTE,
});

export const officesQuery = queryOptions({
  queryKey: ['offices'],
  queryFn: ({ signal }) => taken(api.GET('/api/offices', { signal })),
  staleTime: SELDOM,
});

export const operatorsQuery = queryOptions({
  queryKey: ['operators'],
  queryFn: ({ signal }) => taken(api.GET('/api/operators', { signal })),
  staleTime: SELDOM,
});

export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => taken(api.GET('/api/categories', { signal })),
  staleTime: SELDOM,
});

export const topicsQuery = queryOptions({
  queryKey: ['topics'],
  queryFn: ({ signal }) => taken(api.GET('/api/topics', { signal })),
  staleTime: SELDOM,
});

/** Who can take a citizen for a topic: asked again while it is looked at, as it is of this minute. */
export const onDutyQuery = (topic: string) =>
  queryOptions({
    queryKey: ['on-duty', topic],
    queryFn: ({ signal }) => taken(api.GET('/api/on-duty', { params: { query: { topic } }, signal })),
    refetchInterval: 15_000,
  });

/** The fields that cases of a category have. */
export const fieldsQuery = (category: string) =>
  queryOptions({
    queryKey: ['fields', category],
    queryFn: ({ signal }) =>
      taken(api.GET('/api/categories/{id}/fields', { params: { path: { id: category } }, signal })),
    staleTime: MINUTE,
  });

export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: ({ signal }) => taken(api.GET('/api/tags', { signal })),
  staleTime: SELDOM,
});

export const macrosQuery = queryOptions({
  queryKey: ['macros'],
  queryFn: ({ signal }) => taken(api.GET('/api/macros', { signal })),
  staleTime: SELDOM,
});

export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => taken(api.GET('/api/templates', { params: { query: { limit: 200 } }, signal })),
  staleTime: SELDOM,
});

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: ({ signal }) => taken(api.GET('/api/views', { signal })),
  staleTime: MINUTE,
});

export const queuesQuery = queryOptions({
  queryKey: ['queues'],
  queryFn: ({ signal }) => taken(api.GET('/api/queues', { signal })),
});

export const offersQuery = queryOptions({
  queryKey: ['offers'],
  queryFn: ({ signal }) => taken(api.GET('/api/offers', { signal })),
});

export const presenceQuery = queryOptions({
  queryKey: ['presence'],
  queryFn: ({ signal }) => taken(api.GET('/api/operators/me/presence', { signal })),
});

export const mentionsQuery = queryOptions({
  queryKey: ['mentions'],
  queryFn: ({ signal }) => taken(api.GET('/api/mentions', { params: { query: { limit: 50 } }, signal })),
});

/** How many cases a filter has, counted as far as the API does. */
export const countQuery = (filter: CaseFilter) =>
  queryOptions({
    queryKey: ['count', filter],
    queryFn: ({ signal }) => taken(api.GET('/api/cases/count', { params: { query: filter }, signal })),
  });

export const levelsQuery = queryOptions({
  queryKey: ['levels'],
  queryFn: ({ signal }) => taken(api.GET('/api/confidentiality-levels', { signal })),
  staleTime: MINUTE,
});

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id],
    queryFn: ({ signal }) => taken(api.GET('/api/cases/{id}', { params: { path: { id } }, signal })),
  });

export const relationsQuery = (id: string) =>
  queryOptions({
    queryKey: ['relations', id],
    queryFn: ({ signal }) => taken(api.GET('/api/cases/{id}/relations', { params: { path: { id } }, signal })),
  });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => taken(api.GET('/api/contacts/{id}', { params: { path: { id } }, signal })),
  });

export const consentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['consents', id],
    queryFn: ({ signal }) => taken(api.GET('/api/contacts/{id}/consents', { params: { path: { id } }, signal })),
  });

/** What people may be asked to agree to, with its words. */
export const purposesQuery = queryOptions({
  queryKey: ['purposes'],
  queryFn: async ({ signal }) => (await taken(api.GET('/api/consent-purposes', { signal }))).items,
});

/** How sure it is who a person is. */
export const identificationsQuery = (id: string) =>
  queryOptions({
    queryKey: ['identifications', id],
    queryFn: ({ signal }) => taken(api.GET('/api/contacts/{id}/identifications', { params: { path: { id } }, signal })),
  });

export const casesQuery = (source: ListSource) =>
  infiniteQueryOptions({
    queryKey: ['cases', source],
    queryFn: ({ pageParam, signal }) => casesPage(source, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next,
  });

/** One page of a list of cases. */
export function casesPage(
  source: ListSource,
  after: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Schemas['CasePage']> {
  const page = { limit: PAGE_ROWS, ...(after === undefined ? {} : { after }) };
  const aborting = signal ? { signal } : {};
  if (source.type === 'view')
    return taken(api.GET('/api/views/{id}/cases', { params: { path: { id: source.view }, query: page }, ...aborting }));
  return taken(
    api.GET('/api/cases', { params: { query: { ...source.filter, sort: source.sort, ...page } }, ...aborting }),
  );
}

export const searchQuery = (text: string, order: 'newest' | 'relevance') =>
  infiniteQueryOptions({
    queryKey: ['search', text, order],
    queryFn: ({ pageParam, signal }) =>
      taken(
        api.GET('/api/search', {
          params: { query: { text, order, limit: 50, ...(pageParam === undefined ? {} : { after: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next,
  });
