import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { tokenFor } from '../testing.js';
import { ENTERPRISE_SCHEMA, ERROR_SCHEMA, GROUP_SCHEMA, LIST_SCHEMA, USER_SCHEMA } from './scim.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
interface User {
  readonly id: string;
  readonly userName: string;
  readonly active: boolean;
  readonly displayName: string;
  readonly scimType?: string;
  readonly schemas?: readonly string[];
  readonly totalResults?: number;
  readonly Resources?: readonly User[];
  readonly members?: readonly { readonly value: string; readonly display: string }[];
}

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let elsewhere: TestOperator & { readonly office: string };
let directory: TestOperator;
/** Code of the office in which people are. */
let department: string;

/** A program that may provision, of an administration. */
const provisioner = async (of: TestOperator & { readonly office: string }): Promise<TestOperator> => {
  const made = await rest.operator(of.administrationId, of.office, 'Directory', 'api_client');
  await rest.core.query(
    `update operator_identity set client_id = 'filodiretto-crm', scopes = '{filodiretto:scim}' where operator_id = $1`,
    [made.id],
  );
  return { ...made, token: await tokenFor(made.id, { scope: 'filodiretto:scim' }) };
};
const codeOf = async (office: string): Promise<string> =>
  (await rest.core.query<{ code: string }>('select code from office where id = $1', [office]))[0]?.code ?? '';
beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
  directory = await provisioner(anna);
  department = await codeOf(anna.office);
}, 120_000);
afterAll(() => rest.stop(), 120_000);

const ask = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
  as: TestOperator = directory,
) =>
  rest.ask<User>(method, `/scim/v2/${path}`, {
    as,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/scim+json' } } : {}),
  });
const person = (more: object = {}): object => ({
  schemas: [USER_SCHEMA],
  userName: `u-${v7()}`,
  name: { formatted: 'Barbara Jensen', familyName: 'Jensen', givenName: 'Barbara' },
  emails: [{ value: 'bjensen@comune.example', type: 'work' }],
  [ENTERPRISE_SCHEMA]: { department },
  ...more,
});
const patch = (...operations: object[]): object => ({ schemas: [PATCH], Operations: operations });
const made = async (more: object = {}): Promise<User> => {
  const answer = await ask('POST', 'Users', person(more));
  expect(answer.status).toBe(201);
  return answer.body;
};

describe('one of more people than are looked through', () => {
  const MANY = 20_050;
  let crowd: TestOperator & { readonly office: string };
  let asks: TestOperator;
  const find = (filter: string) => ask('GET', `Users?filter=${encodeURIComponent(filter)}`, undefined, asks);

  beforeAll(async () => {
    crowd = await rest.administration('Granporto');
    asks = await provisioner(crowd);
    await rest.core.query(
      `with made as (
         insert into operator (id, administration_id, office_id, code, name, role)
         select gen_random_uuid(), $1, $2, 'Persona-' || n, 'Persona ' || n, 'back_office_member' from generate_series(1, ${MANY}) n
         returning id, code)
       insert into operator_identity (id, administration_id, operator_id, issuer, subject, linked_by)
       select gen_random_uuid(), $1, id, i.issuer, 'soggetto-' || code, 'provisioning' from made
         cross join (select issuer from operator_identity where operator_id = $3) i`,
      [crowd.administrationId, crowd.office, asks.id],
    );
    await rest.core.query('analyze operator');
  });

  it('is found by each of their names, whole and as written', async () => {
    const byName = await find('userName eq "pERSONA-19999"');
    expect(byName.body.Resources).toMatchObject([{ userName: 'Persona-19999' }]);
    const id = byName.body.Resources?.[0]?.id ?? '';
    for (const filter of [`id eq "${id}"`, 'externalId eq "soggetto-Persona-19999"'])
      expect((await find(filter)).body.Resources).toMatchObject([{ id }]);
    for (const filter of [
      'externalId eq "\\u0000"',
      'userName eq "persona-0"',
      'id eq "persona"',
      'externalId eq "SOGGETTO-Persona-1"',
    ])
      expect((await find(filter)).body).toMatchObject({ totalResults: 0 });
  });

  it('is not found by what is looked at one by one', async () => {
    expect(await find('displayName eq "Persona 7"')).toMatchObject({ status: 400, body: { scimType: 'tooMany' } });
  });

  it('is read by an index, not among all', async () => {
    const plan = await rest.core.query<{ 'QUERY PLAN': string }>(
      'explain select from operator o where o.administration_id = $1 and lower(o.code) = lower($2)',
      [crowd.administrationId, 'persona-5'],
    );
    expect(plan.map(line => line['QUERY PLAN']).join(' ')).toContain('operator_by_code');
  });
});

