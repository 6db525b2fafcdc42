import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  AutomationList,
  Capabilities,
  CaseView,
  Inbound,
  RoutingRuleList,
  SimulationView,
} from '@filodiretto/contracts';
import type { Conditions } from '@filodiretto/domain';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { CategoriesByCode0312 } from '../migrations/0312-categories-by-code.js';

let rest: RestApplication;
beforeAll(async () => {
  rest = await RestApplication.start();
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const THREADS: Capabilities = { text: { maxLength: 1_000 }, conversations: 'thread' };
const MONDAY = '2026-11-23T09:30:00.000Z';
const SUNDAY = '2026-11-22T09:30:00.000Z';
const KNOWN = `${v7()}@posta.example`;
const square = (west: number) => [
  [
    [west, 43],
    [west + 1, 43],
    [west + 1, 44],
    [west, 44],
    [west, 43],
  ],
];
const place = (longitude: number): Partial<Inbound> => ({
  content: [
    { type: 'text', text: 'È qui.' },
    { type: 'location', latitude: 43.5, longitude },
  ],
});

interface World {
  readonly anna: TestOperator & { readonly office: string };
  readonly works: string;
  readonly doors: readonly [string, string];
}

/** An administration with two channels, two accounts, two categories and two areas. */
async function world(name: string): Promise<World> {
  const anna = await rest.administration(name, 'admin');
  const works = await rest.office(anna.administrationId, 'Lavori');
  const doors = [
    (await rest.channel(THREADS, anna.administrationId)).channel,
    (await rest.channel(THREADS, anna.administrationId)).channel,
  ] as const;
  await rest.dataSource.query(
    `insert into channel_account (channel, account, administration_id) values ($1, 'main', $2)`,
    [doors[0], anna.administrationId],
  );
  for (const [code, kind] of [
    ['strade', 'report'],
    ['reclami', 'complaint'],
  ])
    await rest.ask('POST', '/api/categories', { as: anna, body: { code, label: code, kind } });
  for (const [code, west] of [
    ['centro', 11],
    ['mare', 13],
  ] as const)
    await rest.ask('POST', '/api/areas', {
      as: anna,
      body: { code, name: code, geometry: { type: 'Polygon', coordinates: square(west) } },
    });
  return { anna, works, doors };
}

type Said = Partial<Inbound> & { readonly text?: string; readonly door?: 0 | 1 };

describe('a condition of a rule holds when the case opens, and when the rule is tried on it afterwards', () => {
  it.each<[string, (world: World) => Conditions, Said, Said]>([
    ['channel', ({ doors }) => ({ channel: [doors[1]] }), { door: 1 }, { door: 0 }],
    ['account', () => ({ account: ['main'] }), { account: 'main' }, {}],
    ['form', () => ({ form: ['segnala'] }), { hints: { form: 'segnala' } }, { hints: { form: 'altro' } }],
    [
      'category',
      () => ({ category: ['strade'] }),
      { hints: { category: 'strade' } },
      { hints: { category: 'reclami' } },
    ],
    ['kind', () => ({ kind: ['report'] }), { hints: { category: 'strade' } }, { hints: { category: 'reclami' } }],
    ['language', () => ({ language: ['en'] }), { hints: { language: 'en-GB' } }, { hints: { language: 'fr' } }],
    ['words', () => ({ words: { any: ['lampion*'] } }), { text: 'I lampioni!' }, { text: 'La buca' }],
    ['a point that was sent', () => ({ area: ['centro'] }), place(11.5), place(13.5)],
    [
      'a point that a form asked for',
      () => ({ area: ['mare'] }),
      { content: [{ type: 'form', form: 'segnala', version: '1', fields: { luogo: '43.5, 13.5' } }] },
      { content: [{ type: 'form', form: 'segnala', version: '1', fields: { luogo: 'Piazza del Mercato' } }] },
    ],
    [
      'weekday and hour',
      () => ({ hours: { weekdays: [1], from: '10:00', to: '11:00' } }),
      { receivedAt: MONDAY },
      { receivedAt: SUNDAY },
    ],
    ['office open', () => ({ hours: { open: true } }), { receivedAt: MONDAY }, { receivedAt: SUNDAY }],
    [
      'known contact',
      () => ({ knownContact: true }),
      { from: { kind: 'email', value: KNOWN } },
      { from: { kind: 'email', value: `${v7()}@posta.example` } },
    ],
  ])('%s', async (name, whenIn, meets, misses) => {
    const city = await world(`Città ${name}`);
    const { anna, works, doors } = city;
    const receive = ({ door = 0, account = 'ufficio', ...said }: Said) =>
      rest.receive({ channel: doors[door], account }, { conversation: v7(), ...said });
    const officeOf = async ({ caseId }: { caseId: string }): Promise<string | undefined> =>
      (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body.office?.id;
    const earlier = await receive({ from: { kind: 'email', value: KNOWN } });
    const rule = { when: whenIn(city), office: works };
    expect((await rest.ask('POST', '/api/routing-rules', { as: anna, body: rule })).status).toBe(201);

    const [one, other] = [await receive(meets), await receive(misses)];
    expect([await officeOf(one), await officeOf(other), await officeOf(earlier)]).toEqual([
      works,
      undefined,
      undefined,
    ]);

    for (const rules of [undefined, [rule]]) {
      const { body } = await rest.ask<SimulationView>('POST', '/api/routing-rules/simulate', {
        as: anna,
        body: rules === undefined ? {} : { rules },
      });
      const would = new Map(body.items.map(item => [item.case, item.would?.id]));
      expect([would.get(one.caseId), would.get(other.caseId)]).toEqual([works, undefined]);
    }
  });

  it('category: by its code, also where a rule of before named it by its id; what is in use no more is told', async () => {
    const { anna, works } = await world('Città dei codici');
    const categories = (
      await rest.ask<{ items: { id: string; code: string; version: number }[] }>('GET', '/api/categories', { as: anna })
    ).body.items;
    const strade = categories.find(({ code }) => code === 'strade')?.id ?? '';
    const rows = [
      { category: [strade, 'reclami', 'strade'] },
      { category: ['strade'], form: ['segnalazione'] },
      { words: { any: ['buca'] } },
      { category: [v7()] },
    ];
    for (const [index, conditions] of rows.entries())
      await rest.dataSource.query(
        `insert into routing_rule (id, administration_id, position, enabled, conditions, office_id) values ($1, $2, $3, true, $4, $5)`,
        [v7(), anna.administrationId, (index + 1) * 10, JSON.stringify(conditions), works],
      );
    await rest.dataSource.query(
      `insert into automation (id, administration_id, owner_id, name, facts, conditions, actions, enabled)
       values ($1, $2, $3, 'Di prima', '{opened}', $4, '{}', true)`,
      [v7(), anna.administrationId, anna.id, JSON.stringify({ category: [strade] })],
    );
    const runner = rest.dataSource.createQueryRunner();
    try {
      await new CategoriesByCode0312().up(runner);
      await new CategoriesByCode0312().up(runner);
    } finally {
      await runner.release();
    }
    const rules = async () =>
      (await rest.ask<RoutingRuleList>('GET', '/api/routing-rules', { as: anna })).body.items.map(
        ({ when, missing }) => [when, missing],
      );
    expect(await rules()).toEqual([
      [{ category: ['strade', 'reclami'] }, []],
      [{ category: ['strade'], form: ['segnalazione'] }, []],
      [{ words: { any: ['buca'] } }, []],
      [rows[3], ['category']],
    ]);
    const automations = await rest.ask<AutomationList>('GET', '/api/automations', { as: anna });
    expect(automations.body.items).toMatchObject([{ when: { category: ['strade'] }, missing: [] }]);
    await rest.dataSource.query(`update category set active = false where id = $1`, [strade]);
    await rest.dataSource.query(`update office set active = false where id = $1`, [works]);
    expect((await rules()).map(([, missing]) => missing)).toEqual([
      ['office'],
      ['category', 'office'],
      ['office'],
      ['category', 'office'],
    ]);
  });

  it('category: only one that the citizen chose, not one that another rule gave', async () => {
    const { anna, works, doors } = await world('Città delle categorie');
    const { items } = (
      await rest.ask<{ items: { id: string; code: string }[] }>('GET', '/api/categories', { as: anna })
    ).body;
    const given = items.find(({ code }) => code === 'strade')?.id;
    const body = { when: { words: { any: ['buca'] } }, category: given, office: anna.office };
    await rest.ask('POST', '/api/routing-rules', { as: anna, body });
    const { caseId } = await rest.receive({ channel: doors[0], account: 'ufficio' }, { text: 'Una buca' });
    const { body: opened } = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
    expect([opened.category?.id, opened.office?.id]).toEqual([given, anna.office]);
    const rules = [{ when: { category: ['strade'] }, office: works }];
    const tried = await rest.ask<SimulationView>('POST', '/api/routing-rules/simulate', { as: anna, body: { rules } });
    expect(tried.body.items[0]?.would).toBeUndefined();
  });
});
