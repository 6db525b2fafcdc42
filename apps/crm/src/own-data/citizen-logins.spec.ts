import 'reflect-metadata';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  CitizenLoginBegun,
  CitizenProviderList,
  OwnData,
  OwnDataSession,
  ProblemView,
} from '@filodiretto/contracts';
import { ConfigurationError, createLogger } from '@filodiretto/platform';
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { v7 } from 'uuid';
import { AnyProvider, Browser } from '../identity/testing.js';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';
import { introduceToCitizens } from '../testing.js';
import { CitizenIdentities } from './citizen-identities.js';
import { mistakesInProviders } from './citizen-provider-setting.js';
import { CitizenProviders } from './citizen-providers.js';
import { OwnDataCodes } from './codes.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

const PAGES = 'https://servizi.example.org';
const KEY = 'a-key-of-the-prints-of-citizens-for-tests';
const ANNA = 'LSINNA80A41X001S';
const L1 = 'https://www.spid.gov.it/SpidL1';
const L2 = 'https://www.spid.gov.it/SpidL2';
const L3 = 'https://www.spid.gov.it/SpidL3';

const pem = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;

const clientId = `cittadini-${v7()}`;
const [signing, decryption] = [pem(), pem()];
const lines: string[] = [];
let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let any: AnyProvider;
let mail: { readonly channel: string; readonly account: string };
let place = 0;

beforeAll(async () => {
  any = await AnyProvider.start();
  const issuer = await introduceToCitizens({
    id: clientId,
    redirectUris: [`${PAGES}/i-miei-dati/accesso`],
    postLogoutRedirectUris: [`${PAGES}/i-miei-dati`],
    keys: [
      { ...createPublicKey(signing).export({ format: 'jwk' }), kid: 'firma', use: 'sig', alg: 'RS256' },
      { ...createPublicKey(decryption).export({ format: 'jwk' }), kid: 'cifra', use: 'enc', alg: 'RSA-OAEP' },
    ],
  });
  const spid = {
    code: 'spid',
    name: 'SPID',
    kind: 'spid',
    issuer,
    clientId,
    signingKey: signing,
    signingKeyId: 'firma',
    decryptionKey: decryption,
    decryptionKeyId: 'cifra',
  };
  const proxy = { code: 'any', name: 'Proxy', kind: 'other', issuer: any.issuer, clientId, clientSecret: v7() };
  rest = await RestApplication.start(
    {
      CITIZEN_PAGES_URL: PAGES,
      CITIZEN_KEY: KEY,
      CITIZEN_PROVIDERS: JSON.stringify([spid, proxy]),
      LOG_LEVEL: 'trace',
    },
    line => lines.push(line),
  );
  anna = await rest.administration('Valdoro');
  mail = await rest.channel(
    { reply: true, addressKinds: ['email'], text: { maxLength: 1_000 } },
    anna.administrationId,
  );
});
afterAll(async () => {
  await rest.stop();
  await any.stop();
});

const ask = <Body>(path: string, body: object): Promise<Answer<Body>> =>
  rest.ask<Body>('POST', `/public/own-data${path}`, { body, from: `198.51.${(place += 1) >> 8}.${place & 255}` });
