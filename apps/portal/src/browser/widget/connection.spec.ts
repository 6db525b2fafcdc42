import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Conversation } from './connection.js';
import type { Challenge } from './proof.js';

const KEY = 'filodiretto:chat:http://chat.example';

/** The memory of a browser that every page of a site shares; it may be full. */
class Shared {
  isFull = false;
  private readonly items = new Map<string, string>();
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  setItem = (key: string, value: string): void => {
    if (this.isFull) throw new Error('full');
    this.items.set(key, value);
  };
}

/** The chat, which answers as it is told, or never. */
class Chat {
  readonly said: { readonly token: string; readonly id: string; readonly text: string; readonly proof?: string }[] = [];
  readonly receipts: { readonly read: number }[] = [];
  readonly brought: { readonly id: string; readonly text: string; readonly files: readonly string[] }[] = [];
  /** No file gets through. */
  cut = false;
  begun = 0;
  challenge: Challenge | undefined;
  looks = 0;
  hears = true;
  answer: (() => Response) | undefined;
  /** Tokens that hold no longer. */
  readonly over = new Set<string>();

  fetch = (url: string, { headers, body }: RequestInit = {}): Promise<Response> => {
    const token = new Headers(headers).get('authorization')?.replace('Bearer ', '') ?? '';
    if (url.endsWith('/chats')) {
      this.begun += 1;
      return Promise.resolve(Response.json({ token: 'new', challenge: this.challenge }, { status: 201 }));
    }
    if (url.endsWith('/attendance')) {
      this.looks += 1;
      return this.hears ? Promise.resolve(Response.json({ open: true })) : Promise.reject(new Error('nobody'));
    }
    if (url.endsWith('/receipts') && typeof body === 'string') {
      this.receipts.push(JSON.parse(body) as { read: number });
      return this.hears ? Promise.resolve(new Response(null, { status: 204 })) : Promise.reject(new Error('nobody'));
    }
    if (!url.endsWith('/messages')) return new Promise(() => undefined);
    if (body instanceof FormData) {
      const files = body.getAll('files').map(file => (file instanceof File ? file.name : ''));
      const said = (name: string): string => {
        const value = body.get(name);
        return typeof value === 'string' ? value : '';
      };
      this.brought.push({ id: said('id'), text: said('text'), files });
      return this.cut ? Promise.reject(new Error('cut')) : Promise.resolve(this.answer?.() ?? new Response());
    }
    if (typeof body === 'string') this.said.push({ ...(JSON.parse(body) as { id: string; text: string }), token });
    if (this.over.has(token)) return Promise.resolve(new Response(null, { status: 401 }));
    return this.answer ? Promise.resolve(this.answer()) : new Promise(() => undefined);
  };
}

type Hear = (event: { readonly key: string }) => void;
let shared: Shared;
let chat: Chat;
let pages: Hear[];
const before = { ...Object.getOwnPropertyDescriptors(globalThis) };
const NAMES = ['localStorage', 'fetch', 'addEventListener', 'navigator'] as const;

const page = (): Conversation => new Conversation('http://chat.example', 'it', () => undefined, 'non è arrivato');
/** A browser tells the pages that wrote nothing, a little later. */
const tell = (): void => {
  for (const hear of pages) hear({ key: KEY });
};
const soon = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 20));
/** Until so many messages reached the chat: a proof takes as long as it takes. */
const until = async (count: number): Promise<void> => {
  for (let turn = 0; chat.said.length < count && turn < 250; turn += 1) await soon();
};
const kept = (): { token?: string; pending: { text: string }[] } =>
  JSON.parse(shared.getItem(KEY) ?? '{}') as { token?: string; pending: { text: string }[] };

/** A browser, as far as the widget needs one. */
const given = (): void => {
  shared = new Shared();
  chat = new Chat();
  pages = [];
  const browser = {
    localStorage: shared,
    fetch: chat.fetch,
    navigator: { onLine: true },
    addEventListener: (name: string, hear: Hear) => void (name === 'storage' && pages.push(hear)),
  };
  for (const name of NAMES) Object.defineProperty(globalThis, name, { value: browser[name], configurable: true });
};
const takenBack = (): void => {
  for (const name of NAMES) {
    const was = before[name];
    if (was) Object.defineProperty(globalThis, name, was);
    else Reflect.deleteProperty(globalThis, name);
  }
};

