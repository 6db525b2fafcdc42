import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Drafts, NoRoom, Stale } from './draft/drafts.js';
import { Seal } from './draft/seal.js';
import {
  addressIn,
  fieldsOf,
  mistakesInAssistance,
  mistakesInReport,
  REPORT_FIELDS,
  ratingIn,
  writtenRating,
} from './http/answers.js';
import { Cookies } from './http/cookies.js';
import { Away, Doors, type Form } from './http/forms.js';
import { isForeign, policyFor } from './http/page.js';
import { grouped } from './page/report.js';
import { dayIn, preferredIn, textsIn } from './text/texts.js';

const KEY = 'the-key-of-the-pages-of-the-spec-0001';
const NEW = 'the-key-of-the-pages-of-after-000001';
const it_ = textsIn('it');

describe('a seal', () => {
  const seal = new Seal([KEY]);
  const closed = seal.close('one', Buffer.from('parole'));

  it('opens what it closed, for the same purpose alone', () => {
    expect(seal.open('one', closed)?.toString()).toBe('parole');
    expect(seal.open('another', closed)).toBeUndefined();
    expect(new Seal([`${KEY}x`]).open('one', closed)).toBeUndefined();
  });

  it('opens nothing that was changed or cut', () => {
    for (let at = 0; at < closed.byteLength; at += 1) {
      const changed = Buffer.from(closed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(seal.open('one', changed)).toBeUndefined();
    }
    expect(seal.open('one', closed.subarray(0, 20))).toBeUndefined();
  });
});

describe('a seal whose key was changed', () => {
  it('opens what was closed with the key before, while it has it, and closes with the new one', () => {
    const [before, after] = [new Seal([KEY]), new Seal([NEW, KEY])];
    const closed = before.close('one', Buffer.from('parole'));
    expect(after.open('one', closed)?.toString()).toBe('parole');
    expect(after.open('another', closed)).toBeUndefined();
    expect(new Seal([NEW]).open('one', closed)).toBeUndefined();
    const anew = after.close('one', Buffer.from('parole'));
    expect(new Seal([NEW]).open('one', anew)?.toString()).toBe('parole');
    expect(before.open('one', anew)).toBeUndefined();
  });
});

describe('a draft', () => {
  let folder: string;
  let drafts: Drafts;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drafts-'));
    drafts = new Drafts(folder, new Seal([KEY]), { hours: 1, bytes: 1_000 });
    await drafts.start();
  });
  afterEach(async () => {
    drafts.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is there for who knows its id, with its files, and is unreadable on the disk', async () => {
    const draft = { ...drafts.begin('segnalazione', 'token'), fields: { nome: 'Anna Verdi' } };
    const file = await drafts.keep(draft, {
      filename: 'a.png',
      mediaType: 'image/png',
      bytes: Buffer.from('Anna Verdi'),
    });
    const kept = await drafts.put({ ...draft, files: [file] });
    expect(await drafts.get(draft.id)).toEqual({ ...draft, files: [file], revision: 1 });
    expect(kept).toEqual({ ...draft, files: [file], revision: 1 });
    expect((await drafts.open(draft, file))?.toString()).toBe('Anna Verdi');
    const names = await readdir(folder);
    const bytes = await Promise.all(names.map(name => readFile(join(folder, name))));
    expect(names.join(' ')).not.toContain(draft.id);
    expect(Buffer.concat(bytes).includes('Anna')).toBe(false);
  });

  it('is not there for another id, nor for a path', async () => {
    await drafts.put(drafts.begin('segnalazione', 'token'));
    expect(await drafts.get('a'.repeat(32))).toBeUndefined();
    expect(await drafts.get('../../etc/passwd')).toBeUndefined();
    expect(await drafts.get(undefined)).toBeUndefined();
  });

  it('is destroyed when nobody touches it for long, and at once when asked', async () => {
    const [old, fresh, gone] = [1, 2, 3].map(() => drafts.begin('segnalazione', 'token'));
    if (!old || !fresh || !gone) throw new Error('no drafts');
    const kept = await Promise.all([old, fresh, gone].map(draft => drafts.put(draft)));
    await drafts.destroy(gone);
    const before = new Date(Date.now() - 2 * 3_600_000);
    const names = await readdir(folder);
    for (const name of names) await utimes(join(folder, name), before, before);
    await drafts.put({ ...fresh, revision: 1 });
    await drafts.sweep();
    expect([await drafts.get(old.id), await drafts.get(gone.id)]).toEqual([undefined, undefined]);
    expect(await drafts.get(fresh.id)).toEqual({ ...kept[1], revision: 2 });
  });

  it('is kept by one of those who saw the same, and by none who saw an older one, nor after it was thrown away', async () => {
    const begun = drafts.begin('segnalazione', 'token');
    const tabs = Array.from({ length: 8 }, (_, tab) => drafts.put({ ...begun, fields: { oggetto: `scheda ${tab}` } }));
    const kept = (await Promise.allSettled(tabs)).filter(one => one.status === 'fulfilled');
    expect(kept).toHaveLength(1);
    const now = await drafts.get(begun.id);
    if (!now) throw new Error('it is not kept');
    await expect(drafts.put(begun)).rejects.toThrow(Stale);
    await drafts.put({ ...now, sent: 'K7QF' });
    await expect(drafts.put({ ...now, fields: {} })).rejects.toThrow(Stale);
    expect((await drafts.get(begun.id))?.sent).toBe('K7QF');
    await drafts.destroy(now);
    await expect(drafts.put({ ...now, revision: 2 })).rejects.toThrow(Stale);
    expect((await readdir(folder)).length).toBe(0);
  });

  it('goes on when the key is changed, files and all, is kept from then on under the new one, and is destroyed whole', async () => {
    const limits = { hours: 1, bytes: 1_000 };
    const [after, deaf] = [[NEW, KEY] as const, [NEW] as const].map(keys => new Drafts(folder, new Seal(keys), limits));
    if (!after || !deaf) throw new Error('no drafts');
    const begun = { ...drafts.begin('segnalazione', 'token'), fields: { nome: 'Anna Verdi' } };
    const photo = { filename: 'a.png', mediaType: 'image/png', bytes: Buffer.from('Anna') };
    const [seen, unseen] = [await drafts.keep(begun, photo), await drafts.keep(begun, photo)];
    const kept = await drafts.put({ ...begun, files: [seen, unseen] });
    expect(await deaf.get(begun.id)).toBeUndefined();
    expect(await after.get(begun.id)).toEqual(kept);
    expect((await after.open(kept, seen))?.toString()).toBe('Anna');
    const next = await after.put({ ...kept, fields: { nome: 'Anna Neri' } });
    expect(await Promise.all([1, 2].map(() => after.get(begun.id)))).toEqual([next, next]);
    expect(await deaf.get(begun.id)).toEqual(next);
    expect(await drafts.get(begun.id)).toBeUndefined();
    expect(await readdir(folder)).toHaveLength(3);
    await after.destroy(next);
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes no file that fills the disk', async () => {
    const draft = drafts.begin('segnalazione', 'token');
    const file = { filename: 'a.png', mediaType: 'image/png', bytes: new Uint8Array(1_001) };
    await expect(drafts.keep(draft, file)).rejects.toThrow(NoRoom);
  });
});

