import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type {
  ImportReport,
  OfficeDetail,
  OfficeList,
  OperatorDetail,
  OperatorList,
  ProblemView,
} from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

jest.setTimeout(90_000);

let rest: RestApplication;
let admin: TestOperator & { readonly office: string };
let round = 0;

beforeAll(async () => {
  rest = await RestApplication.start();
});
afterAll(() => rest.stop());
/** Each case in an administration of its own. */
beforeEach(async () => {
  round += 1;
  admin = await rest.administration(`Comune ${round}`, 'admin');
  for (const [id, code] of [
    [admin.administrationId, 'comune'],
    [admin.office, 'urp'],
  ])
    await rest.dataSource.query('update office set code = $2 where id = $1', [id, code]);
  await rest.dataSource.query(`update operator set code = 'ada' where id = $1`, [admin.id]);
});

type Kind = 'offices' | 'operators' | 'ipa-offices';
const send = (kind: Kind, text: string | Buffer, query = '?mode=apply', as: TestOperator = admin) => {
  const boundary = 'a-boundary-of-the-tests';
  return rest.ask<ImportReport & ProblemView>('POST', `/api/imports/${kind}${query}`, {
    as,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="f.csv"\r\nContent-Type: text/csv\r\n\r\n`,
      ),
      Buffer.from(text),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  });
};
const exported = async (kind: 'offices' | 'operators'): Promise<string> =>
  (await rest.ask('GET', `/api/exports/${kind}`, { as: admin })).text;
const offices = async () => (await rest.ask<OfficeList>('GET', '/api/offices', { as: admin })).body.items;
const counts = ({ rows, made, changed, unchanged, skipped }: ImportReport) => [rows, made, changed, unchanged, skipped];
const wrong = (report: ImportReport) => report.problems.map(({ line, column }) => [line, column]);

const TREE = [
  'code;name;kind;parent;tier;phone',
  'squadra;Squadra verde;team;giardini;2;',
  'giardini;Giardini;office;ambiente;2;+39 051 1',
  'ambiente;"Area ""Ambiente""; e Verde";department;comune;2;',
].join('\n');

describe('offices from a file', () => {
  it('are made whatever the order of the rows, and the same file again changes nothing', async () => {
    const first = await send('offices', TREE);
    expect([first.status, counts(first.body)]).toEqual([200, [3, 3, 0, 0, 0]]);
    const all = await offices();
    const of = (code: string) => all.find(one => one.code === code);
    expect(of('ambiente')).toMatchObject({ name: 'Area "Ambiente"; e Verde', parent: admin.administrationId });
    expect([of('squadra')?.parent, of('giardini')?.parent]).toEqual([of('giardini')?.id, of('ambiente')?.id]);
    expect(counts((await send('offices', TREE)).body)).toEqual([3, 0, 0, 3, 0]);
  });

  it('are only told of in a preview', async () => {
    const before = await offices();
    const preview = await send('offices', TREE, '');
    expect(preview.body).toMatchObject({ mode: 'preview', made: 3, problems: [] });
    expect(preview.body.changes).toContainEqual({ line: 3, code: 'giardini', change: 'made' });
    expect(await offices()).toEqual(before);
  });

  it('come back as they went: what is exported and taken in again changes nothing', async () => {
    await send('offices', TREE);
    await rest.dataSource.query(
      `update office set email = 'g@comune.example', address = '=1+1', patron_saint = '06-24', open_on_holidays = true,
         responsible_id = $2, substitute_power_holder_id = $2, ipa_code = 'UF1' where administration_id = $1 and code = 'giardini'`,
      [admin.administrationId, admin.id],
    );
    const file = await exported('offices');
    expect(file.startsWith('\ufeffcode;name;kind;parent;')).toBe(true);
    expect(file).toContain(`;'+39 051 1;'=1+1;ada;`);
    const again = await send('offices', file);
    expect([again.body.problems, counts(again.body)]).toEqual([[], [5, 0, 0, 5, 0]]);
    expect(await exported('offices')).toBe(file);
  });

  it('keep what the file has no column for, and lose what it leaves empty', async () => {
    await send('offices', TREE);
    const renamed = await send('offices', 'CODE,Name\ngiardini,Verde pubblico');
    expect(counts(renamed.body)).toEqual([1, 0, 1, 0, 0]);
    const row = async (): Promise<unknown> =>
      (
        await rest.dataSource.query<unknown[]>(
          'select name, phone, tier from office where administration_id = $1 and code = $2',
          [admin.administrationId, 'giardini'],
        )
      )[0];
    expect(await row()).toEqual({ name: 'Verde pubblico', phone: '+39 051 1', tier: 2 });
    await send('offices', 'code\tphone\ngiardini\t');
    expect(await row()).toEqual({ name: 'Verde pubblico', phone: null, tier: 2 });
  });

  const WEEKS = [
    'code;name;kind;parent;tier;hours;closures',
    'giardini;Giardini;office;comune;2;lun-ven 9-13, 14.30-17 | sab 9-12 | voice: lun-dom 8-20 | chat: chiuso;2099-08-10..2099-08-21 Ferie \\| estate | 2099-12-24 Vigilia',
    'squadra;Squadra;team;giardini;2;;',
  ].join('\n');
  const weekOf = async (code: string) => {
    const id = (await offices()).find(one => one.code === code)?.id ?? '';
    const { body } = await rest.ask<OfficeDetail>('GET', `/api/offices/${id}`, { as: admin });
    const { hours, closures, opening, version } = body;
    return { id, version, hours, opening, closures: closures.map(({ from, to, reason }) => ({ from, to, reason })) };
  };

  it('have their hours and closures, which come back as they went', async () => {
    expect(counts((await send('offices', WEEKS)).body)).toEqual([2, 2, 0, 0, 0]);
    const week = await weekOf('giardini');
    expect(week.closures).toEqual([
      { from: '2099-08-10', to: '2099-08-21', reason: 'Ferie | estate' },
      { from: '2099-12-24', to: '2099-12-24', reason: 'Vigilia' },
    ]);
    expect(week.hours.map(({ channel, opening }) => [channel, opening.length])).toEqual([
      [undefined, 11],
      ['chat', 0],
      ['voice', 7],
    ]);
    expect(week.hours[0]?.opening).toContainEqual({ weekday: 5, from: '14:30', to: '17:00' });
    // Who says nothing has the hours of the office above.
    expect(await weekOf('squadra')).toMatchObject({ hours: [], opening: week.opening });

    const file = await exported('offices');
    expect(file).toContain(
      'lun-ven 09:00-13:00, 14:30-17:00 | sab 09:00-12:00 | chat: chiuso | voice: lun-dom 08:00-20:00',
    );
    const again = await send('offices', file);
    expect([again.body.problems, counts(again.body)]).toEqual([[], [4, 0, 0, 4, 0]]);
    expect(counts((await send('offices', WEEKS)).body)).toEqual([2, 0, 0, 2, 0]);
    expect([await exported('offices'), (await weekOf('giardini')).version]).toEqual([file, week.version]);
  });

  it('keep hours and closures that the file does not speak of, and lose those it leaves empty; what has passed stays', async () => {
    await send('offices', WEEKS);
    const { id, hours } = await weekOf('giardini');
    const past = { from: '2020-08-10', to: '2020-08-14', reason: 'Ferie' };
    expect((await rest.ask('POST', `/api/offices/${id}/closures`, { as: admin, body: past })).status).toBe(201);
    expect(counts((await send('offices', 'code;name\ngiardini;Verde')).body)).toEqual([1, 0, 1, 0, 0]);
    expect(await weekOf('giardini')).toMatchObject({
      hours,
      closures: [{ from: '2099-08-10' }, { from: '2099-12-24' }],
    });
    const fewer = 'code;closures\ngiardini;2099-12-24 Vigilia | 2099-12-31 Ultimo';
    expect(counts((await send('offices', fewer)).body)).toEqual([1, 0, 1, 0, 0]);
    expect((await weekOf('giardini')).closures.map(({ from }) => from)).toEqual(['2099-12-24', '2099-12-31']);
    expect(counts((await send('offices', 'code;hours;closures\ngiardini;;')).body)).toEqual([1, 0, 1, 0, 0]);
    expect(await weekOf('giardini')).toMatchObject({ hours: [], closures: [] });
    const left: unknown[] = await rest.dataSource.query('select reason from closure where office_id = $1', [id]);
    expect(left).toEqual([{ reason: 'Ferie' }]);
  });

  it('are refused for hours and closures that cannot be, each with its line', async () => {
    const file = [
      'code;hours;closures',
      'urp;lun-ven;',
      'comune;lun 9-13 | lun 12-14;2099-02-30 Mai',
      'urp2;chiuso;',
      `comune2;;2099-12-24 ${'x'.repeat(301)}`,
    ].join('\n');
    const report = (await send('offices', file, '')).body;
    expect(wrong(report)).toEqual(
      expect.arrayContaining([
        [2, 'hours'],
        [3, 'closures'],
        [4, 'hours'],
      ]),
    );
    const meets = await send('offices', 'code;hours;closures\nurp;;\ncomune;lun 9-13 | lun 12-14;');
    expect([meets.status, meets.body.errors]).toEqual([
      422,
      [{ pointer: '/3/hours', detail: 'overlaps another of the same day' }],
    ]);
    const long = await send('offices', `code;closures\nurp;2099-12-24 ${'x'.repeat(301)}`);
    expect([long.status, long.body.errors?.[0]?.pointer]).toEqual([422, '/2/closures']);
  });

  it('are taken from a file as it is, without a form; what is no table is told so', async () => {
    const plain = (type: string, url = '/api/imports/offices?mode=apply') =>
      rest.ask<ImportReport & ProblemView>('POST', url, { as: admin, headers: { 'content-type': type }, body: TREE });
    const taken = await plain('text/csv; charset=utf-8');
    expect([taken.status, counts(taken.body)]).toEqual([200, [3, 3, 0, 0, 0]]);
    for (const answer of [
      await plain('application/pdf'),
      await plain('text/csv', '/api/cases'),
      await rest.ask<ProblemView>('POST', '/api/imports/offices', { as: admin, body: {} }),
    ])
      expect([answer.status, answer.body.type]).toEqual([415, '/problems/media-type-not-accepted']);
    const clerk = await rest.operator(admin.administrationId, admin.office, 'Piero');
    const headers = { 'content-type': 'text/csv' };
    expect((await rest.ask('POST', '/api/imports/offices', { as: clerk, headers, body: TREE })).status).toBe(403);
  });

  it('move where the file says', async () => {
    await send('offices', TREE);
    expect(counts((await send('offices', 'code;parent\ngiardini;comune')).body)).toEqual([1, 0, 1, 0, 0]);
    const moved = (await offices()).find(({ code }) => code === 'giardini');
    expect(moved?.parent).toBe(admin.administrationId);
  });

  it('are refused row by row, all together, and then none is made', async () => {
    const file = [
      'code;name;kind;parent;tier;responsible;topics',
      'uno;Uno;office;comune;2;;',
      'due;Due;planet;comune;9;;',
      'tre;;office;comune;2;;',
      'quattro;Quattro;office;nessuno;2;;',
      'cinque;Cinque;team;comune;2;;',
      'sei;Sei;office;comune;2;nessuno;niente',
      ';Sette;office;comune;2;;',
      'uno;Otto;office;comune;2;;',
      'nove;Nove;office;;2;;',
    ].join('\n');
    const before = await offices();
    const preview = await send('offices', file, '?mode=preview');
    expect([preview.status, new Set(wrong(preview.body).map(String))]).toEqual([
      200,
      new Set([
        '3,kind',
        '3,tier',
        '4,name',
        '5,parent',
        '6,parent',
        '7,responsible',
        '7,topics',
        '8,code',
        '9,code',
        '10,parent',
      ]),
    ]);
    const applied = await send('offices', file);
    expect([applied.status, applied.body.type]).toEqual([422, '/problems/invalid-input']);
    expect(applied.body.errors).toContainEqual({ pointer: '/5/parent', detail: 'there is no office with this code' });
    expect(await offices()).toEqual(before);
  });

  it.each([
    ['an unknown column', 'code;colour\nurp;red', [2, 'colour']],
    ['a file that is not UTF-8', Buffer.from('code;name\nurp;Universit\xe0', 'latin1'), [2, 'name']],
    [
      'two offices that stand under each other',
      'code;name;kind;parent;tier\na;A;office;b;2\nb;B;office;a;2',
      [2, 'parent'],
    ],
  ])('are refused for %s', async (_, file, where) => {
    const report = await send('offices', file, '');
    expect(wrong(report.body)[0]).toEqual(where);
  });

  it.each([
    ['quotes that never close', 'code;name\nurp;"URP'],
    ['rows of another length', 'code;name\nurp;URP;more'],
    ['a column said twice', 'code;name;Name\nurp;URP;URP'],
  ])('are refused as a whole for %s', async (_, file) => {
    const answer = await send('offices', file, '');
    expect([answer.status, answer.body.type]).toEqual([422, '/problems/invalid-input']);
    expect(answer.body.detail).toMatch(/^The file cannot be read/);
  });

  it('are nobody else’s business', async () => {
    const clerk = await rest.operator(admin.administrationId, admin.office, 'Piero');
    expect((await send('offices', TREE, '', clerk)).status).toBe(403);
    expect((await rest.ask('GET', '/api/exports/operators', { as: clerk })).status).toBe(403);
    const elsewhere = await rest.administration(`Altrove ${round}`, 'admin');
    await send('offices', TREE);
    expect((await rest.ask('GET', '/api/exports/offices', { as: elsewhere })).text).not.toContain('giardini');
    expect((await send('offices', TREE, '?mode=maybe')).status).toBe(422);
  });
});

describe('operators from a file', () => {
  const PEOPLE = [
    'code;name;role;office;email;languages;memberships',
    'sara;Sara Neri;specialist;urp;sara@comune.example;it|en;urp:specialist:2|comune:supervisor:3',
    'piero;Piero Blu;tier1_operator;urp;;;',
  ].join('\r\n');

  it('are made with their memberships, and come back as they went', async () => {
    expect(counts((await send('operators', PEOPLE)).body)).toEqual([2, 2, 0, 0, 0]);
    const list = await rest.ask<OperatorList>('GET', '/api/operators', { as: admin });
    const sara = list.body.items.find(({ code }) => code === 'sara');
    const detail = await rest.ask<OperatorDetail>('GET', `/api/operators/${sara?.id ?? ''}`, { as: admin });
    expect(detail.body).toMatchObject({
      languages: ['it', 'en'],
      memberships: [
        { office: { id: admin.office }, role: 'specialist', tier: 2, main: true, fromProvider: false },
        { office: { id: admin.administrationId }, role: 'supervisor', tier: 3, main: false, fromProvider: false },
      ],
    });
    const file = await exported('operators');
    const again = await send('operators', file);
    expect([again.body.problems, counts(again.body)]).toEqual([[], [3, 0, 0, 3, 0]]);
  });

  it('are refused row by row, and then none is made', async () => {
    const file = [
      'code;name;role;office;memberships',
      'uno;Uno;specialist;urp;',
      'due;Due;king;urp;',
      'tre;Tre;specialist;nessuno;',
      'quattro;Quattro;specialist;urp;urp:specialist:7',
      'uno;Uno;specialist;urp;',
    ].join('\n');
    const answer = await send('operators', file);
    expect(answer.status).toBe(422);
    expect(new Set(answer.body.errors?.map(({ pointer }) => pointer))).toEqual(
      new Set(['/3/role', '/4/office', '/5/memberships', '/6/code']),
    );
    expect(await exported('operators')).not.toContain('uno');
  });
});

describe('offices from the public index of administrations', () => {
  const HEADER =
    '_id,Codice_IPA,Denominazione_ente,Codice_fiscale_ente,Codice_uni_uo,Codice_uni_aoo,Codice_uni_uo_padre,Descrizione_uo,CAP,Indirizzo,Telefono,Mail1,Tipo_Mail1,Mail2,Tipo_Mail2';
  const FILE = [
    HEADER,
    '1,c_x001,Comune,00,CCC333,,BBB222,Ufficio Tributi,40100,"Via Roma, 1",0511,tributi@pec.example,Pec,tributi@comune.example,Altro',
    '2,c_x001,Comune,00,BBB222,,,Area Entrate,,,,,,,',
    '3,c_x001,Comune,00,EFATT1,,,Uff_eFatturaPA,,,,,,,',
    '4,c_y002,Altro comune,00,DDD444,,,Ufficio di altri,,,,,,,',
  ].join('\n');

  it('are made as the index has them, once', async () => {
    const first = await send('ipa-offices', FILE, '?mode=apply&administration=C_X001');
    expect([first.body.problems, counts(first.body)]).toEqual([[], [4, 2, 0, 0, 2]]);
    const rows = await rest.dataSource.query<unknown[]>(
      `select o.code, o.name, o.kind, u.code as parent, o.email, o.phone, o.address from office o join office u on u.id = o.parent_id
       where o.administration_id = $1 and o.ipa_code is not null order by o.code`,
      [admin.administrationId],
    );
    expect(rows).toEqual([
      {
        code: 'BBB222',
        name: 'Area Entrate',
        kind: 'department',
        parent: 'comune',
        email: null,
        phone: null,
        address: null,
      },
      {
        code: 'CCC333',
        name: 'Ufficio Tributi',
        kind: 'office',
        parent: 'BBB222',
        email: 'tributi@comune.example',
        phone: '0511',
        address: 'Via Roma, 1, 40100',
      },
    ]);
    expect(counts((await send('ipa-offices', FILE, '?mode=apply&administration=c_x001')).body)).toEqual([
      4, 0, 0, 2, 2,
    ]);
  });

  it('are recognised by their code in the index, and keep what the index does not know', async () => {
    await rest.dataSource.query(`update office set ipa_code = 'ccc333', tier = 3, phone = '1' where id = $1`, [
      admin.office,
    ]);
    await rest.dataSource.query(`update office set ipa_code = 'c_x001' where id = $1`, [admin.administrationId]);
    const taken = await send('ipa-offices', FILE);
    expect([taken.body.problems, counts(taken.body)]).toEqual([[], [4, 1, 1, 0, 2]]);
    const [urp] = await rest.dataSource.query<unknown[]>('select code, name, tier, phone from office where id = $1', [
      admin.office,
    ]);
    expect(urp).toEqual({ code: 'urp', name: 'Ufficio Tributi', tier: 3, phone: '0511' });
  });

  it('need to know whose they are, in columns of the index', async () => {
    expect((await send('ipa-offices', FILE)).body.errors?.[0]?.pointer).toBe('/administration');
    const other = await send('ipa-offices', 'nome;codice\nUno;1', '?administration=c_x001');
    expect(other.body.problems[0]?.detail).toBe('the column "codice_ipa" is missing');
  });
});
