import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { SessionList } from '@filodiretto/contracts';
import { generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { askIdentityProvider } from '../testing.js';
import { ownPath } from './login.js';
import { loggedInLately } from './recent-login.js';
import { AnyProvider, Browser } from './testing.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

/** Makes people known at the provider of the tests, by the ids of their operators. */
const introduce = (...people: readonly { subject: string; email?: string; emailVerified?: boolean }[]) =>
  askIdentityProvider(
    'people',
    people.map(one => ({ name: 'Persona', email: `${one.subject}@comune.example`, ...one })),
  );

describe('a session of the browser, by the real provider', () => {
  const clientId = `core-${v7()}`;
  const secret = v7();
  let rest: RestApplication;
  let anna: TestOperator & { readonly office: string };
  let director: TestOperator;
  const browser = (): Browser => new Browser(rest.core.running.url);
  const me = async (cookie: string): Promise<number> =>
    (await fetch(`${rest.core.running.url}/api/operators/me`, { headers: { cookie } })).status;
  const sessionsOf = (operator: string) =>
    rest.core.query<{ id: string; acr: string }>('select * from operator_session where operator_id = $1', [operator]);
  const somebody = async (name: string, role?: string): Promise<TestOperator> => {
    const made = await rest.operator(anna.administrationId, anna.office, name, role);
    await introduce({ subject: made.id });
    return made;
  };

  beforeAll(async () => {
    rest = await RestApplication.start({ OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: secret });
    await askIdentityProvider('clients', {
      id: clientId,
      secret,
      redirectUris: ['https://filodiretto.example/auth/callback'],
      postLogoutRedirectUris: ['https://filodiretto.example/'],
      backchannelLogoutUri: `${rest.core.running.url}/auth/back-channel-logout`,
    });
    anna = await rest.administration('Valdoro');
    await introduce({ subject: anna.id });
    director = await somebody('Dora', 'admin');
  });
  afterAll(() => rest.stop());

  it('begins by the code with PKCE, behind a cookie that no script and no other site sees', async () => {
    const one = browser();
    const sent = await one.go('/auth/login?return_to=/api/sessions');
    const asked = new URL(sent.location ?? '').searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: clientId,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/.{40}/),
      nonce: expect.stringMatching(/.{40}/),
      scope: 'openid profile email',
    });
    const back = await one.login(anna.id, '/auth/login?return_to=/api/sessions');
    expect([back.status, back.location]).toEqual([303, 'https://filodiretto.example/api/sessions']);
    expect(back.setCookies[0]).toMatch(
      /^__Host-filodiretto=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=43200$/,
    );
    const list = JSON.parse((await one.go('/api/sessions')).text) as SessionList;
    expect(list.items).toEqual([expect.objectContaining({ current: true })]);
  });

  it('keeps the hash of the cookie and nothing of what the provider gave', async () => {
    const one = browser();
    await one.login(anna.id, '/auth/login?return_to=/kept');
    const [, value = ''] = one.cookie.split('=');
    const rows = await rest.core.query<Record<string, unknown>>(
      `select * from operator_session where secret_hash = $1`,
      [createHash('sha256').update(value).digest()],
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(value);
    expect(Object.keys(rows[0] ?? {}).filter(name => /token|code|verifier/.test(name))).toEqual([]);
    expect(await rest.core.query(`select from login_attempt where return_to = '/kept'`)).toEqual([]);
  });

  it('is given anew at each login, and the one before is over', async () => {
    const one = browser();
    await one.login(anna.id);
    const before = one.cookie;
    await one.login(anna.id);
    expect(one.cookie).not.toBe(before);
    expect([await me(before), await me(one.cookie)]).toEqual([401, 200]);
  });

  it('never begins with the state of somebody else', async () => {
    const one = browser();
    const callback = new URL(await one.chosen(anna.id));
    callback.searchParams.set('state', v7());
    const back = await one.go(callback.href);
    expect([back.status, back.setCookies.some(cookie => cookie.startsWith('__Host-filodiretto='))]).toEqual([
      401,
      false,
    ]);
  });

  it('never begins in another browser than that which asked', async () => {
    const callback = await browser().chosen(anna.id);
    expect((await browser().go(callback)).status).toBe(400);
    const victim = browser();
    await victim.go('/auth/login');
    expect((await victim.go(callback)).status).toBe(401);
  });

  it('never begins twice by one code, not even for who knows all that belongs to it', async () => {
    const one = browser();
    const callback = await one.chosen(anna.id);
    const [attempt] = await rest.core.query<Record<string, unknown>>('select * from login_attempt where state = $1', [
      new URL(callback).searchParams.get('state'),
    ]);
    const planted = Buffer.from('x'.repeat(43));
    expect((await one.go(callback)).status).toBe(303);
    expect((await one.go(callback)).status).toBe(400);
    await rest.core.query(
      `insert into login_attempt (secret_hash, state, nonce, code_verifier, return_to, max_age) values ($1, $2, $3, $4, '/', 600)`,
      [createHash('sha256').update(planted).digest(), attempt?.state, attempt?.nonce, attempt?.code_verifier],
    );
    const again = await browser().go(callback, {
      headers: { cookie: `__Host-filodiretto-login=${planted.toString()}` },
    });
    expect(again.status).toBe(401);
  });

  it('changes nothing for a request that no page of ours made', async () => {
    const one = browser();
    await one.login(anna.id);
    const post = (headers: Record<string, string>): Promise<number> =>
      one
        .go('/api/cases', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ subject: 'Buca in via Verdi' }),
        })
        .then(({ status }) => status);
    const ours = { origin: 'https://filodiretto.example', 'filodiretto-request': '1' };
    expect(await post({})).toBe(403);
    expect(await post({ 'filodiretto-request': '1' })).toBe(403);
    expect(await post({ origin: ours.origin })).toBe(403);
    expect(await post({ ...ours, origin: 'https://altro.example' })).toBe(403);
    expect(await post({ ...ours, origin: 'null' })).toBe(403);
    expect(await post({ ...ours, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await post({ ...ours, 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await post(ours)).toBe(201);
    expect(await post({ 'filodiretto-request': '1', 'sec-fetch-site': 'same-origin' })).toBe(201);
  });

  it('is worth nothing once its owner logged out, to who stole the cookie as well', async () => {
    const one = browser();
    await one.login(anna.id);
    const stolen = one.cookie;
    expect((await one.go('/auth/logout', { method: 'POST' })).status).toBe(403);
    expect(await me(stolen)).toBe(200);
    const out = await one.ask('POST', '/auth/logout');
    const { location } = JSON.parse(out.text) as { location: string };
    expect(out.setCookies[0]).toMatch(/^__Host-filodiretto=; .*Max-Age=0$/);
    expect(new URL(location).searchParams.get('post_logout_redirect_uri')).toBe('https://filodiretto.example/');
    expect(await me(stolen)).toBe(401);
  });

  it('leaves in the trail that it began, and that its owner ended it', async () => {
    const one = browser();
    await one.login(anna.id);
    const [session]: { id: string }[] = await rest.core.query(
      'select id from operator_session where secret_hash = $1',
      [
        createHash('sha256')
          .update(one.cookie.split('=')[1] ?? '')
          .digest(),
      ],
    );
    await one.ask('POST', '/auth/logout');
    const entries = await rest.core.query(
      'select operation, act, actor_id from trail_entry where subject_id = $1 order by position',
      [session?.id],
    );
    expect(entries).toEqual([
      { operation: 'logIn', act: 'changed', actor_id: anna.id },
      { operation: 'logOut', act: 'changed', actor_id: anna.id },
    ]);
  });

  it('leads who is not in it to a page from which they log in', async () => {
    const home = await browser().go('https://filodiretto.example/');
    expect([home.status, home.text.includes('href="/auth/login"')]).toEqual([200, true]);
    const refused = await browser().go('/auth/callback?code=x');
    expect([refused.status, refused.text.includes('href="/auth/login?again"')]).toEqual([400, true]);
    expect(refused.text).toContain('name="viewport"');
  });

  it('ends when the provider says that they logged out there, and only that one', async () => {
    const here = browser();
    const there = browser();
    await here.login(anna.id);
    await there.login(anna.id);
    const [one, other] = [here.cookie, there.cookie];
    const { location } = JSON.parse((await new Browser(rest.core.running.url).ask('POST', '/auth/logout')).text) as {
      location: string;
    };
    const page = await here.go(location);
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page.text) ?? [];
    const [, action = ''] = /action="([^"]+)"/.exec(page.text) ?? [];
    await here.go(action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
    await eventually(async () => ((await me(one)) === 401 ? true : undefined));
    expect(await me(other)).toBe(200);
  });

  it.each([
    ['quiet', `used_at = now() - interval '61 minutes'`],
    ['age, however busy it is', 'expires_at = now()'],
  ])('ends by %s', async (_why, change) => {
    const one = browser();
    const person = await somebody('Ugo');
    await one.login(person.id);
    expect(await me(one.cookie)).toBe(200);
    await rest.core.query(`update operator_session set ${change} where operator_id = $1`, [person.id]);
    expect(await me(one.cookie)).toBe(401);
  });

  it('ends within five seconds for who is deactivated, streams included', async () => {
    const one = browser();
    const leaving = await somebody('Leo');
    await one.login(leaving.id);
    const stream = await fetch(`${rest.core.running.url}/api/stream`, { headers: { cookie: one.cookie } });
    const bearer = await fetch(`${rest.core.running.url}/api/stream`, {
      headers: { authorization: `Bearer ${leaving.token}` },
    });
    expect([stream.status, bearer.status]).toEqual([200, 200]);
    const ended = Promise.all([stream.text(), bearer.text()]);
    const off = await rest.ask('POST', `/api/operators/${leaving.id}/deactivations`, {
      as: director,
      headers: { 'if-match': '"1"' },
    });
    const began = Date.now();
    expect([off.status, await me(one.cookie)]).toEqual([200, 401]);
    await ended;
    expect(Date.now() - began).toBeLessThan(5_000);
    const back = await one.login(leaving.id);
    expect(back.status).toBe(403);
    expect(await sessionsOf(leaving.id)).toEqual([]);
    const refusals = await eventually(async () => {
      const rows = await rest.core.query<object>(
        `select operation, because, administration_id from trail_entry where actor_id = $1 and act = 'refused'`,
        [leaving.id],
      );
      return rows.length > 0 ? rows : undefined;
    });
    expect(refusals).toEqual([
      { operation: 'logIn', because: 'unknown_person', administration_id: anna.administrationId },
    ]);
  });

  it('is seen and ended by its owner, by no other', async () => {
    const one = browser();
    const other = browser();
    const person = await somebody('Piero');
    await one.login(person.id);
    await other.login(person.id);
    const { items } = JSON.parse((await one.go('/api/sessions')).text) as SessionList;
    const [theOther] = items.filter(({ current }) => !current);
    expect(items).toHaveLength(2);
    const stranger = await rest.ask('DELETE', `/api/sessions/${theOther?.id}`, { as: anna });
    expect(stranger.status).toBe(404);
    expect((await one.ask('DELETE', `/api/sessions/${theOther?.id}`)).status).toBe(204);
    expect([await me(one.cookie), await me(other.cookie)]).toEqual([200, 401]);
  });

  it('is one of five at most: when one more begins, that which began first ends', async () => {
    const person = await somebody('Cinzia');
    const browsers = Array.from({ length: 6 }, browser);
    for (const one of browsers) await one.login(person.id);
    expect(await Promise.all(browsers.map(one => me(one.cookie)))).toEqual([401, 200, 200, 200, 200, 200]);
    const list = JSON.parse((await browsers[5]?.go('/api/sessions'))?.text ?? '') as SessionList;
    expect([list.items.length, list.most]).toEqual([5, 5]);
    const ended = await rest.core.query('select act from trail_entry where actor_id = $1 and operation = $2', [
      person.id,
      'endOldestSession',
    ]);
    expect(ended).toEqual([{ act: 'changed' }]);
    // As many at once are still five.
    const together = Array.from({ length: 7 }, browser);
    await Promise.all(together.map(one => one.login(person.id)));
    expect(await sessionsOf(person.id)).toHaveLength(5);
  });

  it('of others is ended by an administrator who logged in a short while ago', async () => {
    const one = browser();
    const admin = browser();
    const person = await somebody('Rita');
    await one.login(person.id);
    await admin.login(director.id);
    await rest.core.query(
      `update operator_session set authenticated_at = now() - interval '11 minutes' where operator_id = $1`,
      [director.id],
    );
    const path = `/api/operators/${person.id}/sessions`;
    expect((await rest.ask('GET', path, { as: anna })).status).toBe(403);
    expect((await rest.ask('DELETE', path, { as: anna })).status).toBe(403);
    const { items } = JSON.parse((await admin.go(path)).text) as SessionList;
    expect(items).toHaveLength(1);
    const late = await admin.ask('DELETE', path);
    expect([late.status, late.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="insufficient_user_authentication", max_age="600"',
    ]);
    expect(await me(one.cookie)).toBe(200);
    // The provider knows them still, and asks them all the same.
    await admin.login(director.id, '/auth/login?again');
    expect((await admin.ask('DELETE', `${path}/${items[0]?.id}`)).status).toBe(204);
    expect(await me(one.cookie)).toBe(401);
    expect((await admin.ask('DELETE', path)).status).toBe(204);
  });

  it('begins for nobody whom no operator is linked to, unless their administration knows people by verified addresses', async () => {
    const email = `${v7()}@valdoro.example`;
    const [known, unverified, again] = [v7(), v7(), v7()];
    await introduce(
      { subject: known, email: email.toUpperCase() },
      { subject: unverified, email, emailVerified: false },
      { subject: again, email },
    );
    const nina = await rest.operator(anna.administrationId, anna.office, 'Nina');
    await rest.core.query('delete from operator_identity where operator_id = $1', [nina.id]);
    await rest.core.query('update operator set email = $2 where id = $1', [nina.id, email]);
    const status = async (subject: string): Promise<number> => (await browser().login(subject)).status;
    expect(await status(known)).toBe(403);
    const ifMatch = { 'if-match': '"0"' };
    const body = { linkByEmail: true };
    expect((await rest.ask('PATCH', '/api/settings', { as: anna, body, headers: ifMatch })).status).toBe(403);
    expect((await rest.ask('PATCH', '/api/settings', { as: director, body, headers: ifMatch })).status).toBe(200);
    expect(await status(unverified)).toBe(403);
    expect(await status(known)).toBe(303);
    // Whoever is linked is not linked once more by the same address.
    expect(await status(again)).toBe(403);
    expect(
      await rest.core.query('select subject, linked_by from operator_identity where operator_id = $1', [nina.id]),
    ).toEqual([{ subject: known, linked_by: 'email' }]);
  });
});

