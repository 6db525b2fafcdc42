import 'reflect-metadata';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import type { Outbound, Part } from '@filodiretto/contracts';
import {
  channelContract,
  openChannel,
  type Delivery,
  type OpenChannel,
  type Said,
} from '@filodiretto/channel-kit/testing';
import { startMetaSimulator, type MetaSimulator } from '@filodiretto/simulators';
import { whatsapp } from './channel.js';

const APP_SECRET = 'app-secret-of-the-spec';
const OTHER_SECRET = 'the-secret-before-this-one';
const ACCESS_TOKEN = 'EAAG-access-token-of-the-spec';
const VERIFY_TOKEN = 'verify-token-of-the-spec';
const NUMBER = '106540352242922';
const ANNA = { name: 'Anna Verdi', waId: '393331110001', bsuid: 'IT.100000000000001' };
const BRUNO = { name: 'Bruno Neri', waId: '393332220002', bsuid: 'IT.200000000000002' };

const simulated = (): Promise<MetaSimulator> =>
  startMetaSimulator({
    port: 0,
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
    accessToken: ACCESS_TOKEN,
    numbers: { [NUMBER]: '390550000001' },
    retryDelaysMs: [5],
  });
const envOf = (simulator: MetaSimulator): Record<string, string> => ({
  WHATSAPP_NUMBERS: NUMBER,
  WHATSAPP_APP_SECRET: APP_SECRET,
  WHATSAPP_APP_SECRET_OTHER: OTHER_SECRET,
  WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
  WHATSAPP_ACCESS_TOKEN: ACCESS_TOKEN,
  GRAPH_API_URL: simulator.url,
  WHATSAPP_MEDIA_HOSTS: new URL(simulator.url).host,
});
const deliveryOf = (...messages: readonly object[]): Delivery => ({
  account: NUMBER,
  mediaType: 'application/json',
  raw: Buffer.from(
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '102290129340398',
          changes: messages.map(message => ({
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '390550000001', phone_number_id: NUMBER },
              contacts: [ANNA, BRUNO].map(({ name, waId, bsuid }) => ({
                profile: { name },
                wa_id: waId,
                user_id: bsuid,
              })),
              messages: [message],
            },
          })),
        },
      ],
    }),
  ),
});
const textFrom = ({ id, person, text, at }: Said): object => ({
  from: (person === 'anna' ? ANNA : BRUNO).waId,
  id: `wamid.${id}`,
  timestamp: String(Date.parse(at) / 1_000),
  type: 'text',
  text: { body: text },
});
const signed = ({ raw }: Delivery, secret: string): Request =>
  new Request('https://citta.example/webhook', {
    method: 'POST',
    headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}` },
    body: Uint8Array.from(raw),
  });

channelContract('whatsapp', {
  channel: whatsapp,
  async provider(): Promise<MetaSimulator> {
    const simulator = await simulated();
    const anna = simulator.whatsapp.meet(ANNA);
    simulator.whatsapp.say(anna.key, { text: 'Buongiorno' });
    return simulator;
  },
  stop: simulator => simulator.close(),
  env: envOf,
  badConfiguration: {
    env: { WHATSAPP_DRIVER: 'pigeon', GRAPH_API_VERSION: '25', WHATSAPP_ACCESS_TOKEN: ACCESS_TOKEN },
    mistakes: ['WHATSAPP_DRIVER', 'WHATSAPP_NUMBERS', 'GRAPH_API_VERSION'],
  },
  fixtures: { folder: new URL('./fixtures/', import.meta.url), account: NUMBER, mediaType: 'application/json' },
  say: said => deliveryOf(...said.map(textFrom)),
  batches: true,
  oneConversation: true,
  unknownKind: () =>
    deliveryOf({ from: ANNA.waId, id: 'wamid.HOLOGRAM', timestamp: '1768476000', type: 'hologram', hologram: {} }),
  webhook: {
    request: delivery => signed(delivery, APP_SECRET),
    forged: delivery => signed(delivery, 'the-secret-of-a-stranger'),
  },
  listen: { notApplicable: 'the provider calls us' },
  send: {
    order: { account: NUMBER, conversation: ANNA.waId, to: { kind: 'wa_id', value: ANNA.waId } },
    sent: simulator => simulator.whatsapp.chat.filter(message => message.direction === 'out').length,
    refusal: {
      reason: 'opted_out',
      arrange: (order, simulator) => {
        simulator.faults.add({ on: 'messages', kind: 'error', code: 131050 });
        return order;
      },
    },
    unknown: (order, simulator) => {
      simulator.faults.add({ on: 'messages', kind: 'bare', status: 502 });
      return order;
    },
  },
  connection: {
    refused: {
      side: 'account',
      result: 'unauthorized',
      env: () => ({ WHATSAPP_ACCESS_TOKEN: 'EAAG-a-token-that-expired' }),
    },
    silent: ({ host, port }) => ({ GRAPH_API_URL: `http://${host}:${port}` }),
  },
});

