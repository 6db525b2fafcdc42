import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import { v7 } from 'uuid';
import type { CasePage, CaseView, ProblemView, SavedView, SavedViews, ViewCounts } from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { ViewCountNews } from './view-counts.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let bruno: TestOperator;
let carla: TestOperator;
let elsewhere: TestOperator;

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
  bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'tier1_operator');
  const other = await rest.office(anna.administrationId, 'Altro ufficio');
  carla = await rest.operator(anna.administrationId, other, 'Carla', 'tier1_operator');
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const open = async (subject: string, more: object = {}): Promise<CaseView> =>
  (await rest.ask<CaseView>('POST', '/api/cases', { as: anna, body: { subject, ...more } })).body;
const save = (body: object, as: TestOperator = anna) =>
  rest.ask<SavedView & ProblemView>('POST', '/api/views', { as, body });
const namesOf = async (as: TestOperator): Promise<string[]> =>
  (await rest.ask<SavedViews>('GET', '/api/views', { as })).body.items.map(item => item.name);

describe('a view', () => {
  it('shows and counts the cases of its filter, with words and without', async () => {
    const office = await rest.office(anna.administrationId, 'Ufficio delle viste');
    await open('Mansarda allagata', { office, priority: 'urgent' });
    const one = await open('Cantina allagata', { office });
    await rest.searchable();
    const all = await save({ name: 'Tutte', filter: { office, open: true } });
    expect([all.status, all.body.count]).toEqual([201, { cases: 2, more: false }]);
    const words = await save({ name: 'Cantine', filter: { office, text: 'cantine' } });
    expect(words.body.count).toEqual({ cases: 1, more: false });
    const cases = await rest.ask<CasePage>('GET', `/api/views/${words.body.id}/cases?limit=10`, { as: anna });
    expect(cases.body.items.map(item => item.id)).toEqual([one.id]);
    for (const [query, cases] of [
      [`office=${office}&open=true`, 2],
      [`office=${office}&text=cantine`, 1],
      [`office=${office}&open=false`, 0],
    ] as const)
      expect((await rest.ask('GET', `/api/cases/count?${query}`, { as: anna })).body).toEqual({ cases, more: false });
    const list = await rest.ask<SavedViews>('GET', '/api/views', { as: anna });
    expect(list.body.items.map(({ name, count, position }) => [name, count.cases, position])).toEqual([
      ['Tutte', 2, 1],
      ['Cantine', 1, 2],
    ]);
    await rest.ask('PATCH', `/api/views/${words.body.id}`, { as: anna, body: { position: 0 } });
    expect(await namesOf(anna)).toEqual(['Cantine', 'Tutte']);
  });

  it('is seen by nobody else, by the office, or by the administration', async () => {
    const mine = await save({ name: 'Di Bruno', filter: { assignedToMe: true } }, bruno);
    const shared = await save({ name: 'Dell’ufficio', filter: { ofMyOffice: true }, sharedWith: 'office' }, bruno);
    const forAll = await save({ name: 'Di tutti', filter: { unassigned: true }, sharedWith: 'administration' });
    expect([mine.status, shared.status, forAll.status]).toEqual([201, 201, 201]);
    expect(await namesOf(bruno)).toEqual(['Di Bruno', 'Dell’ufficio', 'Di tutti']);
    expect(await namesOf(carla)).toEqual(['Di tutti']);
    expect(await namesOf(anna)).toEqual(expect.arrayContaining(['Dell’ufficio', 'Di tutti']));
    expect(await namesOf(anna)).not.toContain('Di Bruno');
    expect(await namesOf(elsewhere)).toEqual([]);
    for (const [as, id, status] of [
      [carla, mine.body.id, 404],
      [anna, shared.body.id, 403],
      [elsewhere, forAll.body.id, 404],
      [bruno, v7(), 404],
    ] as const) {
      expect((await rest.ask('PATCH', `/api/views/${id}`, { as, body: { name: 'Mia' } })).status).toBe(status);
      expect((await rest.ask('DELETE', `/api/views/${id}`, { as })).status).toBe(status);
    }
    expect((await rest.ask('GET', `/api/views/${mine.body.id}/cases`, { as: carla })).status).toBe(404);
    expect((await save({ name: 'No', filter: {}, sharedWith: 'administration' }, bruno)).status).toBe(403);
    expect((await rest.ask('DELETE', `/api/views/${mine.body.id}`, { as: bruno })).status).toBe(204);
    expect(await namesOf(bruno)).toEqual(['Dell’ufficio', 'Di tutti']);
  });

  it('that speaks of "mine" means whoever looks', async () => {
    const view = await save({
      name: 'Le mie',
      filter: { assignedToMe: true, open: true },
      sharedWith: 'administration',
    });
    const one = await open('Di Carla', { assignee: carla.id, office: carla.officeId });
    const page = await rest.ask<CasePage>('GET', `/api/views/${view.body.id}/cases`, { as: carla });
    expect(page.body.items.map(item => item.id)).toEqual([one.id]);
    expect((await rest.ask<CasePage>('GET', `/api/views/${view.body.id}/cases`, { as: bruno })).body.items).toEqual([]);
  });

  it('is counted again for who listens when something happens, and only what changed is told', async () => {
    const office = await rest.office(anna.administrationId, 'Ufficio che ascolta');
    const { body } = await save({ name: 'Ascoltata', filter: { office } }, carla);
    const heard: ViewCounts['items'] = [];
    const news = rest.app.get(ViewCountNews);
    const deaf = news.listen({ ...carla, sight: 'all' }, counts => heard.push(...counts));
    await eventually(() => (heard.length > 0 ? true : undefined));
    expect(heard.find(item => item.view === body.id)?.count).toEqual({ cases: 0, more: false });
    heard.length = 0;
    await open('Una', { office });
    news.touch(carla.administrationId);
    await eventually(() => (heard.length > 0 ? true : undefined));
    deaf();
    expect(heard).toContainEqual({ view: body.id, count: { cases: 1, more: false } });
  });

  it.each([
    {},
    { name: 'x' },
    { name: '', filter: {} },
    { name: 'x', filter: { colour: 'red' } },
    { name: 'x', filter: { state: 'lost' } },
    { name: 'x', filter: { limit: 3 } },
    { name: 'x', filter: [] },
    { name: 'x', filter: { open: 'perhaps' } },
    { name: 'x', filter: { office: v7() } },
    { name: 'x', filter: {}, sharedWith: 'world' },
    { name: 'x'.repeat(101), filter: {} },
  ])('is refused when it is %j', async body => {
    const answer = await save(body);
    expect([answer.status, answer.body.type]).toEqual([422, '/problems/invalid-input']);
  });

  it('of something that belongs to another administration is refused', async () => {
    const answer = await save({ name: 'x', filter: { assignee: elsewhere.id } });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/filter/assignee']);
  });
});
