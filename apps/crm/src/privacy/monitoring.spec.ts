import 'reflect-metadata';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { DormancyView, MonitoringAuthorizationList, ProblemView } from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

let rest: RestApplication;
let admin: TestOperator & { readonly office: string };
let head: TestOperator;
let absent: TestOperator;
let elsewhere: TestOperator;
beforeAll(async () => {
  rest = await RestApplication.start();
  admin = await rest.administration('Valdoro', 'admin');
  head = await rest.operator(admin.administrationId, admin.office, 'Bruno', 'office_head');
  absent = await rest.operator(admin.administrationId, admin.office, 'Carla', 'specialist');
  elsewhere = await rest.administration('Montechiaro', 'admin');
  await rest.dataSource.query('update operator set dormant_since = now() where id = $1', [absent.id]);
});
afterAll(() => rest.stop());

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const AGREEMENT = {
  kind: 'union_agreement',
  reference: 'Accordo 1',
  signedOn: day(-30),
  validUntil: day(30),
  scopes: ['figures'],
};
const url = '/api/monitoring-authorizations';
const record = (more: object = {}, as: TestOperator = admin) =>
  rest.ask<MonitoringAuthorizationList & ProblemView>('POST', url, { as, body: { ...AGREEMENT, ...more } });
const shown = async () => (await rest.ask<DormancyView>('GET', '/api/dormancy', { as: admin })).body;

it('figures of single operators are off until an agreement is recorded, while it holds alone, and for its scope and house alone', async () => {
  expect(await shown()).toMatchObject({ operators: [], operatorsWithheld: true });
  expect((await record({}, head)).status).toBe(403);
  expect((await record({ validUntil: day(-40) })).body.errors?.[0]?.pointer).toBe('/validUntil');
  expect((await record({ validUntil: '2026-02-31' })).status).toBe(422);
  expect((await record({ scopes: [] })).status).toBe(422);
  await record({}, elsewhere);
  await record({ scopes: ['recordings'] });
  await record({ validUntil: day(-2) });
  await record({ signedOn: day(2) });
  expect(await shown()).toMatchObject({ operators: [], operatorsWithheld: true });
  expect((await record()).status).toBe(201);
  const open = await shown();
  expect([open.operators.map(({ operator }) => operator.id), open.operatorsWithheld]).toEqual([[absent.id], false]);
  const end = (as: TestOperator, body: object = { reason: 'Disdetto' }) => rest.ask('POST', `${url}/end`, { as, body });
  expect([(await end(admin, {})).status, (await end(admin)).status, (await end(admin)).status]).toEqual([
    422, 200, 404,
  ]);
  expect(await shown()).toMatchObject({ operators: [], operatorsWithheld: true });
  const list = await rest.ask<MonitoringAuthorizationList>('GET', url, { as: elsewhere });
  expect(list.body.items.map(({ holds }) => holds)).toEqual([true]);
});
