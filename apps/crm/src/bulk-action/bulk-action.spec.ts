import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import { v7 } from 'uuid';
import type {
  BulkActionPage,
  BulkActionView,
  BulkItemPage,
  CaseView,
  ProblemView,
  SavedView,
} from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { BulkActions } from './bulk-actions.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let elsewhere: TestOperator & { readonly office: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const open = async (subject = 'Buca', more: object = {}, as: TestOperator = anna): Promise<CaseView> =>
  (await rest.ask<CaseView>('POST', '/api/cases', { as, body: { subject, ...more } })).body;
const several = async (count: number, more: object = {}): Promise<string[]> => {
  const made: string[] = [];
  for (let index = 0; index < count; index += 1) made.push((await open(`Caso ${index}`, more)).id);
  return made;
};
const prepare = (body: object, as: TestOperator = anna) =>
  rest.ask<BulkActionView & ProblemView>('POST', '/api/bulk-actions', { as, body });
const shown = async (id: string): Promise<BulkActionView> =>
  (await rest.ask<BulkActionView>('GET', `/api/bulk-actions/${id}`, { as: anna })).body;
const start = (id: string, as: TestOperator = anna) =>
  rest.ask<BulkActionView>('POST', `/api/bulk-actions/${id}/start`, { as });
const ended = (id: string): Promise<BulkActionView> =>
  eventually(async () => {
    const one = await shown(id);
    return one.state === 'done' ? one : undefined;
  });
const facts = (ids: readonly string[], fact: string): Promise<{ case_id: string; actor_id: string; cause: string }[]> =>
  rest.dataSource.query('select case_id, actor_id, cause from journal where case_id = any($1::uuid[]) and fact = $2', [
    ids,
    fact,
  ]);

