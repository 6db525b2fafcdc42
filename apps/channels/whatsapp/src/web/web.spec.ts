import 'reflect-metadata';
import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import type { Outbound } from '@filodiretto/contracts';
import type { Host } from '@filodiretto/channel-kit';
import {
  channelContract,
  memoryHost,
  type Delivery,
  type MemoryHost,
  type Said,
} from '@filodiretto/channel-kit/testing';
import { whatsapp } from '../channel.js';
import type { WhatsappSettings } from '../settings.js';
import { adapted, type LibraryClient } from './adapter.js';
import { Pace, type Pauses } from './pace.js';
import { openWeb } from './session.js';

const ACCOUNT = 'urp';
const ADMIN = 'the-token-of-the-admin-page';
const ANNA = '393331110001';
const AT_ONCE: Pauses = { minMs: 0, maxMs: 0, patienceMs: 1_000 };

class Media {
  constructor(
    readonly mediaType: string,
    readonly base64: string,
    readonly filename?: string,
  ) {}
}
class Place {
  constructor(
    readonly latitude: number,
    readonly longitude: number,
  ) {}
}
interface Spoken {
  readonly id: string;
  readonly chat: string;
  readonly content: unknown;
  readonly options: unknown;
}

/** The library's client as it was seen to behave: events with its shapes, a memory of chats, a browser that is not there. */
class FakeDevice extends EventEmitter implements LibraryClient {
  readonly spoken: Spoken[] = [];
  readonly remembered: object[] = [];
  readonly lids = new Map<string, string>();
  readonly strangers = new Set<string>();
  loses = false;
  destroyed = 0;
  initialize(): Promise<void> {
    this.emit('ready');
    return Promise.resolve();
  }
  destroy(): Promise<void> {
    this.destroyed += 1;
    return Promise.resolve();
  }
  sendMessage(chat: string, content: unknown, options?: object): Promise<unknown> {
    const id = `3EB0OUT${this.spoken.length}`;
    this.spoken.push({ id, chat, content, options });
    this.emit(
      'message_create',
      message({ id, fromMe: true, to: chat, body: typeof content === 'string' ? content : '' }),
    );
    return this.loses
      ? Promise.reject(new Error('Protocol error: Target closed'))
      : Promise.resolve({ id: idOf(id, true) });
  }
  isRegisteredUser(chat: string): Promise<boolean> {
    return Promise.resolve(!this.strangers.has(chat));
  }
  getMessageById(handle: string): Promise<unknown> {
    return Promise.resolve(
      handle.endsWith('GONE')
        ? null
        : {
            downloadMedia: () =>
              Promise.resolve({ mimetype: 'image/jpeg', data: Buffer.from('jpeg').toString('base64') }),
          },
    );
  }
  stands: unknown = 'CONNECTED';
  getState(): Promise<unknown> {
    return Promise.resolve(this.stands);
  }
  getChats(): Promise<unknown[]> {
    return Promise.resolve([
      { timestamp: 4_000_000_000, fetchMessages: () => Promise.resolve(this.remembered) },
      { timestamp: 1, fetchMessages: () => Promise.reject(new Error('an old chat is not asked')) },
    ]);
  }
  getContactLidAndPhone(ids: string[]): Promise<unknown[]> {
    return Promise.resolve(ids.map(lid => ({ lid, pn: this.lids.get(lid) })));
  }
}
const idOf = (id: string, fromMe = false, remote = `${ANNA}@c.us`): object => ({
  fromMe,
  remote,
  id,
  _serialized: `${fromMe}_${remote}_${id}`,
});
const message = (about: { id: string; from?: string; fromMe?: boolean; [field: string]: unknown }): object => ({
  from: `${ANNA}@c.us`,
  timestamp: 1_768_471_200,
  type: 'chat',
  body: 'ciao',
  hasMedia: false,
  vCards: [],
  isStatus: false,
  fromMe: false,
  _data: { notifyName: 'Anna' },
  ...about,
  id: idOf(about.id, about.fromMe, about.from),
});
const library = { MessageMedia: Media, Location: Place };
const client = (device: FakeDevice) => () => Promise.resolve(adapted(device, library));
const settings = (more: Partial<WhatsappSettings> = {}): WhatsappSettings => ({
  whatsappDriver: 'web',
  whatsappNumbers: [ACCOUNT],
  whatsappAdminToken: ADMIN,
  graphApiUrl: 'https://graph.facebook.com',
  graphApiVersion: 'v25.0',
  whatsappMediaHosts: [],
  whatsappWebDir: '.data/spec',
  whatsappWebChromium: '/usr/bin/chromium',
  ...more,
});
const order = (more: Partial<Outbound> = {}): Outbound => ({
  id: v7(),
  attempt: 1,
  channel: 'whatsapp',
  account: ACCOUNT,
  conversation: ANNA,
  to: { kind: 'wa_id', value: ANNA },
  author: 'operator',
  visibility: 'parties',
  content: [{ type: 'text', text: 'Buongiorno' }],
  thread: { token: 'token' },
  queuedAt: new Date().toISOString(),
  ...more,
});

