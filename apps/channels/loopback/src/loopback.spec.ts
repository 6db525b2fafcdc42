import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { channelContract, openChannel, type Delivery, type OpenChannel } from '@filodiretto/channel-kit/testing';
import type { Outbound } from '@filodiretto/contracts';
import { loopback, sign, SIGNATURE_HEADER } from './channel.js';
import { LoopbackProvider, type Delivered } from './provider.js';

const SECRET = 'a-secret-of-the-spec';
const ACCOUNT = 'banco';
/** The folder of deliveries of one test, and what its channel says was sent. */
interface Double {
  readonly spool: string;
  outbox: string;
}
const double = (): Double => {
  const spool = mkdtempSync(join(tmpdir(), 'spool-'));
  return { spool, outbox: `${spool}.outbox` };
};
const envOf = ({ spool, outbox }: Double): Record<string, string> => ({
  LOOPBACK_SECRET: SECRET,
  LOOPBACK_SPOOL: spool,
  LOOPBACK_OUTBOX: outbox,
  LOOPBACK_CONTROL: 'true',
});
const delivered = ({ outbox }: Double): readonly Delivered[] => new LoopbackProvider(outbox).outbox();
const requestOf = ({ raw, account }: Delivery, secret: string, at = Date.now()): Request =>
  new Request(`https://citta.example/loopback/deliveries/${account}`, {
    method: 'POST',
    headers: { [SIGNATURE_HEADER]: sign(secret, raw, at) },
    body: Uint8Array.from(raw),
  });
const deliveryOf = (...items: readonly object[]): Delivery => ({
  raw: Buffer.from(JSON.stringify({ items })),
  account: ACCOUNT,
  mediaType: 'application/json',
});
const withText = (order: Outbound, text: string): Outbound => ({ ...order, content: [{ type: 'text', text }] });

channelContract('loopback', {
  channel: loopback,
  provider: double,
  stop: ({ spool, outbox }) => [spool, outbox].forEach(path => rmSync(path, { recursive: true, force: true })),
  env: envOf,
  badConfiguration: {
    env: { LOOPBACK_SECRET: 'short', LOOPBACK_CONTROL: 'perhaps' },
    mistakes: ['LOOPBACK_SECRET', 'LOOPBACK_CONTROL'],
  },
  fixtures: { folder: new URL('./fixtures/', import.meta.url), account: ACCOUNT, mediaType: 'application/json' },
  say: said => deliveryOf(...said.map(one => ({ kind: 'message', ...one }))),
  batches: true,
  oneConversation: true,
  unknownKind: () => deliveryOf({ kind: 'hologram', id: 'h-1', person: 'anna' }),
  webhook: {
    request: delivery => requestOf(delivery, SECRET),
    forged: delivery => requestOf(delivery, 'the-secret-of-a-stranger'),
  },
  listen: {
    put: ({ raw }, { spool }) => writeFileSync(join(spool, `${Date.now()}.json`), raw),
    waiting: ({ spool }) => readdirSync(spool).length,
  },
  send: {
    order: { account: ACCOUNT, conversation: 'anna', to: { kind: 'loopback', value: 'anna' } },
    sent: provider => delivered(provider).length,
    refusal: { reason: 'opted_out', arrange: order => withText(order, 'Buongiorno [refuse:opted_out]') },
    unknown: order => withText(order, 'Buongiorno [unknown]'),
  },
  connection: {
    refused: {
      side: 'sending',
      result: 'not_found',
      env: ({ spool }) => ({ LOOPBACK_OUTBOX: join(spool, 'no-such-folder', 'outbox') }),
    },
    silent: { notApplicable: 'the provider lives inside the channel' },
  },
});

