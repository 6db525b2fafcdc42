import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { Bus, checkedEvent, subjects } from '@filodiretto/bus';
import { eventually, freePort, NatsServer } from '@filodiretto/bus/testing';
import {
  CHANNELS_BUCKET,
  type ChannelAnnouncement,
  ConnectionsAnswer,
  type ClaimSend,
  type EventType,
  type Outbound,
  type SendState,
} from '@filodiretto/contracts';
import { ConfigurationError, createLogger, TextSetting } from '@filodiretto/platform';
import { MediaGone, NotConnected, type Channel, type Fact, type Host, type SendOutcome } from './contract.js';
import { startChannel, type RunningChannel } from './run-channel.js';
import { RECEPTIONS } from './web.js';

jest.setTimeout(60_000);
const quiet = createLogger('spec', 'silent');

class SpecConfig {
  @TextSetting('Secret', { min: 4, secret: true }) readonly specSecret: string;
}

/** A channel of one page: a delivery is a JSON list of words. */
class Spec {
  sent: string[] = [];
  outcome: (message: Outbound) => Promise<SendOutcome> = () =>
    Promise.resolve({ kind: 'accepted', externalId: 'ext-1' });
  settled: SendOutcome | undefined;
  connected: () => Promise<string | undefined> = () => Promise.resolve('Comune');
  mediaFails = 0;
  listens = 0;
  /** The pages that listen: what says something to one, and how many are gone. */
  readonly pages: ((words: string) => void)[] = [];
  gone = 0;
  private stream(): Response {
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        const tell = (words: string): void => controller.enqueue(Buffer.from(`data: ${words}\n\n`));
        this.pages.push(tell);
        tell('hello');
      },
      cancel: () => {
        this.gone += 1;
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }
  readonly channel: Channel<SpecConfig> = {
    manifest: { id: 'spec', name: 'Prova', capabilities: { reply: true } },
    config: SpecConfig,
    connect: (_config, host: Host) =>
      Promise.resolve({
        accounts: ['one'],
        read: (reception, raw) => {
          const text = Buffer.from(raw).toString();
          if (text === 'broken') throw new Error('these bytes say nothing');
          return Promise.resolve(
            (JSON.parse(text) as string[]).map((word): Fact =>
              word.startsWith('since:') ? contentOf(word, reception.receivedAt) : messageOf(word, reception.receivedAt),
            ),
          );
        },
        send: (message: Outbound) => {
          this.sent.push(message.id);
          return this.outcome(message);
        },
        settle: () => Promise.resolve(this.settled),
        connections: () => [{ side: 'account', ask: () => this.connected() }],
        fetchMedia: async ({ source }) => {
          if (source === 'gone') throw new MediaGone('gone');
          if (this.mediaFails-- > 0) throw new Error('not yet');
          return host.keep(Buffer.from(source), 'image/png');
        },
        webhook: async request => {
          if (request.url.endsWith('/stream')) return this.stream();
          await host.receive(new Uint8Array(await request.arrayBuffer()), {
            account: 'one',
            mediaType: 'application/json',
            about: { url: request.url },
          });
          return new Response('yes');
        },
        listen: async signal => {
          this.listens += 1;
          if (this.listens === 1) throw new Error('the connection was lost');
          await new Promise(resolve => signal.addEventListener('abort', resolve));
        },
      }),
  };
}
const messageOf = (word: string, at: string): Fact => ({
  message: {
    account: 'one',
    externalId: word,
    conversation: 'talk',
    from: { kind: 'name', value: 'someone' },
    author: 'contact',
    content: word.startsWith('media:')
      ? [
          {
            type: 'media',
            kind: 'image',
            mediaType: 'image/png',
            fetch: 'pending',
            scan: 'pending',
            source: word.slice(6),
          },
        ]
      : [{ type: 'text', text: word }],
    sentAt: at,
  },
});

/** A message that says since then what it promises, as a call does whose recording comes later. */
const contentOf = (word: string, at: string): Fact => ({
  progress: {
    account: 'one',
    externalId: word,
    conversation: 'talk',
    state: 'content',
    revision: Date.parse(at),
    at,
    content: [
      { type: 'text', text: 'Chiamata' },
      { type: 'media', kind: 'voice', mediaType: 'audio/mpeg', fetch: 'pending', scan: 'pending', source: word },
    ],
  },
});