const begin = async (provider = 'spid'): Promise<CitizenLoginBegun> => {
  const begun = await ask<CitizenLoginBegun>('/logins', { provider, administration: anna.administrationId });
  expect(begun.status).toBe(201);
  return begun.body;
};
/** Chooses a citizen at the provider; gives what stands behind the question mark of where the browser comes back to. */
async function chosen(location: string, person: string, acr = L2, more: Record<string, string> = {}): Promise<string> {
  const browser = new Browser(PAGES);
  let shown = await browser.go(location);
  for (let steps = 0; steps < 10; steps += 1) {
    if (shown.location?.startsWith(PAGES)) return new URL(shown.location).search.slice(1);
    shown =
      shown.location === undefined
        ? await browser.go(shown.url, { method: 'POST', body: new URLSearchParams({ person, acr, ...more }) })
        : await browser.go(shown.location);
    if (shown.status >= 400) throw new Error(`${shown.url} answers ${shown.status}: ${shown.text}`);
  }
  throw new Error('the login has no end');
}
const end = (login: string, query: string) => ask<OwnDataSession & ProblemView>('/logins/end', { login, query });
const logIn = async (person: string, acr = L2): Promise<OwnDataSession> => {
  const { location, login } = await begin();
  const opened = await end(login, await chosen(location, person, acr));
  expect([opened.status, opened.text]).toEqual([201, expect.any(String)]);
  return opened.body;
};
const show = (session: string) => ask<OwnData>('', { session });
const identities = () =>
  rest.core.query<{ id: string; contact_id: string | null; assurance_level: number }>(
    'select * from citizen_identity order by first_at',
  );

describe('a login of a citizen at a provider of the federation’s shape', () => {
  it('is offered as the settings list it', async () => {
    const list = await rest.ask<CitizenProviderList>('GET', '/public/own-data/providers');
    expect(list.body.items[0]).toEqual({ code: 'spid', name: 'SPID', kind: 'spid' });
    expect((await ask('/logins', { provider: 'cie', administration: anna.administrationId })).status).toBe(404);
    expect((await ask('/logins', { provider: 'spid', administration: v7() })).status).toBe(404);
  });

  it('asks in a signed request, for a strong login, by the code with PKCE, for nothing but who it is', async () => {
    const { location } = await begin();
    const { searchParams } = new URL(location);
    const request = searchParams.get('request') ?? '';
    expect([...searchParams.keys()].sort()).toEqual(['client_id', 'request', 'response_type', 'scope']);
    expect(decodeProtectedHeader(request)).toMatchObject({ alg: 'RS256', kid: 'firma' });
    const asked = decodeJwt(request);
    expect(asked).toMatchObject({
      iss: clientId,
      client_id: clientId,
      response_type: 'code',
      redirect_uri: `${PAGES}/i-miei-dati/accesso`,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/.{40}/),
      nonce: expect.stringMatching(/.{40}/),
      acr_values: `${L2} ${L3}`,
      prompt: 'consent login',
    });
    expect(Object.keys((asked.claims as { userinfo: object }).userinfo).sort()).toEqual([
      'email',
      'family_name',
      'given_name',
      'https://attributes.eid.gov.it/fiscal_number',
    ]);
  });

  it('says who it is and how surely, and keeps neither the fiscal code nor anything that the provider gave', async () => {
    const opened = await logIn('anna.lisi');
    expect(opened).toMatchObject({ assuranceLevel: 3, name: 'Anna Lisi', email: 'anna.lisi@posta.example' });
    const { body } = await show(opened.session);
    expect(body).toMatchObject({
      assuranceLevel: 3,
      identity: { name: 'Anna Lisi', provider: 'spid', known: false },
      addresses: [],
      cases: [],
      consents: [],
    });
    const tables = await rest.core.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    for (const { name } of tables) {
      const found = await rest.core.query(`select from ${name} t where t::text ~* '${ANNA}|anna\\.lisi@posta'`);
      expect([name, found.length]).toEqual([name, 0]);
    }
    expect(lines.filter(line => new RegExp(`${ANNA}|TINIT|anna\\.lisi@posta`, 'i').test(line))).toEqual([]);
  });

  it('knows somebody again, whatever way they come, and remembers the strongest', async () => {
    await logIn('anna.lisi');
    const { assuranceLevel } = await logIn('anna.lisi', L3);
    expect(assuranceLevel).toBe(4);
    const [one] = await identities();
    await logIn('anna.lisi');
    expect((await identities()).filter(({ id }) => id === one?.id)).toMatchObject([{ assurance_level: 4 }]);
    expect(await identities()).toHaveLength(1);
  });

  it('leaves an entry in the trail', async () => {
    const [identity] = await identities();
    const entries = await rest.core.query(`select operation, actor_kind from trail_entry where subject_id = $1`, [
      identity?.id,
    ]);
    expect(entries).toContainEqual({ operation: 'openOwnDataByLogin', actor_kind: 'contact' });
  });

  it.each([
    ['by one factor alone', 'karim.benali', L1, {}, 'login-too-weak'],
    ['of somebody without a fiscal code', 'jeanne.dupont', L2, {}, 'login-not-usable'],
    ['that the citizen took back', 'karim.benali', L2, { no: '1' }, 'login-refused'],
  ])('opens nothing when it is %s', async (_what, person, acr, more, problem) => {
    const before = await identities();
    const { location, login } = await begin();
    const answer = await end(login, await chosen(location, person, acr, more));
    expect([answer.status, answer.body.type]).toEqual([403, `/problems/${problem}`]);
    expect(await identities()).toEqual(before);
  });

  it('is good once, for the browser that began it, for ten minutes', async () => {
    const one = await begin();
    const query = await chosen(one.location, 'karim.benali');
    const other = await begin();
    expect((await end(other.login, query)).body.type).toBe('/problems/login-refused');
    expect((await end('x'.repeat(43), query)).status).toBe(404);
    expect((await end(one.login, query)).status).toBe(201);
    expect((await end(one.login, query)).status).toBe(404);
    const late = await begin();
    const lateQuery = await chosen(late.location, 'karim.benali');
    await rest.core.query(`update citizen_login set began_at = now() - interval '11 minutes'`);
    expect((await end(late.login, lateQuery)).status).toBe(404);
  });

  it('never opens twice by one code, not even for who knows all that belongs to it', async () => {
    const { location, login } = await begin();
    const query = await chosen(location, 'karim.benali');
    const [attempt] = await rest.core.query<Record<string, unknown>>(
      'select * from citizen_login where secret_hash = $1',
      [hash(login)],
    );
    expect((await end(login, query)).status).toBe(201);
    await rest.core.query(
      `insert into citizen_login (secret_hash, administration_id, provider, state, nonce, code_verifier)
       values ($1, $2, $3, $4, $5, $6)`,
      [hash('planted'), attempt?.administration_id, 'spid', attempt?.state, attempt?.nonce, attempt?.code_verifier],
    );
    expect((await end('planted', query)).body.type).toBe('/problems/login-refused');
  });

  it('is worth nothing once it ended, to who stole it as well, and says where to log out of the provider', async () => {
    const { session } = await logIn('karim.benali');
    const ended = await ask<{ leave?: string }>('/sessions/end', { session });
    const leave = new URL(ended.body.leave ?? '');
    expect(leave.searchParams.get('post_logout_redirect_uri')).toBe(`${PAGES}/i-miei-dati`);
    expect((await show(session)).status).toBe(404);
  });
});

