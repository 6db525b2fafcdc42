import { queryOptions } from '@tanstack/react-query';
import { api, taken, type Schemas } from '../api/client.js';
import type { CaseFilter } from '../api/queries.js';
import type { Spike } from './place-of-spike.js';

type Spikes = Schemas['SpikeList'];

/** What is suddenly more than usual. */
export const spikesQuery = queryOptions({
  queryKey: ['spikes'],
  queryFn: ({ signal }) => taken(api.GET('/api/reports/spikes', { signal })),
  staleTime: 0,
});

/** How often it is asked for anew: it is of hours, and dear to count. */
export const SPIKES_MS = 60_000;

/** Which cases a spike is made of. */
export const filterOfSpike = ({ category, area, office }: Spike, { from, until }: Spikes): CaseFilter => ({
  category: category.id,
  ...(area ? { area: area.id } : {}),
  ...(office ? { office: office.id } : {}),
  openedFrom: from,
  openedBefore: until,
  confidential: false,
});
