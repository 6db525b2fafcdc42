import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type {
  CaseView,
  JournalView,
  OfficeDetail,
  OfficeList,
  OnDutyList,
  OperatorDetail,
  ProblemView,
  SupplierView,
  TopicView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { Ledger } from '../case/ledger.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let admin: TestOperator;
let elsewhere: TestOperator & { readonly office: string };
let theirAdmin: TestOperator;

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
  admin = await rest.operator(anna.administrationId, anna.office, 'Ada Admin', 'admin');
  theirAdmin = await rest.operator(elsewhere.administrationId, elsewhere.office, 'Elio Admin', 'admin');
}, 60_000);
afterAll(() => rest.stop(), 60_000);

type Told<View> = View & ProblemView;
interface Saying {
  readonly as?: TestOperator;
  /** `seen`: the one that it is at. */
  readonly version?: number | 'seen';
  readonly key?: string;
}
async function ask<View>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  body?: object,
  { as = admin, version, key }: Saying = {},
) {
  const etag = version === 'seen' ? await etagOf(url) : version === undefined ? undefined : `"${version}"`;
  return rest.ask<Told<View>>(method, url, {
    as,
    ...(body ? { body } : {}),
    headers: { ...(etag ? { 'if-match': etag } : {}), ...(key ? { 'idempotency-key': key } : {}) },
  });
}
/** The version of the office or operator of an address; of what its owner does not see, the first. */
async function etagOf(url: string): Promise<string> {
  const [resource = url] = /^\/api\/\w+\/[\w-]+/.exec(url) ?? [];
  return (await rest.ask('GET', resource, { as: admin })).headers.etag ?? '"1"';
}

let count = 0;
const unique = (word: string): string => {
  count += 1;
  return `${word}-${count}`;
};
const anOffice = async (more: object = {}): Promise<Told<OfficeDetail>> => {
  const code = unique('office');
  const made = await ask<OfficeDetail>('POST', '/api/offices', {
    code,
    name: `Ufficio ${code}`,
    kind: 'office',
    tier: 2,
    parent: anna.administrationId,
    ...more,
  });
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return made.body;
};
const anOperator = async (office: string, more: object = {}): Promise<Told<OperatorDetail>> => {
  const code = unique('operator');
  const made = await ask<OperatorDetail>('POST', '/api/operators', {
    code,
    name: `Persona ${code}`,
    role: 'specialist',
    office,
    ...more,
  });
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return made.body;
};
const aTopic = async (): Promise<Told<TopicView>> =>
  (await ask<TopicView>('POST', '/api/topics', { code: unique('topic'), label: 'Argomento' })).body;
const aCase = async (office: string, assignee?: string): Promise<CaseView> => {
  const made = await rest.ask<CaseView>('POST', '/api/cases', {
    as: anna,
    body: { subject: 'Buca in via Verdi', office, ...(assignee ? { assignee } : {}) },
  });
  expect(made.status).toBe(201);
  return made.body;
};
const pointers = (answer: { body: ProblemView }): string[] | undefined =>
  answer.body.errors?.map(({ pointer }) => pointer);
const kept = ({ name, kind, tier }: OfficeDetail) => ({ name, kind, tier });

