import 'reflect-metadata';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { channelContract, notApplicable, type Delivery } from '@filodiretto/channel-kit/testing';
import type { Outbound } from '@filodiretto/contracts';
import { {{camel}} } from './channel.js';
import { sign, SIGNATURE_HEADER } from './signature.js';

const SECRET = 'a-secret-of-the-spec';
const TOKEN = 'a-token-of-the-spec';
const ACCOUNT = 'account-1';
const PEOPLE = { anna: '+390550000001', bruno: '+390550000002' } as const;

/** The provider's double. Replace it by one in libs/simulators when others need it too. */
class Double {
  sent: { text: string }[] = [];
  private server?: Server;

  async start(): Promise<this> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.headers.authorization !== `Bearer ${TOKEN}`) return response.writeHead(401).end();
        if (request.url === `/accounts/${ACCOUNT}`) return response.end(JSON.stringify({ name: 'Comune' }));
        const message = JSON.parse(Buffer.concat(chunks).toString()) as { text: string };
        if (message.text === 'refuse me') return response.writeHead(422).end('no such number');
        this.sent.push(message);
        if (message.text === 'lose my answer') return request.socket.destroy();
        return response.writeHead(201).end(JSON.stringify({ id: `out-${this.sent.length}` }));
      });
    });
    await new Promise<void>(resolve => this.server?.listen(0, '127.0.0.1', resolve));
    return this;
  }
  get url(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }
  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise(resolve => this.server?.close(resolve));
  }
}

const deliveryOf = (...messages: readonly object[]): Delivery => ({
  raw: Buffer.from(JSON.stringify({ messages })),
  account: ACCOUNT,
  mediaType: 'application/json',
});
const requestOf = ({ raw }: Delivery, secret: string): Request =>
  new Request('https://citta.example/{{id}}/deliveries', {
    method: 'POST',
    headers: { [SIGNATURE_HEADER]: sign(secret, raw) },
    body: Uint8Array.from(raw),
  });
const withText = (order: Outbound, text: string): Outbound => ({ ...order, content: [{ type: 'text', text }] });

channelContract('{{id}}', {
  channel: {{camel}},
  provider: () => new Double().start(),
  stop: provider => provider.stop(),
  env: ({ url }) => ({
    {{ENV}}_SECRET: SECRET,
    {{ENV}}_ACCOUNTS: ACCOUNT,
    {{ENV}}_API_URL: url,
    {{ENV}}_TOKEN: TOKEN,
  }),
  badConfiguration: {
    env: { {{ENV}}_SECRET: 'bad-key', {{ENV}}_API_URL: 'nowhere' },
    mistakes: ['{{ENV}}_SECRET', '{{ENV}}_ACCOUNTS', '{{ENV}}_API_URL', '{{ENV}}_TOKEN'],
  },
  fixtures: { folder: new URL('./fixtures/', import.meta.url), account: ACCOUNT, mediaType: 'application/json' },
  say: said =>
    deliveryOf(...said.map(({ id, person, text, at }) => ({ id, to: ACCOUNT, from: PEOPLE[person], type: 'text', text, at }))),
  batches: true,
  oneConversation: true,
  unknownKind: () => deliveryOf({ id: 'x', to: ACCOUNT, from: PEOPLE.anna, type: 'hologram' }),
  webhook: {
    request: delivery => requestOf(delivery, SECRET),
    forged: delivery => requestOf(delivery, 'the-secret-of-a-stranger'),
  },
  listen: notApplicable('the provider calls us'),
  send: {
    order: { account: ACCOUNT, conversation: PEOPLE.anna, to: { kind: '{{id}}', value: PEOPLE.anna } },
    sent: provider => provider.sent.length,
    refusal: { reason: 'undeliverable', arrange: order => withText(order, 'refuse me') },
    unknown: order => withText(order, 'lose my answer'),
  },
  connection: {
    refused: {
      side: 'account',
      result: 'unauthorized',
      env: () => ({ {{ENV}}_TOKEN: 'a-token-that-was-revoked' }),
    },
    silent: ({ host, port }) => ({ {{ENV}}_API_URL: `http://${host}:${port}` }),
  },
});
