import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { OperatorDetail, ProblemView } from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { AnyProvider, Browser } from './testing.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

let provider: AnyProvider;
let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let taxes: string;

beforeAll(async () => {
  provider = await AnyProvider.start();
  const grants = [
    { claim: 'groups', value: 'amministratori', role: 'admin' },
    { claim: 'groups', value: 'tributi', role: 'specialist', office: 'TRIB' },
    { claim: 'realm_access.roles', value: 'redazione', role: 'kb_editor' },
    { claim: 'groups', value: 'chiuso', office: 'NESSUNO' },
  ];
  rest = await RestApplication.start({ OIDC_ISSUER: provider.issuer, OIDC_GRANTS: JSON.stringify(grants) });
  anna = await rest.administration('Valdoro', 'admin');
  taxes = await rest.office(anna.administrationId, 'Tributi');
  await rest.core.query(`update office set code = 'TRIB' where id = $1`, [taxes]);
});
afterAll(async () => {
  await rest.stop();
  await provider.stop();
});

/** Logs in with claims; gives a browser that is in. */
async function logIn(person: string, claims: object): Promise<Browser> {
  const browser = new Browser(rest.core.running.url);
  const { location = '' } = await browser.go('/auth/login');
  const { nonce, state } = Object.fromEntries(new URL(location).searchParams);
  const now = Math.floor(Date.now() / 1_000);
  provider.idToken = await provider.sign(
    {
      iss: provider.issuer,
      aud: 'filodiretto-crm',
      sub: person,
      iat: now,
      exp: now + 300,
      auth_time: now,
      nonce,
      ...claims,
    },
    { typ: 'JWT' },
  );
  expect((await browser.go(`/auth/callback?code=any&state=${state}`)).status).toBe(303);
  return browser;
}
const seen = async (id: string, as: Browser): Promise<OperatorDetail> =>
  JSON.parse((await as.go(`/api/operators/${id}`)).text) as OperatorDetail;
const somebody = (role: string): Promise<TestOperator> =>
  rest.operator(anna.administrationId, anna.office, 'Ugo', role);
const put = async (id: string, as: Browser, change: object): Promise<{ status: number; body: ProblemView }> => {
  const { name, role, office, version } = await seen(id, as);
  const answer = await as.go(`/api/operators/${id}`, {
    method: 'PUT',
    headers: {
      origin: 'https://filodiretto.example',
      'sec-fetch-site': 'same-origin',
      'filodiretto-request': '1',
      'content-type': 'application/json',
      'if-match': `"${version}"`,
    },
    body: JSON.stringify({ name, role, office: office.id, ...change }),
  });
  return { status: answer.status, body: JSON.parse(answer.text) as ProblemView };
};

describe('what claims of the identity provider give', () => {
  it('comes with the claim, and goes with it; what was assigned here stays', async () => {
    const ugo = await somebody('back_office_member');
    const admin = await logIn(anna.id, { groups: ['amministratori'] });
    await logIn(ugo.id, { groups: ['tributi'] });
    expect(await seen(ugo.id, admin)).toMatchObject({
      role: 'specialist',
      roleFromProvider: true,
      version: 2,
      memberships: [
        { office: { id: anna.office }, main: true, fromProvider: false },
        { office: { id: taxes }, role: 'specialist', main: false, fromProvider: true },
      ],
    });
    await logIn(ugo.id, { realm_access: { roles: ['redazione'] } });
    expect(await seen(ugo.id, admin)).toMatchObject({
      role: 'kb_editor',
      memberships: [{ office: { id: anna.office } }],
    });
    await logIn(ugo.id, {});
    expect(await seen(ugo.id, admin)).toMatchObject({
      role: 'back_office_member',
      roleFromProvider: false,
      version: 4,
    });
    await logIn(ugo.id, {});
    expect((await seen(ugo.id, admin)).version).toBe(4);
  });

  it('holds from the login on, and is in the trail', async () => {
    const ugo = await somebody('back_office_member');
    const as = await logIn(ugo.id, { groups: ['amministratori'] });
    expect((await as.go('/api/settings')).status).toBe(200);
    const entries = await rest.core.query(
      `select actor_id, fields from trail_entry where operation = 'applyClaims' and subject_id = $1`,
      [ugo.id],
    );
    expect(entries).toEqual([{ actor_id: ugo.id, fields: ['role'] }]);
    await logIn(ugo.id, {});
  });

  it('is not changed here, and does not come in the way of what is', async () => {
    const ugo = await somebody('back_office_member');
    const admin = await logIn(anna.id, {});
    await logIn(ugo.id, { groups: ['tributi'] });
    const role = await put(ugo.id, admin, { role: 'supervisor' });
    expect([role.status, role.body.errors?.[0]?.pointer]).toEqual([422, '/role']);
    const place = await put(ugo.id, admin, { memberships: [{ office: taxes, role: 'office_head', tier: 1 }] });
    expect([place.status, place.body.errors?.[0]?.pointer]).toEqual([422, '/memberships/0']);
    // Who leaves it out does not take it away.
    expect((await put(ugo.id, admin, { name: 'Ugo Neri', memberships: [] })).status).toBe(200);
    expect(await seen(ugo.id, admin)).toMatchObject({ name: 'Ugo Neri', role: 'specialist' });
    expect((await seen(ugo.id, admin)).memberships).toHaveLength(2);
    await logIn(ugo.id, {});
    expect(await seen(ugo.id, admin)).toMatchObject({ name: 'Ugo Neri', role: 'back_office_member' });
  });

  it('leaves a place of our own as it is', async () => {
    const ugo = await somebody('back_office_member');
    const admin = await logIn(anna.id, {});
    await put(ugo.id, admin, { memberships: [{ office: taxes, role: 'office_head', tier: 2 }] });
    for (const claims of [{ groups: ['tributi'] }, {}]) {
      await logIn(ugo.id, claims);
      const { memberships } = await seen(ugo.id, admin);
      expect(memberships).toContainEqual(
        expect.objectContaining({
          office: expect.objectContaining({ id: taxes }),
          role: 'office_head',
          fromProvider: false,
        }),
      );
    }
  });

  it('never takes away the last administrator', async () => {
    const other = await rest.administration('Montechiaro', 'back_office_member');
    await logIn(other.id, { groups: ['amministratori'] });
    const as = await logIn(other.id, {});
    expect(await seen(other.id, as)).toMatchObject({ role: 'admin', roleFromProvider: true });
    // Once there is another, it goes.
    await rest.operator(other.administrationId, other.office, 'Bruna', 'admin');
    await logIn(other.id, {});
    expect(await seen(other.id, as)).toMatchObject({ role: 'back_office_member', roleFromProvider: false });
  });

  it('is nothing where the office is not there', async () => {
    const ugo = await somebody('back_office_member');
    const admin = await logIn(anna.id, {});
    await logIn(ugo.id, { groups: ['chiuso'] });
    expect((await seen(ugo.id, admin)).memberships).toHaveLength(1);
  });
});