describe('a channel that runs', () => {
  const nats = new NatsServer();
  const blobs = mkdtempSync(join(tmpdir(), 'blobs-'));
  let spec: Spec;
  let running: RunningChannel;
  let core: Bus;
  let env: Record<string, string>;
  const claims = new Map<string, { readonly state: SendState; readonly claimant: string | undefined }>();
  const deaf = new Set<string>();
  /** Orders of which the core grants the claim and dies before it answers. */
  const dying = new Set<string>();

  beforeAll(() => nats.start());
  afterAll(async () => {
    await nats.kill();
    nats.wipe();
    rmSync(blobs, { recursive: true, force: true });
  });
  beforeEach(async () => {
    spec = new Spec();
    claims.clear();
    const port = await freePort();
    env = {
      PORT: String(port),
      NATS_URL: nats.url,
      PARTITION_KEY: 'a-key-for-the-spec',
      PUBLIC_URL: 'https://citta.example/spec',
      BLOB_DIR: blobs,
      SPEC_SECRET: 'secret',
      LOG_LEVEL: 'silent',
      NODE_ENV: 'test',
    };
    running = await startChannel(spec.channel, env, quiet);
    core = await Bus.connect({
      servers: [nats.url],
      name: 'core',
      limits: { replicas: 1, maxBytes: 4_000_000_000 },
      production: false,
      log: quiet,
    });
    core.connection.subscribe(subjects.ask('claim'), {
      callback: (_error, message) => {
        const { message: id, attempt, claimant } = message.json<ClaimSend>();
        if (deaf.delete(id)) {
          message.respond(JSON.stringify({ fault: 'the database is away' }));
          return;
        }
        const key = `${id} ${attempt}`;
        const { state, claimant: winner } = claims.get(key) ?? { state: 'queued', claimant };
        claims.set(key, { state: 'sending', claimant: winner });
        if (dying.delete(id)) {
          message.respond(JSON.stringify({ fault: 'the core is gone' }));
          return;
        }
        const granted = state === 'queued' || (winner !== undefined && winner === claimant);
        message.respond(JSON.stringify({ granted, state }));
      },
    });
  });
  afterEach(async () => {
    await running.stop();
    await core.close();
  });

  const deliver = (body: string): Promise<Response> => fetch(`${running.url}/any/path?x=1`, { method: 'POST', body });
  /** Every event of a stream, in order. */
  async function events(
    stream: 'IN' | 'OUT',
  ): Promise<{ type: EventType; data: Record<string, unknown>; subject: string }[]> {
    const { messages } = (await core.manager.streams.info(stream)).state;
    if (messages === 0) return [];
    const consumer = await core.jetstream.consumers.get(stream);
    const found: { type: EventType; data: Record<string, unknown>; subject: string }[] = [];
    for await (const one of await consumer.fetch({ max_messages: messages, expires: 2_000 })) {
      const type = one.headers?.get('ce-type') as EventType;
      found.push({
        type,
        data: checkedEvent(type, one.json()) as unknown as Record<string, unknown>,
        subject: one.subject,
      });
    }
    return found;
  }
  const about = async (look: (data: Record<string, unknown>) => boolean): Promise<Record<string, unknown>[]> =>
    (await events('IN')).map(one => one.data).filter(look);
  const order = async (id = v7()): Promise<string> => {
    const message: Outbound = {
      id,
      attempt: 1,
      channel: 'spec',
      account: 'one',
      conversation: 'talk',
      to: { kind: 'name', value: 'someone' },
      author: 'operator',
      visibility: 'parties',
      content: [{ type: 'text', text: 'buongiorno' }],
      thread: { token: 'tok' },
      queuedAt: new Date().toISOString(),
    };
    await core.publish('message.queued.v1', subjects.out('spec', 'one'), message, { id: `${id}-${v7()}` });
    return id;
  };
  const outcomeOf = (id: string): Promise<Record<string, unknown>> =>
    eventually(async () => (await about(data => data.message === id)).at(-1));

  /** A page that listens: what it hears next, `undefined` when it is over. */
  const page = async (): Promise<{ next: () => Promise<string | undefined>; leave: () => void }> => {
    const abort = new AbortController();
    const answer = await fetch(`${running.url}/stream`, { signal: abort.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    return {
      next: async () => {
        const { value } = await reader.read();
        return value && Buffer.from(value).toString();
      },
      leave: () => abort.abort(),
    };
  };

  it('passes on a stream of events as it comes, to each who listens, and lets it go when its reader goes', async () => {
    const [one, other] = [await page(), await page()];
    expect([await one.next(), await other.next()]).toEqual(['data: hello\n\n', 'data: hello\n\n']);
    spec.pages[0]?.('for one');
    spec.pages[1]?.('for the other');
    expect([await one.next(), await other.next()]).toEqual(['data: for one\n\n', 'data: for the other\n\n']);
    one.leave();
    await eventually(() => Promise.resolve(spec.gone === 1 || undefined));
    spec.pages[1]?.('still there');
    expect(await other.next()).toBe('data: still there\n\n');
  });

  it('stops while pages listen and after others have left, and tells those that listen that it is over', async () => {
    const [gone, stays] = [await page(), await page()];
    await Promise.all([gone.next(), stays.next()]);
    gone.leave();
    await running.stop();
    expect(await stays.next()).toBeUndefined();
    expect(spec.gone).toBe(2);
    running = await startChannel(spec.channel, { ...env, PORT: String(await freePort()) }, quiet);
  });

  it('bounds what all bodies have of memory at once, and hears who sends little meanwhile', async () => {
    const { port } = new URL(running.url);
    const sending = Array.from({ length: 6 }, () => {
      const socket = connect(Number(port), '127.0.0.1');
      const over = new Promise<void>(resolve => socket.once('close', () => resolve()));
      // A connection that is cut is told so while it writes.
      socket.on('error', () => undefined);
      socket.write('POST /any HTTP/1.1\r\nhost: spec\r\ncontent-length: 29000000\r\n\r\n');
      socket.write(Buffer.alloc(28_000_000, 'a'));
      return { socket, over };
    });
    const isTaken = (body: string): Promise<true | undefined> =>
      deliver(body).then(
        ({ status }) => status === 200 || undefined,
        () => undefined,
      );
    try {
      await Promise.race(sending.map(({ over }) => over));
      // As a provider does, it is sent again when the connection breaks: the others still send.
      await eventually(() => isTaken('["little"]'));
    } finally {
      for (const { socket } of sending) socket.destroy();
    }
    await Promise.all(sending.map(({ over }) => over));
    const large = JSON.stringify(['l'.repeat(20_000_000)]);
    await eventually(() => isTaken(large));
  });

  it('says yes to the provider only with every item of the batch in the stream and the bytes kept', async () => {
    const words = [v7(), v7(), v7()];
    const answer = await deliver(JSON.stringify(words));
    expect([answer.status, await answer.text()]).toEqual([200, 'yes']);
    expect(answer.headers.get(RECEPTIONS)).toMatch(/^[0-9a-f-]{36}$/);
    const found = await about(data => words.includes(String(data.externalId)));
    expect(found.map(data => data.externalId)).toEqual(words);
    expect(found.map(data => (data.reception as { index: number; count: number }).index)).toEqual([0, 1, 2]);
  });

  it('tells of each item of a batch that says the same twice, so that neither is missed', async () => {
    const word = v7();
    expect((await deliver(JSON.stringify([word, word]))).status).toBe(200);
    const found = await about(data => data.externalId === word);
    expect(found.map(data => (data.reception as { index: number }).index)).toEqual([0, 1]);
    expect(new Set(found.map(data => data.id)).size).toBe(1);
  });

  it('parks a delivery that cannot be read, and tells the provider yes: nobody sends it again', async () => {
    expect((await deliver('broken')).status).toBe(200);
    expect((await events('IN')).at(-1)).toMatchObject({
      type: 'reception.unreadable.v1',
      data: { reason: 'these bytes say nothing' },
    });
  });

  it('records a delivery that carried nothing, so that nothing kept stays unexplained', async () => {
    expect((await deliver('[]')).status).toBe(200);
    expect((await events('IN')).at(-1)?.type).toBe('reception.empty.v1');
  });

  it('parks what the contract does not allow instead of publishing or losing it', async () => {
    expect((await deliver(JSON.stringify(['x'.repeat(1_001)]))).status).toBe(200);
    expect((await events('IN')).at(-1)).toMatchObject({
      type: 'reception.unreadable.v1',
      data: { reason: expect.stringContaining('externalId') },
    });
  });

  it('answers 503 while the bus is away, and the delivery can be read again from what was kept', async () => {
    await nats.kill();
    const word = v7();
    const answer = await deliver(JSON.stringify([word]));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    await nats.start();
    await eventually(async () => ((await deliver(JSON.stringify([word]))).status === 200 ? true : undefined));
    await eventually(() => (core.connected ? true : undefined));
    const found = await eventually(() => about(data => data.externalId === word).catch(() => undefined));
    expect(found).not.toHaveLength(0);
  });

  it('reads a kept reception again when the core asks, and gives the same id', async () => {
    const word = v7();
    await deliver(JSON.stringify([word]));
    const [first] = await about(data => data.externalId === word);
    const reception = (first?.reception as { reception: string }).reception;
    const answer = await core.connection.request(
      subjects.askChannel('spec', 'read-again'),
      JSON.stringify({ reception }),
      { timeout: 5_000 },
    );
    expect(answer.json()).toEqual({ done: true });
    const both = await about(data => data.externalId === word);
    expect(both.map(data => data.id)).toEqual([first?.id, first?.id]);
  });

  it('carries an order out once, however often it is delivered', async () => {
    const id = await order();
    await order(id);
    await order(id);
    const accepted = await eventually(async () =>
      (await about(data => data.message === id && data.state === 'accepted')).at(0),
    );
    expect(accepted).toMatchObject({ externalId: 'ext-1', attempt: 1 });
    await eventually(async () =>
      (await core.manager.consumers.info('OUT', 'channel-spec')).num_ack_pending === 0 ? true : undefined,
    );
    expect(spec.sent.filter(sent => sent === id)).toHaveLength(1);
  });

  it('lets no order overtake another of its conversation while the core cannot answer', async () => {
    const [first, second] = [v7(), v7()];
    deaf.add(first);
    await order(first);
    await order(second);
    await eventually(() => (spec.sent.includes(first) && spec.sent.includes(second) ? true : undefined));
    expect(spec.sent.filter(sent => sent === first || sent === second)).toEqual([first, second]);
  });

  it('sends once what the core granted and died before it said so: it does not become unknown', async () => {
    const id = v7();
    dying.add(id);
    await order(id);
    const [told] = await eventually(async () => {
      const found = await about(data => data.message === id);
      return found.length > 0 ? found : undefined;
    });
    expect(told).toMatchObject({ state: 'accepted' });
    expect(spec.sent.filter(sent => sent === id)).toEqual([id]);
  });

  it('tells what the provider answered once the bus is back: it does not become unknown', async () => {
    const id = v7();
    spec.outcome = async sent => {
      if (sent.id === id) await nats.kill();
      return { kind: 'accepted', externalId: 'ext-away' };
    };
    await order(id);
    await eventually(() => (spec.sent.includes(id) ? true : undefined));
    await nats.start();
    const [told] = await eventually(async () => {
      const found = await about(data => data.message === id).catch(() => []);
      return found.length > 0 ? found : undefined;
    });
    expect(told).toMatchObject({ state: 'accepted', externalId: 'ext-away' });
    expect(spec.sent.filter(sent => sent === id)).toHaveLength(1);
  });

  it('reports a refusal with its reason, and an error as unknown', async () => {
    spec.outcome = () => Promise.resolve({ kind: 'refused', reason: 'window_closed', detail: 'use a template' });
    expect(await outcomeOf(await order())).toMatchObject({
      state: 'failed',
      reason: 'window_closed',
      detail: 'use a template',
    });
    spec.outcome = () => Promise.reject(new Error('socket hang up'));
    expect(await outcomeOf(await order())).toMatchObject({ state: 'unknown', detail: 'socket hang up' });
  });

  it('never calls the provider for an attempt that another process claimed: it settles or says unknown', async () => {
    const id = v7();
    claims.set(`${id} 1`, { state: 'sending', claimant: undefined });
    await order(id);
    expect(await outcomeOf(id)).toMatchObject({ state: 'unknown' });
    spec.settled = { kind: 'accepted', externalId: 'found' };
    const other = v7();
    claims.set(`${other} 1`, { state: 'sending', claimant: undefined });
    await order(other);
    expect(await outcomeOf(other)).toMatchObject({ state: 'accepted', externalId: 'found' });
    expect(spec.sent).not.toContain(id);
    expect(spec.sent).not.toContain(other);
  });

  it('shows a message before its attachment, fetches it with patience, and says when it is gone for ever', async () => {
    spec.mediaFails = 1;
    const [late, gone] = [`media:${v7()}`, 'media:gone'];
    await deliver(JSON.stringify([late, gone]));
    expect((await about(data => data.externalId === late)).length).toBeGreaterThan(0);
    const fetched = await eventually(async () =>
      (await about(data => data.externalId === late && data.state === 'media')).at(0),
    );
    expect(fetched).toMatchObject({ part: 0, media: { fetch: 'done', blob: { mediaType: 'image/png' } } });
    const lost = await eventually(async () =>
      (await about(data => data.externalId === gone && data.state === 'media')).at(0),
    );
    expect(lost).toMatchObject({ media: { fetch: 'expired' } });
  });

  it('fetches at once what a message promises only since, once for each time it is there', async () => {
    const late = `since:${v7()}`;
    await deliver(JSON.stringify([late]));
    const fetched = await eventually(async () =>
      (await about(data => data.externalId === late && data.state === 'media')).at(0),
    );
    expect(fetched).toMatchObject({ part: 1, conversation: 'talk', media: { fetch: 'done', kind: 'voice' } });
  });

  it('introduces itself, with what troubles it', async () => {
    const bucket = await core.bucket(CHANNELS_BUCKET);
    const announced = await eventually(async () => (await bucket.get('spec'))?.json<ChannelAnnouncement>());
    expect(announced).toMatchObject({ manifest: { id: 'spec', capabilities: { reply: true } }, accounts: ['one'] });
    const ready = await fetch(`${running.url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain('the connection was lost');
    await eventually(async () => ((await fetch(`${running.url}/health/ready`)).status === 200 ? true : undefined));
    expect(spec.listens).toBe(2);
  });

  it('asks its provider when the core wants to know whether it is connected, and tells no secret of its own', async () => {
    const subject = subjects.askChannel('spec', 'check-connections');
    const asked = (accounts: string[]): Promise<ConnectionsAnswer> =>
      core.ask(subject, { accounts }, ConnectionsAnswer, { timeoutMs: 5_000 });
    const tookMs = expect.any(Number);
    expect(await asked(['one', 'two'])).toEqual({
      items: [
        { account: 'one', side: 'account', result: 'works', detail: 'Comune', tookMs },
        { account: 'two', side: 'account', result: 'not_found', detail: expect.any(String), tookMs },
      ],
    });
    spec.connected = () => Promise.reject(new NotConnected('unauthorized', 'the token secret\nis over'));
    expect(await asked(['one'])).toMatchObject({
      items: [{ result: 'unauthorized', detail: 'the token ••• is over' }],
    });
    const nobody = `http://127.0.0.1:${await freePort()}`;
    spec.connected = () => fetch(nobody).then(() => undefined);
    expect(await asked(['one'])).toMatchObject({ items: [{ result: 'unreachable' }] });
    spec.connected = () => Promise.reject(new Error('ouch'));
    expect(await asked(['one'])).toMatchObject({ items: [{ result: 'failed', detail: 'ouch' }] });
  });

  it('does not start with a bad configuration, and says all that is wrong', async () => {
    const bad = startChannel(spec.channel, { ...env, PORT: 'x', SPEC_SECRET: 'abc' }, quiet);
    await expect(bad).rejects.toThrow(ConfigurationError);
    await expect(bad).rejects.toMatchObject({
      mistakes: [expect.stringMatching(/^PORT/), expect.stringMatching(/^SPEC_SECRET/)],
    });
  });
});