describe('who changes the organisation', () => {
  it.each([
    ['POST', '/api/offices'],
    ['PUT', `/api/offices/${v7()}`],
    ['POST', `/api/offices/${v7()}/moves`],
    ['POST', `/api/offices/${v7()}/deactivations`],
    ['POST', `/api/offices/${v7()}/activations`],
    ['PUT', `/api/offices/${v7()}/hours`],
    ['POST', `/api/offices/${v7()}/closures`],
    ['DELETE', `/api/offices/${v7()}/closures/${v7()}`],
    ['POST', '/api/operators'],
    ['PUT', `/api/operators/${v7()}`],
    ['POST', `/api/operators/${v7()}/deactivations`],
    ['POST', `/api/operators/${v7()}/activations`],
    ['POST', '/api/topics'],
    ['PUT', `/api/topics/${v7()}`],
    ['POST', '/api/suppliers'],
    ['PUT', `/api/suppliers/${v7()}`],
  ] as const)('is an administrator, and nobody else: %s %s', async (method, url) => {
    const answer = await ask(method, url, {}, { as: anna, version: 'seen' });
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/not-allowed']);
  });

  it('touches nothing of another administration', async () => {
    const office = await anOffice();
    const operator = await anOperator(office.id);
    const topic = await aTopic();
    const said = { as: theirAdmin, version: 'seen' as const };
    for (const [method, url, body] of [
      ['GET', `/api/offices/${office.id}`, undefined],
      ['PUT', `/api/offices/${office.id}`, kept(office)],
      ['POST', `/api/offices/${office.id}/moves`, { parent: elsewhere.administrationId }],
      ['POST', `/api/offices/${office.id}/deactivations`, { reason: 'r' }],
      ['POST', `/api/offices/${office.id}/activations`, undefined],
      ['PUT', `/api/offices/${office.id}/hours`, { hours: [] }],
      ['POST', `/api/offices/${office.id}/closures`, { from: '2026-01-01', to: '2026-01-01', reason: 'r' }],
      ['GET', `/api/operators/${operator.id}`, undefined],
      ['PUT', `/api/operators/${operator.id}`, { name: 'n', role: 'specialist', office: elsewhere.office }],
      ['POST', `/api/operators/${operator.id}/deactivations`, undefined],
      ['POST', `/api/operators/${operator.id}/absences`, { from: '2026-01-01', to: '2026-01-02' }],
      ['PUT', `/api/topics/${topic.id}`, { label: 'l', active: true }],
    ] as const)
      expect([method, url, (await ask(method, url, body, said)).status]).toEqual([method, url, 404]);
    const named = await ask(
      'POST',
      '/api/offices',
      {
        code: 'x',
        name: 'x',
        kind: 'office',
        tier: 1,
        parent: elsewhere.office,
        responsible: operator.id,
        substitutes: [anna.id],
        topics: [topic.id],
      },
      said,
    );
    expect([named.status, pointers(named)]).toEqual([422, ['/responsible', '/substitutes/0', '/topics/0']]);
    const under = await ask(
      'POST',
      '/api/offices',
      { code: 'x', name: 'x', kind: 'office', tier: 1, parent: office.id },
      said,
    );
    expect([under.status, pointers(under)]).toEqual([422, ['/parent']]);
    const duty = await ask('GET', `/api/on-duty?topic=${topic.code}`, undefined, { as: theirAdmin });
    expect(duty.status).toBe(404);
    const theirs = await ask<OfficeList>('GET', '/api/offices', undefined, { as: theirAdmin });
    expect(theirs.body.items.map(({ id }) => id)).not.toContain(office.id);
  });
});