describe('a bulk action', () => {
  it('changes nothing before it runs, then every case once, in the name of who prepared it', async () => {
    const ids = await several(5);
    const made = await prepare({ change: { priority: 'urgent', reason: 'Allerta meteo' }, cases: ids });
    expect([made.status, made.body]).toMatchObject([201, { state: 'previewed', total: 5, waiting: 5, refusals: [] }]);
    expect(await facts(ids, 'priority_changed')).toEqual([]);
    expect((await start(made.body.id)).body.state).toMatch(/running|done/);
    expect(await ended(made.body.id)).toMatchObject({ done: 5, waiting: 0, refused: 0 });
    const written = await facts(ids, 'priority_changed');
    expect(written.map(fact => fact.case_id).toSorted()).toEqual(ids.toSorted());
    expect(new Set(written.map(fact => `${fact.actor_id} ${fact.cause}`))).toEqual(
      new Set([`${anna.id} ${made.body.id}`]),
    );
    await start(made.body.id);
    expect(await facts(ids, 'priority_changed')).toHaveLength(5);
  });

  it('says beforehand what would be refused and why, and afterwards what was', async () => {
    const [one, two, three] = await several(3, { office: anna.office, assignee: anna.id });
    await rest.ask('POST', `/api/cases/${two}/transitions`, {
      as: anna,
      body: { command: 'withdraw', reason: 'r' },
      headers: { 'if-match': '"2"' },
    });
    const made = await prepare({ move: { command: 'takeCharge' }, cases: [one, two, three] });
    expect(made.body.refusals).toEqual([
      { problem: 'transition-not-allowed', detail: expect.any(String) as unknown, cases: 1 },
    ]);
    await start(made.body.id);
    expect(await ended(made.body.id)).toMatchObject({
      done: 2,
      refused: 1,
      refusals: [{ problem: 'transition-not-allowed', cases: 1 }],
    });
    const refused = await rest.ask<BulkItemPage>('GET', `/api/bulk-actions/${made.body.id}/items?state=refused`, {
      as: anna,
    });
    expect(refused.body.items).toMatchObject([{ case: two, state: 'refused', problem: 'transition-not-allowed' }]);
    const first = await rest.ask<BulkItemPage>('GET', `/api/bulk-actions/${made.body.id}/items?limit=2`, { as: anna });
    const rest2 = await rest.ask<BulkItemPage>(
      'GET',
      `/api/bulk-actions/${made.body.id}/items?limit=2&after=${first.body.next}`,
      { as: anna },
    );
    expect([...first.body.items, ...rest2.body.items].map(item => item.case)).toEqual([one, two, three]);
  });

  it('keeps the cases that its filter or view showed when it was prepared', async () => {
    const office = await rest.office(anna.administrationId, 'Ufficio dei molti');
    const ids = await several(2, { office });
    const view = await rest.ask<SavedView>('POST', '/api/views', {
      as: anna,
      body: { name: 'Molti', filter: { office } },
    });
    const byView = await prepare({ change: { kind: 'report' }, view: view.body.id });
    const byFilter = await prepare({ change: { priority: 'low' }, filter: { office, open: true } });
    const later = await open('Arrivato dopo', { office });
    for (const { body } of [byView, byFilter]) {
      expect(body.total).toBe(2);
      await start(body.id);
      await ended(body.id);
    }
    expect((await facts([...ids, later.id], 'kind_changed')).map(fact => fact.case_id).toSorted()).toEqual(
      ids.toSorted(),
    );
    await rest.searchable();
    const byWords = await prepare({ change: { priority: 'high' }, filter: { office, text: 'arrivato' } });
    expect(byWords.body.total).toBe(1);
  });

  it('stops after the case at hand and goes on where it stopped', async () => {
    const ids = await several(4);
    const made = await prepare({ change: { priority: 'high' }, cases: ids });
    const stopped = await rest.ask<BulkActionView>('POST', `/api/bulk-actions/${made.body.id}/stop`, { as: anna });
    expect(stopped.body).toMatchObject({ state: 'stopped', waiting: 4 });
    await start(made.body.id);
    expect(await ended(made.body.id)).toMatchObject({ done: 4 });
  });

  it('does each case once, however many take it at once and however often they are killed', async () => {
    const ids = await several(12);
    const made = await prepare({ change: { priority: 'urgent' }, cases: ids });
    await rest.dataSource.query(`update bulk_action set state = 'running', started_at = now() where id = $1`, [
      made.body.id,
    ]);
    // The job as graphile would run it in several processes; some are told so twice.
    const job = rest.app.get(BulkActions);
    await Promise.all(Array.from({ length: 4 }, () => job.run({ bulkId: made.body.id })));
    expect(await ended(made.body.id)).toMatchObject({ done: 12, refused: 0 });
    expect(await facts(ids, 'priority_changed')).toHaveLength(12);
  });

  it.each([
    ['no longer works here', 'active = false', /no longer works here/],
    ['no longer leads', `role = 'specialist'`, /any more/],
  ])('goes no further once who prepared it %s, and says of which cases it was not done', async (_, change, why) => {
    const ids = await several(3);
    const dora = await rest.operator(anna.administrationId, anna.office, `Dora ${v7()}`, 'team_leader');
    const { body: made } = await prepare({ change: { priority: 'urgent' }, cases: ids }, dora);
    await rest.dataSource.query(`update bulk_action set state = 'running', started_at = now() where id = $1`, [
      made.id,
    ]);
    await rest.dataSource.query(`update operator set ${change} where id = $1`, [dora.id]);
    await rest.app.get(BulkActions).run({ bulkId: made.id });
    expect(await ended(made.id)).toMatchObject({
      done: 0,
      refused: 3,
      refusals: [{ problem: 'not-allowed', detail: expect.stringMatching(why), cases: 3 }],
    });
    expect(await facts(ids, 'priority_changed')).toEqual([]);
  });

  it('is of its administration, and of those who may', async () => {
    const ids = await several(1);
    const made = await prepare({ change: { priority: 'low' }, cases: ids });
    for (const [method, url] of [
      ['GET', ''],
      ['GET', '/items'],
      ['POST', '/start'],
      ['POST', '/stop'],
    ] as const)
      expect((await rest.ask(method, `/api/bulk-actions/${made.body.id}${url}`, { as: elsewhere })).status).toBe(404);
    expect((await rest.ask<BulkActionPage>('GET', '/api/bulk-actions', { as: elsewhere })).body.items).toEqual([]);
    const foreign = await prepare({ change: { priority: 'low' }, cases: [(await open('Altrui', {}, elsewhere)).id] });
    expect([foreign.status, foreign.body.errors?.[0]?.pointer]).toEqual([422, '/cases']);
    const clerk = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'tier1_operator');
    expect((await prepare({ change: { priority: 'low' }, cases: ids }, clerk)).status).toBe(403);
    const leader = await rest.operator(anna.administrationId, anna.office, 'Dora', 'team_leader');
    expect((await start(made.body.id, leader)).status).toBe(403);
  });

  it.each([
    [{}],
    [{ change: { priority: 'low' } }],
    [{ cases: [v7()] }],
    [{ change: { priority: 'low' }, move: { command: 'close' }, cases: [v7()] }],
    [{ change: { priority: 'low' }, cases: [v7()], filter: {} }],
    [{ change: { priority: 'low' }, cases: [] }],
    [{ change: { priority: 'low' }, cases: ['x'] }],
    [{ change: { priority: 'lowest' }, cases: [v7()] }],
    [{ change: { priority: 'low' }, view: v7() }],
    [{ change: { priority: 'low' }, filter: { state: 'lost' } }],
    [{ move: { command: 'open' }, filter: {} }],
    [{ change: { priority: 'low' }, filter: { number: "'; drop table bulk_item; --" } }],
  ])('is refused when it is %j', async body => {
    const answer = await prepare(body);
    expect([answer.status, answer.body.type]).toEqual([422, '/problems/invalid-input']);
  });
});
