import 'reflect-metadata';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consolePolicy } from './console.js';
import { RestApplication } from './rest-testing.js';

let rest: RestApplication;
const folder = mkdtempSync(join(tmpdir(), 'filodiretto-console-'));
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Console</title>');
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'assets', 'index-1.js'), 'export {};');
  rest = await RestApplication.start({ CONSOLE_DIR: folder });
}, 60_000);
afterAll(async () => {
  await rest.stop();
  rmSync(folder, { recursive: true });
}, 60_000);

const get = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> => {
  const answer = await rest.app.inject({ method: 'GET', url: path, headers });
  const given = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as [string, string]);
  const empty = answer.statusCode === 304;
  return new Response(empty ? null : new Uint8Array(answer.rawPayload), { status: answer.statusCode, headers: given });
};

describe('the console', () => {
  it.each(['/console/', '/console/cases/0199', '/console/queues?office=1'])(
    'is at %s, and asks every time whether it is the newest',
    async path => {
      const answer = await get(path);
      expect(await answer.text()).toContain('<title>Console</title>');
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|http/);
    },
  );

  it('lets its map ask where the tiles come from, and nobody else', () => {
    expect(consolePolicy('https://tiles.example.org/{z}/{x}/{y}.png')).toContain(
      "img-src 'self' data: blob: https://tiles.example.org;",
    );
    expect(consolePolicy(undefined)).not.toContain('http');
  });

  it('leads on from its name without a slash', async () => {
    const answer = await get('/console');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/console/']);
  });

  it('keeps files that carry their version in their name', async () => {
    const answer = await get('/console/assets/index-1.js');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('is sent packed to whoever takes it so, and not at all to whoever has it', async () => {
    const plain = await get('/console/assets/index-1.js');
    const bytes = Buffer.from(await plain.arrayBuffer());
    const packed = async (accepted: string): Promise<[string | null, Buffer]> => {
      const answer = await get('/console/assets/index-1.js', { 'accept-encoding': accepted });
      return [answer.headers.get('content-encoding'), Buffer.from(await answer.arrayBuffer())];
    };
    const [br, small] = await packed('gzip, deflate, br');
    expect([br, brotliDecompressSync(small)]).toEqual(['br', bytes]);
    const [gz, zipped] = await packed('br;q=0, gzip;q=0.5');
    expect([gz, gunzipSync(zipped)]).toEqual(['gzip', bytes]);
    expect(await packed('identity')).toEqual([null, bytes]);
    const again = await get('/console/assets/index-1.js', { 'if-none-match': plain.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  it.each([
    '/console/assets/gone.js',
    '/console/index-1.js',
    '/console/assets/..%2findex.html',
    '/console/assets/../../package.json',
  ])('does not answer with a page for a file that is not there: %s', async path => {
    expect((await get(path)).status).toBe(404);
  });

  it('is where a login begun at the front door ends', async () => {
    expect(await (await get('/')).text()).toContain('/auth/login?return_to=/console/');
  });

  it('does not start without what it is told to serve', async () => {
    await expect(RestApplication.start({ CONSOLE_DIR: join(folder, 'nowhere') })).rejects.toThrow(/index\.html/);
  });
});