describe('the loopback channel', () => {
  const on = async (work: (open: OpenChannel, provider: Double) => Promise<void>, env = {}): Promise<void> => {
    const provider = double();
    try {
      await work(await openChannel(loopback, { ...envOf(provider), ...env }), provider);
    } finally {
      [provider.spool, provider.outbox].forEach(path => rmSync(path, { recursive: true, force: true }));
    }
  };
  const order: Outbound = {
    id: '019bc14e-7a00-7000-8000-00000000000a',
    attempt: 1,
    channel: 'loopback',
    account: ACCOUNT,
    conversation: 'anna',
    to: { kind: 'loopback', value: 'anna' },
    author: 'operator',
    visibility: 'parties',
    content: [{ type: 'text', text: 'Buongiorno' }],
    thread: { token: 'tok' },
    queuedAt: '2026-01-15T11:00:00.000Z',
  };
  const ask = (open: OpenChannel, path: string, init?: RequestInit): Promise<Response> =>
    open.session.webhook?.(new Request(`https://citta.example${path}`, init)) ??
    Promise.reject(new Error('no webhook'));

  it('refuses a delivery signed long ago, and takes one signed with the secret that is being replaced', () =>
    on(
      async ({ session, host }) => {
        const delivery = deliveryOf({ kind: 'message', id: 'm', person: 'anna', text: 'ciao' });
        expect((await session.webhook?.(requestOf(delivery, SECRET, Date.now() - 600_000)))?.status).toBe(401);
        expect((await session.webhook?.(requestOf(delivery, 'the-secret-of-before')))?.status).toBe(202);
        expect(host.messages).toHaveLength(1);
      },
      { LOOPBACK_PREVIOUS_SECRET: 'the-secret-of-before' },
    ));

  it('knows only its own accounts', () =>
    on(async ({ session, host }) => {
      const delivery = { ...deliveryOf({ kind: 'message', text: 'ciao' }), account: 'altrove' };
      expect((await session.webhook?.(requestOf(delivery, SECRET)))?.status).toBe(404);
      expect(host.receptions).toHaveLength(0);
    }));

  it('remembers across a restart what was sent, so that a lost answer can be settled', () =>
    on(async ({ session }, provider) => {
      const lost = withText(order, '[unknown]');
      await expect(session.send(lost)).rejects.toThrow();
      const again = await openChannel(loopback, envOf(provider));
      expect(await again.session.settle?.(lost)).toMatchObject({ kind: 'accepted' });
      expect(await again.session.settle?.({ ...lost, attempt: 2 })).toBeUndefined();
    }));

  it('does what its control asks with the next orders, and lists what was sent', () =>
    on(async open => {
      const body = JSON.stringify({ next: ['refuse:invalid_recipient', 'unknown:unsent'] });
      expect((await ask(open, '/control', { method: 'POST', body })).status).toBe(204);
      expect(await open.session.send(order)).toMatchObject({ kind: 'refused', reason: 'invalid_recipient' });
      await expect(open.session.send(order)).rejects.toThrow('did not answer');
      await open.session.send(order);
      const { items } = (await (await ask(open, '/outbox?conversation=anna')).json()) as { items: Delivered[] };
      expect(items).toMatchObject([{ message: order.id, text: 'Buongiorno', token: 'tok' }]);
      await ask(open, '/outbox', { method: 'DELETE' });
      expect(await (await ask(open, '/outbox')).json()).toEqual({ items: [] });
    }));

  it('hides its outbox unless it was told otherwise', () =>
    on(async open => expect((await ask(open, '/outbox')).status).toBe(404), { LOOPBACK_CONTROL: 'false' }));

  it('lets a template through when the window is closed', () =>
    on(async ({ session }) => {
      const late = { ...order, lastInboundAt: new Date(Date.now() - 30 * 86_400_000).toISOString() };
      const content: Outbound['content'] = [{ type: 'template', name: 'sollecito', language: 'it', parameters: [] }];
      expect(await session.send(late)).toMatchObject({ reason: 'window_closed' });
      expect(await session.send({ ...late, content })).toMatchObject({ kind: 'accepted' });
    }));

  it('reports what was sent as delivered when it is told to', () =>
    on(
      async ({ session, host }) => {
        await session.send(order);
        await new Promise(resolve => setTimeout(resolve, 0));
        expect(host.progress).toMatchObject([{ message: order.id, state: 'delivered' }]);
      },
      { LOOPBACK_RECEIPTS: 'true' },
    ));

  it('keeps a text too long for the bus whole, beside its beginning', () =>
    on(async ({ session, host }) => {
      const text = `${'parola '.repeat(20_000)}fine`;
      await session.webhook?.(requestOf(deliveryOf({ kind: 'message', id: 'long', person: 'anna', text }), SECRET));
      const part = host.messages[0]?.content[0];
      if (part?.type !== 'text' || !part.whole) throw new Error('no whole text');
      expect(part.text.length).toBeLessThanOrEqual(60_000);
      expect(new TextDecoder().decode(await host.open(part.whole))).toBe(text);
    }));

  it('fetches a file that came as an address, and knows when it is gone for ever', () =>
    on(async ({ session, host }) => {
      const server = createServer((request, response) => {
        response.statusCode = request.url === '/gone' ? 410 : 200;
        response.end('bytes');
      }).listen(0);
      try {
        const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const media = ['/here', '/gone'].map(path => ({ mediaType: 'text/plain', url: `${base}${path}` }));
        await session.webhook?.(
          requestOf(deliveryOf({ kind: 'message', id: 'm', person: 'anna', text: 'ecco', media }), SECRET),
        );
        await host.fetchPending();
        expect(host.progress.map(one => [one.state, one.part, one.media?.fetch])).toEqual([
          ['media', 1, 'done'],
          ['media', 2, 'expired'],
        ]);
      } finally {
        server.close();
      }
    }));
});