describe('a provider that says what none should', () => {
  /** A login at it that comes back with this ID token. */
  const returned = async (make: (claims: JWTPayload) => Promise<string> | string): Promise<Answer<ProblemView>> => {
    const { location, login } = await begin('any');
    const asked = new URL(location).searchParams;
    any.idToken = await make(
      any.claims('cittadino', {
        aud: clientId,
        nonce: asked.get('nonce') ?? '',
        acr: L2,
        given_name: 'Rosa',
        family_name: 'Marchetti',
        fiscal_number: 'TINIT-MRCRSO52S58X003J',
      }),
    );
    return end(login, new URLSearchParams({ code: v7(), state: asked.get('state') ?? '' }).toString());
  };
  const signed = (claims: JWTPayload): Promise<string> => any.sign(claims, { typ: 'JWT' });

  it('is believed when all is right, as the proxies of administrations say it', async () => {
    expect((await returned(signed)).body).toMatchObject({ assuranceLevel: 3, name: 'Rosa Marchetti' });
  });

  it.each<[string, (claims: JWTPayload) => Promise<string> | string]>([
    ['another nonce', claims => signed({ ...claims, nonce: 'another' })],
    ['no nonce', ({ nonce: _, ...claims }) => signed(claims)],
    ['another issuer', claims => signed({ ...claims, iss: 'https://another.example' })],
    ['another audience', claims => signed({ ...claims, aud: 'another' })],
    ['a time that is over', claims => signed({ ...claims, iat: 1, exp: 2 })],
    ['no signature', claims => new UnsecuredJWT(claims).encode()],
    [
      'another’s signature',
      async claims =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: String(any.keys[0]?.kid) })
          .sign((await generateKeyPair('ES256')).privateKey),
    ],
    [
      'a shared secret as its key',
      claims => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(JSON.stringify(any.keys[0]))),
    ],
  ])('is refused with %s', async (_what, make) => {
    expect((await returned(make)).body.type).toBe('/problems/login-refused');
  });

  it.each([
    ['nothing of how strong the login was', { acr: undefined }, 'login-too-weak'],
    ['a fiscal code that is none', { fiscal_number: 'TINIT-MRCRSO52S58X003A' }, 'login-not-usable'],
    ['no name', { given_name: undefined }, 'login-not-usable'],
  ])('opens nothing with %s', async (_what, claims, problem) => {
    expect((await returned(all => signed({ ...all, ...claims }))).body.type).toBe(`/problems/${problem}`);
  });

  it('is said to be away while it does not answer and was never heard of', async () => {
    const away = await AnyProvider.start();
    away.down = true;
    const without = await RestApplication.start({
      CITIZEN_PAGES_URL: PAGES,
      CITIZEN_KEY: KEY,
      CITIZEN_PROVIDERS: JSON.stringify([
        { code: 'any', name: 'Proxy', kind: 'other', issuer: away.issuer, clientId, clientSecret: v7() },
      ]),
    });
    await without.administration('Valdoro');
    const [root] = await without.core.query<{ id: string }>(`select id from office where kind = 'administration'`);
    const answer = await without.ask('POST', '/public/own-data/logins', {
      body: { provider: 'any', administration: root?.id },
    });
    await without.stop();
    await away.stop();
    expect(answer.status).toBe(503);
  });
});

