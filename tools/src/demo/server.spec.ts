import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../runtime/places.js';
import { freePorts } from '../system/addresses.js';
import { startProviders, type Providers } from '../system/providers.js';
import { keptSecrets } from '../system/secrets.js';
import type { Surroundings } from '../system/services.js';
import { startCitizenPage, type CitizenPage } from './server.js';

let around: Surroundings;
let providers: Providers;
let page: CitizenPage;
let url: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citizen-'));
  around = {
    ports: await freePorts(),
    secrets: keptSecrets(folder),
    folder,
    databaseUrl: '',
    natsUrl: '',
    ownBus: false,
    operatorsFile: '',
  };
  providers = await startProviders(around);
  page = await startCitizenPage(around, providers);
  url = `http://127.0.0.1:${around.ports.citizen}`;
});
afterAll(async () => {
  await page.close();
  await providers.close();
  rmSync(folder, { recursive: true, force: true });
});

const post = (path: string, body: unknown, type = 'application/json') =>
  fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });

describe("the citizen's side", () => {
  it('is not opened in production', async () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      await expect(startCitizenPage(around, providers)).rejects.toThrow(/refused in production/);
    } finally {
      process.env.NODE_ENV = before;
    }
  });

  it('allows no script that is not its own file', async () => {
    const response = await fetch(url);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(await response.text()).not.toMatch(/<script(?![^>]*\bsrc=)|\son[a-z]+=|<style|\sstyle=/i);
  });

  it('does not answer who calls it by another name, as a rebound address does', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(`${url}/api/opening`, { headers: { host: 'evil.example' } }, response => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it('takes nothing that a form of another page could send', async () => {
    const response = await post('/api/citizens/anna/whatsapp', { text: 'ciao' }, 'text/plain');
    expect(response.status).toBe(415);
    expect((await page.side.of('anna')).whatsapp).toEqual([]);
  });

  it.each([
    ['/api/citizens/nessuno/whatsapp', { text: 'ciao' }, 'Questa persona non c’è.'],
    ['/api/citizens/anna/whatsapp', { text: '   ' }, 'Manca il testo.'],
    ['/api/citizens/anna/telepathy', {}, 'Non si può.'],
    [
      '/api/citizens/anna/email',
      { to: 'someone@elsewhere.example', text: 'ciao', subject: 'x' },
      'Qui si scrive solo all’amministrazione.',
    ],
  ])('refuses %s with %j in words for the citizen', async (path, body, words) => {
    const response = await post(path, body);
    expect({ status: response.status, body: (await response.json()) as unknown }).toEqual({
      status: 422,
      body: { mistake: words },
    });
  });

  it('sends a photograph with the words under it, and no file that is none', async () => {
    const photo = readFileSync(join(ROOT, 'docs/fallen-tree.png')).toString('base64');
    const sent = await post('/api/citizens/karim/whatsapp', { photo, text: 'Albero caduto' });
    expect(await sent.json()).toMatchObject({ whatsapp: [{ by: 'citizen', text: 'Albero caduto' }] });
    expect(providers.meta.whatsapp.conversation('393471000002').at(-1)).toMatchObject({
      type: 'image',
      body: { mime_type: 'image/png', caption: 'Albero caduto' },
    });
    const other = Buffer.from('<svg/>').toString('base64');
    expect((await post('/api/citizens/karim/whatsapp', { photo: other })).status).toBe(422);
  });

  it('shows what the citizen wrote at once, also when nobody answers', async () => {
    const response = await post('/api/citizens/karim/messenger', { text: 'Buongiorno' });
    expect(await response.json()).toMatchObject({ messenger: [{ by: 'citizen', text: 'Buongiorno' }], sms: [] });
  });

  it('tells the page by itself when something arrives', async () => {
    const stop = new AbortController();
    const response = await fetch(`${url}/api/citizens/rosa/stream`, { signal: stop.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('"whatsapp":[]');
    await post('/api/citizens/rosa/whatsapp', { text: 'Eccomi' });
    expect((await reader?.read())?.value).toContain('Eccomi');
    stop.abort();
  });
});