describe('a cookie', () => {
  const reply = (): {
    headers: string[];
    header(_: string, value: string | string[]): void;
    getHeader(): string[];
  } => ({
    headers: [],
    header(_, value) {
      this.headers = [value].flat();
    },
    getHeader() {
      return this.headers;
    },
  });

  it('holds the code of a case out of sight, and only for a while', () => {
    const cookies = new Cookies(new Seal([KEY]), true);
    const given = reply();
    cookies.setLanguage(given, 'en');
    cookies.setFollowed(given, 'K7QF2M9XTEST');
    expect(given.headers).toHaveLength(2);
    expect(given.headers.join()).not.toContain('K7QF2M9XTEST');
    for (const header of given.headers)
      expect(header).toMatch(/^__Host-.*; Path=\/; .*HttpOnly; SameSite=Strict; Secure$/);
    const cookie = given.headers.map(header => header.split(';')[0]).join('; ');
    expect(cookies.followed({ headers: { cookie } })).toBe('K7QF2M9XTEST');
    expect(cookies.language({ headers: { cookie } })).toBe('en');
    expect(cookies.followed({ headers: { cookie: '__Host-pratica=aaaa' } })).toBeUndefined();
    // One seal opens nothing that the other closed.
    const other = cookie.replace('__Host-pratica=', '__Host-dati=');
    expect(cookies.ownData({ headers: { cookie: other } })).toBeUndefined();
  });

  it('that was given before the key was changed is still good, and is not without the key before', () => {
    const given = reply();
    const before = new Cookies(new Seal([KEY]), true);
    before.setFollowed(given, 'K7QF2M9XTEST');
    before.setOwnData(given, 'opens-it', Date.now() + 60_000, { name: 'Anna Verdi' });
    before.setLogin(given, 'comes-back', Date.now() + 60_000);
    const request = { headers: { cookie: given.headers.map(header => header.split(';')[0]).join('; ') } };
    const readBy = (...keys: ConstructorParameters<typeof Seal>[0]) => {
      const cookies = new Cookies(new Seal(keys), true);
      return [cookies.followed(request), cookies.ownData(request), cookies.who(request)?.name, cookies.login(request)];
    };
    expect(readBy(NEW, KEY)).toEqual(['K7QF2M9XTEST', 'opens-it', 'Anna Verdi', 'comes-back']);
    expect(readBy(NEW)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('holds what opens the data of a citizen as long as the core keeps it open, and no longer', () => {
    const cookies = new Cookies(new Seal([KEY]), true);
    const cookieOf = (until: number): string => {
      const given = reply();
      cookies.setOwnData(given, 'opens-it', until);
      expect(given.headers.join()).not.toContain('opens-it');
      return given.headers.map(header => header.split(';')[0]).join('; ');
    };
    expect(cookies.ownData({ headers: { cookie: cookieOf(Date.now() + 60_000) } })).toBe('opens-it');
    expect(cookies.ownData({ headers: { cookie: cookieOf(Date.now() - 1) } })).toBeUndefined();
  });
});

describe('answers', () => {
  const form: Form = {
    id: 'segnalazione',
    title: '',
    token: '',
    fields: [{ name: 'categoria', label: '', type: 'choice', options: [{ value: 'strade', label: 'Strade' }] }],
  };
  const good = { luogo: 'Via Roma 1', categoria: 'strade', oggetto: 'Buca', descrizione: 'Profonda' };
  const fields = (more: object): string[] => mistakesInReport({ ...good, ...more }, form, it_).map(one => one.field);

  it.each([
    ['a whole report is right', {}, []],
    ['a comma is a comma', { latitudine: '44,6', longitudine: '11,2' }, []],
    ['half a place is none', { latitudine: '44.6' }, ['longitudine']],
    ['a place is on the earth', { latitudine: '144', longitudine: '11' }, ['latitudine']],
    ['a kind is one of those', { categoria: 'altro' }, ['categoria']],
    ['details are short', { descrizione: 'a'.repeat(201) }, ['descrizione']],
    ['an address of mail looks like one', { email: 'anna' }, ['email']],
    ['what is missing is said in the order of the page', { luogo: '', oggetto: '' }, ['luogo', 'oggetto']],
  ])('%s', (_, more, wrong) => {
    expect(fields(more)).toEqual(wrong);
  });

  it('of whoever asks for assistance say who asks, and where to answer', () => {
    expect(mistakesInAssistance({}, form, it_).map(one => one.field)).toEqual([
      'nome',
      'email',
      'categoria',
      'servizio',
      'descrizione',
    ]);
  });

  it('hold what the form asks, as texts, and nothing else', () => {
    const body = {
      oggetto: ' Buca\r\n ',
      descrizione: ['a'],
      __proto__: { nome: 'x' },
      altro: 'y',
      nome: 'n'.repeat(9_000),
    };
    expect(fieldsOf(body, REPORT_FIELDS)).toEqual({ oggetto: 'Buca', nome: 'n'.repeat(5_000) });
    expect(fieldsOf(null, REPORT_FIELDS)).toEqual({});
  });

  it('are as long as who wrote them counted, however their lines end', () => {
    const written = `${'riga\n'.repeat(999)}fine!`;
    expect(fieldsOf({ testo: written.replaceAll('\n', '\r\n') }, ['testo'])).toEqual({ testo: written });
  });
});

describe('an address to which a code may go', () => {
  it.each([
    ['Anna.Verdi@Posta.Example', { kind: 'email', value: 'anna.verdi@posta.example' }],
    ['051 234-5678', { kind: 'phone', value: '+390512345678' }],
    ['0039 340 1234567', { kind: 'phone', value: '+393401234567' }],
    ['+44 20 7946 0000', { kind: 'phone', value: '+442079460000' }],
    ['anna', undefined],
    ['12345', undefined],
    ['', undefined],
  ])('%j', (typed, address) => {
    expect(addressIn(typed)).toEqual(address);
  });
});

describe('a rating', () => {
  it('is kept as it was written, also without stars', () => {
    const body = { faccia: 'good', commento: 'Bene', motivi: ['clear_indications', 'x'] };
    expect(writtenRating(body)).toEqual({ face: 'good', comment: 'Bene', reasons: ['clear_indications'] });
    expect(ratingIn(body)).toBeUndefined();
    expect(ratingIn({ ...body, stelle: '4' })).toEqual({ ...writtenRating(body), stars: 4 });
  });
});

describe('the forms', () => {
  const heard: { key: string; body: string }[] = [];
  const proofs: (string | undefined)[] = [];
  let asksProof = false;
  let away = false;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const key = String(request.headers['idempotency-key'] ?? '');
      const say = (status: number, said: object): void =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
      if (away) return say(503, {});
      if (request.url === '/public/tracked-cases') return say(404, { type: '/problems/not-found' });
      if (request.url === '/public/submissions/LOOKED-AT') return say(200, { state: 'received' });
      if (request.url === '/public/submissions/IS-A-CASE') return say(200, { state: 'received', caseNumber: '1' });
      if (request.url?.startsWith('/public/submissions/')) return say(404, {});
      if (request.url?.endsWith('/challenge')) return asksProof ? say(200, { signature: 's' }) : say(404, {});
      if (request.method === 'GET') return say(200, { id: 'assistenza', title: 'Assistenza', fields: [], token: 't' });
      proofs.push(/name="altcha"\r\n\r\n(\S+)/.exec(body)?.[1]);
      const words = body.includes('altre parole') ? 'altre' : 'prime';
      const before = heard.find(one => one.key === key);
      if (before && before.body !== words) return say(422, { type: '/problems/idempotency-mismatch' });
      if (!before) heard.push({ key, body: words });
      say(201, { trackingCode: `CODICE${heard.length}` });
    });
  });
  let doors: Doors;
  beforeEach(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const url = `http://127.0.0.1:${address.port}`;
    doors = new Doors({ core: url, forms: url });
    away = false;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it('take other words under a key that was used as what they are: another submission', async () => {
    const sent = { attempt: '00000000-0000-4000-8000-000000000001', token: 't', files: [] };
    const first = await doors.submit('assistenza', { ...sent, fields: { descrizione: 'prime parole' } }, '');
    expect(await doors.submit('assistenza', { ...sent, fields: { descrizione: 'prime parole' } }, '')).toEqual(first);
    expect(await doors.submit('assistenza', { ...sent, fields: { descrizione: 'altre parole' } }, '')).toEqual({
      code: 'CODICE2',
    });
    expect(heard.map(({ body }) => body)).toEqual(['prime', 'altre']);
  });

  it('are given the proof of the browser, and none that would count more against its sender than to have none', async () => {
    const proofUntil = (seconds: number): string =>
      btoa(JSON.stringify({ challenge: { parameters: { expiresAt: Math.floor(Date.now() / 1_000) + seconds } } }));
    const submit = async (attempt: string, proof: string | undefined, words: string): Promise<unknown> => {
      proofs.length = 0;
      await doors.submit('assistenza', { attempt, token: 't', proof, fields: { descrizione: words }, files: [] }, '');
      return proofs.slice();
    };
    const good = proofUntil(3_000);
    expect(await submit('p1', good, 'prime parole')).toEqual([good]);
    expect(await submit('p2', proofUntil(-10), 'prime parole')).toEqual([undefined]);
    expect(await submit('p3', 'no proof', 'prime parole')).toEqual([undefined]);
    expect(await submit('p4', undefined, 'prime parole')).toEqual([undefined]);
    // The words of a key that was used go under another, and the proof was the first one's.
    expect(await submit('p1', good, 'altre parole')).toEqual([good, undefined]);
  });

  it('say what a browser has to solve, where they ask for it, and nothing while they do not answer', async () => {
    expect(await doors.challenge('assistenza', '')).toBeUndefined();
    asksProof = true;
    expect(await doors.challenge('assistenza', '')).toEqual({ signature: 's' });
    away = true;
    expect(await doors.challenge('assistenza', '')).toBeUndefined();
  });

  it('say of what a person still looks at that it is held, and of any other code nothing', async () => {
    expect(await doors.track('LOOKED-AT', undefined, '')).toBe('held');
    expect(await doors.track('GUESSED', undefined, '')).toBeUndefined();
    // A case of another number than was said.
    expect(await doors.track('IS-A-CASE', '2026-000001-1', '')).toBeUndefined();
  });

  it('are known as they were last described while they do not answer', async () => {
    away = true;
    await expect(doors.form('assistenza')).rejects.toThrow(Away);
    away = false;
    const form = await doors.form('assistenza');
    away = true;
    expect(await doors.form('assistenza')).toEqual(form);
  });
});