describe('who logged in', () => {
  const wrote = async (value: string, text: string): Promise<{ caseId: string; contact: string; code: string }> => {
    const code = `codice-${v7()}`;
    const { caseId } = await rest.receive(mail, {
      trackingCode: code,
      conversation: v7(),
      from: { kind: 'email', value, displayName: 'Luca Neri', verified: true },
      text,
    });
    const [row] = await rest.core.query<{ contact_id: string }>('select contact_id from case_file where id = $1', [
      caseId,
    ]);
    return { caseId, contact: row?.contact_id ?? '', code };
  };

  it('is not taken for a contact of the same name', async () => {
    await wrote('luca.neri@example.org', 'Parole di un omonimo');
    const { session } = await logIn('luca.neri');
    expect((await show(session)).text).not.toContain('omonimo');
  });

  it('follows without a code the cases whose code they showed once, and nothing else of who wrote them', async () => {
    const one = await wrote('famiglia@example.org', 'La mia segnalazione');
    await wrote('famiglia@example.org', 'Di un altro della famiglia');
    const { session } = await logIn('luca.neri');
    const claimed = await ask<OwnData>('/cases', { session, code: one.code });
    expect(claimed.body.cases).toHaveLength(1);
    expect(claimed.text).toContain('La mia segnalazione');
    expect(claimed.text).not.toContain('altro della famiglia');
    expect(claimed.body.addresses).toEqual([]);
    // The next time they only log in.
    const again = await logIn('luca.neri');
    expect((await show(again.session)).text).toContain('La mia segnalazione');
    expect((await show((await logIn('rosa.marchetti')).session)).text).not.toContain('La mia segnalazione');
  });

  it('claims nothing by an address alone', async () => {
    const { code } = await wrote('solo@example.org', 'Solo un indirizzo');
    await rest.core.query(
      `insert into citizen_session (id, administration_id, secret_hash, assurance_level, kind, value, expires_at)
       values ($1, $2, $3, 1, 'email', 'solo@example.org', now() + interval '1 hour')`,
      [v7(), anna.administrationId, createHash('sha256').update('own data session\nan-address').digest()],
    );
    expect((await show('an-address')).status).toBe(200);
    expect((await ask('/cases', { session: 'an-address', code })).status).toBe(403);
  });

  it('asks nothing of data of which nobody knows whose they are', async () => {
    const { session } = await logIn('rosa.marchetti');
    expect((await ask('/requests', { session, attempt: v7(), kind: 'access' })).status).toBe(403);
    const consent = { session, purpose: 'newsletter', act: 'given', textVersion: 1 };
    expect((await ask('/consents', consent)).status).toBe(403);
  });

  it('is forgotten when nothing but the login is left of them', async () => {
    await logIn('rosa.marchetti');
    await rest.core.query(`update citizen_identity set last_at = now() - interval '2 days'`);
    await rest.core.query(`delete from citizen_session`);
    await rest.app.get(OwnDataCodes).forget();
    expect(await rest.core.query(`select from citizen_identity where name = 'Rosa Marchetti'`)).toEqual([]);
    expect(await rest.core.query(`select from citizen_identity where name = 'Luca Neri'`)).toHaveLength(1);
  });

  it('is known by the key of before, from then on by that of today', async () => {
    const { session } = await logIn('karim.benali');
    const [before] = await rest.core.query<{ id: string; code_hash: Buffer }>(
      `select id, code_hash from citizen_identity where name = 'Karim Benali'`,
    );
    const changed = new CitizenIdentities({ citizenKey: `${KEY}-new`, previousCitizenKey: KEY } as never);
    const { id } = await rest.dataSource.transaction(manager =>
      changed.loggedIn(manager, {
        administrationId: anna.administrationId,
        claims: { fiscalCode: 'BNLKRM75D05X002O', givenName: 'Karim', familyName: 'Benali' },
        level: 3,
        provider: 'spid',
      }),
    );
    const [after] = await rest.core.query<{ code_hash: Buffer }>(
      'select code_hash from citizen_identity where id = $1',
      [id],
    );
    expect([id, after?.code_hash.equals(before?.code_hash ?? Buffer.of())]).toEqual([before?.id, false]);
    expect((await show(session)).status).toBe(200);
  });
});

