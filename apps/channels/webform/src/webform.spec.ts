import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { CLIENT_ADDRESS } from '@filodiretto/channel-kit';
import {
  channelContract,
  notApplicable,
  openChannel,
  reopenChannel,
  type Delivery,
  type MemoryHostOptions,
  type OpenChannel,
} from '@filodiretto/channel-kit/testing';
import type { TrackingAnswer } from '@filodiretto/contracts';
import { fingerprintOf } from './body.js';
import { webform } from './channel.js';
import { formToken, judgeToken } from './form-token.js';
import { scanAgain } from './rescan.js';
import { trackingCodeOf } from './tracking-code.js';
import { forgetOld } from './upkeep.js';

const KEY = 'the-key-of-the-spec-0001';
const BASE = 'https://comune.example/moduli-api';
const PEOPLE = { anna: 'anna@posta.example', bruno: 'bruno@posta.example' } as const;
const ENV = { WEBFORM_KEY: KEY };

const requestOf = (delivery: Delivery): Request =>
  new Request(`${BASE}/public/forms/${delivery.account}/submissions`, {
    method: 'POST',
    headers: { 'content-type': delivery.mediaType, 'idempotency-key': delivery.about?.key ?? '' },
    body: Uint8Array.from(delivery.raw),
  });

channelContract('webform', {
  channel: webform,
  provider: () => ({}),
  env: () => ENV,
  badConfiguration: {
    env: { WEBFORM_KEY: 'bad-key-1', ALTCHA_KEY: 'bad-key-2', WEBFORM_FORMS: '[{"id":"A"}]', CLAMAV_PORT: '0' },
    mistakes: ['WEBFORM_KEY', 'ALTCHA_KEY', 'WEBFORM_FORMS', 'CLAMAV_PORT'],
  },
  fixtures: {
    folder: new URL('./fixtures/', import.meta.url),
    account: 'segnalazione',
    mediaType: 'application/json',
  },
  say: ([said]) => ({
    account: 'segnalazione',
    mediaType: 'application/json',
    about: { key: said?.id ?? '' },
    raw: Buffer.from(
      JSON.stringify({
        fields: { oggetto: 'Prova', descrizione: said?.text, email: PEOPLE[said?.person ?? 'anna'] },
      }),
    ),
  }),
  batches: notApplicable('a form is sent alone'),
  oneConversation: notApplicable('each submission is a matter of its own'),
  unknownKind: notApplicable('a submission has the fields of its form, and others are refused'),
  webhook: {
    request: requestOf,
    forged: notApplicable('anybody may fill in a form: doubt is scored instead'),
  },
  listen: notApplicable('it listens to nobody: it only forgets what is old'),
  send: notApplicable('answers go to the address or number left in the form'),
  connection: {
    // Nobody takes calls at this port.
    refused: { side: 'scanner', result: 'unreachable', env: () => ({ CLAMAV_HOST: '127.0.0.1', CLAMAV_PORT: '1' }) },
    silent: ({ host, port }) => ({ CLAMAV_HOST: host, CLAMAV_PORT: String(port) }),
  },
});

