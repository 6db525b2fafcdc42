import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CLIENT_ADDRESS, type Channel } from '@filodiretto/channel-kit';
import {
  channelContract,
  notApplicable,
  openChannel,
  reopenChannel,
  type Delivery,
  type MemoryHost,
  type OpenChannel,
  type Said,
} from '@filodiretto/channel-kit/testing';
import type { AskAttendance, AttendanceAnswer, Outbound } from '@filodiretto/contracts';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { chat } from './channel.js';
import { keyOf, REMEMBERED_HOURS, since, withLine, withReceipt, type Line, type Remembered } from './record.js';
import type { ChatSettings } from './settings.js';
import { conversationOf, newToken } from './token.js';

const KEY = 'the-key-of-the-spec';
const SITE = 'https://www.comune.poggioverde.example';
const ENV = { CHAT_KEY: KEY, CHAT_ORIGINS: SITE };
const TOKENS = { anna: newToken([KEY]), bruno: newToken([KEY]) };
const conversation = (token: string): string => conversationOf([KEY], token) ?? '';
const FORGED = newToken(['the-key-of-somebody-else']);

/** The pages of a site have no provider behind them: what is sent is what the house keeps for them. */
class House {
  host?: MemoryHost;
  async answers(): Promise<number> {
    if (!this.host) return 0;
    this.host.breaks = undefined;
    const kept = await this.host.state.get<Remembered>(keyOf(conversation(TOKENS.anna)));
    return kept?.lines.filter(line => line.by === 'office').length ?? 0;
  }
}
let house = new House();
const watched: Channel<ChatSettings> = {
  ...chat,
  connect: (config, host) => {
    house.host = host as MemoryHost;
    return chat.connect(config, host);
  },
};

const uuidOf = (id: string): string => {
  const hex = Buffer.from(id.padEnd(16, '_')).toString('hex').slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
const delivery = (person: keyof typeof TOKENS, body: object): Delivery => ({
  raw: Buffer.from(JSON.stringify(body)),
  account: 'sito',
  mediaType: 'application/json',
  about: { conversation: conversation(TOKENS[person]) },
});
const tokenOf = ({ about }: Delivery): string =>
  Object.values(TOKENS).find(token => conversation(token) === about?.conversation) ?? '';
const requestOf = ({ raw }: Delivery, token: string): Request =>
  new Request('https://chat.example/public/chats/messages', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, origin: SITE, 'content-type': 'application/json' },
    body: Uint8Array.from(raw),
  });

channelContract('webchat', {
  channel: watched,
  provider: () => (house = new House()),
  env: () => ENV,
  badConfiguration: { env: { CHAT_KEY: 'short', CHAT_LISTENERS: 'many' }, mistakes: ['CHAT_KEY', 'CHAT_LISTENERS'] },
  fixtures: { folder: new URL('./fixtures/', import.meta.url), account: 'sito', mediaType: 'application/json' },
  say: ([said]: readonly Said[]) => delivery(said?.person ?? 'anna', { id: uuidOf(said?.id ?? ''), text: said?.text }),
  batches: notApplicable('a page sends one message at a time'),
  oneConversation: true,
  unknownKind: () => delivery('anna', { id: randomUUID(), kind: 'hologram' }),
  webhook: {
    request: one => requestOf(one, tokenOf(one)),
    forged: one => requestOf(one, FORGED),
  },
  listen: notApplicable('pages call us; what is listened to is our own memory'),
  send: {
    order: {
      account: 'sito',
      conversation: conversation(TOKENS.anna),
      to: { kind: 'visitor', value: conversation(TOKENS.anna) },
    },
    sent: one => one.answers(),
    refusal: { reason: 'invalid_recipient', arrange: order => ({ ...order, conversation: '+390550000001' }) },
    unknown: (order, one) => {
      if (one.host) one.host.breaks = 'publish';
      return order;
    },
  },
  connection: {
    refused: notApplicable('what it leans on is the house itself'),
    silent: notApplicable('there is no provider'),
  },
});