describe('providers in the settings', () => {
  const good = { code: 'spid', name: 'SPID', kind: 'spid' as const, issuer: 'https://id.example', clientId: 'x' };
  const around = { production: true, key: KEY, pages: PAGES };
  it.each([
    ['in clear in production', [{ ...good, issuer: 'http://id.example', clientSecret: 'x' }], around, /https/],
    ['without a proof that it is us', [good], around, /either/],
    ['with two proofs', [{ ...good, clientSecret: 'x', signingKey: 'y' }], around, /either/],
    ['twice', [1, 2].map(() => ({ ...good, clientSecret: 'x' })), around, /twice/],
    ['without a key of prints', [{ ...good, clientSecret: 'x' }], { production: true, pages: PAGES }, /CITIZEN_KEY/],
    ['without pages', [{ ...good, clientSecret: 'x' }], { production: true, key: KEY }, /CITIZEN_PAGES_URL/],
  ])('are refused %s', (_what, providers, said, words) => {
    expect(mistakesInProviders(providers, said).join('\n')).toMatch(words);
  });

  it('with a key that is none keep the core from starting', async () => {
    const settings = { citizenProviders: [{ ...good, signingKey: 'no key' }] } as never;
    const start = new CitizenProviders(settings, createLogger('test', 'silent')).onModuleInit();
    await expect(start).rejects.toThrow(ConfigurationError);
  });
});

const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();