describe('the web form channel', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach(server => server.close()));

  const opened = (env = {}, options: Omit<MemoryHostOptions, 'channel'> = {}): Promise<OpenChannel> =>
    openChannel(webform, { ...ENV, ...env }, options);
  const ask = async ({ session }: OpenChannel, path: string, init: RequestInit = {}, client = '192.0.2.1') => {
    const headers = new Headers(init.headers);
    headers.set(CLIENT_ADDRESS, client);
    const answer = await session.webhook?.(new Request(`${BASE}${path}`, { ...init, headers }));
    if (!answer) throw new Error('the channel answers no webhook');
    return answer;
  };
  const json = async (answer: Response): Promise<Record<string, unknown>> =>
    (await answer.json()) as Record<string, unknown>;
  const FIELDS = { oggetto: 'Buca', descrizione: 'Una buca in via Roma', email: 'anna@posta.example' };
  const aged = (form = 'segnalazione', seconds = 30): string => formToken([KEY], form, Date.now() - seconds * 1_000);
  const submit = (open: OpenChannel, body: object, headers: Record<string, string> = {}, form = 'segnalazione') =>
    ask(open, `/public/forms/${form}/submissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const multipart = (open: OpenChannel, fields: object, files: [string, Uint8Array][], path?: string) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, String(value));
    for (const [name, bytes] of files) data.append('files', new Blob([Uint8Array.from(bytes)]), name);
    return ask(open, path ?? '/public/forms/segnalazione/submissions', { method: 'POST', body: data });
  };
  const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  it('gives the tracking code and where to follow it once the submission is held', async () => {
    const open = await opened();
    const answer = await submit(open, { fields: FIELDS, token: aged() }, { 'idempotency-key': 'k-1' });
    expect(answer.status).toBe(201);
    const { trackingCode, statusUrl } = await json(answer);
    expect(trackingCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(statusUrl).toBe(`${BASE}/public/submissions/${String(trackingCode)}`);
    expect(open.host.messages).toMatchObject([
      {
        externalId: expect.stringMatching(/^k-1#[0-9a-f]{32}$/),
        account: 'segnalazione',
        trackingCode,
        subject: 'Buca',
        from: { kind: 'email', value: 'anna@posta.example', verified: false },
        hints: { form: 'segnalazione', language: 'it' },
      },
    ]);
    expect(open.host.messages[0]?.flags).toBeUndefined();
  });

  it('gives the same answer to the same key, in parallel too, and receives it once', async () => {
    const open = await opened();
    const answers = await Promise.all(
      [1, 2, 3].map(() => submit(open, { fields: FIELDS }, { 'idempotency-key': 'k-1' })),
    );
    const again = await submit(open, { fields: FIELDS }, { 'idempotency-key': 'k-1' });
    const bodies = await Promise.all([...answers, again].map(json));
    expect(new Set(bodies.map(body => body.trackingCode)).size).toBe(1);
    expect(open.host.receptions).toHaveLength(1);
  });

  it('remembers nothing from which anybody guesses what was answered', async () => {
    const open = await opened();
    await submit(open, { fields: FIELDS }, { 'idempotency-key': 'k-1' });
    const guessed = fingerprintOf({ fields: FIELDS, files: [] });
    expect(open.host.messages[0]?.externalId).toContain(guessed.slice(0, 32));
    const names = await open.host.state.keys('');
    const kept = await Promise.all(names.map(async name => [name, await open.host.state.get(name)]));
    expect(names.some(name => name.startsWith('sent/'))).toBe(true);
    expect(JSON.stringify(kept)).not.toContain(guessed.slice(0, 32));
    expect(names).not.toContain(
      `sent/${createHash('sha256')
        .update(JSON.stringify(['segnalazione', 'k-1']))
        .digest('hex')}`,
    );
  });

  it('refuses a key that was used for another submission', async () => {
    const open = await opened();
    await submit(open, { fields: FIELDS }, { 'idempotency-key': 'k-1' });
    const other = await submit(open, { fields: { ...FIELDS, oggetto: 'Altro' } }, { 'idempotency-key': 'k-1' });
    expect(other.status).toBe(409);
    expect(await json(other)).toMatchObject({ type: '/problems/idempotency-mismatch' });
    expect(open.host.receptions).toHaveLength(1);
  });

  describe('a key that comes again when it is remembered no more', () => {
    const later = Date.now() + 8 * 24 * 3_600_000;
    const KEYED = { 'idempotency-key': 'k-1' };
    const aWeekAfter = async (): Promise<{ open: OpenChannel; code: unknown; known: { externalId?: string } }> => {
      const known: { externalId?: string } = {};
      const open = await opened(
        {},
        { tracking: () => (known.externalId ? { found: true, externalId: known.externalId } : { found: false }) },
      );
      const { trackingCode } = await json(await submit(open, { fields: FIELDS }, KEYED));
      await forgetOld(open.host, later);
      return { open, code: trackingCode, known };
    };

    it('is refused for another submission, and gives the same answer for the same', async () => {
      const { open, code, known } = await aWeekAfter();
      known.externalId = open.host.messages[0]?.externalId ?? '';
      const other = await submit(open, { fields: { ...FIELDS, oggetto: 'Altro' } }, KEYED);
      expect([other.status, await json(other)]).toEqual([
        409,
        expect.objectContaining({ type: '/problems/idempotency-mismatch' }),
      ]);
      const same = await submit(open, { fields: FIELDS }, KEYED);
      expect([same.status, (await json(same)).trackingCode]).toEqual([201, code]);
      expect(open.host.receptions).toHaveLength(1);
    });

    it('loses nothing even when the core does not say', async () => {
      const { open } = await aWeekAfter();
      await submit(open, { fields: { ...FIELDS, oggetto: 'Altro' } }, KEYED);
      expect(new Set(open.host.messages.map(message => message.externalId)).size).toBe(2);
    });
  });

  it('takes the same submission without a key, from the same place on the same day, once', async () => {
    const open = await opened();
    const first = await json(await submit(open, { fields: FIELDS }));
    expect(await json(await submit(open, { fields: FIELDS }))).toEqual(first);
    expect(open.host.receptions).toHaveLength(1);
    expect(await json(await submit(open, { fields: { ...FIELDS, luogo: 'altrove' } }))).not.toEqual(first);
  });

  it('says every mistake, field by field, and receives nothing', async () => {
    const open = await opened();
    const fields = { descrizione: 'x'.repeat(5_001), categoria: 'magia', email: 'no', telefono: '1', altro: 'x' };
    const answer = await submit(open, { fields });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const { errors } = (await json(answer)) as { errors: { pointer: string }[] };
    expect(errors.map(one => one.pointer).sort()).toEqual(
      ['altro', 'categoria', 'descrizione', 'email', 'oggetto', 'telefono'].map(name => `/fields/${name}`),
    );
    expect(open.host.receptions).toHaveLength(0);
  });

  it('asks for a contact where the form wants one', async () => {
    const open = await opened();
    const anonymous = { oggetto: FIELDS.oggetto, descrizione: FIELDS.descrizione };
    expect((await submit(open, { fields: anonymous }, {}, 'reclamo')).status).toBe(422);
    expect((await submit(open, { fields: { ...anonymous, telefono: '051 000000' } }, {}, 'reclamo')).status).toBe(201);
    expect(open.host.messages[0]).toMatchObject({
      from: { kind: 'phone', value: '+39051000000' },
      replyTo: [{ kind: 'phone' }],
    });
  });

  it.each([
    ['not JSON at all', 'application/json', '{', 400],
    ['no fields', 'application/json', '{"oggetto":"x"}', 400],
    ['another language', 'text/xml', '<a/>', 400],
    ['a multipart without an end', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition', 400],
    ['too many parts', 'multipart/form-data; boundary=x', '--x\r\n'.repeat(400), 400],
    ['too many bytes', 'application/json', `{"fields":{"oggetto":"${'x'.repeat(3_000)}"}}`, 413],
  ])('refuses %s, and receives nothing', async (_what, type, body, status) => {
    const open = await opened({ WEBFORM_MAX_BYTES: '2500' });
    const init = { method: 'POST', headers: { 'content-type': type }, body };
    expect((await ask(open, '/public/forms/segnalazione/submissions', init)).status).toBe(status);
    expect(open.host.receptions).toHaveLength(0);
  });

  it('asks to repeat, and does not say yes, while the house cannot hold it', async () => {
    const open = await opened();
    open.host.breaks = 'publish';
    const answer = await submit(open, { fields: FIELDS }, { 'idempotency-key': 'k' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    open.host.breaks = undefined;
    expect((await submit(open, { fields: FIELDS }, { 'idempotency-key': 'k' })).status).toBe(201);
  });

  describe('scores doubt, and never drops', () => {
    const doubtIn = ({ host }: OpenChannel): string | undefined => host.messages.at(-1)?.flags?.doubtful;

    it.each([
      ['the hidden field is filled in', () => ({ sito_web: 'x', token: aged() }), /campo nascosto/],
      ['it was filled in too fast', () => ({ token: formToken([KEY], 'segnalazione') }), /troppo in fretta/],
      ['the token is of another form', () => ({ token: aged('reclamo') }), /contraffatto/],
      [
        'the token was made by somebody else',
        () => ({ token: formToken(['another-key-altogether'], 'segnalazione', 0) }),
        /contraffatto/,
      ],
    ])('parks it when %s, and the citizen has a code all the same', async (_what, extra, why) => {
      const open = await opened();
      const answer = await submit(open, { fields: FIELDS, ...extra() });
      expect(answer.status).toBe(201);
      expect((await json(answer)).trackingCode).toMatch(/^.{12}$/);
      expect(doubtIn(open)).toMatch(why);
    });

    it('does not park a program that opens no form, unless it sends too many', async () => {
      const open = await opened({ WEBFORM_SUBMISSIONS_PER_MINUTE: '2' });
      for (const oggetto of ['a', 'b', 'c']) await submit(open, { fields: { ...FIELDS, oggetto } });
      expect(open.host.messages.map(one => one.flags?.doubtful)).toEqual([
        undefined,
        undefined,
        expect.stringContaining('troppi invii'),
      ]);
    });

    it('does not park what somebody without scripts took more than a day to fill in', async () => {
      const open = await opened({ ALTCHA_KEY: 'the-altcha-key-of-the-spec' });
      await submit(open, { fields: FIELDS, token: aged('segnalazione', 25 * 3_600) });
      expect(open.host.messages.at(-1)?.flags).toEqual({ abuseScore: 0.4 });
    });

    it('asks for a proof of work, once for each submission', async () => {
      const open = await opened({ ALTCHA_KEY: 'the-altcha-key-of-the-spec', ALTCHA_COST: '10', ALTCHA_STEPS: '20' });
      const { challengeUrl, token } = await json(await ask(open, '/public/forms/segnalazione'));
      expect(challengeUrl).toBe(`${BASE}/public/forms/segnalazione/challenge`);
      expect(token).toEqual(expect.any(String));
      const challenge = (await json(await ask(open, '/public/forms/segnalazione/challenge'))) as unknown as Challenge;
      const solution = await solveChallenge({ challenge, deriveKey });
      const altcha = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
      const said = { token: aged(), altcha };
      await submit(open, { fields: FIELDS, ...said }, { 'idempotency-key': 'a' });
      expect(doubtIn(open)).toBeUndefined();
      await submit(open, { fields: { ...FIELDS, oggetto: 'b' }, ...said }, { 'idempotency-key': 'b' });
      expect(doubtIn(open)).toMatch(/già usata/);
      const stolen = { token: aged('reclamo'), altcha };
      await submit(open, { fields: FIELDS, ...stolen }, { 'idempotency-key': 'c' }, 'reclamo');
      expect(doubtIn(open)).toMatch(/errata/);
      await submit(open, { fields: FIELDS, token: aged(), altcha: 'bm90aGluZw==' }, { 'idempotency-key': 'd' });
      expect(doubtIn(open)).toMatch(/errata/);
      await submit(open, { fields: FIELDS, token: aged() }, { 'idempotency-key': 'e' });
      expect(doubtIn(open)).toBeUndefined();
      await submit(open, { fields: FIELDS }, { 'idempotency-key': 'f' });
      expect(doubtIn(open)).toMatch(/senza prova di lavoro/);
    });

    it('lets a submission that could not be held use its proof again', async () => {
      const open = await opened({ ALTCHA_KEY: 'the-altcha-key-of-the-spec', ALTCHA_COST: '10', ALTCHA_STEPS: '20' });
      const challenge = (await json(await ask(open, '/public/forms/segnalazione/challenge'))) as unknown as Challenge;
      const solution = await solveChallenge({ challenge, deriveKey });
      const altcha = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
      const body = { fields: FIELDS, token: aged(), altcha };
      open.host.breaks = 'keep';
      expect((await submit(open, body, { 'idempotency-key': 'a' })).status).toBe(503);
      open.host.breaks = undefined;
      await submit(open, body, { 'idempotency-key': 'a' });
      expect(doubtIn(open)).toBeUndefined();
    });
  });

  describe('with files', () => {
    /** A clamd that answers as it is told, or is not there. */
    const clamd = async (verdict: string): Promise<Record<string, string>> => {
      const server = createServer(socket => {
        const chunks: Buffer[] = [];
        socket.on('error', () => undefined);
        socket.on('data', chunk => {
          chunks.push(chunk);
          if (Buffer.concat(chunks).subarray(-4).equals(Buffer.alloc(4))) socket.end(`stream: ${verdict}\0`);
        });
      });
      servers.push(server);
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      return { CLAMAV_HOST: '127.0.0.1', CLAMAV_PORT: String(typeof address === 'object' ? address?.port : 0) };
    };
    const scanIn = ({ host }: OpenChannel): string[] =>
      host.messages.flatMap(one => one.content.flatMap(part => (part.type === 'media' ? [part.scan] : [])));

    it('keeps them byte for byte, with the type that their bytes show and a harmless name', async () => {
      const open = await opened();
      const answer = await multipart(open, FIELDS, [
        ['..\\..\\gnp.\u202Eexe.png', PNG],
        ['perché.txt', Buffer.from('perché')],
      ]);
      expect(answer.status).toBe(201);
      const media = open.host.messages[0]?.content.filter(part => part.type === 'media') ?? [];
      expect(media).toMatchObject([
        { kind: 'image', mediaType: 'image/png', filename: 'gnp.exe.png', scan: 'skipped', fetch: 'done' },
        { kind: 'file', mediaType: 'text/plain', filename: 'perché.txt' },
      ]);
      const [first] = media;
      expect(first?.blob && Buffer.from(await open.host.open(first.blob)).equals(PNG)).toBe(true);
    });

    it.each([
      ['is a program called a picture', 'foto.png', Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff', 'latin1')],
      [
        'is a drawing that carries a script',
        'disegno.svg',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      ],
      ['is a page called a text', 'nota.txt', Buffer.from('\0<html>')],
      ['is empty', 'vuoto.png', Buffer.alloc(0)],
      ['is too large', 'grande.txt', Buffer.alloc(2_000, 'a')],
    ])('refuses one that %s', async (_what, name, bytes) => {
      const open = await opened({ WEBFORM_MAX_FILE_BYTES: '1999' });
      const answer = await multipart(open, FIELDS, [[name, bytes]]);
      expect(answer.status).toBe(422);
      expect(await json(answer)).toMatchObject({ errors: [{ pointer: '/files/0' }] });
      expect(open.host.receptions).toHaveLength(0);
    });

    it('refuses too many', async () => {
      const open = await opened({ WEBFORM_MAX_FILES: '1' });
      expect(
        (
          await multipart(open, FIELDS, [
            ['a.png', PNG],
            ['b.png', PNG],
          ])
        ).status,
      ).toBe(422);
    });

    it('passes what the scanner calls clean', async () => {
      const open = await opened(await clamd('OK'));
      await multipart(open, { ...FIELDS, token: aged() }, [['a.png', PNG]]);
      expect(scanIn(open)).toEqual(['clean']);
      expect(open.host.messages[0]?.flags).toBeUndefined();
    });

    it('parks what carries a virus', async () => {
      const open = await opened(await clamd('Eicar-Signature FOUND'));
      expect((await multipart(open, { ...FIELDS, token: aged() }, [['a.png', PNG]])).status).toBe(201);
      expect(scanIn(open)).toEqual(['infected']);
      expect(open.host.messages[0]?.flags?.doubtful).toMatch(/virus/);
    });

    it('holds what a scanner that is away could not see, and says later what it is', async () => {
      const env = await clamd('OK');
      await new Promise(resolve => servers.pop()?.close(resolve));
      const open = await opened(env);
      const sent = { ...FIELDS, token: aged(), idempotencyKey: 'k-1' };
      expect((await multipart(open, sent, [['a.png', PNG]])).status).toBe(201);
      expect(scanIn(open)).toEqual(['pending']);
      expect(open.host.messages[0]?.flags?.doubtful).toMatch(/antivirus/);
      await scanAgain(open.host, () => Promise.resolve('pending'));
      expect(open.host.progress).toEqual([]);
      await scanAgain(open.host, () => Promise.resolve('infected'));
      await scanAgain(open.host, () => Promise.resolve('infected'));
      const [message] = open.host.messages;
      expect(open.host.progress).toMatchObject([
        {
          externalId: message?.externalId,
          account: 'segnalazione',
          state: 'media',
          part: 2,
          media: { scan: 'infected' },
        },
      ]);
      expect(message?.content[2]).toMatchObject({ blob: open.host.progress[0]?.media?.blob });
    });
  });

  it('says where it is, by degrees that exist', async () => {
    const open = await opened();
    const where = { luogo: 'Via dei Tigli 3', latitudine: '43,8012', longitudine: '11.2034' };
    await submit(open, { fields: { ...FIELDS, ...where } });
    expect(open.host.messages[0]?.content.at(-1)).toEqual({
      type: 'location',
      latitude: 43.8012,
      longitude: 11.2034,
      address: 'Via dei Tigli 3',
    });
    expect(open.host.messages[0]?.content[0]).toMatchObject({ text: expect.not.stringContaining('43.8') });
    await submit(open, { fields: { ...FIELDS, ...where, latitudine: '143' } });
    expect(open.host.messages[1]?.content.map(part => part.type)).toEqual(['text', 'form']);
  });

  describe('goes on with a submission', () => {
    const CODE = trackingCodeOf(KEY, 'segnalazione', 'k-1');
    const anna = { kind: 'email', value: 'anna@posta.example', displayName: 'Anna' };
    const known = {
      found: true,
      caseNumber: '2026-000001-1',
      externalId: 'first',
      account: 'segnalazione',
      from: anna,
    };
    const reply = (open: OpenChannel, body: object, headers: Record<string, string>) =>
      ask(open, '/public/replies', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });

    it('for who holds its code: as who had sent it, in the same conversation, once', async () => {
      const open = await opened({}, { tracking: code => (code === CODE ? known : { found: false }) });
      const said = {
        fields: { testo: 'È ancora lì.' },
        files: [{ filename: 'foto.png', base64: PNG.toString('base64') }],
      };
      const headers = { 'tracking-code': CODE.toLowerCase(), 'idempotency-key': 'r-1' };
      const answer = await reply(open, said, headers);
      expect([answer.status, await json(answer)]).toEqual([201, { trackingCode: CODE }]);
      expect((await reply(open, said, headers)).status).toBe(201);
      expect(open.host.messages).toHaveLength(1);
      expect(open.host.messages[0]).toMatchObject({
        account: 'segnalazione',
        conversation: 'first',
        from: { kind: 'email', value: 'anna@posta.example', verified: false },
        thread: { references: ['first'] },
        replyTo: [{ kind: 'email', value: 'anna@posta.example', verified: false }],
        content: [
          { type: 'text', text: 'È ancora lì.' },
          { type: 'media', mediaType: 'image/png' },
        ],
      });
      expect(open.host.messages[0]).not.toHaveProperty('trackingCode');
      expect(open.host.messages[0]).not.toHaveProperty('flags.doubtful');
    });

    it('and for nobody else, and never with nothing', async () => {
      const open = await opened({}, { tracking: code => (code === CODE ? known : { found: false }) });
      const words = { fields: { testo: 'Sono io' } };
      expect((await reply(open, words, {})).status).toBe(404);
      expect((await reply(open, words, { 'tracking-code': trackingCodeOf(KEY, 'segnalazione', 'k-2') })).status).toBe(
        404,
      );
      expect((await reply(open, { fields: { testo: '  ' } }, { 'tracking-code': CODE })).status).toBe(422);
      expect((await ask(open, '/public/replies')).status).toBe(405);
      const deaf = await opened();
      expect((await reply(deaf, words, { 'tracking-code': CODE })).status).toBe(503);
      expect(open.host.messages).toHaveLength(0);
    });
  });

  it('a reply to what a person still looks at is answered kindly, and told when to try again', async () => {
    const open = await opened({}, { tracking: () => ({ found: false }) });
    const { trackingCode } = await json(await submit(open, { fields: FIELDS }));
    const replied = (code: string) =>
      ask(open, '/public/replies', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'tracking-code': code },
        body: JSON.stringify({ fields: { testo: 'Ancora una cosa.' } }),
      });
    const early = await replied(String(trackingCode));
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '60']);
    expect((await json(early)).detail).toContain('una persona la sta guardando');
    expect((await replied('AAAA-BBBB-CCCC')).status).toBe(404);
  });

  describe('tells who holds a code what became of it', () => {
    it('before it is a case, and after', async () => {
      let known: TrackingAnswer = { found: false };
      const open = await opened({}, { tracking: () => known });
      const { trackingCode } = await json(await submit(open, { fields: FIELDS }));
      const path = `/public/submissions/${String(trackingCode)}`;
      expect(await json(await ask(open, path))).toMatchObject({
        state: 'received',
        says: 'Ricevuta: la stiamo guardando, tra poco avrà il suo numero',
      });
      known = { found: true, caseNumber: '2026-000001-1', state: 'in_charge', office: 'URP' };
      const typed = String(trackingCode)
        .toLowerCase()
        .replace(/(.{4})/g, '$1-')
        .replaceAll('0', 'o');
      expect(await json(await ask(open, `/public/submissions/${typed}`))).toEqual({
        trackingCode,
        state: 'in_charge',
        says: 'In carico',
        caseNumber: '2026-000001-1',
        office: 'URP',
      });
    });

    it('and nothing to who guesses, as slowly for a wrong code as for a right one', async () => {
      const asked: string[] = [];
      const open = await opened(
        {},
        {
          tracking: code => {
            asked.push(code);
            return { found: false };
          },
        },
      );
      expect((await ask(open, '/public/submissions/000000000000')).status).toBe(404);
      expect((await ask(open, '/public/submissions/not-a-code')).status).toBe(404);
      expect(asked).toEqual(['000000000000', '000000000000']);
    });

    it('at most so often from one address', async () => {
      const open = await opened({ WEBFORM_TRACKING_PER_MINUTE: '2' }, { tracking: () => ({ found: false }) });
      const statuses: number[] = [];
      for (let time = 0; time < 3; time += 1)
        statuses.push((await ask(open, '/public/submissions/000000000000')).status);
      const other = await ask(open, '/public/submissions/000000000000', {}, '192.0.2.2');
      expect([...statuses, other.status]).toEqual([404, 404, 429, 404]);
    });

    it('and says when it cannot say', async () => {
      const answer = await ask(await opened(), '/public/submissions/000000000000');
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    });
  });

  describe('has pages that work without JavaScript', () => {
    it('with a label for every control, and a token', async () => {
      const open = await opened();
      const html = await (await ask(open, '/moduli/segnalazione')).text();
      const ids = [...html.matchAll(/<(?:input|select|textarea) (?:id="([^"]+)"|type="hidden")/g)].map(one => one[1]);
      for (const id of ids.filter(one => one !== undefined)) expect(html).toContain(`<label for="${id}">`);
      expect(html).toContain('lang="it"');
      expect(html).toMatch(/name="token" value="\d+\./);
      expect(await (await ask(open, '/moduli')).text()).toContain('href="moduli/reclamo"');
    });

    it('that show the mistakes, lead to them, and keep what was written', async () => {
      const open = await opened();
      const answer = await multipart(
        open,
        { oggetto: '"><script>', email: 'no', token: aged(), idempotencyKey: 'page-1' },
        [],
        '/moduli/segnalazione',
      );
      const html = await answer.text();
      expect(answer.status).toBe(422);
      expect(html).toContain('<a href="#f-email">');
      expect(html).toContain('value="&quot;&gt;&lt;script&gt;"');
      expect(html).not.toContain('"><script>');
      expect(html).toContain('value="page-1"');
      expect(open.host.receptions).toHaveLength(0);
    });

    it('that give the code, and the same one to a second press of the button', async () => {
      const open = await opened();
      const press = async (): Promise<string> => {
        const fields = { ...FIELDS, token: aged(), idempotencyKey: 'page-2' };
        const answer = await multipart(open, fields, [], '/moduli/segnalazione');
        expect(answer.status).toBe(201);
        return /class="code">([^<]+)</.exec(await answer.text())?.[1] ?? '';
      };
      const first = await press();
      expect(first).toMatch(/^\w{4}-\w{4}-\w{4}$/);
      expect(await press()).toBe(first);
      expect(open.host.receptions).toHaveLength(1);
    });
  });

  describe('whose key is changed', () => {
    const NEW = 'the-key-of-after-0001';
    const KEYED = { 'idempotency-key': 'k-1' };
    const OTHER = { ...FIELDS, oggetto: 'Altro' };
    const doubtIn = ({ host }: OpenChannel): string | undefined => host.messages.at(-1)?.flags?.doubtful;
    const changed = (open: OpenChannel, { previous }: { readonly previous: boolean }): Promise<OpenChannel> =>
      reopenChannel(open, webform, { WEBFORM_KEY: NEW, ...(previous ? { PREVIOUS_WEBFORM_KEY: KEY } : {}) });
    const codeIn = async (answer: Response): Promise<unknown> => (await json(answer)).trackingCode;

    it('takes a form that was opened before, and opens forms under the new key; without the key before it doubts', async () => {
      const before = await opened();
      const open = await changed(before, { previous: true });
      await submit(open, { fields: FIELDS, token: aged() }, KEYED);
      expect(doubtIn(open)).toBeUndefined();
      const { token } = await json(await ask(open, '/public/forms/segnalazione'));
      expect(judgeToken([NEW], 'segnalazione', String(token), 0)).toBe('good');
      expect(judgeToken([KEY], 'segnalazione', String(token), 0)).toBe('wrong');
      const deaf = await changed(before, { previous: false });
      await submit(deaf, { fields: OTHER, token: aged() }, { 'idempotency-key': 'k-2' });
      expect(doubtIn(deaf)).toMatch(/modulo/);
    });

    it('gives what it took before the code it gave then, and holds it once; what is new has a code of the new key', async () => {
      const before = await opened();
      const given = await codeIn(await submit(before, { fields: FIELDS }, KEYED));
      const open = await changed(before, { previous: true });
      expect(await codeIn(await submit(open, { fields: FIELDS }, KEYED))).toBe(given);
      expect((await submit(open, { fields: OTHER }, KEYED)).status).toBe(409);
      expect(open.host.receptions).toHaveLength(1);
      const next = await codeIn(await submit(open, { fields: OTHER }, { 'idempotency-key': 'k-2' }));
      expect(next).toBe(trackingCodeOf(NEW, 'segnalazione', 'k-2'));
      expect(await codeIn(await submit(open, { fields: OTHER }, { 'idempotency-key': 'k-2' }))).toBe(next);
      expect(open.host.receptions).toHaveLength(2);
      const deaf = await changed(before, { previous: false });
      expect(await codeIn(await submit(deaf, { fields: FIELDS }, KEYED))).not.toBe(given);
      expect(open.host.receptions).toHaveLength(3);
    });

    it('asks the core for what it remembers no more by the code of either key', async () => {
      const known: { externalId?: string } = {};
      const given = trackingCodeOf(KEY, 'segnalazione', 'k-1');
      const before = await opened(
        {},
        {
          tracking: code => ({ found: code === given && known.externalId !== undefined, ...known }),
        },
      );
      await submit(before, { fields: FIELDS }, KEYED);
      known.externalId = before.host.messages[0]?.externalId ?? '';
      await forgetOld(before.host, Date.now() + 8 * 24 * 3_600_000);
      const open = await changed(before, { previous: true });
      expect(await codeIn(await submit(open, { fields: FIELDS }, KEYED))).toBe(given);
      expect((await submit(open, { fields: OTHER }, KEYED)).status).toBe(409);
      expect(open.host.receptions).toHaveLength(1);
    });

    it('reads a submission again with the code that its citizen was given, whichever key it was given under', async () => {
      const before = await opened();
      const given = [await codeIn(await submit(before, { fields: FIELDS }, KEYED))];
      const open = await changed(before, { previous: true });
      given.push(await codeIn(await submit(open, { fields: OTHER }, { 'idempotency-key': 'k-2' })));
      for (const reception of open.host.receptions) await open.host.readAgain(reception);
      expect(open.host.messages.map(({ trackingCode }) => trackingCode)).toEqual([...given, ...given]);
      const [first] = open.host.receptions;
      if (!first) throw new Error('nothing was kept');
      // What was kept by a version that knew of one key alone.
      const { keyMark, ...about } = first.about;
      expect(keyMark).toMatch(/^[0-9a-f]{8}$/);
      await open.host.readAgain({ ...first, about });
      expect(open.host.messages.at(-1)?.trackingCode).toBe(given[0]);
    });

    it('takes a proof of work of the key before, and asks for it under the new one', async () => {
      const cost = { ...ENV, ALTCHA_COST: '10', ALTCHA_STEPS: '20' };
      const [old, fresh] = [{ ALTCHA_KEY: 'the-altcha-key-of-before' }, { ALTCHA_KEY: 'the-altcha-key-of-after' }];
      const before = await opened({ ...cost, ...old });
      const proofFrom = async (open: OpenChannel): Promise<string> => {
        const challenge = (await json(await ask(open, '/public/forms/segnalazione/challenge'))) as unknown as Challenge;
        const solution = await solveChallenge({ challenge, deriveKey });
        return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
      };
      const sent = async (open: OpenChannel, key: string, altcha: string): Promise<string | undefined> => {
        await submit(open, { fields: FIELDS, token: aged(), altcha }, { 'idempotency-key': key });
        return doubtIn(open);
      };
      const proofs = [await proofFrom(before), await proofFrom(before)] as const;
      const open = await reopenChannel(before, webform, {
        ...cost,
        ...fresh,
        PREVIOUS_ALTCHA_KEY: old.ALTCHA_KEY,
      });
      expect(await sent(open, 'a', proofs[0])).toBeUndefined();
      expect(await sent(open, 'b', proofs[0])).toMatch(/già usata/);
      const anew = await proofFrom(open);
      const deaf = await reopenChannel(before, webform, { ...cost, ...fresh });
      expect(await sent(deaf, 'c', anew)).toBeUndefined();
      expect(await sent(deaf, 'd', proofs[1])).toMatch(/errata/);
    });
  });

  it('lets pages of the named origins in, and no others', async () => {
    const open = await opened({ WEBFORM_ORIGINS: 'https://comune.example' });
    const from = (origin: string): Promise<Response> =>
      ask(open, '/public/forms', { method: 'OPTIONS', headers: { origin } });
    expect((await from('https://comune.example')).headers.get('access-control-allow-origin')).toBe(
      'https://comune.example',
    );
    expect((await from('https://altrove.example')).headers.has('access-control-allow-origin')).toBe(false);
  });

  it('refuses forms that contradict themselves, all mistakes together', async () => {
    const field = { name: 'x', label: 'X', type: 'choice' };
    const form = { id: 'a', version: '1', title: 'A', fields: [field], emailField: 'y' };
    await expect(opened({ WEBFORM_FORMS: JSON.stringify([form, form]) })).rejects.toMatchObject({
      mistakes: expect.arrayContaining([
        'WEBFORM_FORMS: a is there twice',
        'WEBFORM_FORMS: a: emailField names a field that does not exist',
        'WEBFORM_FORMS: a: only a choice has options, and x is choice',
      ]),
    });
  });

  it('forgets what has come to its term, and only that', async () => {
    const { host } = await opened();
    await host.state.set('sent/old', { until: 1 });
    await host.state.set('sent/new', { until: Date.now() + 60_000 });
    await forgetOld(host);
    expect(await host.state.keys('')).toEqual(['sent/new']);
  });
});