describe('what is written in the chat of a site', () => {
  beforeEach(() => {
    given();
    shared.setItem(KEY, JSON.stringify({ token: 'old', pending: [], read: 0 }));
  });
  afterEach(takenBack);

  it('is not lost when another page of the site, not told of it yet, notes that an answer was read', async () => {
    const [one, other] = [page(), page()];
    other.lines.push({ seq: 7, id: 'a', by: 'office', text: 'Buongiorno', at: '2026-11-26T10:00:00Z' });
    one.say({ text: 'Il lampione è spento' });
    other.seen();
    tell();
    await soon();
    expect(one.pending.map(({ text }) => text)).toEqual(['Il lampione è spento']);
    expect(kept().pending.map(({ text }) => text)).toEqual(['Il lampione è spento']);
  });

  it('was answered, and that the answer was read is told until the chat has heard it, and then no more', async () => {
    const one = page();
    one.lines.push({ seq: 7, id: 'a', by: 'office', text: 'Buongiorno', at: '2026-11-26T10:00:00Z' });
    chat.hears = false;
    one.seen();
    await soon();
    expect(chat.receipts).toEqual([{ delivered: 0, read: 7 }]);
    chat.hears = true;
    await new Promise(resolve => setTimeout(resolve, 600));
    expect(chat.receipts).toHaveLength(2);
    one.seen();
    await soon();
    expect(chat.receipts).toHaveLength(2);
  });

  it('is sent by the page that stays, under the same id, when the one it was written on is gone', async () => {
    const one = page();
    page();
    one.say({ text: 'Il lampione è spento' });
    pages[1]?.({ key: KEY });
    await soon();
    expect(chat.said).toHaveLength(2);
    expect(new Set(chat.said.map(({ id }) => id)).size).toBe(1);
  });

  it('is all there also where the browser has no place to keep it', async () => {
    const one = page();
    shared.isFull = true;
    one.say({ text: 'uno' });
    one.say({ text: 'due' });
    await soon();
    expect(one.pending.map(({ text }) => text)).toEqual(['uno', 'due']);
  });

  it('is given back with the reason when it is refused for good, once whichever page sent it', async () => {
    chat.answer = () => Response.json({ detail: 'Da questa pagina non si può scrivere in chat.' }, { status: 403 });
    const [one, other] = [page(), page()];
    one.say({ text: 'parole mie' });
    await soon();
    tell();
    await soon();
    expect(one.refused?.text).toBe('parole mie');
    expect(one.wrong).toContain('non si può');
    expect(other.refused).toBeUndefined();
    expect(kept().pending).toEqual([]);
  });

  it('goes with its files when it has some, under one id until it is held, after what was written before and before what comes', async () => {
    const one = page();
    let seq = 0;
    chat.answer = () => Response.json({ seq: (seq += 1), at: '2026-11-26T10:00:00Z' }, { status: 201 });
    one.say({ text: 'prima' });
    one.say({ text: 'ecco la foto', files: [new File(['x'], 'foto.png')] });
    one.say({ text: 'dopo' });
    expect(one.carries).toBe(true);
    await soon();
    expect(chat.brought).toMatchObject([{ text: 'ecco la foto', files: ['foto.png'] }]);
    expect(one.lines.map(({ text }) => text)).toEqual(['prima', 'ecco la foto', 'dopo']);
    expect(one.lines[1]?.files).toEqual([{ name: 'foto.png', bytes: 1 }]);
    expect([one.carries, one.pending]).toEqual([false, []]);
  });

  it('is given back with its files when they never get through, and keeps nothing that comes after it back', async () => {
    jest.useFakeTimers();
    try {
      chat.cut = true;
      chat.answer = () => Response.json({ seq: 9, at: '2026-11-26T10:00:00Z' }, { status: 201 });
      const one = page();
      const file = new File(['x'], 'foto.png');
      one.say({ text: 'ecco la foto', files: [file] });
      await jest.advanceTimersByTimeAsync(100);
      expect(one.pending).toHaveLength(1);
      one.say({ text: 'dopo' });
      await jest.advanceTimersByTimeAsync(60_000);
      expect(chat.brought).toHaveLength(4);
      expect(new Set(chat.brought.map(({ id }) => id)).size).toBe(1);
      expect(one.refused).toMatchObject({ text: 'ecco la foto', files: [file] });
      expect(one.wrong).toBe('non è arrivato');
      expect(one.lines.map(({ text }) => text)).toEqual(['dopo']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('with its files is not given up for what is not theirs: a chat that is away or slow counts for no attempt', async () => {
    jest.useFakeTimers();
    try {
      const one = page();
      chat.answer = () => new Response(null, { status: 503 });
      one.say({ text: 'ecco la foto', files: [new File(['x'], 'foto.png')] });
      await jest.advanceTimersByTimeAsync(30_000);
      expect(chat.brought.length).toBeGreaterThan(4);
      chat.cut = true;
      const before = chat.brought.length;
      for (let turn = 0; chat.brought.length === before && turn < 100; turn += 1)
        await jest.advanceTimersByTimeAsync(500);
      expect(one.pending).toHaveLength(1);
      chat.cut = false;
      chat.answer = () => Response.json({ seq: 9, at: '2026-11-26T10:00:00Z' }, { status: 201 });
      await jest.advanceTimersByTimeAsync(30_000);
      expect([one.pending, one.wrong, one.lines.length]).toEqual([[], '', 1]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('does not end the conversation that another page began when the one before it is over', async () => {
    chat.over.add('old');
    const one = page();
    shared.setItem(KEY, JSON.stringify({ token: 'newer', pending: [], read: 0 }));
    chat.answer = () => Response.json({ seq: 1, at: '2026-11-26T10:00:00Z' }, { status: 201 });
    // Said while this page still takes the old token for good.
    one.say({ text: 'ancora io' });
    await soon();
    expect(kept().token).toBe('newer');
  });
});

describe('the proof that the chat asks of a machine', () => {
  beforeEach(() => {
    given();
    // Any key solves it.
    const parameters = { algorithm: 'PBKDF2/SHA-256', nonce: '00', salt: '00', cost: 1, keyLength: 16, keyPrefix: '' };
    chat.challenge = { parameters: { ...parameters, expiresAt: Date.now() / 1_000 + 3_600 }, signature: 'one' };
    chat.answer = () => Response.json({ seq: 1, at: '2026-11-26T10:00:00Z' }, { status: 201 });
  });
  afterEach(takenBack);

  it('is made while the first message is written, goes with it and with no other', async () => {
    const one = page();
    one.writes(true);
    await soon();
    expect([chat.begun, chat.said]).toEqual([1, []]);
    one.say({ text: 'uno' });
    await until(1);
    await soon();
    one.say({ text: 'due' });
    await until(2);
    expect(chat.begun).toBe(1);
    expect(chat.said.map(({ proof }) => typeof proof)).toEqual(['string', 'undefined']);
    expect(JSON.parse(atob(chat.said[0]?.proof ?? ''))).toMatchObject({ challenge: { signature: 'one' } });
  });

  it('is not waited for when the conversation was begun too long ago: what may have been sent is sent to no other', async () => {
    const { challenge } = chat;
    if (!challenge) throw new Error('none is asked');
    const parameters = { ...challenge.parameters, expiresAt: Date.now() / 1_000 - 1 };
    const pending = [{ id: 'f0000000-0000-4000-8000-000000000001', text: 'uno' }];
    const stale = { token: 'old', challenge: { parameters, signature: 'stale' }, pending, read: 0 };
    shared.setItem(KEY, JSON.stringify(stale));
    const one = page();
    await until(1);
    one.say({ text: 'due' });
    await until(2);
    expect(chat.begun).toBe(0);
    expect(chat.said).toMatchObject([
      { token: 'old', text: 'uno', id: pending[0]?.id },
      { token: 'old', text: 'due' },
    ]);
    expect(chat.said.map(({ proof }) => proof)).toEqual([undefined, undefined]);
  });
});

describe('whether anybody is there', () => {
  beforeEach(() => {
    given();
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    takenBack();
  });
  const pass = (seconds: number): Promise<void> => jest.advanceTimersByTimeAsync(seconds * 1_000);

  it('is asked at once and then twice a minute, as long as somebody looks, however often they open and close', async () => {
    const one = page();
    for (let time = 0; time < 50; time += 1) {
      one.watch(true);
      one.watch(false);
    }
    one.watch(true);
    await pass(1);
    expect(chat.looks).toBe(1);
    expect(one.attendance).toEqual({ open: true });
    await pass(300);
    expect(chat.looks).toBeGreaterThanOrEqual(7);
    expect(chat.looks).toBeLessThanOrEqual(15);
    const before = chat.looks;
    one.watch(false);
    await pass(3_600);
    expect(chat.looks).toBe(before);
  });

  it('is asked less and less while nothing answers, and the widget says so', async () => {
    chat.hears = false;
    const one = page();
    one.watch(true);
    await pass(3_600);
    expect(one.reach).toBe('away');
    expect(chat.looks).toBeGreaterThan(3);
    expect(chat.looks).toBeLessThan(20);
  });
});