/** The device of each test, and the end of the listening that its channel began. */
interface Double {
  readonly device: FakeDevice;
  readonly over: AbortController;
}
const doubles = new Map<string, Double>();
const until = async (look: () => boolean): Promise<void> => {
  for (let turns = 0; turns < 2_000 && !look(); turns += 1) await new Promise(resolve => setImmediate(resolve));
  expect(look()).toBe(true);
};
const deliveryOf = (event: object): Delivery => ({
  raw: Buffer.from(JSON.stringify(event)),
  account: ACCOUNT,
  mediaType: 'application/json',
});
const eventOf = (said: Said | undefined): object => {
  const phone = said?.person === 'bruno' ? '393332220002' : ANNA;
  return {
    kind: 'message',
    message: {
      id: said?.id,
      handle: said?.id,
      person: { chat: `${phone}@c.us`, phone },
      fromMe: false,
      timestamp: Date.parse(said?.at ?? '') / 1_000,
      type: 'chat',
      body: said?.text,
      hasMedia: false,
    },
  };
};

channelContract('whatsapp', {
  channel: {
    ...whatsapp,
    async connect(config: WhatsappSettings, host: Host) {
      const { device, over } = doubles.get(config.whatsappWebDir) ?? {
        device: new FakeDevice(),
        over: new AbortController(),
      };
      const session = openWeb(config, host, client(device), AT_ONCE);
      void session.listen?.(over.signal);
      await new Promise(resolve => setImmediate(resolve));
      return session;
    },
  },
  provider: (): Double => ({ device: new FakeDevice(), over: new AbortController() }),
  stop: ({ over }) => over.abort(),
  env: double => {
    const folder = v7();
    doubles.set(folder, double);
    return { WHATSAPP_DRIVER: 'web', WHATSAPP_NUMBERS: ACCOUNT, WHATSAPP_WEB_DIR: folder };
  },
  badConfiguration: {
    env: { WHATSAPP_DRIVER: 'web', WHATSAPP_ADMIN_TOKEN: 'short' },
    mistakes: ['WHATSAPP_NUMBERS', 'WHATSAPP_ADMIN_TOKEN'],
  },
  fixtures: { folder: new URL('./fixtures/', import.meta.url), account: ACCOUNT, mediaType: 'application/json' },
  say: said => deliveryOf(eventOf(said[0])),
  batches: { notApplicable: 'the device tells one thing at a time' },
  oneConversation: true,
  unknownKind: () =>
    deliveryOf({
      kind: 'message',
      message: { id: 'h', handle: 'h', person: { chat: `${ANNA}@c.us` }, timestamp: 1, type: 'hologram', body: '' },
    }),
  webhook: { notApplicable: 'we listen to the device' },
  listen: { notApplicable: 'the device keeps no count of what we hold: tried below, by catching up' },
  send: {
    order: { account: ACCOUNT, conversation: ANNA, to: { kind: 'wa_id', value: ANNA } },
    sent: ({ device }) => device.spoken.length,
    refusal: {
      reason: 'invalid_recipient',
      arrange: (asked, { device }) => {
        device.strangers.add(`${ANNA}@c.us`);
        return asked;
      },
    },
    unknown: (asked, { device }) => {
      device.loses = true;
      return asked;
    },
  },
  connection: {
    refused: {
      side: 'device',
      result: 'not_linked',
      env: ({ device }) => {
        device.stands = 'UNPAIRED';
        return {};
      },
    },
    silent: (_at, { device }) => {
      device.stands = new Promise(() => undefined);
      return {};
    },
  },
});

