import { describe, expect, it } from '@jest/globals';
import { createClient } from './index.js';

const answering = (status: number, body: object, type = 'application/json') => {
  const seen: Request[] = [];
  const fetch = (request: Request): Promise<Response> => {
    seen.push(request);
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }));
  };
  return { seen, fetch };
};

describe('the client', () => {
  it('sends the token of the moment, and what is asked as the API wants it', async () => {
    const { seen, fetch } = answering(200, { items: [] });
    let token = 'first';
    const client = createClient({ baseUrl: 'http://core.test', token: () => token, fetch });
    await client.GET('/api/cases', { params: { query: { state: 'assigned', limit: 10 } } });
    token = 'second';
    await client.GET('/api/cases/{id}', { params: { path: { id: 'a b' } } });
    expect(seen.map(request => [request.url, request.headers.get('authorization')])).toEqual([
      ['http://core.test/api/cases?state=assigned&limit=10', 'Bearer first'],
      ['http://core.test/api/cases/a%20b', 'Bearer second'],
    ]);
  });

  it('sends no token where the session of the browser vouches, and says of a change that it comes from our page', async () => {
    const { seen, fetch } = answering(200, { items: [] });
    const client = createClient({ baseUrl: 'http://core.test', fetch });
    await client.GET('/api/offers');
    await client.POST('/api/offers/{id}/acceptance', { params: { path: { id: 'o' } } });
    expect(seen.map(({ headers }) => [headers.get('authorization'), headers.get('filodiretto-request')])).toEqual([
      [null, null],
      [null, '1'],
    ]);
  });

  it('gives a problem as a value', async () => {
    const { fetch } = answering(409, { type: '/problems/transition-not-allowed', status: 409 }, 'application/problem+json');
    const client = createClient({ baseUrl: 'http://core.test', token: 't', fetch });
    const { data, error, response } = await client.POST('/api/cases/{id}/transitions', {
      params: { path: { id: 'x' }, header: { 'If-Match': '"1"' } },
      body: { command: 'takeCharge' },
    });
    expect(data).toBeUndefined();
    expect(error?.type).toBe('/problems/transition-not-allowed');
    expect(response.status).toBe(409);
  });
});