interface Heard {
  readonly id?: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A page of the site, in a browser's place. */
class Page {
  constructor(
    readonly open: OpenChannel,
    readonly token = newToken([KEY]),
    private readonly origin: string | undefined = SITE,
  ) {}
  get conversation(): string {
    return conversation(this.token);
  }
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const request = new Request(`https://chat.example/public/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        [CLIENT_ADDRESS]: '192.0.2.7',
        ...(this.origin === undefined ? {} : { origin: this.origin }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!this.open.session.webhook) throw new Error('no webhook');
    return this.open.session.webhook(request);
  }
  say(text: string, id: string = randomUUID()): Promise<Response> {
    return this.ask('POST', 'chats/messages', { id, text });
  }
  /** Sends files as a browser does, with words or without. */
  async bring(
    files: readonly File[],
    {
      text,
      id = randomUUID(),
      language,
    }: { readonly text?: string; readonly id?: string; readonly language?: string } = {},
  ): Promise<Response> {
    const form = new FormData();
    form.set('id', id);
    if (text !== undefined) form.set('text', text);
    if (language !== undefined) form.set('language', language);
    for (const file of files) form.append('files', file);
    const bytes = new Response(form);
    const request = new Request('https://chat.example/public/chats/messages', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        [CLIENT_ADDRESS]: '192.0.2.7',
        'content-type': bytes.headers.get('content-type') ?? '',
        ...(this.origin === undefined ? {} : { origin: this.origin }),
      },
      body: await bytes.arrayBuffer(),
    });
    if (!this.open.session.webhook) throw new Error('no webhook');
    return this.open.session.webhook(request);
  }
  async listen(
    after = 0,
  ): Promise<{ next: (event: string) => Promise<Heard>; stop: () => Promise<void>; over: () => Promise<boolean> }> {
    const answer = await this.ask('GET', 'chats/stream', undefined, after ? { 'last-event-id': String(after) } : {});
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let text = '';
    const heard: Heard[] = [];
    const read = async (): Promise<boolean> => {
      const { done, value } = await reader.read();
      if (done) return false;
      text += decoder.decode(value, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      heard.push(...blocks.flatMap(eventIn));
      return true;
    };
    return {
      next: async event => {
        for (;;) {
          const index = heard.findIndex(one => one.event === event);
          if (index >= 0) return heard.splice(index, 1)[0];
          if (!(await read())) throw new Error('the stream is over');
        }
      },
      over: async () => {
        while (await read());
        return true;
      },
      stop: () => reader.cancel(),
    };
  }
}

const eventIn = (block: string): Heard[] => {
  const fields = Object.fromEntries(
    block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  return fields.data === undefined
    ? []
    : [
        {
          ...(fields.id ? { id: fields.id } : {}),
          event: fields.event ?? '',
          data: JSON.parse(fields.data) as Heard['data'],
        },
      ];
};

const answer = (to: Page, text: string, more: Partial<Outbound> = {}): Outbound => ({
  id: randomUUID(),
  attempt: 1,
  channel: 'webchat',
  account: 'sito',
  conversation: to.conversation,
  to: { kind: 'visitor', value: to.conversation },
  author: 'operator',
  visibility: 'parties',
  content: [{ type: 'text', text }],
  thread: { token: 'tok' },
  queuedAt: new Date().toISOString(),
  ...more,
});

/** A chat that works, its watch of its own memory included, until the work is done. */
async function atWork(
  work: (open: OpenChannel) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
  attendance?: (asked: Omit<AskAttendance, 'channel'>) => AttendanceAnswer | undefined,
): Promise<void> {
  const open = await openChannel(chat, { ...ENV, ...env }, attendance ? { attendance } : {});
  const abort = new AbortController();
  const listening = open.session.listen?.(abort.signal);
  try {
    await work(open);
  } finally {
    abort.abort();
    await listening;
    await open.session.close?.();
  }
}

describe('the chat, as a page of the site sees it', () => {
  it('hears what it said, what it is answered and the number of its case, each once and in order', () =>
    atWork(async open => {
      const page = new Page(open);
      const stream = await page.listen();
      expect((await page.say('Il lampione è spento')).status).toBe(201);
      expect((await stream.next('line')).data).toMatchObject({ by: 'citizen', text: 'Il lampione è spento' });
      const order = answer(page, 'Pratica n. 2026-000001-1', { automatic: 'acknowledgement', author: 'automation' });
      expect(await open.session.send(order)).toEqual({ kind: 'accepted', externalId: order.id });
      expect(await open.session.send(order)).toEqual({ kind: 'accepted', externalId: order.id });
      await open.session.send(answer(page, 'Passiamo domani'));
      expect((await stream.next('line')).data).toMatchObject({ by: 'office', automatic: true, id: order.id });
      expect((await stream.next('line')).data).toMatchObject({ by: 'office', text: 'Passiamo domani' });
      await stream.stop();
    }));

  it('goes on from the last line that it had, whatever was said while it was away, also at another tab', () =>
    atWork(async open => {
      const page = new Page(open);
      const first = await page.listen();
      await page.say('uno');
      const { id } = await first.next('line');
      await first.stop();
      await open.session.send(answer(page, 'due'));
      await page.say('tre');
      const again = await page.listen(Number(id));
      expect((await again.next('line')).data.text).toBe('due');
      expect((await again.next('line')).data.text).toBe('tre');
      const tab = await new Page(open, page.token).listen();
      expect((await tab.next('line')).data.text).toBe('uno');
      await page.say('quattro');
      await tab.next('line');
      await tab.next('line');
      for (const stream of [again, tab]) expect((await stream.next('line')).data.text).toBe('quattro');
      const polled = (await (await page.ask('GET', `chats/messages?after=${id}`)).json()) as { items: Line[] };
      expect(polled.items.map(({ text }) => text)).toEqual(['due', 'tre', 'quattro']);
    }));

  it('shows answers to choose from, and says the one that was pressed by its id, once', () =>
    atWork(async open => {
      const page = new Page(open);
      const stream = await page.listen();
      const choices = [
        { id: 'consent:1:yes', title: 'Acconsento' },
        { id: 'consent:1:no', title: 'Non acconsento' },
      ];
      const content = [
        { type: 'text' as const, text: 'Vuole gli avvisi?' },
        ...choices.map(one => ({ type: 'choice' as const, ...one })),
      ];
      expect(await open.session.send(answer(page, '', { content }))).toMatchObject({ kind: 'accepted' });
      expect((await stream.next('line')).data).toMatchObject({ text: 'Vuole gli avvisi?', choices });
      const press = (body: object): Promise<Response> =>
        page.ask('POST', 'chats/messages', { id: '019bc14e-7a00-4000-8000-00000000000b', ...body });
      const said = { text: 'Acconsento', choice: 'consent:1:yes' };
      expect([(await press(said)).status, (await press(said)).status]).toEqual([201, 200]);
      expect((await press({ ...said, choice: 'consent:1:no' })).status).toBe(409);
      expect((await stream.next('line')).data).toMatchObject({ by: 'citizen', ...said });
      expect(open.host.messages.at(-1)?.content).toEqual([{ type: 'choice', id: said.choice, title: said.text }]);
      for (const wrong of [
        { text: '', choice: 'x' },
        { text: 'a'.repeat(41), choice: 'x' },
        { text: 'a', choice: 'x'.repeat(201) },
      ])
        expect((await page.ask('POST', 'chats/messages', { id: randomUUID(), ...wrong })).status).toBe(422);
      await stream.stop();
    }));

  it('takes no answer as chosen that the house did not offer there, in the same words under the same id', () =>
    atWork(async open => {
      const [page, other] = [new Page(open), new Page(open)];
      const content = [
        { type: 'text' as const, text: 'Vuoi gli avvisi?' },
        { type: 'choice' as const, id: 'consent:1:yes', title: 'Acconsento' },
        { type: 'choice' as const, id: 'consent:1:no', title: 'Non acconsento' },
      ];
      await open.session.send(answer(page, '', { content }));
      const before = open.host.messages.length;
      for (const [who, text, choice] of [
        [page, 'Non acconsento', 'consent:1:yes'],
        [page, 'Acconsento', 'consent:2:yes'],
        [other, 'Acconsento', 'consent:1:yes'],
      ] as const) {
        const refused = await who.ask('POST', 'chats/messages', { id: randomUUID(), text, choice });
        expect([refused.status, await refused.json()]).toMatchObject([422, { errors: [{ pointer: '/choice' }] }]);
      }
      expect(open.host.messages).toHaveLength(before);
      expect((await page.say('Non acconsento')).status).toBe(201);
      const said = { id: randomUUID(), text: 'Non acconsento', choice: 'consent:1:no' };
      expect((await page.ask('POST', 'chats/messages', said)).status).toBe(201);
    }));

  it('sends again what it does not know to have arrived, and it is one message; other words under the same id are refused', () =>
    atWork(async open => {
      const page = new Page(open);
      const id = randomUUID();
      const answers = await Promise.all(['', '', ''].map(() => page.say('una volta', id)));
      expect(answers.every(({ ok }) => ok)).toBe(true);
      expect((await page.say('una volta', id)).status).toBe(200);
      expect((await page.say('altro', id)).status).toBe(409);
      expect(new Set(open.host.messages.map(one => one.id)).size).toBe(1);
      const kept = await open.host.state.get<Remembered>(keyOf(page.conversation));
      expect(kept?.lines.map(({ text }) => text)).toEqual(['una volta']);
    }));

  it('says what it has and what was read, and the core is told of each answer, once', () =>
    atWork(async open => {
      const page = new Page(open);
      await page.say('ciao');
      const [one, two] = [answer(page, 'primo'), answer(page, 'secondo')];
      await open.session.send(one);
      await open.session.send(two);
      const { lines } = (await open.host.state.get<Remembered>(keyOf(page.conversation))) ?? { lines: [] };
      const [, first = 0, second = 0] = lines.map(({ seq }) => seq);
      const told = () => open.host.progress.map(({ message, state }) => [message, state]);
      expect(told()).toEqual([
        [one.id, 'sent'],
        [two.id, 'sent'],
      ]);
      expect((await page.ask('POST', 'chats/receipts', { delivered: second, read: first })).status).toBe(204);
      await page.ask('POST', 'chats/receipts', { delivered: second, read: first });
      expect(told().slice(2)).toEqual([
        [one.id, 'read'],
        [two.id, 'delivered'],
      ]);
      await page.ask('POST', 'chats/receipts', { read: 9e15 });
      expect(told().slice(4)).toEqual([[two.id, 'read']]);
    }));

  it('is told whether anybody is there, when they come, and that somebody is writing to it alone', () => {
    let writing: string[] = [];
    const opensAt = '2026-01-16T07:00:00.000Z';
    return atWork(
      async open => {
        const [page, other] = [new Page(open), new Page(open)];
        const stream = await page.listen();
        const otherStream = await other.listen();
        expect((await stream.next('attendance')).data).toEqual({ open: false, attended: false, opensAt });
        expect(await (await page.ask('GET', 'attendance')).json()).toEqual({ open: false, attended: false, opensAt });
        writing = [page.conversation];
        expect((await stream.next('writing')).data).toEqual({ writing: true });
        writing = [other.conversation];
        expect((await stream.next('writing')).data).toEqual({ writing: false });
        expect((await otherStream.next('writing')).data).toEqual({ writing: true });
      },
      {},
      ({ conversations }) => ({
        open: false,
        attended: false,
        opensAt,
        writing: writing.filter(one => conversations.includes(one)),
      }),
    );
  });

  it('tells the core that its citizen writes, as long as the page says so, and never what', () => {
    const told: (readonly string[])[] = [];
    return atWork(
      async open => {
        const page = new Page(open);
        const stream = await page.listen();
        await stream.next('attendance');
        const until = async (writes: readonly string[]): Promise<void> => {
          for (let turn = 0; JSON.stringify(told.at(-1)) !== JSON.stringify(writes) && turn < 200; turn += 1)
            await new Promise(resolve => setTimeout(resolve, 25));
          expect(told.at(-1)).toEqual(writes);
        };
        expect((await page.ask('POST', 'chats/writing', { writing: true })).status).toBe(204);
        await until([page.conversation]);
        expect((await page.ask('POST', 'chats/writing', { writing: false })).status).toBe(204);
        await until([]);
        await page.ask('POST', 'chats/writing', { writing: true });
        await until([page.conversation]);
        // What was being written is said: nobody writes any more.
        await page.say('Buongiorno');
        await until([]);
        expect((await new Page(open, FORGED).ask('POST', 'chats/writing', { writing: true })).status).toBe(401);
      },
      {},
      ({ citizenWrites = [] }) => {
        told.push(citizenWrites);
        return { open: true, attended: true, writing: [] };
      },
    );
  });

  it.each([true, false])(
    'asks the core once in five seconds, however many visitors look whether anybody is there (it answers: %s)',
    answers => {
      let asked = 0;
      return atWork(
        async open => {
          const look = (): Promise<Response> => new Page(open).ask('GET', 'attendance');
          const began = performance.now();
          const together = await Promise.all(Array.from({ length: 500 }, look));
          for (const one of [...together, await look(), await look()]) {
            expect(one.status).toBe(200);
            expect(one.headers.get('cache-control')).toBe('public, max-age=15');
            expect(await one.json()).toEqual(answers ? { open: true, attended: true } : {});
          }
          expect(asked).toBeGreaterThan(0);
          expect(asked).toBeLessThanOrEqual(1 + Math.floor((performance.now() - began) / 5_000));
        },
        {},
        () => {
          asked += 1;
          return answers ? { open: true, attended: true, writing: [] } : undefined;
        },
      );
    },
  );

  it('still chats when the core does not say whether anybody is there', () =>
    atWork(async open => {
      const page = new Page(open);
      expect(await (await page.ask('GET', 'attendance')).json()).toEqual({});
      expect((await page.say('ciao')).status).toBe(201);
    }));

  it('ends with the wish to have it by e-mail, which a person sees, at an address that nobody has verified', () =>
    atWork(async open => {
      const page = new Page(open);
      const asked = { id: randomUUID(), kind: 'transcript', email: 'anna.verdi@posta.example' };
      expect((await page.ask('POST', 'chats/messages', { ...asked, email: 'anna' })).status).toBe(422);
      expect((await page.ask('POST', 'chats/messages', asked)).status).toBe(201);
      const address = { kind: 'email', value: 'anna.verdi@posta.example', verified: false };
      expect(open.host.messages[0]).toMatchObject({ replyTo: [address], transcriptTo: address });
      // Who only leaves an address asks for nothing.
      await page.ask('POST', 'chats/messages', { id: randomUUID(), text: 'ciao', email: 'anna.verdi@posta.example' });
      expect(open.host.messages[1]).not.toHaveProperty('transcriptTo');
    }));

  it('keeps its stream while what is remembered cannot be read, and hears all of it afterwards', () =>
    atWork(async open => {
      const page = new Page(open);
      await page.say('uno');
      open.host.breaks = 'publish';
      const stream = await page.listen();
      expect((await page.say('due').catch(() => undefined))?.ok).not.toBe(true);
      open.host.breaks = undefined;
      await page.say('tre');
      for (const text of ['uno', 'tre']) expect((await stream.next('line')).data.text).toBe(text);
      await stream.stop();
    }));

  it('stops in time, and lets its pages go', () =>
    atWork(async open => {
      const stream = await new Page(open).listen();
      await open.session.close?.();
      expect(await stream.over()).toBe(true);
    }));
});

const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const photo = (name = 'buca.png', bytes: Uint8Array = PHOTO): File =>
  new File([Uint8Array.from(bytes)], name, { type: 'image/png' });
const detailOf = async (answer: Response): Promise<string | undefined> =>
  ((await answer.json()) as { errors?: { detail: string }[] }).errors?.[0]?.detail;

const PROVEN = { ALTCHA_KEY: 'the-altcha-key-of-the-spec', ALTCHA_COST: '10', ALTCHA_STEPS: '20' };
/** Begins as a browser does. */
const begun = async (open: OpenChannel): Promise<{ page: Page; challenge: Challenge | undefined }> => {
  const answer = await new Page(open).ask('POST', 'chats');
  const { token, challenge } = (await answer.json()) as { token: string; challenge?: Challenge };
  return { page: new Page(open, token), challenge };
};
const solved = async (challenge: Challenge | undefined): Promise<string> => {
  if (!challenge) throw new Error('no proof is asked');
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
};

describe('the proof of work of who begins', () => {
  const flagsOf = (open: OpenChannel) => open.host.messages.map(({ flags }) => flags);

  it('that is good leaves no doubt; without one the message is taken with a little doubt', () =>
    atWork(async open => {
      const { page, challenge } = await begun(open);
      const said = { id: randomUUID(), text: 'ciao', proof: await solved(challenge) };
      expect((await page.ask('POST', 'chats/messages', said)).status).toBe(201);
      expect((await page.say('e ancora')).status).toBe(201);
      expect(flagsOf(open)).toEqual([undefined, undefined]);
      expect((await (await begun(open)).page.say('da un browser vecchio')).status).toBe(201);
      expect(flagsOf(open)[2]).toEqual({ abuseScore: 0.3 });
    }, PROVEN));

  it('that is false, or of another conversation, has a person look first, at all that is said until the house answers', () =>
    atWork(async open => {
      const [one, other] = [await begun(open), await begun(open)];
      const stolen = { id: randomUUID(), text: 'ciao', proof: await solved(one.challenge) };
      expect((await other.page.ask('POST', 'chats/messages', stolen)).status).toBe(201);
      await other.page.say('ci siete?');
      const flags = { abuseScore: 0.6, doubtful: 'prova di lavoro errata o scaduta' };
      expect(flagsOf(open)).toEqual([flags, flags]);
      await open.session.send(answer(other.page, 'Pratica n. 2026-000001-1', { automatic: 'acknowledgement' }));
      await other.page.say('grazie');
      expect(flagsOf(open)[2]).toBeUndefined();
    }, PROVEN));

  it('that many do without from one address has a person look first; from another address it does not', () =>
    atWork(
      async open => {
        const begin = async (host: string): Promise<void> => {
          const { page } = await begun(open);
          const said = { id: randomUUID(), text: 'ciao' };
          await page.ask('POST', 'chats/messages', said, { [CLIENT_ADDRESS]: host });
        };
        for (const host of ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2']) await begin(host);
        expect(flagsOf(open).map(flags => flags?.abuseScore)).toEqual([0.3, 0.3, 0.6, 0.3]);
      },
      { ...PROVEN, CHAT_UNPROVEN_PER_MINUTE: '2' },
    ));

  it('is asked of nobody where there is no key for it', () =>
    atWork(async open => {
      const { page, challenge } = await begun(open);
      expect(challenge).toBeUndefined();
      await page.say('ciao');
      expect(flagsOf(open)).toEqual([undefined]);
    }));

  it('leaves the same doubt when what was kept is read again', () =>
    atWork(async open => {
      await (await begun(open)).page.say('ciao');
      const [reception] = open.host.receptions;
      if (!reception) throw new Error('nothing was kept');
      await open.host.readAgain(reception);
      expect(flagsOf(open)).toEqual([{ abuseScore: 0.3 }, { abuseScore: 0.3 }]);
    }, PROVEN));
});

describe('the chat whose key is changed', () => {
  const NEW = { ...ENV, CHAT_KEY: 'the-key-of-after' };

  it('goes on with the conversations that were begun, and begins others under the new key', () =>
    atWork(async before => {
      const { page } = await begun(before);
      await page.say('ciao');
      const open = await reopenChannel(before, chat, { ...NEW, PREVIOUS_CHAT_KEY: KEY });
      const after = new Page(open, page.token);
      expect((await after.say('ci siete?')).status).toBe(201);
      expect(new Set(open.host.messages.map(message => message.conversation))).toEqual(new Set([page.conversation]));
      const { items } = (await (await after.ask('GET', 'chats/messages')).json()) as { items: Line[] };
      expect(items.map(({ text }) => text)).toEqual(['ciao', 'ci siete?']);
      const { token } = (await begun(open)).page;
      expect(conversationOf([NEW.CHAT_KEY], token)).toBeDefined();
      expect(conversationOf([KEY], token)).toBeUndefined();
    }));

  it('without the key before knows none of the conversations that were begun', () =>
    atWork(async before => {
      const { page } = await begun(before);
      const open = await reopenChannel(before, chat, NEW);
      expect((await new Page(open, page.token).say('ciao')).status).toBe(401);
    }));

  it('takes a proof of work that was asked before, for the conversation it was asked for', () =>
    atWork(async before => {
      const [one, other] = [await begun(before), await begun(before)];
      const said = async (open: OpenChannel, { page, challenge }: typeof one) => {
        const words = { id: randomUUID(), text: 'ciao', proof: await solved(challenge) };
        await new Page(open, page.token).ask('POST', 'chats/messages', words);
        return open.host.messages.at(-1)?.flags?.doubtful;
      };
      const fresh = { ...ENV, ...PROVEN, ALTCHA_KEY: 'the-altcha-key-of-after' };
      const open = await reopenChannel(before, chat, { ...fresh, PREVIOUS_ALTCHA_KEY: PROVEN.ALTCHA_KEY });
      expect(await said(open, one)).toBeUndefined();
      const deaf = await reopenChannel(before, chat, fresh);
      expect(await said(deaf, other)).toBe('prova di lavoro errata o scaduta');
    }, PROVEN));
});

describe('a file in the chat', () => {
  it('is sent with words or without, is one message under one id however often it is pressed, and is what its bytes are', () =>
    atWork(async open => {
      const page = new Page(open);
      const stream = await page.listen();
      const id = randomUUID();
      const lies = new File([Uint8Array.from(PHOTO)], '../../buca.exe', { type: 'application/pdf' });
      const answers = await Promise.all([1, 2, 3].map(() => page.bring([lies], { text: 'Eccola', id })));
      expect(answers.every(({ ok }) => ok)).toBe(true);
      expect((await page.bring([lies], { text: 'Eccola', id })).status).toBe(200);
      expect((await page.bring([photo('altra.png')], { text: 'Eccola', id })).status).toBe(409);
      expect(new Set(open.host.messages.map(one => one.id)).size).toBe(1);
      const [message] = open.host.messages;
      expect(message?.content).toMatchObject([
        { type: 'text', text: 'Eccola' },
        { type: 'media', kind: 'image', mediaType: 'image/png', filename: 'buca.exe', fetch: 'done', scan: 'skipped' },
      ]);
      const media = message?.content[1];
      const kept = media?.type === 'media' && media.blob ? await open.host.open(media.blob) : undefined;
      expect(Buffer.from(kept ?? []).equals(PHOTO)).toBe(true);
      const files = [{ name: 'buca.exe', mediaType: 'image/png', bytes: PHOTO.byteLength }];
      expect((await stream.next('line')).data).toMatchObject({ by: 'citizen', text: 'Eccola', files });
      await page.bring([photo()]);
      expect((await stream.next('line')).data).toMatchObject({ by: 'citizen', text: '' });
      expect(open.host.messages.at(-1)?.content).toHaveLength(1);
      await stream.stop();
    }));

  it('reads the same when it is read again from what was kept', () =>
    atWork(async open => {
      await new Page(open).bring([photo()], { text: 'Eccola' });
      const [reception] = open.host.receptions;
      if (!reception) throw new Error('nothing was kept');
      await open.host.readAgain(reception);
      const [first, again] = open.host.messages;
      expect([again?.id, again?.content]).toEqual([first?.id, first?.content]);
    }));

  const refused: readonly [string, (page: Page) => Promise<Response>, number, RegExp | undefined][] = [
    [
      'of a type that is not taken, whatever it says of itself',
      page => page.bring([photo('foto.png', Buffer.from('MZ\u0000non una foto'))]),
      422,
      /«foto\.png»: questo tipo di file/,
    ],
    ['that is empty', page => page.bring([photo('foto.png', Buffer.alloc(0))]), 422, /vuoto/],
    [
      'that is too large',
      page => page.bring([photo('foto.png', Buffer.concat([PHOTO, Buffer.alloc(3_000_000)]))]),
      422,
      /supera 2 MB/,
    ],
    ['that is one too many', page => page.bring([photo(), photo(), photo()]), 422, /al massimo 2 file/],
    [
      'in a message that is too large as a whole',
      page => page.bring([photo('foto.png', Buffer.alloc(6_000_000))]),
      413,
      undefined,
    ],
    [
      'of a type that is not taken, on an English page,',
      page => page.bring([photo('foto.png', Buffer.from('MZ\u0000non una foto'))], { language: 'en' }),
      422,
      /«foto\.png»: a file of this type cannot be attached/,
    ],
    ['without an id', page => page.bring([photo()], { id: '' }), 422, /UUID/],
    [
      'in a body that is none',
      page => page.ask('POST', 'chats/messages', {}, { 'content-type': 'multipart/form-data; boundary=x' }),
      422,
      /non si può leggere/,
    ],
    [
      'under a media type that is longer than any',
      page =>
        page.ask('POST', 'chats/messages', {}, { 'content-type': `multipart/form-data; boundary=${'x'.repeat(300)}` }),
      400,
      undefined,
    ],
  ];
  it.each(refused)('%s is refused in words, and nothing is held of it', (_, work, status, detail) =>
    atWork(
      async open => {
        const answer = await work(new Page(open));
        expect(answer.status).toBe(status);
        if (detail) expect(await detailOf(answer)).toMatch(detail);
        expect(open.host.receptions).toHaveLength(0);
      },
      { CHAT_MAX_FILE_BYTES: '2000000', CHAT_MAX_FILES: '2', CHAT_MAX_BYTES: '5000000' },
    ),
  );

  it('is refused in a conversation that we did not begin, from another page, and when too many are sent', () =>
    atWork(
      async open => {
        expect((await new Page(open, FORGED).bring([photo()])).status).toBe(401);
        expect((await new Page(open, newToken([KEY]), 'https://altrove.example').bring([photo()])).status).toBe(403);
        expect(open.host.receptions).toHaveLength(0);
        expect((await new Page(open).bring([photo()])).status).toBe(201);
        expect((await new Page(open).bring([photo()])).status).toBe(429);
        expect((await new Page(open).say('ciao')).status).toBe(201);
      },
      { CHAT_ADDRESS_FILES_PER_MINUTE: '1' },
    ));

  it('of an answer is had by whoever has the token of its conversation, as a file to keep, and by nobody else', () =>
    atWork(async open => {
      const page = new Page(open);
      const stream = await page.listen();
      await page.say('Mi mandate il modulo?');
      await stream.next('line');
      const blob = await open.host.keep(Buffer.from('%PDF-1.4 modulo'), 'application/pdf');
      const order = answer(page, 'Eccolo', {
        content: [
          { type: 'text', text: 'Eccolo' },
          {
            type: 'media',
            kind: 'file',
            mediaType: 'application/pdf',
            filename: 'perché (modulo).pdf',
            blob,
            fetch: 'done',
            scan: 'clean',
          },
        ],
      });
      expect(await open.session.send(order)).toEqual({ kind: 'accepted', externalId: order.id });
      const { data } = await stream.next('line');
      expect(data).toMatchObject({ text: 'Eccolo', files: [{ name: 'perché (modulo).pdf', bytes: blob.size }] });
      expect(JSON.stringify(data)).not.toContain(blob.sha256);
      const at = `chats/files/${order.id}/0`;
      const given = await page.ask('GET', at);
      expect(given.status).toBe(200);
      expect(await given.text()).toBe('%PDF-1.4 modulo');
      expect(given.headers.get('content-disposition')).toBe(
        "attachment; filename*=UTF-8''perch%C3%A9%20%28modulo%29.pdf",
      );
      expect(given.headers.get('cache-control')).toBe('no-store');
      expect((await new Page(open).ask('GET', at)).status).toBe(404);
      expect((await new Page(open, FORGED).ask('GET', at)).status).toBe(401);
      expect((await page.ask('GET', `chats/files/${order.id}/1`)).status).toBe(404);
      expect((await page.ask('POST', at)).status).toBe(405);
      // What a citizen sent is not given back: nobody has looked into it yet.
      const id = randomUUID();
      await page.bring([photo()], { id });
      expect((await page.ask('GET', `chats/files/${id}/0`)).status).toBe(404);
      await stream.stop();
    }));

  it('of an answer that has a virus, is too large or is one too many is not kept for the citizen', () =>
    atWork(async open => {
      const page = new Page(open);
      const blob = await open.host.keep(PHOTO, 'image/png');
      const media = {
        type: 'media',
        kind: 'image',
        mediaType: 'image/png',
        blob,
        fetch: 'done',
        scan: 'clean',
      } as const;
      const send = (content: Outbound['content']) => open.session.send(answer(page, '', { content }));
      expect(await send([{ ...media, scan: 'infected' }])).toMatchObject({ kind: 'refused', reason: 'policy' });
      expect(await send([{ ...media, blob: { ...blob, size: 99_000_000 } }])).toMatchObject({ kind: 'refused' });
      expect(await send(Array.from({ length: 6 }, () => media))).toMatchObject({ kind: 'refused' });
      expect(await open.host.state.get(keyOf(page.conversation))).toBeUndefined();
    }));
});

describe('who may come into the chat', () => {
  const refusals: readonly [string, (open: OpenChannel) => Promise<Response>, number][] = [
    ['a page of another origin', open => new Page(open, newToken([KEY]), 'https://altrove.example').say('ciao'), 403],
    [
      'a page of an origin that only looks like ours',
      open => new Page(open, newToken([KEY]), `${SITE}.altrove.example`).say('ciao'),
      403,
    ],
    ['a token that we did not give', open => new Page(open, FORGED).say('ciao'), 401],
    [
      'a token with another end',
      open => new Page(open, `${newToken([KEY]).slice(0, -1)}-`).ask('GET', 'chats/stream'),
      401,
    ],
    ['no token', open => new Page(open, '').ask('GET', 'chats/messages'), 401],
    ['words that are too many', open => new Page(open).say('a'.repeat(4_001)), 422],
    ['bytes that are too many', open => new Page(open).say('a'.repeat(50_000)), 413],
    ['no words', open => new Page(open).say('  \u0000 '), 422],
    ['an id that is none', open => new Page(open).say('ciao', 'uno'), 422],
    ['another method', open => new Page(open).ask('DELETE', 'chats'), 405],
    ['another place', open => new Page(open).ask('GET', 'cases'), 404],
  ];
  it.each(refusals)('%s is refused, and nothing is held of it', (_, work, status) =>
    atWork(async open => {
      expect((await work(open)).status).toBe(status);
      expect(open.host.receptions).toHaveLength(0);
    }),
  );

  it('browsers are told which page may ask, by name, and only that one', () =>
    atWork(async open => {
      const preflight = await new Page(open).ask('OPTIONS', 'chats/messages');
      expect(preflight.headers.get('access-control-allow-origin')).toBe(SITE);
      expect(preflight.headers.get('vary')).toContain('Origin');
      expect(preflight.headers.get('access-control-allow-headers')).toContain('last-event-id');
      const stranger = await new Page(open, newToken([KEY]), 'https://altrove.example').ask('OPTIONS', 'chats');
      expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
    }));

  it('who writes or begins too much is asked to wait, and another conversation is not', () =>
    atWork(
      async open => {
        const page = new Page(open);
        expect((await page.say('uno')).status).toBe(201);
        expect((await page.say('due')).status).toBe(201);
        const third = await page.say('tre');
        expect([third.status, third.headers.get('retry-after')]).toEqual([429, '10']);
        expect((await new Page(open).say('uno')).status).toBe(201);
        expect((await page.ask('POST', 'chats')).status).toBe(201);
        expect((await page.ask('POST', 'chats')).status).toBe(429);
      },
      { CHAT_MESSAGES_PER_MINUTE: '2', CHAT_CONVERSATIONS_PER_MINUTE: '1' },
    ));

  it('who asks too much of one conversation, or from one network, is asked to wait: to listen, to read again, to confirm', () =>
    atWork(
      async open => {
        const page = new Page(open);
        const asks = ['GET chats/messages', 'POST chats/receipts'] as const;
        const statuses: number[] = [];
        for (let time = 0; time < 4; time += 1) {
          const [method = '', path = ''] = asks[time % 2]?.split(' ') ?? [];
          statuses.push((await page.ask(method, path, method === 'POST' ? { read: 1 } : undefined)).status);
        }
        expect(statuses).toEqual([200, 204, 200, 429]);
        expect((await page.ask('GET', 'chats/stream')).status).toBe(429);
        // Another conversation, from other addresses of one household.
        const from = (host: string) =>
          new Page(open).ask('GET', 'chats/messages', undefined, { [CLIENT_ADDRESS]: `2001:db8:1:2::${host}` });
        expect((await from('1')).status).toBe(200);
        for (const host of ['2', '3', '4', '5']) await from(host);
        expect((await from('6')).status).toBe(429);
        const elsewhere = { [CLIENT_ADDRESS]: '2001:db8:1:3::1' };
        expect((await new Page(open).ask('GET', 'chats/messages', undefined, elsewhere)).status).toBe(200);
      },
      { CHAT_REQUESTS_PER_MINUTE: '3', CHAT_ADDRESS_REQUESTS_PER_MINUTE: '5' },
    ));

  it('a page that nobody can listen to any more is asked to come back', () =>
    atWork(
      async open => {
        const stream = await new Page(open).listen();
        expect((await new Page(open).ask('GET', 'chats/stream')).status).toBe(503);
        await stream.stop();
        expect((await new Page(open).ask('GET', 'chats/stream')).status).toBe(200);
      },
      { CHAT_LISTENERS: '1' },
    ));

  it('one conversation does not take the places of all the others', () =>
    atWork(
      async open => {
        const page = new Page(open);
        const first = await page.listen();
        for (let count = 0; count < 60; count += 1) await page.listen();
        expect((await new Page(open).ask('GET', 'chats/stream')).status).toBe(200);
        expect(await first.over()).toBe(true);
      },
      { CHAT_LISTENERS: '40' },
    ));

  it('a conversation is known by a name that does not let anybody in', () => {
    const token = newToken([KEY]);
    expect(conversation(token)).toMatch(/^[0-9a-f]{40}$/);
    expect(token).not.toContain(conversation(token));
    expect(conversation(newToken([KEY]))).not.toBe(conversation(token));
  });
});

describe('what is remembered of a conversation', () => {
  const line = (id: string, text = id): Omit<Line, 'seq'> => ({
    id,
    by: 'citizen',
    text,
    at: '2026-01-15T11:00:00.000Z',
  });
  const of = (ids: readonly string[], now: number): Remembered => {
    let kept: Remembered | undefined;
    for (const id of ids) kept = withLine(kept, line(id), now);
    return kept ?? { lines: [], delivered: 0, read: 0, until: 0 };
  };

  it('grows by lines that are always later than those before, also when all was lost and the clock went back', () => {
    const kept = of(['a', 'b', 'c'], 1_000);
    expect(kept.lines.map(({ seq }) => seq)).toEqual([1_000, 1_001, 1_002]);
    expect(withLine(kept, line('d'), 500).lines.at(-1)?.seq).toBe(1_003);
    expect(since(of(['x'], 2_000), 1_003).map(({ id }) => id)).toEqual(['x']);
  });
  it('does not change by a line that is there, and is not written again', () => {
    const kept = of(['a'], 1);
    expect(withLine(kept, line('a'), 9)).toBe(kept);
    expect(withReceipt(kept, { delivered: 0, read: 0 })).toBe(kept);
  });
  it('keeps the last lines of a long conversation, the newest always', () => {
    const many = of(
      Array.from({ length: 400 }, (_, index) => String(index)),
      1,
    );
    expect(many.lines).toHaveLength(300);
    expect(many.lines.at(-1)?.id).toBe('399');
    let long: Remembered | undefined;
    for (const id of ['a', 'b', 'c']) long = withLine(long, line(id, 'x'.repeat(90_000)), 1);
    expect(long?.lines.map(({ id }) => id)).toEqual(['b', 'c']);
  });
  it('is remembered for a week after the last line', () => {
    expect(of(['a'], 0).until).toBe(REMEMBERED_HOURS * 3_600_000);
  });
});