describe('a page', () => {
  const asked = (headers: Record<string, string>) => ({ method: 'POST', url: '/', ip: '', headers });

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, true],
    [{ 'sec-fetch-site': 'same-site', origin: 'https://servizi.comune.example' }, true],
    [{ origin: 'https://servizi.comune.example' }, false],
    [{ origin: 'https://altro.example' }, true],
    [{ origin: 'null' }, true],
    [{}, false],
  ])('is changed by its own forms alone: %j', (headers, foreign) => {
    expect(isForeign(asked(headers), 'https://servizi.comune.example/x')).toBe(foreign);
  });

  it('loads nothing from elsewhere, but for the tiles that were configured', () => {
    expect(policyFor(undefined)).not.toMatch(/http|unsafe|\*/);
    expect(policyFor('https://tiles.comune.example/{z}/{x}/{y}.png')).toContain(
      "img-src 'self' data: blob: https://tiles.comune.example;",
    );
  });
});

describe('the words', () => {
  it.each([
    [undefined, 'it'],
    ['en-GB,en;q=0.9,it;q=0.8', 'en'],
    ['de,it;q=0.5,en;q=0.4', 'it'],
    ['fr', 'it'],
    ['en;q=0, it', 'it'],
  ])('are of the language that the browser prefers: %s', (accepted, language) => {
    expect(preferredIn(accepted)).toBe(language);
  });

  it('name a day as people do, at the clock of Rome', () => {
    expect(dayIn(it_, '2026-12-31')).toBe('31 dicembre 2026');
    expect(dayIn(textsIn('en'), '2026-12-31T23:30:00Z')).toBe('1 January 2027');
  });

  it('group a code as it is read', () => {
    expect(grouped('K7QF2M9XTEST')).toBe('K7QF-2M9X-TEST');
  });
});