describe('the official API', () => {
  const on = async (
    work: (
      open: OpenChannel & { simulator: MetaSimulator; readonly give: (request: Request) => Promise<number> },
    ) => Promise<void>,
  ): Promise<void> => {
    const simulator = await simulated();
    simulator.whatsapp.meet(ANNA);
    try {
      const open = await openChannel(whatsapp, envOf(simulator));
      const give = async (request: Request): Promise<number> => (await open.session.webhook?.(request))?.status ?? 0;
      await work({ ...open, simulator, give });
    } finally {
      await simulator.close();
    }
  };
  /** The simulator calls the channel, through a server that does nothing else. */
  const wired = (
    work: (open: OpenChannel & { simulator: MetaSimulator; answers: number[] }) => Promise<void>,
  ): Promise<void> =>
    on(async open => {
      const answers: number[] = [];
      const server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            const headers = new Headers({ 'x-hub-signature-256': String(request.headers['x-hub-signature-256']) });
            const body = request.method === 'POST' ? { body: Uint8Array.from(Buffer.concat(chunks)) } : {};
            const asked = new Request(`http://x${request.url}`, { method: request.method ?? 'GET', headers, ...body });
            void (open.session.webhook?.(asked) ?? Promise.reject(new Error('no webhook')))
              .catch(() => new Response('not now', { status: 503 }))
              .then(async answer => {
                answers.push(answer.status);
                response.writeHead(answer.status).end(await answer.text());
              });
          });
      });
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
      open.simulator.webhooks.targets.whatsapp_business_account = address;
      try {
        await work({ ...open, answers });
      } finally {
        server.closeAllConnections();
        await new Promise(resolve => server.close(resolve));
      }
    });
  const order = (more: Partial<Outbound> = {}): Outbound => ({
    id: v7(),
    attempt: 1,
    channel: 'whatsapp',
    account: NUMBER,
    conversation: ANNA.waId,
    to: { kind: 'wa_id', value: ANNA.waId },
    author: 'operator',
    visibility: 'parties',
    content: [{ type: 'text', text: 'Buongiorno' }],
    thread: { token: 'token' },
    queuedAt: new Date().toISOString(),
    ...more,
  });
  const sent = (simulator: MetaSimulator) => simulator.whatsapp.chat.filter(one => one.direction === 'out');
  const text = (length: number): Part[] => [{ type: 'text', text: 'a'.repeat(length) }];
  const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

  it('proves its address to who has the token only', () =>
    wired(async ({ simulator, session }) => {
      const target = simulator.webhooks.targets.whatsapp_business_account ?? '';
      expect(await simulator.verify(target)).toEqual({ status: 200, body: '1158201444' });
      const stranger = new Request('https://x/webhook?hub.mode=subscribe&hub.challenge=1&hub.verify_token=guess');
      expect((await session.webhook?.(stranger))?.status).toBe(403);
    }));

  it('takes the other secret while secrets are being changed, and the bytes as they came', () =>
    on(async ({ give, host }) => {
      const { raw } = deliveryOf({ id: 'wamid.E', from: ANNA.waId, timestamp: '1', type: 'text', text: { body: 'è' } });
      const escaped = Buffer.from(Buffer.from(raw).toString().replace('è', '\\u00e8'));
      expect(await give(signed({ raw: escaped, account: NUMBER, mediaType: '' }, OTHER_SECRET))).toBe(200);
      expect(host.messages[0]?.content).toEqual([{ type: 'text', text: 'è' }]);
    }));

  it('lists what the driver misses, all together', async () => {
    await expect(openChannel(whatsapp, { WHATSAPP_NUMBERS: NUMBER })).rejects.toMatchObject({
      mistakes: [
        expect.stringMatching(/^WHATSAPP_APP_SECRET:/),
        expect.stringMatching(/^WHATSAPP_VERIFY_TOKEN:/),
        expect.stringMatching(/^WHATSAPP_ACCESS_TOKEN:/),
      ],
    });
  });

  it('goes the whole way: said, answered, sent, delivered, read', () =>
    wired(async ({ host, session, simulator }) => {
      simulator.whatsapp.say(ANNA.bsuid, { text: 'Buongiorno' });
      await simulator.idle();
      const [said] = host.messages;
      const answer = order({ conversation: said?.conversation ?? '', to: said?.from ?? { kind: '', value: '' } });
      const outcome = await session.send(answer);
      simulator.whatsapp.markRead(ANNA.bsuid);
      await simulator.idle();
      expect(outcome).toEqual({ kind: 'accepted', externalId: sent(simulator)[0]?.id });
      expect(host.progress.map(one => [one.state, one.message, one.attempt])).toEqual(
        ['sent', 'delivered', 'read'].map(state => [state, answer.id, 1]),
      );
    }));

  it('holds everything whatever the provider does: late, doubled, shuffled, in batches, forged between', () =>
    wired(async ({ host, simulator, answers }) => {
      Object.assign(simulator.webhooks.knobs, { duplicate: 2, reorder: true, batch: 3, badSignature: 1 });
      simulator.whatsapp.sayTogether(
        ANNA.bsuid,
        Array.from({ length: 10 }, (_, index) => ({ text: `foto ${index}` })),
      );
      await simulator.idle();
      expect(new Set(host.messages.map(one => one.externalId)).size).toBe(10);
      expect(new Set(host.messages.map(one => one.conversation)).size).toBe(1);
      expect(answers.filter(status => status === 401)).toHaveLength(1);
    }));

  it('is sent again what the house could not hold, until it holds it', () =>
    wired(async ({ host, simulator, answers }) => {
      host.breaks = 'publish';
      simulator.whatsapp.say(ANNA.bsuid, { text: 'Buongiorno' });
      while (answers.length < 2) await new Promise(resolve => setTimeout(resolve, 2));
      host.breaks = undefined;
      await simulator.idle();
      expect(answers.slice(0, -1).every(status => status === 503)).toBe(true);
      expect(answers.at(-1)).toBe(200);
      expect(host.messages).toHaveLength(1);
    }));

  it('keeps one conversation when the person hides the number, shows it again, changes it, and changes id', () =>
    wired(async ({ host, simulator }) => {
      const carla = simulator.whatsapp.meet({ name: 'Carla', waId: '393330000003', bsuid: '' });
      simulator.whatsapp.say(carla.key, { text: 'solo il numero' });
      await simulator.idle();
      carla.bsuid = 'IT.300000000000003';
      simulator.whatsapp.say(carla.key, { text: 'numero e id' });
      await simulator.idle();
      carla.waId = undefined;
      simulator.whatsapp.say(carla.key, { text: 'solo id' });
      await simulator.idle();
      simulator.whatsapp.rename(carla.key, { bsuid: 'IT.300000000000004' });
      await simulator.idle();
      simulator.whatsapp.say(carla.key, { text: 'id nuovo' });
      await simulator.idle();
      expect(host.messages.map(one => one.conversation)).toEqual(Array(4).fill('393330000003'));
      expect(host.progress.flatMap(one => one.merge?.map(address => address.value) ?? [])).toEqual([
        'IT.300000000000003',
        'IT.300000000000004',
      ]);
    }));

  it('does not hand a conversation to the next holder of a number', () =>
    wired(async ({ host, simulator }) => {
      simulator.whatsapp.say(ANNA.bsuid, { text: 'sono Anna' });
      await simulator.idle();
      const heir = simulator.whatsapp.meet({ name: 'Dario', waId: ANNA.waId, bsuid: 'IT.400000000000004' });
      simulator.whatsapp.say(heir.key, { text: 'ho il numero di Anna' });
      await simulator.idle();
      const [first, second] = host.messages;
      expect(second?.conversation).not.toBe(first?.conversation);
      expect(second?.from).toEqual({
        kind: 'bsuid',
        value: 'IT.400000000000004',
        displayName: 'Dario',
        verified: true,
      });
    }));

  it('writes to the id of a person whose number it does not know', () =>
    on(async ({ session, simulator }) => {
      simulator.whatsapp.meet({ name: 'Bruno', bsuid: 'IT.200000000000009' });
      simulator.whatsapp.say('IT.200000000000009', { text: 'ciao' });
      const to = { kind: 'bsuid', value: 'IT.200000000000009' };
      expect(await session.send(order({ to }))).toMatchObject({ kind: 'accepted' });
      expect(await session.send(order({ to: { kind: 'wa_id', value: 'not a number' } }))).toMatchObject({
        reason: 'invalid_recipient',
      });
    }));

  it('fetches an attachment whose link died, and gives up one that the provider no longer has', () =>
    wired(async ({ host, simulator }) => {
      const bytes = Buffer.from('jpeg');
      simulator.whatsapp.say(ANNA.bsuid, { media: 'image', bytes, mediaType: 'image/jpeg', caption: 'La buca' });
      await simulator.idle();
      simulator.clock.advance(6 * 60_000);
      simulator.faults.add({ on: 'download', kind: 'bare', status: 404 });
      await host.fetchPending();
      await host.fetchPending();
      const [media] = host.messages[0]?.content ?? [];
      const source = media?.type === 'media' ? (media.source ?? '') : '';
      simulator.media.forget(source);
      await host.fetchPending();
      expect(host.progress.map(one => one.media?.fetch)).toEqual(['failed', 'done', 'expired']);
      expect(host.progress[1]?.media?.blob?.size).toBe(bytes.byteLength);
    }));

  it('sends the token to the provider’s hosts only, whatever address it is given', () =>
    on(async ({ simulator }) => {
      const { session } = await openChannel(whatsapp, {
        ...envOf(simulator),
        WHATSAPP_MEDIA_HOSTS: '',
        GRAPH_API_URL: simulator.url.replace('127.0.0.1', 'localhost'),
      });
      const stored = simulator.media.keep(NUMBER, Buffer.from('x'), 'image/png');
      const wanted = { account: NUMBER, externalId: 'w', conversation: 'c', part: 0, source: stored.id };
      const media = {
        type: 'media',
        kind: 'image',
        mediaType: 'image/png',
        fetch: 'pending',
        scan: 'pending',
      } as const;
      await expect(session.fetchMedia?.({ ...wanted, media })).rejects.toThrow('none of the hosts');
    }));

  it('uploads attachments first and says a short text as the caption, a long one after them', () =>
    on(async ({ host, session, simulator }) => {
      simulator.whatsapp.say(ANNA.bsuid, { text: 'ciao' });
      const blob = await host.keep(Buffer.from('%PDF'), 'application/pdf');
      const file = {
        type: 'media',
        kind: 'file',
        mediaType: 'application/pdf',
        filename: 'modulo.pdf',
        blob,
        fetch: 'done',
        scan: 'clean',
      } as const;
      await session.send(order({ content: [{ type: 'text', text: 'Ecco' }, file] }));
      await session.send(order({ content: [...text(2_000), file] }));
      expect(sent(simulator).map(one => [one.type, one.body])).toMatchObject([
        ['document', { caption: 'Ecco', filename: 'modulo.pdf' }],
        ['document', { filename: 'modulo.pdf' }],
        ['text', { body: 'a'.repeat(2_000) }],
      ]);
    }));

  it('sends a picture the provider does not take as a picture, as a document', () =>
    on(async ({ host, session, simulator }) => {
      simulator.whatsapp.say(ANNA.bsuid, { text: 'ciao' });
      const blob = await host.keep(Buffer.from('GIF89a'), 'image/gif');
      const content: Part[] = [
        { type: 'media', kind: 'image', mediaType: 'image/gif', blob, fetch: 'done', scan: 'clean' },
      ];
      expect(await session.send(order({ content }))).toMatchObject({ kind: 'accepted' });
      expect(sent(simulator)[0]?.type).toBe('document');
    }));

  it('offers up to three choices as buttons, up to ten as a list, and refuses more', () =>
    on(async ({ session, simulator }) => {
      simulator.whatsapp.say(ANNA.bsuid, { text: 'ciao' });
      const choices = (count: number): Part[] => [
        { type: 'text', text: 'Quale ufficio?' },
        ...Array.from({ length: count }, (_, index): Part => ({
          type: 'choice',
          id: `o${index}`,
          title: `Ufficio ${index}`,
        })),
      ];
      await session.send(order({ content: choices(3) }));
      await session.send(order({ content: choices(10) }));
      expect(sent(simulator).map(one => (one.body as { type: string }).type)).toEqual(['button', 'list']);
      expect(await session.send(order({ content: choices(11) }))).toMatchObject({ reason: 'unsupported_content' });
      const twice: Part[] = [...choices(1), { type: 'choice', id: 'o0', title: 'Ancora' }];
      expect(await session.send(order({ content: twice }))).toMatchObject({ reason: 'unsupported_content' });
    }));

  it('sends a template when the window is closed, and nothing else', () =>
    on(async ({ session, simulator }) => {
      simulator.whatsapp.templates.push({ name: 'pratica', language: 'it', parameters: 1, state: 'approved' });
      const template: Part = { type: 'template', name: 'pratica', language: 'it', parameters: ['2026-004217-3'] };
      const late = { lastInboundAt: hoursAgo(25) };
      expect(await session.send(order(late))).toMatchObject({ reason: 'window_closed' });
      expect(await session.send(order({ ...late, content: [template] }))).toMatchObject({ kind: 'accepted' });
      const wrong = { ...template, parameters: [] };
      expect(await session.send(order({ ...late, content: [wrong] }))).toMatchObject({ reason: 'configuration' });
    }));

  it('knows a closed window also when only the provider says it, at once or later', () =>
    wired(async ({ host, session, simulator }) => {
      const answer = order();
      expect(await session.send(answer)).toMatchObject({ kind: 'accepted' });
      await simulator.idle();
      expect(host.progress).toMatchObject([{ message: answer.id, state: 'failed', reason: 'window_closed' }]);
      simulator.whatsapp.knobs.windowError = 'call';
      expect(await session.send(order())).toMatchObject({ kind: 'refused', reason: 'window_closed' });
    }));

  it('settles by the status a send whose answer never came', () =>
    wired(async ({ host, session, simulator }) => {
      simulator.whatsapp.say(ANNA.bsuid, { text: 'ciao' });
      simulator.whatsapp.knobs.statuses = 'sent';
      const cut = openChannel(whatsapp, envOf(simulator), {
        fetch: async (url, options) => {
          await host.fetch(url, options);
          throw new Error('the answer was lost');
        },
      });
      const answer = order({ attempt: 3 });
      await expect((await cut).session.send(answer)).rejects.toThrow('lost');
      await simulator.idle();
      expect(sent(simulator)).toHaveLength(1);
      expect('settle' in session).toBe(false);
      expect(host.progress).toMatchObject([
        { message: answer.id, attempt: 3, state: 'sent', externalId: sent(simulator)[0]?.id },
      ]);
    }));

  it.each([
    [190, 'unauthorized', true],
    [0, 'unauthorized', true],
    [10, 'unauthorized', true],
    [200, 'unauthorized', true],
    [131031, 'policy', true],
    [368, 'policy', true],
    [131042, 'configuration', true],
    [133010, 'configuration', true],
    [80007, 'rate_limited', false],
    [130429, 'rate_limited', false],
    [131056, 'rate_limited', false],
    [131000, 'rate_limited', false],
    [131016, 'rate_limited', false],
    [131048, 'policy', false],
    [131026, 'undeliverable', false],
    [131047, 'window_closed', false],
    [131049, 'policy', false],
    [131050, 'opted_out', false],
    [130472, 'undeliverable', false],
    [131051, 'unsupported_content', false],
    [131053, 'unsupported_content', false],
    [131030, 'configuration', false],
    [132001, 'configuration', false],
    [131008, 'configuration', false],
    [999999, 'undeliverable', false],
  ])('takes the error %i for «%s» (in trouble: %s)', (code, reason, troubled) =>
    on(async ({ host, session, simulator }) => {
      simulator.faults.add({ on: 'messages', kind: 'error', code });
      expect(await session.send(order())).toMatchObject({ kind: 'refused', reason });
      expect(host.troubledBy !== undefined).toBe(troubled);
    }),
  );

  it('is well again once a message is accepted', () =>
    on(async ({ host, session, simulator }) => {
      simulator.whatsapp.say(ANNA.bsuid, { text: 'ciao' });
      simulator.faults.add({ on: 'messages', kind: 'error', code: 190 });
      await session.send(order());
      expect(host.troubledBy).toContain('token');
      await session.send(order());
      expect(host.troubledBy).toBeUndefined();
    }));

  it('says "later" when the provider cannot be reached, but never once a part has left', () =>
    on(async ({ host, session, simulator }) => {
      simulator.whatsapp.say(ANNA.bsuid, { text: 'ciao' });
      const blob = await host.keep(Buffer.from('%PDF'), 'application/pdf');
      const file: Part = {
        type: 'media',
        kind: 'file',
        mediaType: 'application/pdf',
        blob,
        fetch: 'done',
        scan: 'clean',
      };
      simulator.faults.add({ on: 'media', kind: 'error', code: 130429 });
      expect(await session.send(order({ content: [file] }))).toMatchObject({ reason: 'rate_limited' });
      let calls = 0;
      const breaking = await openChannel(whatsapp, envOf(simulator), {
        fetch: (url, options) => {
          calls += 1;
          return calls > 2
            ? Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
            : host.fetch(url, options);
        },
      });
      const held = await breaking.host.keep(Buffer.from('%PDF'), 'application/pdf');
      const outcome = await breaking.session.send(order({ content: [{ ...file, blob: held }, ...text(2_000)] }));
      expect(outcome).toMatchObject({ reason: 'undeliverable', detail: expect.stringContaining('1 di 2') });
      expect(await breaking.session.send(order())).toMatchObject({ reason: 'rate_limited' });
    }));

  it('tells the people who run it what the provider says against the account', () =>
    on(async ({ give, host }) => {
      const body = {
        object: 'whatsapp_business_account',
        entry: [{ id: '1', changes: [{ field: 'account_update', value: { event: 'DISABLED_UPDATE' } }] }],
      };
      await give(signed({ raw: Buffer.from(JSON.stringify(body)), account: NUMBER, mediaType: '' }, APP_SECRET));
      expect(host.troubledBy).toContain('DISABLED_UPDATE');
      expect(host.empty).toHaveLength(1);
    }));

  it('carries words longer than the bus does as a blob, whole', () =>
    on(async ({ give, host }) => {
      const long = 'parola '.repeat(9_000);
      await give(
        signed(
          deliveryOf({ id: 'wamid.LONG', from: ANNA.waId, timestamp: '1', type: 'text', text: { body: long } }),
          APP_SECRET,
        ),
      );
      const [part] = host.messages[0]?.content ?? [];
      const whole = part?.type === 'text' ? part.whole : undefined;
      expect(Buffer.from(whole ? await host.open(whole) : []).toString()).toBe(long);
    }));
});