describe('what no real provider would say', () => {
  let provider: AnyProvider;
  let rest: RestApplication;
  let anna: TestOperator;
  beforeAll(async () => {
    provider = await AnyProvider.start();
    rest = await RestApplication.start({ OIDC_ISSUER: provider.issuer });
    anna = await rest.administration('Valdoro');
  });
  afterAll(async () => {
    await rest.stop();
    await provider.stop();
  });

  const now = (): number => Math.floor(Date.now() / 1_000);
  const idClaims = (nonce: string, more: JWTPayload = {}): JWTPayload => ({
    iss: provider.issuer,
    aud: 'filodiretto-crm',
    sub: anna.id,
    iat: now(),
    exp: now() + 300,
    auth_time: now(),
    nonce,
    sid: 'session-there',
    ...more,
  });
  /** Logs in with an ID token of one's own making. */
  const loginWith = async (made: (nonce: string) => Promise<string> | string) => {
    const browser = new Browser(rest.core.running.url);
    const { location = '' } = await browser.go('/auth/login');
    const { nonce, state } = Object.fromEntries(new URL(location).searchParams);
    provider.idToken = await made(nonce ?? '');
    return { browser, back: await browser.go(`/auth/callback?code=any&state=${state}`) };
  };
  const signed = (more: JWTPayload) => (nonce: string) => provider.sign(idClaims(nonce, more), { typ: 'JWT' });

  it('is believed when nothing is wrong with it', async () => {
    expect((await loginWith(signed({}))).back.status).toBe(303);
  });

  const bad: readonly (readonly [string, (nonce: string) => Promise<string> | string])[] = [
    ['with another nonce', signed({ nonce: 'another' })],
    ['without a nonce', signed({ nonce: undefined })],
    ['of another issuer', signed({ iss: 'https://login.example' })],
    ['for another application', signed({ aud: 'another' })],
    ['for two applications, of which the other asked', signed({ aud: ['filodiretto-crm', 'other'], azp: 'other' })],
    ['that is over', signed({ exp: Math.floor(Date.now() / 1_000) - 120 })],
    ['that never ends', signed({ exp: undefined })],
    ['of nobody', signed({ sub: undefined })],
    ['of a login that is too old', signed({ auth_time: Math.floor(Date.now() / 1_000) - 13 * 3_600 })],
    ['that does not say when they logged in', signed({ auth_time: undefined })],
    ['without a signature', nonce => new UnsecuredJWT(idClaims(nonce)).encode()],
    [
      'signed by our own secret',
      nonce =>
        new SignJWT(idClaims(nonce))
          .setProtectedHeader({ alg: 'HS256' })
          .sign(Buffer.from(process.env.TEST_OIDC_SECRET ?? '')),
    ],
    [
      'signed by somebody else',
      async nonce =>
        new SignJWT(idClaims(nonce))
          .setProtectedHeader({ alg: 'ES256', kid: String(provider.keys[0]?.kid) })
          .sign((await generateKeyPair('ES256')).privateKey),
    ],
    ['that is missing', () => ''],
  ];
  it.each(bad)('is refused: an ID token %s', async (_what, made) => {
    const { back } = await loginWith(made);
    expect([back.status, back.setCookies.some(cookie => cookie.startsWith('__Host-filodiretto='))]).toEqual([
      401,
      false,
    ]);
  });

  const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
  const logoutClaims = (more: JWTPayload = {}): JWTPayload => ({
    iss: provider.issuer,
    aud: 'filodiretto-crm',
    sub: anna.id,
    sid: 'session-there',
    iat: now(),
    exp: now() + 120,
    jti: v7(),
    events: { [EVENT]: {} },
    ...more,
  });
  const tell = async (token: string): Promise<number> =>
    (
      await fetch(`${rest.core.running.url}/auth/back-channel-logout`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: token }),
      })
    ).status;
  const logout = (more: JWTPayload = {}, typ = 'logout+jwt') => provider.sign(logoutClaims(more), { typ });
  const badLogouts: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['of another issuer', () => logout({ iss: 'https://login.example' })],
    ['for another application', () => logout({ aud: 'another' })],
    ['with a nonce, as an ID token has', () => logout({ nonce: 'n' })],
    ['without its event', () => logout({ events: {} })],
    ['whose event is a word', () => logout({ events: { [EVENT]: 'yes' } })],
    ['without a name of its own', () => logout({ jti: undefined })],
    ['of nobody', () => logout({ sub: undefined, sid: undefined })],
    ['that does not say when', () => logout({ iat: undefined })],
    ['of long ago', () => logout({ iat: Math.floor(Date.now() / 1_000) - 300, exp: undefined })],
    ['that is an access token', () => logout({}, 'at+jwt')],
    ['without a signature', () => new UnsecuredJWT(logoutClaims()).encode()],
    ['that is none', () => 'x'],
  ];
  it('is refused: logout tokens that are none; a good one ends the session, once', async () => {
    const { browser } = await loginWith(signed({}));
    const goesOn = async (cookie: string): Promise<number> =>
      (await fetch(`${rest.core.running.url}/api/operators/me`, { headers: { cookie } })).status;
    for (const [what, made] of badLogouts) expect([what, await tell(await made())]).toEqual([what, 400]);
    expect(await goesOn(browser.cookie)).toBe(200);
    const good = await logout();
    expect(await tell(good)).toBe(200);
    expect(await goesOn(browser.cookie)).toBe(401);
    const { browser: later } = await loginWith(signed({}));
    expect(await tell(good)).toBe(400);
    expect(await goesOn(later.cookie)).toBe(200);
  });

  it('is in the trail of the administration, in nobody’s name and without a word of it: a login, a logout', async () => {
    await loginWith(signed({ nonce: 'another', sub: 'parola-di-nessuno' }));
    await tell('parola-di-nessuno');
    const entries = await eventually(async () => {
      const rows = await rest.core.query<{ operation: string }>(
        `select operation, because, actor_kind, actor_id, subject_id, fields, times from trail_entry
         where administration_id = $1 and act = 'refused' and because = 'refused' order by operation`,
        [anna.administrationId],
      );
      return rows.length > 1 ? rows : undefined;
    });
    const nobodys = { because: 'refused', actor_kind: 'nobody', actor_id: anna.administrationId, subject_id: null };
    expect(entries).toEqual(
      ['backChannelLogout', 'logIn'].map(operation => ({ operation, ...nobodys, fields: [], times: 1 })),
    );
  });

  it('does not matter to who is logged in: while the provider is away they work, and nobody logs in', async () => {
    const { browser } = await loginWith(signed({}));
    provider.down = true;
    try {
      expect((await browser.go('/api/operators/me')).status).toBe(200);
      const { status, setCookies } = await loginWith(() => '').then(({ back }) => back);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(setCookies.some(cookie => cookie.startsWith('__Host-filodiretto='))).toBe(false);
      expect((await browser.ask('POST', '/auth/logout')).status).toBe(200);
      expect((await browser.go('/api/operators/me')).status).toBe(401);
    } finally {
      provider.down = false;
    }
  });
});

