import { api, taken, versionTag, type Schemas } from '../api/client.js';

/** One step of the life cycle. */
export const step = (id: string, version: number, body: Schemas['MoveCase']): Promise<unknown> =>
  taken(
    api.POST('/api/cases/{id}/transitions', {
      params: { path: { id }, header: { 'If-Match': versionTag(version) } },
      body,
    }),
  );
