import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { openApiDocument } from '../openapi.js';
import { RestApplication, type TestOperator } from './rest-testing.js';

let rest: RestApplication;
let anna: TestOperator;
beforeAll(async () => {
  rest = await RestApplication.start({
    SECURITY_CONTACT: 'mailto:sicurezza@comune.example',
    SECURITY_POLICY: 'https://comune.example/vulnerabilita',
    API_PER_SECOND: '1000000',
    API_BURST: '1000000',
    API_REFUSED_PER_MINUTE: '1000000',
  });
  anna = await rest.administration('Valdoro');
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const NEVER_FRAMED = /frame-ancestors 'none'|^sandbox/;
const guarded = (headers: Readonly<Record<string, string | undefined>>): unknown => ({
  policy: [
    /script-src(?! 'none')|unsafe|(^|[ ;])\*/.test(headers['content-security-policy'] ?? '*'),
    /default-src 'none'/.test(headers['content-security-policy'] ?? ''),
    NEVER_FRAMED.test(headers['content-security-policy'] ?? ''),
  ],
  sniff: headers['x-content-type-options'],
  referrer: headers['referrer-policy'],
  frame: headers['x-frame-options'],
  opener: headers['cross-origin-opener-policy'],
  resource: headers['cross-origin-resource-policy'],
  permissions: headers['permissions-policy'],
  hsts: headers['strict-transport-security'],
  says: [headers['x-powered-by'], headers['server']],
});
const AS_IT_IS = {
  policy: [false, true, true],
  sniff: 'nosniff',
  referrer: 'no-referrer',
  frame: 'DENY',
  opener: 'same-origin',
  resource: 'same-origin',
  permissions: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  hsts: undefined,
  says: [undefined, undefined],
};
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

describe('every answer', () => {
  it('keeps a browser from doing more with it than was meant, on every route, for whoever asks and for nobody', async () => {
    const { paths } = await openApiDocument();
    const routes = [
      ...Object.entries(paths).flatMap(([path, operations]) =>
        METHODS.filter(method => method.toLowerCase() in operations).map(method => ({ method, path })),
      ),
      ...[
        '/',
        '/health/live',
        '/health/ready',
        '/metrics',
        '/auth/login',
        '/azioni/xyz',
        '/.well-known/security.txt',
      ].map(path => ({ method: 'GET' as const, path })),
      ...['/nowhere', '/api/nowhere', '/%00', '/api/cases/%zz'].map(path => ({ method: 'GET' as const, path })),
      { method: 'POST' as const, path: '/auth/logout' },
      { method: 'GET' as const, path: '/scim/v2/Users' },
    ];
    const wrong: unknown[] = [];
    let asked = 0;
    for (const { method, path } of routes) {
      if (path === '/api/stream') continue;
      const url = path.replaceAll(/\{[^}]+\}/g, v7());
      for (const as of [undefined, anna]) {
        const answer = await rest.ask(method, url, { as, ...(method === 'GET' ? {} : { body: {} }) });
        asked += 1;
        const found = guarded(answer.headers);
        if (JSON.stringify(found) !== JSON.stringify(AS_IT_IS))
          wrong.push({ method, path, status: answer.status, found });
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(250);
  }, 120_000);

  it('does so while it streams, and when a request cannot be read at all', async () => {
    const control = new AbortController();
    const { url } = rest.core.running;
    const stream = await fetch(`${url}/api/stream`, {
      headers: { authorization: `Bearer ${anna.token}` },
      signal: control.signal,
    });
    expect([stream.status, guarded(Object.fromEntries(stream.headers))]).toEqual([200, AS_IT_IS]);
    control.abort();
    const broken = await fetch(`${url}/api/cases`, {
      method: 'POST',
      headers: { authorization: `Bearer ${anna.token}`, 'content-type': 'application/json' },
      body: '{',
    });
    expect([broken.status, guarded(Object.fromEntries(broken.headers))]).toEqual([400, AS_IT_IS]);
    const deep = await fetch(`${url}/api/cases`, {
      method: 'POST',
      headers: { authorization: `Bearer ${anna.token}`, 'content-type': 'application/json' },
      body: `{"subject":${'['.repeat(400_000)}${']'.repeat(400_000)}}`,
    });
    expect([deep.status, guarded(Object.fromEntries(deep.headers))]).toEqual([400, AS_IT_IS]);
  });
});

describe('whoever finds a weakness', () => {
  it('is told whom to write to, without logging in', async () => {
    const answer = await rest.ask('GET', '/.well-known/security.txt');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(answer.text).toContain('Contact: mailto:sicurezza@comune.example\n');
    expect(answer.text).toContain('Canonical: https://filodiretto.example/.well-known/security.txt\n');
    expect(answer.text).toContain('Policy: https://comune.example/vulnerabilita\n');
    const expires = Date.parse(/^Expires: (\S+)$/m.exec(answer.text)?.[1] ?? '') - Date.now();
    expect(expires).toBeGreaterThan(80 * 86_400_000);
    expect(expires).toBeLessThan(365 * 86_400_000);
  });
});