describe('the linked device', () => {
  const on = async (
    work: (open: {
      device: FakeDevice;
      host: MemoryHost;
      session: ReturnType<typeof openWeb>;
      listening: Promise<void>;
    }) => Promise<void>,
    device = new FakeDevice(),
    host = memoryHost({ channel: 'whatsapp' }),
  ): Promise<void> => {
    const over = new AbortController();
    const session = openWeb(settings(), host, client(device), AT_ONCE);
    host.serve(session);
    const listening = session.listen?.(over.signal) ?? Promise.resolve();
    listening.catch(() => undefined);
    await new Promise(resolve => setImmediate(resolve));
    await work({ device, host, session, listening });
    over.abort();
    await listening.catch(() => undefined);
  };

  it('takes the same message under two names of its chat as one, in the conversation of the number', () =>
    on(async ({ device, host }) => {
      device.lids.set('987654@lid', `${ANNA}@c.us`);
      device.emit('message', message({ id: '3EB0X', from: `${ANNA}@c.us` }));
      device.emit('message', message({ id: '3EB0X', from: '987654@lid' }));
      await until(() => host.messages.length === 2);
      expect(new Set(host.messages.map(one => one.id)).size).toBe(1);
      expect(host.messages.map(one => one.conversation)).toEqual([ANNA, ANNA]);
      expect(host.messages[1]?.from.aliases).toEqual([{ kind: 'lid', value: '987654@lid' }]);
    }));

  it('leaves out groups, stories and news', () =>
    on(async ({ device, host }) => {
      device.emit('message', message({ id: 'g', from: '120363@g.us' }));
      device.emit('message', message({ id: 's', from: 'status@broadcast', isStatus: true }));
      device.emit('message', message({ id: 'n', from: '1@newsletter' }));
      device.emit('message', message({ id: 'p' }));
      await until(() => host.messages.length > 0);
      expect(host.messages.map(one => one.externalId)).toEqual(['p']);
    }));

  it('does not take its own words for somebody else’s, and takes the telephone’s', () =>
    on(async ({ device, host, session }) => {
      expect(await session.send(order())).toEqual({ kind: 'accepted', externalId: '3EB0OUT0' });
      device.emit('message_create', message({ id: 'BYHAND', fromMe: true, to: `${ANNA}@c.us`, body: 'Dal telefono' }));
      await until(() => host.messages.length > 0);
      expect(host.messages).toMatchObject([{ externalId: 'BYHAND', author: 'external_app', conversation: ANNA }]);
    }));

  it('offers answers in words, since a linked device has no buttons', () =>
    on(async ({ device, session }) => {
      const content = [
        { type: 'text' as const, text: 'Vuole gli avvisi?' },
        { type: 'choice' as const, id: 'yes', title: 'Sì' },
      ];
      expect(await session.send(order({ content }))).toMatchObject({ kind: 'accepted' });
      expect(JSON.stringify(device.spoken)).toContain('• Sì');
    }));

  it('gives the link up when the house cannot hold, and catches up on the next one', async () => {
    const device = new FakeDevice();
    const host = memoryHost({ channel: 'whatsapp' });
    const now = Math.floor(Date.now() / 1_000);
    await on(
      async ({ listening }) => {
        await until(() => host.troubledBy === undefined);
        host.breaks = 'publish';
        const lost = message({ id: 'LATER', timestamp: now });
        device.remembered.push(
          lost,
          message({ id: 'OLD', timestamp: now - 86_400 }),
          message({ id: 'MINE', fromMe: true, to: 'x@c.us', timestamp: now }),
        );
        device.emit('message', lost);
        await expect(listening).rejects.toThrow('cannot publish');
        expect(host.messages).toEqual([]);
      },
      device,
      host,
    );
    host.breaks = undefined;
    device.removeAllListeners();
    await on(
      async () => {
        await until(() => host.messages.length > 0);
        expect(host.messages.map(one => one.externalId)).toEqual(['LATER']);
      },
      device,
      host,
    );
    expect(device.destroyed).toBe(2);
  });

  it('says every change of the device as trouble, and nothing once it is ready', () =>
    on(async ({ device, host, listening }) => {
      device.emit('qr', 'code-1');
      expect(host.troubledBy).toContain('/admin/qr');
      device.emit('change_state', 'TIMEOUT');
      expect(host.troubledBy).toContain('TIMEOUT');
      device.emit('ready');
      expect(host.troubledBy).toBeUndefined();
      device.emit('disconnected', 'LOGOUT');
      expect(host.troubledBy).toContain('scollegato');
      await expect(listening).rejects.toThrow('LOGOUT');
    }));

  it('shows the code to link only to who has the token, as a picture', () =>
    on(async ({ device, session }) => {
      const ask = (path: string, token: string) =>
        session.admin?.(new Request(`https://citta.example${path}`, { headers: { authorization: `Bearer ${token}` } }));
      expect((await ask('/admin/qr', 'wrong'))?.status).toBe(403);
      expect((await ask('/admin/qr', ADMIN))?.status).toBe(404);
      device.emit('qr', '2@abcdef');
      const png = await ask('/admin/qr', ADMIN);
      expect([...new Uint8Array((await png?.arrayBuffer()) ?? new ArrayBuffer(0))].slice(1, 4)).toEqual([
        ...Buffer.from('PNG'),
      ]);
      expect(await (await ask('/admin/qr?format=svg', ADMIN))?.text()).toContain('<svg');
    }));

  it('shows no code to anybody when no token is configured', async () => {
    const session = openWeb(
      settings({ whatsappAdminToken: undefined }),
      memoryHost({ channel: 'whatsapp' }),
      client(new FakeDevice()),
    );
    const answer = await session.admin?.(
      new Request('https://citta.example/admin/qr', { headers: { authorization: 'Bearer ' } }),
    );
    expect(answer?.status).toBe(403);
  });

  it('sends an attachment with its caption, and a place', () =>
    on(async ({ device, host, session }) => {
      const blob = await host.keep(Buffer.from('%PDF'), 'application/pdf');
      const content: Outbound['content'] = [
        {
          type: 'media',
          kind: 'file',
          mediaType: 'application/pdf',
          filename: 'modulo.pdf',
          blob,
          fetch: 'done',
          scan: 'clean',
        },
        { type: 'text', text: 'Ecco il modulo' },
        { type: 'location', latitude: 44.49, longitude: 11.34 },
      ];
      expect(await session.send(order({ content }))).toMatchObject({ kind: 'accepted' });
      expect(device.spoken).toMatchObject([
        { content: { mediaType: 'application/pdf', filename: 'modulo.pdf' }, options: { caption: 'Ecco il modulo' } },
        { content: { latitude: 44.49 } },
      ]);
    }));

  it('fetches an attachment, and says when the device no longer has it', () =>
    on(async ({ device, host }) => {
      device.emit('message', message({ id: 'PIC', type: 'image', hasMedia: true, body: '' }));
      device.emit('message', message({ id: 'GONE', type: 'image', hasMedia: true, body: '' }));
      await until(() => host.messages.length === 2);
      await host.fetchPending();
      expect(host.progress.map(one => one.media?.fetch)).toEqual(['done', 'expired']);
    }));

  it('says that the device waits for a person', async () => {
    const session = openWeb(settings(), memoryHost({ channel: 'whatsapp' }), client(new FakeDevice()), AT_ONCE);
    const [device] = session.connections('any');
    await expect(device?.ask(new AbortController().signal)).rejects.toMatchObject({ result: 'not_linked' });
  });

  it('refuses for now when the device is not linked', async () => {
    const session = openWeb(settings(), memoryHost({ channel: 'whatsapp' }), client(new FakeDevice()), AT_ONCE);
    expect(await session.send(order())).toMatchObject({ kind: 'refused', reason: 'rate_limited' });
  });
});

describe('the pace of a linked device', () => {
  it('spaces the turns unevenly, and refuses one that would come too late', async () => {
    const waited: number[] = [];
    const chances = [0, 0.5, 1, 0];
    const pace = new Pace({ minMs: 1_000, maxMs: 3_000, patienceMs: 4_000 }, () => chances.shift() ?? 0, {
      now: () => 0,
      pass: ms => Promise.resolve(void waited.push(ms)),
    });
    const turns = [await pace.turn(), await pace.turn(), await pace.turn(), await pace.turn()];
    expect(turns).toEqual([true, true, true, false]);
    expect(waited).toEqual([1_000, 3_000]);
  });
});
