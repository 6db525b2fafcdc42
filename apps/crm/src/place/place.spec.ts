import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import { v7 } from 'uuid';
import type {
  AreaList,
  AreaView,
  CaseFeatures,
  CasePage,
  CaseView,
  JournalView,
  MapView,
  ProblemView,
} from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let elsewhere: TestOperator;
let letters: { readonly channel: string; readonly account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
  letters = await rest.channel({ reply: true, conversations: 'person' }, anna.administrationId);
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const open = async (subject = 'Buca', more: object = {}): Promise<CaseView> =>
  (await rest.ask<CaseView>('POST', '/api/cases', { as: anna, body: { subject, ...more } })).body;
const shown = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
const put = async (
  id: string,
  body: object,
  said: Record<string, string> | undefined = undefined,
  as: TestOperator = anna,
) => {
  const [row]: { version: number }[] = await rest.dataSource.query(
    'select version from case_file where id::text = $1',
    [id],
  );
  const headers = said ?? { 'if-match': `"${row?.version ?? 1}"` };
  return rest.ask<CaseView & ProblemView>('PUT', `/api/cases/${id}/place`, { as, body, headers });
};
const at = async (latitude: number, longitude: number, more: object = {}): Promise<string> => {
  const { id } = await open('Buca', more);
  expect((await put(id, { latitude, longitude })).status).toBe(200);
  return id;
};
const map = async (query: string, as: TestOperator = anna): Promise<CaseFeatures> => {
  const answer = await rest.ask<CaseFeatures>('GET', `/api/map/cases?${query}`, { as });
  expect(answer.status).toBe(200);
  return answer.body;
};
const idsOf = (features: CaseFeatures): string[] => features.features.map(one => one.id);

describe('the place of a case', () => {
  it('is taken from the position that a citizen sends, and told in the journal without saying where', async () => {
    const { caseId, message } = await rest.receive(letters, {
      content: [
        { type: 'text', text: 'È qui.' },
        { type: 'location', latitude: 43.8012, longitude: 11.2034, address: 'Via dei Tigli 3' },
      ],
    });
    const found = await eventually(async () => {
      const one = await shown(caseId);
      return one.place ? one : undefined;
    });
    expect(found.place).toMatchObject({
      latitude: 43.8012,
      longitude: 11.2034,
      address: 'Via dei Tigli 3',
      source: 'message',
    });
    const journal = await rest.ask<JournalView>('GET', `/api/cases/${caseId}/journal`, { as: anna });
    expect(journal.body.items.at(-1)).toMatchObject({
      fact: 'located',
      actor: { kind: 'system' },
      cause: message,
      data: { source: 'message', point: true, address: true, message },
    });
    expect(journal.text).not.toMatch(/43\.80|Tigli/);
  });

  it('is taken from what a form asks for, and a point replaces an address alone, but nothing replaces a person', async () => {
    const from = { kind: 'email', value: `${v7()}@posta.example` };
    const conversation = v7();
    const form = { type: 'form' as const, form: 'segnalazione', version: '1', fields: { luogo: 'Piazza del Mercato' } };
    const { caseId } = await rest.receive(letters, { from, conversation, content: [form] });
    await eventually(async () => (await shown(caseId)).place?.address === 'Piazza del Mercato' || undefined);
    await rest.receive(letters, {
      from,
      conversation,
      content: [{ type: 'location', latitude: 43.8, longitude: 11.2 }],
    });
    await eventually(async () => (await shown(caseId)).place?.latitude === 43.8 || undefined);
    expect((await put(caseId, { address: 'In realtà in via Po' })).body.place).toMatchObject({ source: 'operator' });
    await rest.receive(letters, { from, conversation, content: [{ type: 'location', latitude: 44, longitude: 12 }] });
    const later = await rest.receive(letters, { content: [{ type: 'location', latitude: 44.5, longitude: 12 }] });
    await eventually(async () => ((await shown(later.caseId)).place ? true : undefined));
    expect((await shown(caseId)).place).toMatchObject({ address: 'In realtà in via Po', source: 'operator' });
  });

  it('is said by hand against the version that was seen, and taken back', async () => {
    const one = await open();
    expect((await put(one.id, { address: 'Qui' }, {})).status).toBe(428);
    const put1 = await put(
      one.id,
      { latitude: 43.8, longitude: 11.2, address: ' Via Roma ' },
      { 'if-match': `"${one.version}"` },
    );
    expect(put1.body.place).toEqual({
      latitude: 43.8,
      longitude: 11.2,
      address: 'Via Roma',
      source: 'operator',
      at: expect.any(String) as unknown,
    });
    expect((await put(one.id, { address: 'Qui' }, { 'if-match': `"${one.version}"` })).status).toBe(412);
    const back = await put(one.id, {});
    expect([back.status, back.body.place]).toEqual([200, undefined]);
  });

  it.each([
    { latitude: 43.8 },
    { longitude: 11.2 },
    { latitude: 91, longitude: 0 },
    { latitude: 'x', longitude: 0 },
    { latitude: 0, longitude: 181 },
    { address: '' },
    { address: 'a'.repeat(501) },
    { planet: 'Mars' },
  ])('is refused when it is %p', async body => {
    const { id } = await open();
    const answer = await put(id, body);
    expect([answer.status, answer.body.type]).toEqual([422, '/problems/invalid-input']);
  });

  it('is not for another administration to say', async () => {
    const { id } = await open();
    expect((await put(id, { address: 'Qui' }, undefined, elsewhere)).status).toBe(404);
    expect((await put(v7(), { address: 'Qui' })).status).toBe(404);
    expect((await put('x', { address: 'Qui' })).status).toBe(400);
  });
});

describe('the map', () => {
  it('shows the nearest first, page by page, as far as was asked', async () => {
    const near = [
      await at(10, 20),
      await at(10.001, 20),
      await at(10.003, 20),
      await at(10.008, 20),
      await at(10.02, 20),
    ];
    expect(idsOf(await map('near=10,20'))).toEqual(near.slice(0, 4));
    expect(idsOf(await map('near=10,20&within=400'))).toEqual(near.slice(0, 3));
    expect(idsOf(await map('near=10,20&within=50000'))).toEqual(near);
    const seen: string[] = [];
    let after = '';
    do {
      const page = await map(`near=10,20&within=50000&limit=2${after && `&after=${after}`}`);
      seen.push(...idsOf(page));
      after = page.next ?? '';
    } while (after);
    expect(seen).toEqual(near);
    const [, second] = (await map('near=10,20')).features;
    expect(second).toMatchObject({
      geometry: { type: 'Point', coordinates: [20, 10.001] },
      properties: { distance: 111 },
    });
    expect(idsOf(await map('near=10,20', elsewhere))).toEqual([]);
  });

  it('keeps what every filter says, inside a box, also across the line of dates', async () => {
    const office = await rest.office(anna.administrationId, 'Ufficio della mappa');
    const [west, east] = [await at(-20, 179.9, { office }), await at(-20, -179.9, { office })];
    expect(idsOf(await map('box=179,-21,-179,-19')).toSorted()).toEqual([west, east].toSorted());
    expect(idsOf(await map('box=-180,-21,-179,-19'))).toEqual([east]);
    expect(idsOf(await map(`office=${office}&limit=1`))).toEqual([east]);
    expect(idsOf(await map(`office=${office}&open=false`))).toEqual([]);
    expect(idsOf(await map('near=-20,180&within=50000')).toSorted()).toEqual([west, east].toSorted());
  });

  it('shows no confidential case, not even to who may know of it', async () => {
    const [plain, secret] = [await at(41.1, 12.1), await at(41.1, 12.1)];
    await rest.dataSource.query(`update case_file set confidentiality = 'minors', assignee_id = $2 where id = $1`, [
      secret,
      anna.id,
    ]);
    expect((await shown(secret)).confidentiality).toBe('minors');
    expect(idsOf(await map('box=12,41,12.2,41.2'))).toEqual([plain]);
    expect(idsOf(await map('near=41.1,12.1'))).toEqual([plain]);
    expect(idsOf(await map('box=12,41,12.2,41.2&confidential=true'))).toEqual([plain]);
  });

  it('is drawn from what the configuration says: the invented city unless told, and no tiles', async () => {
    const { status, body } = await rest.ask<MapView>('GET', '/api/map', { as: anna });
    expect([status, body.tiles, body.by]).toEqual([200, undefined, '']);
    expect(body.outline['type']).toBe('FeatureCollection');
  });

  it('tells nothing of whose a case is, nor what was said', async () => {
    const value = `${v7()}@posta.example`;
    const { caseId } = await rest.receive(letters, {
      subject: 'Segreto di famiglia',
      from: { kind: 'email', value, displayName: 'Pia de’ Tolomei' },
      content: [{ type: 'location', latitude: -33, longitude: 70, address: 'A casa mia' }],
    });
    await eventually(async () => ((await shown(caseId)).place ? true : undefined));
    const answer = await rest.ask<CaseFeatures>('GET', '/api/map/cases?near=-33,70', { as: anna });
    expect(answer.headers['content-type']).toMatch(/^application\/geo\+json/);
    expect(answer.body.features.map(one => one.id)).toEqual([caseId]);
    expect(answer.text).not.toMatch(/Segreto|Tolomei|casa mia|posta\.example/);
  });

  it.each([
    'near=91,0',
    'near=a',
    'near=1',
    'box=1,2,3',
    'box=0,5,1,4',
    'box=0,0,181,1',
    'near=1,1&within=0',
    'near=1,1&within=50001',
    'near=1,1&after=x',
    'text=a',
    "near=1,1');drop",
  ])('refuses %s', async query => {
    const answer = await rest.ask<ProblemView>('GET', `/api/map/cases?${query}`, { as: anna });
    expect([answer.status, answer.body.type]).toEqual([422, '/problems/invalid-input']);
  });
});

describe('an area', () => {
  const square = (west: number, south: number, size: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  });
  const draw = (body: object, as: TestOperator = anna) =>
    rest.ask<AreaView & ProblemView>('POST', '/api/areas', { as, body });

  it('is found by the cases in it, the smallest first, also those that were there before, and let go when it is gone', async () => {
    const before = await at(50.5, 5.5);
    const district = await draw({ code: 'distretto', name: 'Distretto', geometry: square(5, 50, 1) });
    expect(district.status).toBe(201);
    await eventually(async () => (await shown(before)).place?.area?.id === district.body.id || undefined);
    const quarter = await draw({ code: 'rione', name: 'Rione', geometry: square(5.4, 50.4, 0.2) });
    await eventually(async () => (await shown(before)).place?.area?.id === quarter.body.id || undefined);
    const after = await at(50.1, 5.1);
    expect((await shown(after)).place?.area).toEqual({ id: district.body.id, code: 'distretto', name: 'Distretto' });
    const list = await rest.ask<CasePage>('GET', `/api/cases?area=${district.body.id}`, { as: anna });
    expect(list.body.items.map(item => item.id)).toEqual([after]);
    expect((await rest.ask('DELETE', `/api/areas/${quarter.body.id}`, { as: anna })).status).toBe(204);
    await eventually(async () => (await shown(before)).place?.area?.id === district.body.id || undefined);
    const moved = await rest.ask<AreaView>('PATCH', `/api/areas/${district.body.id}`, {
      as: anna,
      body: { name: 'Altrove', geometry: square(0, 0, 1) },
    });
    expect([moved.status, moved.body.name]).toEqual([200, 'Altrove']);
    await eventually(async () => ((await shown(before)).place?.area === undefined ? true : undefined));
  });

  it('is its administration’s, and drawn by those who may', async () => {
    const { body } = await draw({ code: 'nostra', name: 'Nostra', geometry: square(1, 1, 1) });
    expect((await rest.ask<AreaList>('GET', '/api/areas', { as: elsewhere })).body.items).toEqual([]);
    for (const method of ['GET', 'DELETE'] as const)
      expect((await rest.ask(method, `/api/areas/${body.id}`, { as: elsewhere })).status).toBe(404);
    expect((await rest.ask('PATCH', `/api/areas/${body.id}`, { as: elsewhere, body: { name: 'x' } })).status).toBe(404);
    const clerk = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'tier1_operator');
    expect((await draw({ code: 'sua', name: 'Sua', geometry: square(1, 1, 1) }, clerk)).status).toBe(403);
    expect((await draw({ code: 'nostra', name: 'Ancora', geometry: square(1, 1, 1) })).body.errors?.[0]?.pointer).toBe(
      '/code',
    );
  });

  it.each([
    ['a point', { type: 'Point', coordinates: [1, 1] }],
    [
      'an open line',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ],
        ],
      },
    ],
    ['words', { type: 'Polygon', coordinates: [[['a', 'b']]] }],
    ['nothing', { type: 'Polygon', coordinates: [] }],
    ['a number', { type: 'Polygon', coordinates: 7 }],
    ['holes in holes', { type: 'Polygon', coordinates: [[[[0, 0]]]] }],
  ])('is not %s', async (_, geometry) => {
    const answer = await draw({ code: v7(), name: 'Strana', geometry });
    expect([answer.status, answer.body.type]).toEqual([422, '/problems/invalid-input']);
  });
});
