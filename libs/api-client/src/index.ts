import createFetchClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.js';

/** The words of the API, by name: `Schemas['CaseView']`. */
export type Schemas = components['schemas'];

/** The API, typed by its description: `client.GET('/api/cases/{id}', …)`. Never throws for a problem: it is in `error`. */
export type ApiClient = Client<paths>;

export interface ClientOptions {
  /** Where the core answers, without a path; empty for a page that the core itself serves. */
  readonly baseUrl: string;
  /**
   * The operator's bearer token, asked for each request: it may change while the client lives. Without one the browser's session vouches,
   * and each change says that it comes from a page of ours.
   */
  readonly token?: string | (() => string);
  /** Another `fetch`, for tests. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** A client of the API for one operator. */
export function createClient({ baseUrl, token, fetch }: ClientOptions): ApiClient {
  const client = createFetchClient<paths>({ baseUrl, ...(fetch ? { fetch } : {}) });
  client.use({
    onRequest({ request }) {
      if (token !== undefined) request.headers.set('authorization', `Bearer ${typeof token === 'string' ? token : token()}`);
      else if (request.method !== 'GET') request.headers.set('filodiretto-request', '1');
      return request;
    },
  });
  return client;
}
