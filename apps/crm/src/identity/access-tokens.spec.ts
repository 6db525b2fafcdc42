import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ProblemView } from '@filodiretto/contracts';
import { generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { CrmSettings } from '../settings.js';
import { askIdentityProvider, tokenFor } from '../testing.js';
import { AnyProvider } from './testing.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

describe('access tokens', () => {
  let provider: AnyProvider;
  let rest: RestApplication;
  let anna: TestOperator & { readonly office: string };
  let outside: CryptoKey;
  beforeAll(async () => {
    provider = await AnyProvider.start();
    rest = await RestApplication.start({ OIDC_ISSUER: provider.issuer });
    anna = await rest.administration('Valdoro');
    outside = (await generateKeyPair('ES256')).privateKey;
  });
  afterAll(async () => {
    await rest.stop();
    await provider.stop();
  });

  const shown = (token: string, url = '/api/operators/me', more: object = {}) =>
    rest.ask<ProblemView & { id: string }>('GET', url, { headers: { authorization: `Bearer ${token}` }, ...more });

  it('let in the operator whom their subject is linked to', async () => {
    const answer = await shown(await provider.token(anna.id));
    expect([answer.status, answer.body.id]).toEqual([200, anna.id]);
  });

  const past = Math.floor(Date.now() / 1_000) - 60;
  const bad: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['of another issuer', () => provider.token(anna.id, { iss: 'https://login.example' })],
    ['of the same issuer with a slash more', () => provider.token(anna.id, { iss: `${provider.issuer}/` })],
    ['for another audience', () => provider.token(anna.id, { aud: 'urn:another:api' })],
    ['for no audience', () => provider.token(anna.id, { aud: undefined })],
    ['that is over', () => provider.token(anna.id, { exp: past })],
    ['that never ends', () => provider.token(anna.id, { exp: undefined })],
    ['that does not hold yet', () => provider.token(anna.id, { nbf: Math.floor(Date.now() / 1_000) + 120 })],
    ['of nobody', () => provider.token(anna.id, { sub: undefined })],
    ['of a subject that nobody linked', () => provider.token('a-stranger')],
    ['of no application', () => provider.token(anna.id, { client_id: undefined })],
    ['that is an ID token', () => provider.token(anna.id, {}, { typ: 'JWT' })],
    ['that is a logout token', () => provider.token(anna.id, {}, { typ: 'logout+jwt' })],
    ['without a signature', () => new UnsecuredJWT(provider.claims(anna.id)).encode()],
    [
      'without a signature that calls itself an access token',
      () => {
        const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
        return `${part({ alg: 'none', typ: 'at+jwt' })}.${part(provider.claims(anna.id))}.`;
      },
    ],
    [
      'signed by the public key as if it were a secret',
      () =>
        new SignJWT(provider.claims(anna.id))
          .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: String(provider.keys[0]?.kid) })
          .sign(Buffer.from(JSON.stringify(provider.keys[0]))),
    ],
    [
      'signed by somebody else under the name of the key',
      () =>
        new SignJWT(provider.claims(anna.id))
          .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: String(provider.keys[0]?.kid) })
          .sign(outside),
    ],
    [
      'that brings its own key',
      async () =>
        new SignJWT(provider.claims(anna.id))
          .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } })
          .sign(outside),
    ],
    [
      'whose words were changed after it was signed',
      async () => {
        const [head, , signature] = (await provider.token(anna.id)).split('.');
        const words = Buffer.from(JSON.stringify(provider.claims(anna.id, { scope: 'filodiretto:scim' })));
        return `${head}.${words.toString('base64url')}.${signature}`;
      },
    ],
    ['that is no JWT', () => 'demo-giulia.ferri'],
  ];
  it.each(bad)('are refused: one %s', async (_what, made) => {
    const answer = await shown(await made());
    expect([answer.status, answer.body.type]).toEqual([401, '/problems/not-authenticated']);
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it('allow what their scopes say and no more', async () => {
    const reader = await provider.token(anna.id, { scope: 'openid filodiretto:read' });
    expect((await shown(reader, '/api/cases')).status).toBe(200);
    const refused = await rest.ask<ProblemView>('POST', '/api/cases', {
      headers: { authorization: `Bearer ${reader}` },
      body: { subject: 'Buca in via Verdi' },
    });
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="filodiretto:write"',
    ]);
    const nothing = await provider.token(anna.id, { scope: 'openid' });
    expect((await shown(nothing)).status).toBe(403);
  });

  it('are worth nothing from the moment their operator is deactivated', async () => {
    const director = await rest.operator(anna.administrationId, anna.office, 'Dora', 'admin');
    const leaving = await rest.operator(anna.administrationId, anna.office, 'Leo');
    const token = await provider.token(leaving.id);
    expect((await shown(token)).status).toBe(200);
    const off = await rest.ask('POST', `/api/operators/${leaving.id}/deactivations`, {
      headers: { authorization: `Bearer ${await provider.token(director.id)}`, 'if-match': '"1"' },
    });
    expect(off.status).toBe(200);
    expect((await shown(token)).status).toBe(401);
  });

  it('stop being believed at their end, although they were seen before', async () => {
    const token = await provider.token(anna.id, { exp: Math.floor(Date.now() / 1_000) + 2 });
    expect((await shown(token)).status).toBe(200);
    // Five seconds are left to clocks that differ.
    await new Promise(resolve => setTimeout(resolve, 8_000));
    expect((await shown(token)).status).toBe(401);
  });

  it('are read by a new key as soon as the provider signs with one, and still while it is away', async () => {
    await provider.changeKey();
    // A question is asked again after five seconds at the soonest.
    await new Promise(resolve => setTimeout(resolve, 5_100));
    expect((await shown(await provider.token(anna.id))).status).toBe(200);
    provider.down = true;
    expect((await shown(await provider.token(anna.id))).status).toBe(200);
    provider.down = false;
  });

  it('cannot be read when the provider was never reached, which is said and is not the fault of who asks', async () => {
    provider.down = true;
    const other = await rest.core.another();
    try {
      const answer = await fetch(`${other.url}/api/operators/me`, {
        headers: { authorization: `Bearer ${await provider.token(anna.id)}` },
      });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      const health = await fetch(`${other.url}/health/ready`);
      expect([health.status, await health.json()]).toEqual([
        200,
        expect.objectContaining({
          details: expect.objectContaining({
            identity: { status: 'up', but: expect.stringMatching(/nobody can log in: .*does not answer/) },
          }),
        }),
      ]);
    } finally {
      await other.stop();
      provider.down = false;
    }
  });
});

