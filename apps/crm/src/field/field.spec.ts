import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type {
  CasePage,
  CaseView,
  FoundCases,
  CategoryFields,
  JournalView,
  ProblemView,
  TrackedCase,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let admin: TestOperator & { readonly office: string };
let anna: TestOperator;
let forms: { channel: string; account: string };
let category: string;

const FIELDS = [
  {
    code: 'lampada',
    label: 'Tipo di lampada',
    type: 'choice',
    required: 'closing',
    citizen: true,
    choices: [
      { code: 'led', label: 'LED' },
      { code: 'sodio', label: 'Sodio' },
    ],
  },
  { code: 'pali', label: 'Pali', type: 'number', required: 'never', citizen: false, min: 1, max: 50 },
  {
    code: 'danni',
    label: 'Danni',
    type: 'choices',
    required: 'never',
    citizen: false,
    choices: [
      { code: 'auto', label: 'Auto' },
      { code: 'muro', label: 'Muro' },
    ],
  },
];
const write = async (fields: readonly object[], as: TestOperator = admin, id = category) => {
  const url = `/api/categories/${id}/fields`;
  const { body, headers } = await rest.ask<CategoryFields>('GET', url, { as: admin });
  expect(headers.etag).toBe(`"${body.version}"`);
  return put(fields, body.version, as, id);
};
const put = (fields: readonly object[], version?: number, as: TestOperator = admin, id = category) =>
  rest.ask<CategoryFields & ProblemView>('PUT', `/api/categories/${id}/fields`, {
    as,
    body: { fields },
    headers: version === undefined ? {} : { 'if-match': `"${version}"` },
  });
const open = (more: object = {}) =>
  rest.ask<CaseView & ProblemView>('POST', '/api/cases', {
    as: anna,
    body: { subject: 'Lampione', category, ...more },
  });
const shown = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
const fill = async (id: string, fields: object) =>
  rest.ask<CaseView & ProblemView>('PATCH', `/api/cases/${id}`, {
    as: anna,
    body: { fields },
    headers: { 'if-match': `"${(await shown(id)).version}"` },
  });
const found = async (query: string): Promise<string[]> =>
  (await rest.ask<CasePage>('GET', `/api/cases?${query}`, { as: anna })).body.items.map(one => one.id);

beforeAll(async () => {
  rest = await RestApplication.start();
  admin = await rest.administration('Valdoro', 'admin');
  anna = await rest.operator(admin.administrationId, admin.office, 'Anna');
  forms = await rest.channel(
    { reply: true, text: { maxLength: 1_000 }, conversations: 'thread' },
    admin.administrationId,
  );
  category = v7();
  await rest.dataSource.query(
    `insert into category (id, administration_id, code, label, office_id, kind) values ($1, $2, 'luce', 'Luce', $3, 'report')`,
    [category, admin.administrationId, admin.office],
  );
}, 60_000);
afterAll(() => rest.stop(), 60_000);

describe('fields of a category', () => {
  it('are written by an administrator, version after version, and the same twice is one', async () => {
    expect((await write(FIELDS, anna)).status).toBe(403);
    const first = await write(FIELDS);
    expect([first.status, first.body.version]).toEqual([200, 1]);
    expect((await write(FIELDS)).body.version).toBe(1);
    expect([(await put(FIELDS)).status, (await put(FIELDS, 0)).status]).toEqual([428, 412]);
    const wrong = await write([...FIELDS, { ...FIELDS[1] }]);
    expect([wrong.status, wrong.body.errors?.[0]?.pointer]).toEqual([422, '/fields/3/code']);
    const elsewhere = await rest.administration('Montechiaro', 'admin');
    expect((await write(FIELDS, elsewhere)).status).toBe(404);
  });

  it('are never called as what every object has by itself', async () => {
    const named = await write([...FIELDS, { ...FIELDS[1], code: 'constructor' }]);
    expect([named.status, named.body.errors?.[0]?.pointer]).toEqual([422, '/fields/3/code']);
  });

  it('are filled with a case, refused one by one, and the journal keeps their codes and never what they hold', async () => {
    const { body: one } = await open({ fields: { pali: 3 } });
    expect(one.fields.map(({ code, held, shown: words }) => [code, held.value, words])).toEqual([['pali', 3, '3']]);
    const wrong = await fill(one.id, { pali: 51, lampada: 'neon', altro: 1 });
    expect([wrong.status, wrong.body.errors?.map(({ pointer }) => pointer).sort()]).toEqual([
      422,
      ['/fields/altro', '/fields/lampada', '/fields/pali'],
    ]);
    const filled = await fill(one.id, { pali: null, lampada: 'led', danni: ['auto', 'muro'] });
    expect(filled.body.fields.map(({ code, shown: words }) => [code, words])).toEqual([
      ['lampada', 'LED'],
      ['danni', 'Auto, Muro'],
    ]);
    const journal = (await rest.ask<JournalView>('GET', `/api/cases/${one.id}/journal`, { as: anna })).text;
    expect(journal).toContain('fields_changed');
    expect(journal).not.toContain('"led"');
    expect(await found('field=lampada&fieldValue=led')).toContain(one.id);
    expect(await found('field=danni&fieldValue=muro')).toContain(one.id);
    expect(await found('field=danni')).toContain(one.id);
    expect(await found('field=lampada&fieldValue=sodio')).not.toContain(one.id);
    expect(await found('field=pali')).not.toContain(one.id);
  });

  it('that must be filled by then hold back the resolution until they are', async () => {
    const { body: one } = await open();
    const resolve = async () =>
      rest.ask<CaseView & ProblemView>('POST', `/api/cases/${one.id}/transitions`, {
        as: anna,
        body: { command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true },
        headers: { 'if-match': `"${(await shown(one.id)).version}"` },
      });
    const held = await resolve();
    expect([held.status, held.body.errors?.[0]?.pointer]).toEqual([422, '/fields/lampada']);
    await fill(one.id, { lampada: 'sodio' });
    expect((await resolve()).body.state).toBe('resolved');
  });

  it('changed later leave what was written as it was', async () => {
    const { body: one } = await open({ fields: { lampada: 'sodio' } });
    const next = [{ ...FIELDS[0], label: 'Lampada', choices: [{ code: 'led', label: 'A led' }] }];
    expect((await write(next)).body.version).toBe(2);
    expect((await shown(one.id)).fields).toMatchObject([{ label: 'Tipo di lampada', shown: 'Sodio' }]);
    expect((await fill(one.id, { lampada: 'sodio' })).status).toBe(422);
    expect((await fill(one.id, { lampada: 'led' })).body.fields).toMatchObject([{ label: 'Lampada', shown: 'A led' }]);
    await write(FIELDS);
  });

  it('required at opening are asked of who opens a case by hand', async () => {
    await write([{ ...FIELDS[1], required: 'opening' }]);
    const without = await open();
    expect([without.status, without.body.errors?.[0]?.pointer]).toEqual([422, '/fields/pali']);
    expect((await open({ fields: { pali: 2 } })).status).toBe(201);
    await write(FIELDS);
  });

  it('are filled by a form whose fields have their codes, and the citizen sees those that are theirs to see', async () => {
    const rule = await rest.ask('POST', '/api/routing-rules', {
      as: admin,
      body: { enabled: true, when: { form: ['luce'] }, office: admin.office, category },
    });
    expect(rule.status).toBe(201);
    const trackingCode = `codice-${v7()}`;
    const { caseId } = await rest.receive(forms, {
      trackingCode,
      hints: { form: 'luce' },
      content: [
        {
          type: 'form',
          form: 'luce',
          version: '1',
          fields: { lampada: 'led', pali: '7', danni: 'nessuno', nome: 'Mario' },
        },
      ],
    });
    expect((await shown(caseId)).category?.id).toBe(category);
    const one = await eventually(async () => {
      const view = await shown(caseId);
      return view.fields.length === 2 ? view : undefined;
    }, 30);
    expect(one.fields.map(({ code, held }) => [code, held.value])).toEqual([
      ['lampada', 'led'],
      ['pali', 7],
    ]);
    const seen = await rest.ask<TrackedCase>('POST', '/public/tracked-cases', {
      body: { number: one.number, code: trackingCode },
    });
    expect(seen.body.fields).toEqual([{ label: 'Tipo di lampada', value: 'LED' }]);
  });

  it('that are called as what every object has by itself are refused, and nothing of it is kept', async () => {
    const no = await open({ fields: { constructor: 'a', pali: 3 } });
    expect([no.status, no.body.errors?.map(({ pointer }) => pointer)]).toEqual([422, ['/fields/constructor']]);
    const named = await open({ fields: { prototype: 'a' } });
    expect([named.status, named.body.errors?.[0]?.pointer]).toEqual([422, '/fields/prototype']);
    const { body: one } = await open();
    const changed = await fill(one.id, { constructor: { a: 1 } });
    expect([changed.status, changed.body.errors?.[0]?.pointer]).toEqual([422, '/fields/constructor']);
    const uncategorised = await rest.ask<ProblemView>('POST', '/api/cases', {
      as: anna,
      body: { subject: 'Lampione', fields: { constructor: 'a' } },
    });
    expect([uncategorised.status, uncategorised.body.errors?.[0]?.pointer]).toEqual([422, '/fields/constructor']);
  });

  it('are searched by what they hold, in the words of their choices, until they hold something else', async () => {
    await write([...FIELDS, { code: 'targa', label: 'Targa', type: 'text', required: 'never', citizen: false }]);
    const { body: one } = await open({ fields: { lampada: 'sodio', danni: ['muro'], targa: 'palo zq4471' } });
    const search = async (text: string): Promise<[string[], string]> => {
      await rest.searchable();
      const { body } = await rest.ask<FoundCases>('GET', `/api/search?text=${encodeURIComponent(text)}`, { as: anna });
      return [
        body.items.map(item => item.case.id),
        JSON.stringify(body.items.find(item => item.case.id === one.id)?.snippet ?? ''),
      ];
    };
    for (const text of ['sodio', 'muro', 'zq4471', 'q447'])
      expect([text, (await search(text))[0]]).toEqual([text, expect.arrayContaining([one.id])]);
    expect((await search('zq4471'))[1]).toContain('zq4471');
    await fill(one.id, { targa: null, danni: null });
    expect((await search('zq4471'))[0]).not.toContain(one.id);
    const elsewhere = await rest.administration('Lontano', 'admin');
    const theirs = await rest.ask<FoundCases>('GET', '/api/search?text=sodio', { as: elsewhere });
    expect(theirs.body.items).toEqual([]);
    await write(FIELDS);
  });

  it('are told to the office that a case is assigned to, but for those that are confidential', async () => {
    await write([
      ...FIELDS,
      {
        code: 'riservato',
        label: 'Nota riservata',
        type: 'text',
        required: 'never',
        citizen: false,
        confidential: true,
      },
    ]);
    const works = await rest.office(admin.administrationId, 'Lavori');
    await rest.dataSource.query(`update office set email = 'lavori@comune.example' where id = $1`, [works]);
    const held = { lampada: 'led', riservato: 'segretissimo' };
    const letterOf = async (id: string): Promise<string> => {
      const [letter]: { text: string }[] = await rest.dataSource.query(
        `select text from letter where case_id = $1 and kind = 'assignment' order by id desc limit 1`,
        [id],
      );
      return letter?.text ?? '';
    };
    const assign = (id: string, version: number) =>
      rest.ask<CaseView>('PATCH', `/api/cases/${id}`, {
        as: anna,
        body: { office: works },
        headers: { 'if-match': `"${version}"` },
      });
    const { body: opened } = await open({ office: works, fields: held });
    const { body: later } = await open({ fields: held });
    await assign(later.id, later.version);
    await rest.ask('POST', '/api/routing-rules', {
      as: admin,
      body: { when: { form: ['lavori'] }, office: works, category },
    });
    const { caseId: byForm } = await rest.receive(forms, {
      subject: 'Lampione',
      hints: { form: 'lavori' },
      content: [
        { type: 'text', text: 'Tipo di lampada: LED\nNota riservata: segretissimo\nDescrizione: spento da ieri' },
        {
          type: 'form',
          form: 'lavori',
          version: '1',
          fields: { ...held, pali: 'molti', descrizione: 'spento da ieri' },
        },
      ],
    });
    const passedOn = await rest.office(admin.administrationId, 'Altri lavori');
    await rest.dataSource.query(`update office set email = 'altri@comune.example' where id = $1`, [passedOn]);
    expect(await letterOf(byForm)).toContain('spento da ieri');
    for (const [how, id] of Object.entries({ opened: opened.id, later: later.id, byForm })) {
      const text = await letterOf(id);
      expect([how, text]).toEqual([how, expect.stringContaining('Tipo di lampada: LED')]);
      expect([how, /segretissimo|riservata|Pali: /.test(text)]).toEqual([how, false]);
    }
    const { version } = (await rest.ask<CaseView>('GET', `/api/cases/${byForm}`, { as: anna })).body;
    await rest.ask('PATCH', `/api/cases/${byForm}`, {
      as: anna,
      body: { office: passedOn },
      headers: { 'if-match': `"${version}"` },
    });
    const passed = await letterOf(byForm);
    expect([passed.includes('spento da ieri'), passed.includes('segretissimo')]).toEqual([true, false]);
    await write(FIELDS);
  });

  it('are told no longer once they are made confidential, also where they were written before', async () => {
    const note = { code: 'nota', label: 'Nota interna', type: 'text', required: 'never', citizen: false } as const;
    await write([...FIELDS, note]);
    const parks = await rest.office(admin.administrationId, 'Giardini');
    await rest.dataSource.query(`update office set email = 'giardini@comune.example' where id = $1`, [parks]);
    const { body: opened } = await open({ fields: { lampada: 'led', nota: 'segretissimo' } });
    await write([...FIELDS, { ...note, confidential: true }]);
    await rest.ask('PATCH', `/api/cases/${opened.id}`, {
      as: anna,
      body: { office: parks },
      headers: { 'if-match': `"${opened.version}"` },
    });
    const [letter]: { text: string }[] = await rest.dataSource.query(
      `select text from letter where case_id = $1 and kind = 'assignment'`,
      [opened.id],
    );
    expect(letter?.text).toContain('Tipo di lampada: LED');
    expect(letter?.text).not.toContain('segretissimo');
    await write(FIELDS);
  });
});