describe('provisioning by SCIM', () => {
  it('makes an operator, who is known by the externalId at the identity provider, with no right but the least', async () => {
    const externalId = v7();
    const answer = await ask('POST', 'Users', person({ externalId }));
    expect([answer.status, answer.headers['content-type'], answer.headers.location]).toEqual([
      201,
      'application/scim+json; charset=utf-8',
      `/scim/v2/Users/${answer.body.id}`,
    ]);
    expect(answer.body).toMatchObject({
      schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
      displayName: 'Barbara Jensen',
      active: true,
      externalId,
    });
    const authorization = `Bearer ${await tokenFor(externalId)}`;
    const me = await rest.ask<{ id: string; role: string }>('GET', '/api/operators/me', { headers: { authorization } });
    expect(me.body).toMatchObject({ id: answer.body.id, role: 'back_office_member' });
  });

  it('leaves in the trail whom the directory made and changed', async () => {
    const user = await made();
    await ask('PATCH', `Users/${user.id}`, patch({ op: 'replace', path: 'active', value: false }));
    const entries = await rest.core.query(
      'select operation, actor_id from trail_entry where subject_id = $1 order by position',
      [user.id],
    );
    expect(entries).toEqual([
      { operation: 'scimMakeUser', actor_id: directory.id },
      { operation: 'scimChangeUser', actor_id: directory.id },
    ]);
  });

  it('shuts out whoever is set inactive, at the next request, and lets in who is back', async () => {
    const externalId = v7();
    const { id } = await made({ externalId });
    const headers = { authorization: `Bearer ${await tokenFor(externalId)}` };
    const status = async (): Promise<number> => (await rest.ask('GET', '/api/operators/me', { headers })).status;
    expect(await status()).toBe(200);
    expect(
      (await ask('PATCH', `Users/${id}`, patch({ op: 'Replace', path: 'active', value: 'False' }))).body.active,
    ).toBe(false);
    expect(await status()).toBe(401);
    expect((await ask('PATCH', `Users/${id}`, patch({ op: 'replace', value: { active: true } }))).body.active).toBe(
      true,
    );
    expect(await status()).toBe(200);
    expect((await ask('DELETE', `Users/${id}`)).status).toBe(204);
    expect(await status()).toBe(401);
    expect((await ask('GET', `Users/${id}`)).body.active).toBe(false);
  });

  it.each([
    ['their name', { op: 'replace', path: 'displayName', value: 'Babs' }, { displayName: 'Babs' }],
    [
      'their name, by its parts',
      { op: 'add', value: { name: { givenName: 'Bo', familyName: 'Re' } } },
      { displayName: 'Bo Re' },
    ],
    ['their name, formatted', { op: 'replace', path: 'name.formatted', value: 'B. J.' }, { displayName: 'B. J.' }],
    [
      'an address by its kind',
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@x.example' },
      { emails: [{ value: 'b@x.example', type: 'work', primary: true }] },
    ],
    [
      'the primary address of several',
      { op: 'add', path: 'emails', value: [{ value: 'a@x.example' }, { value: 'b@x.example', primary: true }] },
      { emails: [{ value: 'b@x.example', type: 'work', primary: true }] },
    ],
    [
      'nothing for what is not kept',
      { op: 'replace', path: 'title', value: 'Vice' },
      { displayName: 'Barbara Jensen' },
    ],
    [
      'an attribute under the name of its schema',
      { op: 'replace', path: `${USER_SCHEMA}:displayName`, value: 'Babs' },
      { displayName: 'Babs' },
    ],
  ])('changes %s', async (_what, operation, expected) => {
    const { id } = await made();
    const answer = await ask('PATCH', `Users/${id}`, patch(operation));
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining(expected)]);
  });

  it('clears an address that is removed, and what a replacement leaves out; never role or office', async () => {
    const { id, userName } = await made();
    expect((await ask('PATCH', `Users/${id}`, patch({ op: 'remove', path: 'emails' }))).body).not.toHaveProperty(
      'emails',
    );
    await rest.core.query(`update operator set role = 'specialist', languages = '{it,en}' where id = $1`, [id]);
    const put = await ask('PUT', `Users/${id}`, person({ userName, displayName: 'Altro Nome', emails: undefined }));
    expect([put.status, put.body.displayName]).toEqual([200, 'Altro Nome']);
    expect(await rest.core.query('select role, email, languages from operator where id = $1', [id])).toEqual([
      { role: 'specialist', email: null, languages: ['it', 'en'] },
    ]);
  });

  it('finds by userName and by externalId, in whatever letters, and pages', async () => {
    const externalId = `x"${v7()}`;
    const { id, userName } = await made({ externalId });
    const found = async (filter: string): Promise<unknown> =>
      (await ask('GET', `Users?filter=${encodeURIComponent(filter)}`)).body.Resources?.map(one => one.id);
    expect(await found(`userName eq "${userName.toUpperCase()}"`)).toEqual([id]);
    expect(await found(`externalid EQ ${JSON.stringify(externalId)}`)).toEqual([id]);
    expect(await found('userName eq "nobody"')).toEqual([]);
    const [first, second] = [await ask('GET', 'Users?count=1'), await ask('GET', 'Users?count=1&startIndex=2')];
    expect(first.body).toMatchObject({ schemas: [LIST_SCHEMA], startIndex: 1, itemsPerPage: 1 });
    expect(first.body.totalResults).toBeGreaterThan(2);
    expect(first.body.Resources?.[0]?.id).not.toBe(second.body.Resources?.[0]?.id);
    const all = await ask('GET', 'Users?count=200');
    // Programs are no people.
    expect(all.body.Resources?.some(one => one.id === directory.id)).toBe(false);
  });

  it('finds by whatever is told of people, in the order asked for, and tells as much of them as asked for', async () => {
    const mark = v7();
    for (const name of ['Carla', 'anna', 'Bruno'])
      await made({
        displayName: `${name} ${mark}`,
        emails: [{ value: `${name}.${mark}@comune.example`, type: 'work' }],
      });
    const filter = encodeURIComponent(`emails[type eq "work" and value co "${mark}"] and not (displayName sw "bruno")`);
    const asked = `Users?filter=${filter}&sortBy=displayName&attributes=displayName`;
    const found = await ask('GET', `${asked}&count=1&startIndex=2`);
    expect(found.body).toMatchObject({ totalResults: 2, startIndex: 2, itemsPerPage: 1 });
    expect(found.body.Resources).toEqual([
      { schemas: expect.any(Array), id: expect.any(String), displayName: `Carla ${mark}` },
    ]);
    const down = await ask('GET', `${asked}&sortOrder=descending`);
    expect(down.body.Resources?.map(one => one.displayName)).toEqual([`Carla ${mark}`, `anna ${mark}`]);
  });

  it('has a version, by which nothing is told again and nothing is changed that was changed meanwhile', async () => {
    const { id } = await made();
    const asked = (method: 'GET' | 'PATCH' | 'DELETE', headers: Record<string, string>, body?: object) =>
      rest.ask<User>(method, `/scim/v2/Users/${id}`, {
        as: directory,
        headers: { ...headers, ...(body ? { 'content-type': 'application/scim+json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    const seen = (await asked('GET', {})).headers.etag ?? '';
    expect(seen).toMatch(/^W\/"[0-9a-f]{32}"$/);
    expect((await asked('GET', { 'if-none-match': seen })).status).toBe(304);
    const rename = patch({ op: 'replace', path: 'displayName', value: 'Altro Nome' });
    const changed = await asked('PATCH', { 'if-match': seen }, rename);
    expect([changed.status, changed.headers.etag === seen]).toEqual([200, false]);
    const late = [await asked('PATCH', { 'if-match': seen }, rename), await asked('DELETE', { 'if-match': seen })];
    expect(late.map(one => one.status)).toEqual([412, 412]);
    expect((await asked('GET', { 'if-none-match': seen })).body).toMatchObject({ active: true });
    expect((await asked('DELETE', { 'if-match': changed.headers.etag ?? '' })).status).toBe(204);
  });

  const bad: readonly (readonly [string, () => ReturnType<typeof ask>, number, string | undefined])[] = [
    [
      'a userName that is taken',
      async () => ask('POST', 'Users', person({ userName: (await made()).userName })),
      409,
      'uniqueness',
    ],
    [
      'an externalId that is taken',
      async () => ask('POST', 'Users', person({ externalId: anna.id })),
      409,
      'uniqueness',
    ],
    ['a user without a schema', async () => ask('POST', 'Users', person({ schemas: [] })), 400, 'invalidSyntax'],
    ['a user without a name', async () => ask('POST', 'Users', person({ name: undefined })), 400, 'invalidValue'],
    [
      'a userName of strange letters',
      async () => ask('POST', 'Users', person({ userName: 'a b' })),
      400,
      'invalidValue',
    ],
    [
      'an address that is none',
      async () => ask('POST', 'Users', person({ emails: [{ value: 'x' }] })),
      400,
      'invalidValue',
    ],
    [
      'nobody’s office: who belongs to the whole administration would see all of it',
      async () => ask('POST', 'Users', person({ [ENTERPRISE_SCHEMA]: {} })),
      400,
      'invalidValue',
    ],
    [
      'an office that is none',
      async () => ask('POST', 'Users', person({ [ENTERPRISE_SCHEMA]: { department: 'luna' } })),
      400,
      'invalidValue',
    ],
    [
      'another userName',
      async () => ask('PATCH', `Users/${(await made()).id}`, patch({ op: 'replace', path: 'userName', value: 'x' })),
      400,
      'mutability',
    ],
    [
      'a path that is none',
      async () => ask('PATCH', `Users/${(await made()).id}`, patch({ op: 'replace', path: 'shoeSize', value: 1 })),
      400,
      'invalidPath',
    ],
    [
      'to remove nothing',
      async () => ask('PATCH', `Users/${(await made()).id}`, patch({ op: 'remove' })),
      400,
      'invalidPath',
    ],
    [
      'an operation that is none',
      async () => ask('PATCH', `Users/${(await made()).id}`, patch({ op: 'swap' })),
      400,
      'invalidSyntax',
    ],
    ['no operations', async () => ask('PATCH', `Users/${(await made()).id}`, patch()), 400, 'invalidSyntax'],
    [
      'active neither true nor false',
      async () => ask('PATCH', `Users/${(await made()).id}`, patch({ op: 'replace', path: 'active', value: 'maybe' })),
      400,
      'invalidValue',
    ],
    ['a filter that is none', async () => ask('GET', 'Users?filter=title%20is%20%22x%22'), 400, 'invalidFilter'],
    ['somebody who is not there', async () => ask('GET', `Users/${v7()}`), 404, undefined],
    [
      'somebody of another administration',
      async () => ask('PATCH', `Users/${elsewhere.id}`, patch({ op: 'replace', path: 'active', value: false })),
      404,
      undefined,
    ],
    ['somebody by a name that is no id', async () => ask('GET', 'Users/bjensen'), 404, undefined],
    ['a program', async () => ask('DELETE', `Users/${directory.id}`), 404, undefined],
    ['what a token of another scope asks', async () => ask('GET', 'Users', undefined, anna), 403, undefined],
    [
      'what nobody asks',
      async () => ask('GET', 'Users', undefined, { ...anna, token: 'x'.repeat(20) }),
      401,
      undefined,
    ],
  ];
  it.each(bad)('refuses %s, in the words of SCIM', async (_what, asked, status, scimType) => {
    const answer = await asked();
    expect([answer.status, answer.body.scimType]).toEqual([status, scimType]);
    expect(answer.body).toMatchObject({ schemas: [ERROR_SCHEMA], status: String(status), detail: expect.any(String) });
  });

  it('does not make whoever may do more somebody else at the identity provider, and shuts them out all the same', async () => {
    const head = await made({ externalId: v7() });
    await rest.core.query(`update operator set role = 'supervisor' where id = $1`, [head.id]);
    const stolen = await ask('PATCH', `Users/${head.id}`, patch({ op: 'replace', path: 'externalId', value: v7() }));
    expect([stolen.status, stolen.body.schemas]).toEqual([403, [ERROR_SCHEMA]]);
    const away = await ask('PATCH', `Users/${head.id}`, patch({ op: 'replace', path: 'active', value: false }));
    expect([away.status, away.body.active]).toEqual([200, false]);
  });

  it('allows nothing else by its token', async () => {
    expect((await rest.ask('GET', '/api/cases', { as: directory })).status).toBe(403);
  });
});

describe('the groups of a directory', () => {
  let group: string;
  let other: string;
  const members = async (id = group): Promise<unknown> =>
    (await ask('GET', `Groups/${id}`)).body.members?.map(one => one.value).sort();
  const people = (...users: User[]): object[] => users.map(({ id }) => ({ value: id }));
  beforeAll(async () => {
    [group, other] = [
      await rest.office(anna.administrationId, 'Anagrafe'),
      await rest.office(anna.administrationId, 'Tributi'),
    ];
  });

  it('are the offices, found by name or by code (externalId), with or without who belongs to them', async () => {
    const found = await ask('GET', `Groups?filter=${encodeURIComponent('displayName eq "ANAGRAFE"')}`);
    expect(found.body).toMatchObject({
      schemas: [LIST_SCHEMA],
      totalResults: 1,
      Resources: [{ schemas: [GROUP_SCHEMA], id: group, displayName: 'Anagrafe', members: [] }],
    });
    const code = await codeOf(group);
    const byCode = await ask('GET', `Groups?filter=${encodeURIComponent(`externalId eq "${code}"`)}`);
    expect(byCode.body.Resources?.map(one => one.id)).toEqual([group]);
    const light = await ask('GET', `Groups/${group}?excludedAttributes=members`);
    expect(light.body).not.toHaveProperty('members');
    const all = await ask('GET', 'Groups?count=200');
    expect(all.body.Resources?.map(one => one.id)).toEqual(expect.arrayContaining([group, other, anna.office]));
    expect(all.body.Resources?.map(one => one.id)).not.toContain(elsewhere.office);
  });

  it('take people in and let them go, in every way that directories say it', async () => {
    const [a, b, c] = [await made(), await made(), await made()];
    const change = async (...operations: object[]): Promise<unknown> => {
      const answer = await ask('PATCH', `Groups/${group}`, patch(...operations));
      expect(answer.status).toBe(200);
      return answer.body.members?.map(one => one.value).sort();
    };
    expect(await change({ op: 'Add', path: 'members', value: people(a, b) })).toEqual([a.id, b.id].sort());
    expect(await change({ op: 'add', value: { members: people(b, c) } })).toEqual([a.id, b.id, c.id].sort());
    expect(await change({ op: 'remove', path: `members[value eq "${b.id}"]` })).toEqual([a.id, c.id].sort());
    expect(await change({ op: 'remove', path: 'members', value: people(a) })).toEqual([c.id]);
    expect(
      await change(
        { op: 'replace', path: 'members', value: people(a) },
        { op: 'replace', path: 'displayName', value: 'X' },
      ),
    ).toEqual([a.id]);
    expect(await change({ op: 'remove', path: 'members' })).toEqual([]);
    const put = await ask('PUT', `Groups/${group}`, { schemas: [GROUP_SCHEMA], displayName: 'X', members: people(b) });
    expect([put.status, put.body.displayName]).toEqual([200, 'Anagrafe']);
    expect(await members()).toEqual([b.id]);
  });

  it('give whoever comes the least there is, and change neither the role nor the place of who was there', async () => {
    const [old, come] = [await made(), await made()];
    await rest.core.query(
      `insert into membership (operator_id, office_id, administration_id, role, tier) values ($1, $2, $3, 'office_head', 3)`,
      [old.id, other, anna.administrationId],
    );
    await ask('PATCH', `Groups/${other}`, patch({ op: 'add', path: 'members', value: people(old, come) }));
    expect(
      await rest.core.query('select operator_id, role from membership where office_id = $1 order by role', [other]),
    ).toEqual([
      { operator_id: come.id, role: 'back_office_member' },
      { operator_id: old.id, role: 'office_head' },
    ]);
    const trail = await rest.core.query('select operation from trail_entry where subject_id = $1', [other]);
    expect(trail).toEqual([{ operation: 'scimChangeGroup' }]);
  });

  it('do not name programs, nor whoever is shut out', async () => {
    const gone = await made();
    await ask('PATCH', `Groups/${other}`, patch({ op: 'add', path: 'members', value: people(gone) }));
    await ask('DELETE', `Users/${gone.id}`);
    expect(await members(other)).not.toContain(gone.id);
    expect(await members(anna.office)).not.toContain(directory.id);
  });

  it.each([
    [
      'somebody of another administration',
      () => ({ op: 'add', path: 'members', value: [{ value: elsewhere.id }] }),
      400,
      'invalidValue',
    ],
    ['a program', () => ({ op: 'add', path: 'members', value: [{ value: directory.id }] }), 400, 'invalidValue'],
    [
      'a member that is no id',
      () => ({ op: 'add', path: 'members', value: [{ value: 'bjensen' }] }),
      400,
      'invalidValue',
    ],
    ['members that are none', () => ({ op: 'add', path: 'members', value: 'tutti' }), 400, 'invalidValue'],
    ['a path that is none', () => ({ op: 'add', path: 'owners', value: [] }), 400, 'invalidPath'],
    [
      'one member to be replaced',
      () => ({ op: 'replace', path: `members[value eq "${anna.id}"]`, value: {} }),
      400,
      'invalidPath',
    ],
  ] as const)('refuse %s, and nothing of the request is done', async (_what, operation, status, scimType) => {
    const [before, one] = [await members(), await made()];
    const answer = await ask(
      'PATCH',
      `Groups/${group}`,
      patch({ op: 'add', path: 'members', value: people(one) }, operation()),
    );
    expect([answer.status, answer.body.scimType, answer.body.schemas]).toEqual([status, scimType, [ERROR_SCHEMA]]);
    expect(await members()).toEqual(before);
  });

  it('keep whoever has their main office there, and are not made, ended or seen from elsewhere', async () => {
    const main = await made({
      [ENTERPRISE_SCHEMA]: {
        department: (await rest.core.query<{ code: string }>('select code from office where id = $1', [group]))[0]
          ?.code,
      },
    });
    const away = await ask('PATCH', `Groups/${group}`, patch({ op: 'remove', path: 'members', value: people(main) }));
    expect([away.status, away.body.scimType]).toEqual([400, 'mutability']);
    expect(await members()).toContain(main.id);
    expect((await ask('POST', 'Groups', { schemas: [GROUP_SCHEMA], displayName: 'Nuovo' })).status).toBe(403);
    expect((await ask('DELETE', `Groups/${group}`)).status).toBe(403);
    expect((await ask('GET', `Groups/${elsewhere.office}`)).status).toBe(404);
    expect((await ask('PATCH', `Groups/${elsewhere.office}`, patch({ op: 'remove', path: 'members' }))).status).toBe(
      404,
    );
    expect((await ask('GET', 'Groups', undefined, anna)).status).toBe(403);
  });

  it('lose nobody when two requests add at once', async () => {
    const users = await Promise.all(Array.from({ length: 6 }, () => made()));
    const answers = await Promise.all(
      users.map(user => ask('PATCH', `Groups/${group}`, patch({ op: 'add', path: 'members', value: people(user) }))),
    );
    expect(answers.map(({ status }) => status)).toEqual(users.map(() => 200));
    expect(await members()).toEqual(expect.arrayContaining(users.map(({ id }) => id)));
  });

  it('are described, as users are, to whoever asks what there is', async () => {
    const ids = async (path: string): Promise<unknown> => (await ask('GET', path)).body.Resources?.map(one => one.id);
    expect(await ids('ResourceTypes')).toEqual(['User', 'Group']);
    expect(await ids('Schemas')).toEqual([USER_SCHEMA, ENTERPRISE_SCHEMA, GROUP_SCHEMA]);
    expect((await ask('GET', `Schemas/${GROUP_SCHEMA}`)).body.id).toBe(GROUP_SCHEMA);
    expect((await ask('GET', 'Schemas/urn:none')).status).toBe(404);
    expect((await ask('GET', 'ServiceProviderConfig')).status).toBe(200);
  });
});