describe('tokens of the real provider', () => {
  let rest: RestApplication;
  let anna: TestOperator & { readonly office: string };
  let director: TestOperator;
  beforeAll(async () => {
    rest = await RestApplication.start();
    anna = await rest.administration('Valdoro');
    director = await rest.operator(anna.administrationId, anna.office, 'Dora', 'admin');
  });
  afterAll(() => rest.stop());

  it('let in whom they are of, for what they are for', async () => {
    expect((await rest.ask('GET', '/api/operators/me', { as: anna })).status).toBe(200);
    const reads = { ...anna, token: await tokenFor(anna.id, { scope: 'filodiretto:read' }) };
    expect((await rest.ask('GET', '/api/operators/me', { as: reads })).status).toBe(200);
    expect((await rest.ask('POST', '/api/cases', { as: reads, body: { subject: 'x' } })).status).toBe(403);
  });

  /** A token by client credentials. */
  const program = async (id: string, secret: string, scope: string): Promise<string> => {
    const { oidcIssuer } = rest.app.get(CrmSettings);
    const answer = await fetch(`${oidcIssuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  };

  it('let in a program that an administrator linked, for what both its token and its link allow, until it is taken back', async () => {
    const [clientId, secret] = [`portal-${v7()}`, v7()];
    await askIdentityProvider('clients', { id: clientId, secret });
    const made = await rest.ask<{ id: string }>('POST', '/api/operators', {
      as: director,
      body: { code: 'portale', name: 'Portale', role: 'api_client', office: anna.office },
    });
    const path = `/api/operators/${made.body.id}/identities`;
    const both = await program(clientId, secret, 'filodiretto:read filodiretto:write');
    const asked = (
      token: string,
      method: 'GET' | 'POST' | 'DELETE' = 'GET',
      url = '/api/operators/me',
      body?: object,
    ) => rest.ask<ProblemView & { id: string }>(method, url, { headers: { authorization: `Bearer ${token}` }, body });
    expect((await asked(both)).status).toBe(401);

    const body = { subject: clientId, clientId, scopes: ['filodiretto:read'] };
    expect((await rest.ask('POST', path, { as: anna, body })).status).toBe(403);
    const stale = {
      ...director,
      token: await tokenFor(director.id, { authTime: Math.floor(Date.now() / 1_000) - 700 }),
    };
    expect((await rest.ask<ProblemView>('POST', path, { as: stale, body })).body.type).toBe(
      '/problems/step-up-required',
    );
    const linked = await rest.ask<{ id: string }>('POST', path, { as: director, body });
    expect(linked.status).toBe(201);
    expect((await rest.ask<ProblemView>('POST', path, { as: director, body })).body.errors).toEqual([
      { pointer: '/subject', detail: 'is linked to somebody already' },
    ]);

    expect((await asked(both)).body.id).toBe(made.body.id);
    expect((await asked(both, 'POST', '/api/cases', { subject: 'x' })).status).toBe(403);
    expect((await asked(await program(clientId, secret, 'filodiretto:write'))).status).toBe(403);
    // A person whose subject is like the name of the program comes by another application.
    expect((await asked(await tokenFor(clientId))).status).toBe(401);

    expect((await rest.ask('DELETE', `${path}/${linked.body.id}`, { as: director })).status).toBe(204);
    expect((await asked(both)).status).toBe(401);
  });

  it('of a program never do what asks for a person who logged in', async () => {
    const [clientId, secret] = [`robot-${v7()}`, v7()];
    await askIdentityProvider('clients', { id: clientId, secret });
    const robot = await rest.operator(anna.administrationId, anna.office, 'Robot', 'admin');
    await rest.core.query(
      `update operator_identity set subject = $2, client_id = $2, scopes = '{filodiretto:read,filodiretto:write}' where operator_id = $1`,
      [robot.id, clientId],
    );
    const token = await program(clientId, secret, 'filodiretto:write');
    const answer = await rest.ask<ProblemView>('DELETE', `/api/operators/${anna.id}/sessions`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/not-allowed']);
  });
});