describe('where a login leads', () => {
  it.each([
    ['/cases/1?tab=2', '/cases/1?tab=2'],
    ['//evil.example', '/api/operators/me'],
    ['/\\evil.example', '/api/operators/me'],
    ['https://evil.example', '/api/operators/me'],
    ['javascript:alert(1)', '/api/operators/me'],
    ['/a\r\nset-cookie: x', '/api/operators/me'],
    [undefined, '/api/operators/me'],
  ])('from %j is %s', (asked, expected) => expect(ownPath(asked)).toBe(expected));
});

describe('a login counts as recent', () => {
  const at = new Date('2026-01-01T12:00:00Z');
  const ago = (seconds: number): Date => new Date(at.getTime() - seconds * 1_000);
  it.each([
    ['ten minutes ago', { authenticatedAt: ago(600) }, [], true],
    ['longer ago', { authenticatedAt: ago(601) }, [], false],
    ['at no time that is known', {}, [], false],
    ['with a second factor where one is asked', { authenticatedAt: ago(1), acr: 'mfa' }, ['mfa'], true],
    ['with another where one is asked', { authenticatedAt: ago(1), acr: 'pwd' }, ['mfa'], false],
    ['without saying how where one is asked', { authenticatedAt: ago(1) }, ['mfa'], false],
  ])('%s: %j', (_when, admission, strong, expected) => expect(loggedInLately(admission, at, strong)).toBe(expected));
});
