import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ProblemView } from '@filodiretto/contracts';
import { generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { tokenFor } from '../testing.js';
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
  it('let in whom they are of, for what they are for', async () => {
    const rest = await RestApplication.start();
    try {
      const anna = await rest.administration('Valdoro');
      expect((await rest.ask('GET', '/api/operators/me', { as: anna })).status).toBe(200);
      const reads = { ...anna, token: await tokenFor(anna.id, { scope: 'filodiretto:read' }) };
      expect((await rest.ask('GET', '/api/operators/me', { as: reads })).status).toBe(200);
      expect((await rest.ask('POST', '/api/cases', { as: reads, body: { subject: 'x' } })).status).toBe(403);
    } finally {
      await rest.stop();
    }
  });
});
