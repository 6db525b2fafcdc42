import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CasePage, CaseView, CategoryList, CategoryView, ProblemView } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { TALKS } from '../testing.js';

let rest: RestApplication;
let admin: TestOperator & { readonly office: string };
let anna: TestOperator;
let door: { readonly channel: string; readonly account: string };
beforeAll(async () => {
  rest = await RestApplication.start();
  admin = await rest.administration('Valdoro', 'admin');
  anna = await rest.operator(admin.administrationId, admin.office, 'Anna');
  door = await rest.channel(TALKS, admin.administrationId);
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const ROADS = { label: 'Strade', kind: 'report' };
const aCode = (): string => `c-${v7()}`;
const make = (body: object, as: TestOperator = admin, key?: string) =>
  rest.ask<CategoryView & ProblemView>('POST', '/api/categories', {
    as,
    body,
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });
const write = (id: string, body: object, version: number | undefined, as: TestOperator = admin) =>
  rest.ask<CategoryView & ProblemView>('PUT', `/api/categories/${id}`, {
    as,
    body,
    headers: version === undefined ? {} : { 'if-match': `"${version}"` },
  });
const list = async (): Promise<CategoryView[]> =>
  (await rest.ask<CategoryList>('GET', '/api/categories', { as: anna })).body.items;
const pointers = ({ body }: { readonly body: ProblemView }): unknown => body.errors?.map(({ pointer }) => pointer);

describe('a category', () => {
  it('is made once for a code and a key, and is in the list', async () => {
    const [code, key] = [aCode(), v7()];
    const made = await make({ ...ROADS, code, office: admin.office }, admin, key);
    expect([made.status, made.headers.etag, made.headers.location]).toEqual([201, '"1"', `/api/categories/${key}`]);
    expect((await make({ ...ROADS, code, office: admin.office }, admin, key)).body.id).toBe(key);
    expect(pointers(await make({ ...ROADS, code }))).toEqual(['/code']);
    expect(await list()).toContainEqual({
      ...ROADS,
      ...{ id: key, code, active: true, version: 1, office: { id: admin.office, name: 'URP Valdoro' } },
    });
  });

  it('is made and changed by administrators, and names what is in use here', async () => {
    const elsewhere = await rest.administration('Montechiaro', 'admin');
    expect((await make({ ...ROADS, code: aCode() }, anna)).status).toBe(403);
    const wrong = await make({ ...ROADS, code: aCode(), office: elsewhere.office, topic: v7() });
    expect([wrong.status, pointers(wrong)]).toEqual([422, ['/office', '/topic']]);
    const { id } = (await make({ ...ROADS, code: aCode() })).body;
    expect((await write(id, { ...ROADS, active: true }, 1, anna)).status).toBe(403);
    expect((await write(id, { ...ROADS, active: true }, 1, elsewhere)).status).toBe(404);
    expect(pointers(await write(id, { ...ROADS, active: true, office: elsewhere.office }, 1))).toEqual(['/office']);
  });

  it('is changed by who has seen it as it is: of two at once, one', async () => {
    const { id } = (await make({ ...ROADS, code: aCode(), office: admin.office })).body;
    expect((await write(id, { ...ROADS, active: true }, undefined)).status).toBe(428);
    const both = await Promise.all(
      ['Vie', 'Piazze'].map(label => write(id, { label, kind: 'complaint', active: true }, 1)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [found] = (await list()).filter(one => one.id === id);
    expect([found?.version, found?.kind, found?.office]).toEqual([2, 'complaint', undefined]);
  });

  it('that is closed stays with its cases and takes no new ones, neither by hand nor by a rule or a choice', async () => {
    const code = aCode();
    const made = (await make({ ...ROADS, code, office: admin.office })).body;
    const chosen = async () => {
      const { caseId } = await rest.receive(door, { hints: { category: code } });
      return (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    };
    const before = await chosen();
    expect([before.category?.id, before.kind, before.office?.id]).toEqual([made.id, 'report', admin.office]);
    const rule = { when: { words: { any: ['buca'] } }, category: made.id };
    expect((await rest.ask('POST', '/api/routing-rules', { as: anna, body: rule })).status).toBe(201);

    expect((await write(made.id, { ...ROADS, active: false, office: admin.office }, 1)).body.active).toBe(false);
    const after = await chosen();
    expect([after.category, after.kind, after.office]).toEqual([undefined, 'information', undefined]);
    const ruled = await rest.receive(door, { text: 'Una buca' });
    const { body: shown } = await rest.ask<CaseView>('GET', `/api/cases/${ruled.caseId}`, { as: anna });
    expect(shown.category).toBeUndefined();
    const headers = { 'if-match': `"${after.version}"` };
    for (const [method, url, body] of [
      ['POST', '/api/cases', { subject: 'Buca', category: made.id }],
      ['PATCH', `/api/cases/${after.id}`, { category: made.id }],
      ['POST', '/api/routing-rules', rule],
      ['POST', '/api/routing-rules/simulate', { rules: [rule] }],
    ] as const) {
      const no = await rest.ask<ProblemView>(method, url, { as: anna, body, headers });
      expect([url, no.status, pointers(no)]).toEqual([
        url,
        422,
        [url.endsWith('simulate') ? '/rules/0/category' : '/category'],
      ]);
    }
    const kept = await rest.ask<CasePage>('GET', `/api/cases?category=${made.id}`, { as: anna });
    expect(kept.body.items.map(({ id, category }) => [id, category?.code])).toEqual([[before.id, code]]);
    const view = { name: `Chiusa ${code}`, filter: { category: made.id } };
    expect((await rest.ask('POST', '/api/views', { as: anna, body: view })).status).toBe(201);

    expect((await write(made.id, { ...ROADS, active: true, office: admin.office }, 2)).status).toBe(200);
    expect((await chosen()).category?.id).toBe(made.id);
  });

  it('goes to the successor of its office, which whoever had seen it must see', async () => {
    const ending = await rest.office(admin.administrationId, 'Viabilità');
    const { id } = (await make({ ...ROADS, code: aCode(), office: ending })).body;
    const { headers } = await rest.ask('GET', `/api/offices/${ending}`, { as: admin });
    const ended = await rest.ask('POST', `/api/offices/${ending}/deactivations`, {
      as: admin,
      headers: { 'if-match': headers.etag ?? '' },
      body: { reason: 'Riorganizzazione', successor: admin.office },
    });
    expect(ended.status).toBe(200);
    expect((await write(id, { ...ROADS, active: true, office: admin.office }, 1)).status).toBe(412);
    expect((await list()).find(one => one.id === id)?.office?.id).toBe(admin.office);
  });
});