describe('an office', () => {
  it('is made once under one key, and shows all that is known of it', async () => {
    const key = v7();
    const topic = await aTopic();
    const lot = unique('lot');
    const supplier = await ask<SupplierView>('POST', '/api/suppliers', {
      code: unique('supplier'),
      name: 'RTI Voce',
      lots: [{ code: lot, name: 'Lotto 1' }],
    });
    expect(supplier.status).toBe(201);
    const head = await anOperator(anna.office);
    const second = await anOperator(anna.office);
    const body = {
      code: unique('anagrafe'),
      name: 'Anagrafe',
      kind: 'office',
      tier: 2,
      parent: anna.administrationId,
      email: 'anagrafe@valdoro.example',
      phone: '+39 051 000000',
      address: 'Via Roma 1',
      ipaCode: unique('UF'),
      responsible: head.id,
      substitutes: [second.id, anna.id],
      substitutePowerHolder: anna.id,
      supplier: supplier.body.id,
      lot: supplier.body.lots[0]?.id,
      topics: [topic.id],
      patronSaint: '10-04',
      openOnHolidays: true,
    };
    const made = await ask<OfficeDetail>('POST', '/api/offices', body, { key });
    expect([made.status, made.headers.etag, made.headers.location]).toEqual([201, '"1"', `/api/offices/${key}`]);
    expect(made.body).toMatchObject({
      id: key,
      parent: anna.administrationId,
      active: true,
      version: 1,
      email: 'anagrafe@valdoro.example',
      responsible: { id: head.id },
      head: { operator: { id: head.id }, office: { id: key, name: 'Anagrafe' }, as: 'named' },
      substitutes: [{ id: second.id }, { id: anna.id }],
      substitutePowerHolder: { id: anna.id },
      supplier: { name: 'RTI Voce' },
      lot: { code: lot },
      topics: [{ id: topic.id }],
      answersFor: [{ id: topic.id }],
      patronSaint: '10-04',
      openOnHolidays: true,
      hours: [],
      closures: [],
      members: [],
      openCases: 0,
    });
    expect(made.body.opening).toHaveLength(5);
    const again = await ask<OfficeDetail>('POST', '/api/offices', body, { key });
    expect([again.status, again.body.id]).toEqual([201, key]);
    const other = await ask('POST', '/api/offices', { ...body, name: 'Altro' }, { key });
    expect(other.body.type).toBe('/problems/idempotency-mismatch');
  });

  it('is refused field by field', async () => {
    const taken = await anOffice();
    const good = { code: unique('c'), name: 'n', kind: 'office', tier: 2, parent: anna.administrationId };
    for (const [wrong, where] of [
      [{ tier: 4 }, ['/tier']],
      [{ kind: 'planet' }, ['/kind']],
      [{ code: 'with spaces' }, ['/code']],
      [{ code: taken.code }, ['/code']],
      [{ parent: v7() }, ['/parent']],
      [{ kind: 'team' }, ['/parent']],
      [{ kind: 'administration' }, ['/kind']],
      [{ email: 'nowhere' }, ['/email']],
      [{ patronSaint: '02-30' }, ['/patronSaint']],
      [{ responsible: v7(), substitutes: [v7()] }, ['/responsible', '/substitutes/0']],
      [{ substitutes: [anna.id, anna.id] }, ['/substitutes/1']],
      [{ responsible: anna.id, substitutes: [anna.id] }, ['/substitutes/0']],
      [{ lot: v7() }, ['/supplier']],
      [{ supplier: v7(), lot: v7() }, ['/supplier', '/lot']],
    ] as const) {
      const answer = await ask('POST', '/api/offices', { ...good, ...wrong });
      expect([wrong, answer.status, pointers(answer)]).toEqual([wrong, 422, where]);
    }
  });

  it('is written whole: what is left out is cleared, and only at the version that was seen', async () => {
    const office = await anOffice({
      phone: '051',
      responsible: anna.id,
      substitutes: [admin.id],
      topics: [(await aTopic()).id],
    });
    const url = `/api/offices/${office.id}`;
    const body = { ...kept(office), name: 'Nuovo nome' };
    expect((await ask('PUT', url, body)).status).toBe(428);
    expect((await ask('PUT', url, body, { version: 7 })).status).toBe(412);
    const written = await ask<OfficeDetail>('PUT', url, body, { version: 1 });
    expect([written.status, written.headers.etag]).toEqual([200, '"2"']);
    expect(written.body).toMatchObject({ name: 'Nuovo nome', code: office.code, substitutes: [], topics: [] });
    for (const field of ['phone', 'responsible']) expect(written.body).not.toHaveProperty(field);
    expect((await ask('PUT', `/api/offices/${v7()}`, body, { version: 1 })).status).toBe(404);
  });

  it('is written by one of two who saw the same version', async () => {
    const office = await anOffice();
    const answers = await Promise.all(
      ['uno', 'due'].map(name => ask('PUT', `/api/offices/${office.id}`, { ...kept(office), name }, { version: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('has one code although two make it at the same moment', async () => {
    const body = { code: unique('twice'), name: 'n', kind: 'office', tier: 1, parent: anna.administrationId };
    const answers = await Promise.all([ask('POST', '/api/offices', body), ask('POST', '/api/offices', body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  });
});

describe('the tree', () => {
  it('moves an office with all that is under it, and makes no cycle', async () => {
    const [people, works] = [await anOffice({ kind: 'department' }), await anOffice({ kind: 'department' })];
    const office = await anOffice({ parent: people.id });
    const team = await anOffice({ kind: 'team', parent: office.id });
    const moved = await ask<OfficeDetail>(
      'POST',
      `/api/offices/${office.id}/moves`,
      { parent: works.id },
      { version: 1 },
    );
    expect([moved.status, moved.body.parent, moved.body.version]).toEqual([200, works.id, 2]);
    for (const parent of [office.id, team.id, elsewhere.office, elsewhere.administrationId, v7()]) {
      const answer = await ask('POST', `/api/offices/${office.id}/moves`, { parent }, { version: 'seen' });
      expect([parent, answer.status, pointers(answer)]).toEqual([parent, 422, ['/parent']]);
    }
    const root = await ask(
      'POST',
      `/api/offices/${anna.administrationId}/moves`,
      { parent: works.id },
      { version: 'seen' },
    );
    expect([root.status, pointers(root)]).toEqual([422, ['/parent']]);
    const kind = await ask(
      'PUT',
      `/api/offices/${office.id}`,
      { ...kept(office), kind: 'department' },
      { version: 'seen' },
    );
    expect([kind.status, pointers(kind)]).toEqual([422, ['/kind']]);
  });

  it('has no cycle although two moves that are right alone come at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [await anOffice({ kind: 'department' }), await anOffice({ kind: 'department' })];
      const answers = await Promise.all([
        ask('POST', `/api/offices/${a.id}/moves`, { parent: b.id }, { version: 'seen' }),
        ask('POST', `/api/offices/${b.id}/moves`, { parent: a.id }, { version: 'seen' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    }
  });

  it('keeps its offices, and what was promised under them, whoever asks the database to remove them', async () => {
    const office = await anOffice();
    const stays = { code: '23001' };
    const { dataSource } = rest;
    await expect(dataSource.query('delete from office where id = $1', [office.id])).rejects.toMatchObject(stays);
    await expect(
      dataSource.query('update office set id = gen_random_uuid() where id = $1', [office.id]),
    ).rejects.toMatchObject(stays);
    await ask('GET', '/api/deadline-policies');
    const [policy]: { id: string }[] = await dataSource.query('select id from deadline_policy limit 1');
    for (const statement of [
      'delete from deadline_policy where',
      'update deadline_policy set id = gen_random_uuid() where',
    ])
      await expect(dataSource.query(`${statement} id = $1`, [policy?.id])).rejects.toMatchObject(stays);
  });
});

describe('the hours of an office', () => {
  it('are written at once, inherited, and told with what holds', async () => {
    const office = await anOffice();
    const team = await anOffice({ kind: 'team', parent: office.id });
    const morning = { weekday: 1, from: '08:30', to: '12:30' };
    const hours = [
      { opening: [morning, { weekday: 1, from: '14:00', to: '24:00' }] },
      { channel: 'phone', opening: [morning] },
      { channel: 'walk_in', opening: [] },
    ];
    const written = await ask<OfficeDetail>('PUT', `/api/offices/${office.id}/hours`, { hours }, { version: 1 });
    expect([written.status, written.body.version, written.body.hours]).toEqual([200, 2, hours]);
    const below = await ask<OfficeDetail>('GET', `/api/offices/${team.id}`);
    expect([below.body.hours, below.body.opening]).toEqual([[], hours[0]?.opening]);
    const cleared = await ask<OfficeDetail>('PUT', `/api/offices/${office.id}/hours`, { hours: [] }, { version: 2 });
    expect([cleared.body.hours, cleared.body.opening.length]).toEqual([[], 5]);
  });

  it('are refused when they cannot be', async () => {
    const office = await anOffice();
    const opening = [{ weekday: 1, from: '08:30', to: '12:30' }];
    for (const [hours, where] of [
      [[{ opening: [{ weekday: 8, from: '08:00', to: '09:00' }] }], ['/hours/0/opening/0/weekday']],
      [[{ opening: [{ weekday: 1, from: '09:00', to: '08:00' }] }], ['/hours/0/opening/0/to']],
      [[{ opening: [...opening, { weekday: 1, from: '12:00', to: '13:00' }] }], ['/hours/0/opening/1']],
      [[{ opening }, { opening }], ['/hours/1/channel']],
      [
        [
          { channel: 'phone', opening },
          { channel: 'phone', opening },
        ],
        ['/hours/1/channel'],
      ],
      [[{ opening: [] }], ['/hours/0/opening']],
    ] as const) {
      const answer = await ask('PUT', `/api/offices/${office.id}/hours`, { hours }, { version: 'seen' });
      expect([hours, answer.status, pointers(answer)]).toEqual([hours, 422, where]);
    }
    expect((await ask('PUT', `/api/offices/${office.id}/hours`, { hours: [] }, { version: 9 })).status).toBe(412);
  });

  it('give way to a closure, for the office and what stands under it, until it is taken back', async () => {
    const office = await anOffice();
    const always = [1, 2, 3, 4, 5, 6, 7].map(weekday => ({ weekday, from: '00:00', to: '24:00' }));
    await ask('PUT', `/api/offices/${office.id}`, { ...kept(office), openOnHolidays: true }, { version: 'seen' });
    await ask('PUT', `/api/offices/${office.id}/hours`, { hours: [{ opening: always }] }, { version: 'seen' });
    const team = await anOffice({ kind: 'team', parent: office.id });
    const isOpen = async (): Promise<boolean> => (await ask<OfficeDetail>('GET', `/api/offices/${team.id}`)).body.open;
    expect(await isOpen()).toBe(true);
    const key = v7();
    const [from, to] = [-1, 1].map(days => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
    const closed = await ask<OfficeDetail>(
      'POST',
      `/api/offices/${office.id}/closures`,
      { from, to, reason: 'Trasloco' },
      { key },
    );
    expect([closed.status, closed.body.closures]).toEqual([201, [{ id: key, from, to, reason: 'Trasloco' }]]);
    expect(await isOpen()).toBe(false);
    const reopened = await ask<OfficeDetail>('DELETE', `/api/offices/${office.id}/closures/${key}`);
    expect([reopened.status, reopened.body.closures, await isOpen()]).toEqual([200, [], true]);
    expect((await ask('DELETE', `/api/offices/${office.id}/closures/${key}`)).status).toBe(404);
    for (const [wrong, where] of [
      [{ from: '2026-02-30', to: '2026-03-01' }, ['/from']],
      [{ from: '2026-03-02', to: '2026-03-01' }, ['/to']],
      [{ from: 'today', to: '2026-03-01' }, ['/from']],
    ] as const) {
      const answer = await ask('POST', `/api/offices/${office.id}/closures`, { ...wrong, reason: 'r' });
      expect([wrong, answer.status, pointers(answer)]).toEqual([wrong, 422, where]);
    }
  });
});

describe('an office that ends', () => {
  it('holds nothing, or is told what it still holds', async () => {
    const office = await anOffice();
    const team = await anOffice({ kind: 'team', parent: office.id });
    const end = (body: object = { reason: 'Riorganizzazione' }) =>
      ask<OfficeDetail>('POST', `/api/offices/${office.id}/deactivations`, body, { version: 'seen' });
    expect((await end()).body).toMatchObject({
      type: '/problems/office-in-use',
      detail: expect.stringContaining('1 active') as unknown,
    });
    await ask('POST', `/api/offices/${team.id}/deactivations`, { reason: 'r' }, { version: 'seen' });
    const one = await aCase(office.id);
    await anOperator(office.id);
    const refused = await end();
    expect(refused.body.detail).toBe(
      'It still has 1 open cases, 1 people whose main office it is: say who succeeds it.',
    );
    for (const successor of [office.id, team.id, elsewhere.office, v7()])
      expect(pointers(await end({ reason: 'r', successor }))).toEqual(['/successor']);
    expect(
      (await ask('POST', `/api/offices/${anna.administrationId}/deactivations`, { reason: 'r' }, { version: 'seen' }))
        .status,
    ).toBe(409);
    const still = await rest.ask<CaseView>('GET', `/api/cases/${one.id}`, { as: anna });
    expect(still.body.office?.id).toBe(office.id);
  });

  it('leaves its open cases, each journalled, its categories and its people to its successor', async () => {
    const [office, heir] = [await anOffice(), await anOffice()];
    const worker = await anOperator(office.id);
    const [open, ended] = [await aCase(office.id, worker.id), await aCase(office.id)];
    await rest.ask('POST', `/api/cases/${ended.id}/transitions`, {
      as: anna,
      headers: { 'if-match': await etagOf(`/api/cases/${ended.id}`) },
      body: { command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true },
    });
    await rest.dataSource.query(
      `insert into category (id, administration_id, code, label, office_id, kind) values ($1, $2, $3, 'Strade', $4, 'report')`,
      [v7(), anna.administrationId, unique('category'), office.id],
    );
    const end = await ask<OfficeDetail>(
      'POST',
      `/api/offices/${office.id}/deactivations`,
      { reason: 'Delibera 12', successor: heir.id },
      { version: 1 },
    );
    expect([end.status, end.body.active, end.body.successor?.id, end.body.openCases]).toEqual([200, false, heir.id, 0]);
    const now = await rest.ask<CaseView>('GET', `/api/cases/${open.id}`, { as: anna });
    expect(now.body).toMatchObject({ office: { id: heir.id }, state: 'assigned' });
    expect(now.body.assignee).toBeUndefined();
    const journal = await rest.ask<JournalView>('GET', `/api/cases/${open.id}/journal`, { as: anna });
    expect(journal.body.items.at(-1)).toMatchObject({
      fact: 'reassigned',
      actor: { id: admin.id },
      data: { office: heir.id, previousOffice: office.id, why: `office_ended:${office.code}` },
    });
    const past = await rest.ask<CaseView>('GET', `/api/cases/${ended.id}`, { as: anna });
    expect(past.body.office?.id).toBe(office.id);
    const categories = await rest.dataSource.query<unknown[]>('select from category where office_id = $1', [heir.id]);
    expect(categories).toHaveLength(1);
    expect((await ask<OperatorDetail>('GET', `/api/operators/${worker.id}`)).body.office.id).toBe(heir.id);
  });

  it('is given no case any longer, by nobody', async () => {
    const [office, heir] = [await anOffice(), await anOffice()];
    const end = { reason: 'r', successor: heir.id };
    const one = await aCase(heir.id);
    expect((await ask('POST', `/api/offices/${office.id}/deactivations`, end, { version: 'seen' })).status).toBe(200);
    const opened = await rest.ask<ProblemView>('POST', '/api/cases', {
      as: anna,
      body: { subject: 's', office: office.id },
    });
    expect([opened.status, pointers(opened)]).toEqual([422, ['/office']]);
    const given = await rest.ask<ProblemView>('PATCH', `/api/cases/${one.id}`, {
      as: anna,
      headers: { 'if-match': await etagOf(`/api/cases/${one.id}`) },
      body: { office: office.id },
    });
    expect([given.status, pointers(given)]).toEqual([422, ['/office']]);
  });

  it('hands on what rules read just before still gave it', async () => {
    const [office, heir] = [await anOffice(), await anOffice()];
    const late = await aCase(heir.id);
    const end = { reason: 'r', successor: heir.id };
    await ask('POST', `/api/offices/${office.id}/deactivations`, end, { version: 'seen' });
    await rest.app.get(Ledger).execute(rest.dataSource.manager, {
      caseId: late.id,
      commands: [{ name: 'assign', office: office.id, by: { kind: 'system' } }],
      cause: 'test',
    });
    await rest.dataSource.query(`update graphile_worker._private_jobs set run_at = now() where key = $1`, [
      `ended-office:${office.id}`,
    ]);
    const now = await eventually(async () => {
      const found = await rest.ask<CaseView>('GET', `/api/cases/${late.id}`, { as: anna });
      return found.body.office?.id === heir.id ? found.body : undefined;
    });
    expect(now.office?.id).toBe(heir.id);
  });

  it('comes back, empty, unless what is above it ended', async () => {
    const above = await anOffice({ kind: 'department' });
    const office = await anOffice({ parent: above.id });
    const post = (id: string, what: string) =>
      ask<OfficeDetail>('POST', `/api/offices/${id}/${what}`, what === 'activations' ? undefined : { reason: 'r' }, {
        version: 'seen',
      });
    await post(office.id, 'deactivations');
    await post(above.id, 'deactivations');
    expect((await post(office.id, 'activations')).status).toBe(422);
    await post(above.id, 'activations');
    expect((await post(office.id, 'activations')).body.active).toBe(true);
  });
});

describe('an operator', () => {
  it('belongs to several offices, with a role and a level in each', async () => {
    const [main, other] = [await anOffice(), await anOffice()];
    const made = await anOperator(main.id, {
      email: 'anna@valdoro.example',
      phone: '051',
      languages: ['it', 'ar'],
      memberships: [{ office: other.id, role: 'office_head', tier: 3 }],
    });
    expect(made).toMatchObject({
      version: 1,
      active: true,
      languages: ['it', 'ar'],
      email: 'anna@valdoro.example',
      memberships: [
        { office: { id: main.id }, role: 'specialist', tier: 2, main: true, fromProvider: false },
        { office: { id: other.id }, role: 'office_head', tier: 3, main: false, fromProvider: false },
      ],
      absences: [],
      responsibleFor: [],
      openCases: 0,
    });
    const office = await ask<OfficeDetail>('GET', `/api/offices/${other.id}`);
    expect(office.body.members).toEqual([
      { operator: { id: made.id, name: made.name }, role: 'office_head', tier: 3, main: false, away: false },
    ]);
    const written = await ask<OperatorDetail>(
      'PUT',
      `/api/operators/${made.id}`,
      { name: 'Altro nome', role: 'supervisor', office: other.id },
      { version: 1 },
    );
    expect(written.body).toMatchObject({ name: 'Altro nome', languages: [], version: 2 });
    expect(written.body.memberships).toEqual([
      { office: { id: other.id, name: other.name }, role: 'supervisor', tier: 2, main: true, fromProvider: false },
    ]);
    expect(
      (await ask('PUT', `/api/operators/${made.id}`, { name: 'n', role: 'dpo', office: main.id }, { version: 1 }))
        .status,
    ).toBe(412);
  });

  it('is refused field by field', async () => {
    const good = { code: unique('o'), name: 'n', role: 'specialist', office: anna.office };
    const taken = await anOperator(anna.office);
    for (const [wrong, where] of [
      [{ role: 'king' }, ['/role']],
      [{ code: taken.code }, ['/code']],
      [{ office: elsewhere.office }, ['/office']],
      [{ languages: ['italiano'] }, ['/languages/0']],
      [{ memberships: [{ office: elsewhere.office, role: 'specialist', tier: 2 }] }, ['/memberships/0/office']],
      [
        {
          memberships: [
            { office: anna.office, role: 'specialist', tier: 2 },
            { office: anna.office, role: 'office_head', tier: 2 },
          ],
        },
        ['/memberships/1/office'],
      ],
      [{ memberships: [{ office: anna.office, role: 'specialist', tier: 9 }] }, ['/memberships/0/tier']],
    ] as const) {
      const answer = await ask('POST', '/api/operators', { ...good, ...wrong });
      expect([wrong, answer.status, pointers(answer)]).toEqual([wrong, 422, where]);
    }
  });

  it('who leaves opens nothing any longer, and gives their cases back to the office', async () => {
    const office = await anOffice();
    const leaving = await rest.operator(anna.administrationId, office.id, 'Lia Parte');
    const one = await aCase(office.id, leaving.id);
    expect((await rest.ask('GET', '/api/operators/me', { as: leaving })).status).toBe(200);
    await ask('PUT', `/api/offices/${office.id}`, { ...kept(office), responsible: leaving.id }, { version: 'seen' });
    const post = (what: string) =>
      ask<OperatorDetail>('POST', `/api/operators/${leaving.id}/${what}`, undefined, { version: 'seen' });
    expect((await post('deactivations')).body.type).toBe('/problems/office-in-use');
    await ask('PUT', `/api/offices/${office.id}`, { ...kept(office), substitutes: [leaving.id] }, { version: 'seen' });
    expect((await post('deactivations')).body.active).toBe(false);
    expect((await rest.ask('GET', '/api/operators/me', { as: leaving })).status).toBe(401);
    const now = await rest.ask<CaseView>('GET', `/api/cases/${one.id}`, { as: anna });
    expect([now.body.office?.id, now.body.assignee]).toEqual([office.id, undefined]);
    expect((await ask<OfficeDetail>('GET', `/api/offices/${office.id}`)).body.substitutes).toEqual([]);
    const given = await rest.ask<ProblemView>('PATCH', `/api/cases/${one.id}`, {
      as: anna,
      headers: { 'if-match': await etagOf(`/api/cases/${one.id}`) },
      body: { assignee: leaving.id },
    });
    expect(pointers(given)).toEqual(['/assignee']);
    expect((await post('activations')).body.active).toBe(true);
    expect((await rest.ask('GET', '/api/operators/me', { as: leaving })).status).toBe(200);
  });

  it('does not lock themselves out', async () => {
    const answer = await ask('POST', `/api/operators/${admin.id}/deactivations`, undefined, { version: 'seen' });
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/not-allowed']);
  });
});

describe('an absence', () => {
  const hours = (from: number, to: number) => ({
    from: new Date(Date.now() + from * 3_600_000).toISOString(),
    to: new Date(Date.now() + to * 3_600_000).toISOString(),
  });

  it('is recorded by the person, or by an administrator, and moves who heads the office', async () => {
    const office = await anOffice();
    const head = await rest.operator(anna.administrationId, office.id, 'Rita Capo');
    await ask('PUT', `/api/offices/${office.id}`, { ...kept(office), responsible: head.id }, { version: 'seen' });
    const key = v7();
    const body = { ...hours(-1, 5), substitute: anna.id };
    const nobody = await ask('POST', `/api/operators/${head.id}/absences`, body, { as: anna });
    expect([nobody.status, nobody.body.type]).toEqual([403, '/problems/not-allowed']);
    const away = await ask<OperatorDetail>('POST', `/api/operators/${head.id}/absences`, body, { as: head, key });
    expect(away.status).toBe(201);
    expect(away.body.absences).toEqual([
      { id: key, from: body.from, to: body.to, substitute: { id: anna.id, name: 'Anna Valdoro' } },
    ]);
    const led = async () => (await ask<OfficeDetail>('GET', `/api/offices/${office.id}`)).body;
    expect(await led()).toMatchObject({
      head: { operator: { id: anna.id }, as: 'substitute' },
      members: [{ away: true }],
    });
    expect((await ask('DELETE', `/api/operators/${head.id}/absences/${key}`, undefined, { as: anna })).status).toBe(
      403,
    );
    expect((await ask('DELETE', `/api/operators/${head.id}/absences/${key}`)).status).toBe(200);
    expect((await led()).head?.operator.id).toBe(head.id);
    expect((await ask('DELETE', `/api/operators/${head.id}/absences/${key}`)).status).toBe(404);
  });

  it('is refused when it cannot be', async () => {
    const [one, two] = [await anOperator(anna.office), await anOperator(anna.office)];
    const post = (id: string, body: object) => ask('POST', `/api/operators/${id}/absences`, body);
    expect((await post(one.id, { ...hours(1, 5), substitute: two.id })).status).toBe(201);
    for (const [id, body, where] of [
      [one.id, hours(4, 9), ['/from']],
      [one.id, hours(9, 8), ['/to']],
      [one.id, { ...hours(10, 11), substitute: one.id }, ['/substitute']],
      [one.id, { ...hours(10, 11), substitute: elsewhere.id }, ['/substitute']],
      [two.id, { ...hours(4, 9), substitute: one.id }, ['/substitute']],
      [two.id, { from: 'tomorrow', to: '2026-01-01' }, ['/from']],
    ] as const) {
      const answer = await post(id, body);
      expect([body, answer.status, pointers(answer)]).toEqual([body, 422, where]);
    }
    expect((await post(two.id, { ...hours(5, 9), substitute: one.id })).status).toBe(201);
  });
});

describe('topics and suppliers', () => {
  it('have a code for life, and a version', async () => {
    const topic = await aTopic();
    expect(pointers(await ask('POST', '/api/topics', { code: topic.code, label: 'l' }))).toEqual(['/code']);
    const url = `/api/topics/${topic.id}`;
    expect((await ask('PUT', url, { label: 'TARI', active: false })).status).toBe(428);
    expect((await ask('PUT', url, { label: 'TARI', active: false }, { version: 5 })).status).toBe(412);
    const written = await ask<TopicView>('PUT', url, { label: 'TARI', active: false }, { version: 1 });
    expect(written.body).toMatchObject({ label: 'TARI', active: false, version: 2, code: topic.code });
    const used = await ask('POST', '/api/offices', {
      code: unique('c'),
      name: 'n',
      kind: 'office',
      tier: 1,
      parent: anna.administrationId,
      topics: [topic.id],
    });
    expect(pointers(used)).toEqual(['/topics/0']);
    expect((await ask('PUT', `/api/topics/${v7()}`, { label: 'l', active: true }, { version: 'seen' })).status).toBe(
      404,
    );
  });

  it('keep the lots that offices belong to', async () => {
    const [one, two] = [unique('lot'), unique('lot')];
    const supplier = await ask<SupplierView>('POST', '/api/suppliers', {
      code: unique('supplier'),
      name: 'RTI',
      lots: [
        { code: one, name: 'Uno' },
        { code: two, name: 'Due' },
      ],
    });
    const lot = supplier.body.lots[0]?.id;
    const other = await ask<SupplierView>('POST', '/api/suppliers', {
      code: unique('supplier'),
      name: 'ATI',
      lots: [],
    });
    await anOffice({ supplier: supplier.body.id, lot });
    const wrong = await ask('POST', '/api/offices', {
      code: unique('c'),
      name: 'n',
      kind: 'office',
      tier: 1,
      parent: anna.administrationId,
      supplier: other.body.id,
      lot,
    });
    expect(pointers(wrong)).toEqual(['/lot']);
    const url = `/api/suppliers/${supplier.body.id}`;
    expect(
      pointers(await ask('PUT', url, { name: 'RTI', lots: [{ code: two, name: 'Due' }] }, { version: 1 })),
    ).toEqual(['/lots']);
    expect(
      pointers(
        await ask(
          'PUT',
          `/api/suppliers/${other.body.id}`,
          { name: 'ATI', lots: [{ code: one, name: 'Mio' }] },
          { version: 'seen' },
        ),
      ),
    ).toEqual(['/lots/0/code']);
    const written = await ask<SupplierView>(
      'PUT',
      url,
      { name: 'RTI 2', lots: [{ code: one, name: 'Primo' }] },
      { version: 1 },
    );
    expect(written.body).toMatchObject({ name: 'RTI 2', version: 2, lots: [{ id: lot, code: one, name: 'Primo' }] });
    expect((await ask('PUT', `/api/suppliers/${v7()}`, { name: 'n', lots: [] }, { version: 'seen' })).status).toBe(404);
  });
});

describe('on duty now', () => {
  const always = [1, 2, 3, 4, 5, 6, 7].map(weekday => ({ weekday, from: '00:00', to: '24:00' }));
  const presence = (id: string, status: string, secondsAgo = 1) =>
    rest.dataSource.query(
      `insert into operator_presence (operator_id, administration_id, status, since, heartbeat_at)
       values ($1, $2, $3, now() - interval '5 minutes', now() - make_interval(secs => $4))
       on conflict (operator_id) do update set status = excluded.status, heartbeat_at = excluded.heartbeat_at`,
      [id, anna.administrationId, status, secondsAgo],
    );

  it('are the specialists of the offices that answer, who are free, in the hours of the office', async () => {
    const topic = await aTopic();
    const office = await anOffice({ topics: [topic.id], phone: '051 1', openOnHolidays: true });
    const closed = await anOffice({ topics: [topic.id], email: 'chiuso@valdoro.example' });
    await ask(
      'PUT',
      `/api/offices/${office.id}/hours`,
      { hours: [{ opening: always }, { channel: 'walk_in', opening: [] }] },
      { version: 'seen' },
    );
    await ask(
      'PUT',
      `/api/offices/${closed.id}/hours`,
      { hours: [{ channel: 'phone', opening: [] }] },
      { version: 'seen' },
    );
    const [sara, front] = [
      await anOperator(office.id, { phone: '051 2', languages: ['it', 'en'] }),
      await anOperator(office.id, { memberships: [{ office: office.id, role: 'tier1_operator', tier: 1 }] }),
    ];
    await presence(sara.id, 'available');
    await presence(front.id, 'available');
    const duty = async (more = '&channel=phone') =>
      (await ask<OnDutyList>('GET', `/api/on-duty?topic=${topic.code}${more}`, undefined, { as: anna })).body;
    expect((await duty()).items).toEqual([
      {
        id: office.id,
        name: office.name,
        phone: '051 1',
        open: true,
        people: [
          {
            id: sara.id,
            name: sara.name,
            tier: 2,
            phone: '051 2',
            languages: ['it', 'en'],
            since: expect.stringMatching(/^\d{4}-/),
            inHand: 0,
          },
        ],
      },
      { id: closed.id, name: closed.name, email: 'chiuso@valdoro.example', open: false, people: [] },
    ]);
    const free = async () => (await duty()).items[0]?.people.map(({ name, insteadOf }) => [name, insteadOf?.name]);
    expect((await duty('&channel=walk_in')).items.find(({ id }) => id === office.id)).toMatchObject({
      open: false,
      people: [],
    });
    await presence(sara.id, 'busy');
    expect(await free()).toEqual([]);
    await presence(sara.id, 'available', 600);
    expect(await free()).toEqual([]);
    await presence(sara.id, 'available');
    const davide = await anOperator(anna.office);
    await presence(davide.id, 'available');
    const now = Date.now();
    await ask('POST', `/api/operators/${sara.id}/absences`, {
      from: new Date(now - 60_000).toISOString(),
      to: new Date(now + 60_000).toISOString(),
      substitute: davide.id,
    });
    expect(await free()).toEqual([[davide.name, sara.name]]);
    await ask('POST', `/api/operators/${davide.id}/deactivations`, undefined, { version: 'seen' });
    expect(await free()).toEqual([]);
  });

  it('asks for a topic that there is', async () => {
    expect((await ask('GET', '/api/on-duty?topic=nothing')).status).toBe(404);
    expect((await ask('GET', '/api/on-duty')).status).toBe(422);
  });
});
