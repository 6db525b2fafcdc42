import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ProblemView } from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from './rest-testing.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

describe('the pace of the API', () => {
  let rest: RestApplication;
  let anna: TestOperator;
  beforeAll(async () => {
    rest = await RestApplication.start({ API_PER_SECOND: '1', API_BURST: '20', API_REFUSED_PER_MINUTE: '5' });
    anna = await rest.administration('Valdoro');
  });
  afterAll(() => rest.stop());

  const ask = (as: TestOperator | undefined, from = '192.0.2.1') =>
    rest.ask<ProblemView>('GET', '/api/channels', { as, from });
  const stranger: TestOperator = { id: '', administrationId: '', officeId: '', token: 'a-token-that-nobody-has' };
  const statuses = async (count: number, asks: () => ReturnType<typeof ask>): Promise<number[]> =>
    (await Promise.all(Array.from({ length: count }, asks))).map(answer => answer.status);

  it('lets an operator do a burst, then tells them for how long to wait, and nobody else', async () => {
    const bruno = await rest.operator(anna.administrationId, anna.officeId, 'Bruno');
    const many = await Promise.all(Array.from({ length: 40 }, () => ask(anna)));
    expect(many.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(20);
    const refused = many.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ type: '/problems/too-many-requests', status: 429 });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(bruno)).status).toBe(200);
  });

  it('stops an address that tries tokens of nobody, and not who already works from there', async () => {
    const carla = await rest.operator(anna.administrationId, anna.officeId, 'Carla');
    const from = '192.0.2.7';
    expect((await ask(carla, from)).status).toBe(200);
    const tries = await statuses(8, () => ask(stranger, from));
    expect(tries.filter(status => status === 401)).toHaveLength(5);
    expect((await ask(undefined, from)).status).toBe(429);
    expect((await ask(carla, from)).status).toBe(200);
    const unseen = await rest.operator(anna.administrationId, anna.officeId, 'Dario');
    expect((await ask(unseen, from)).status).toBe(429);
    expect((await ask(unseen, '192.0.2.8')).status).toBe(200);
  });

  it('takes the addresses of one network of version 6 for one', async () => {
    const spelt = ['2001:db8::1', '2001:db8::2', '2001:db8:0:0:3::4', '2001:db8::5:6', '2001:db8:0:0:7:8:9:a'];
    for (const from of spelt) expect((await ask(stranger, from)).status).toBe(401);
    expect((await ask(stranger, '2001:db8::ffff')).status).toBe(429);
    expect((await ask(stranger, '2001:db8:1::1')).status).toBe(401);
  });

  it.each([
    ['who looks for their case', 'POST', '/public/tracked-cases', 60],
    ['who opens the links of letters', 'GET', `/azioni/${'a'.repeat(43)}`, 60],
  ] as const)('takes the addresses of one network of version 6 for one: %s', async (_, method, url, burst) => {
    const from = (place: number): string => `2001:db8:7::${(place + 1).toString(16)}`;
    const said = method === 'POST' ? { body: { code: 'segreto' } } : {};
    const asked = Array.from({ length: burst + 20 }, (_unused, place) =>
      rest.ask(method, url, { from: from(place), ...said }),
    );
    const tried = (await Promise.all(asked)).map(answer => answer.status);
    expect(tried).toContain(404);
    expect(tried).toContain(429);
    expect((await rest.ask(method, url, { from: '2001:db8:8::1', ...said })).status).toBe(404);
  });

  it('is not asked of the probes', async () => {
    const probes = await statuses(40, () => rest.ask('GET', '/health/live', { from: '192.0.2.9' }));
    expect(new Set(probes)).toEqual(new Set([200]));
  });
});
