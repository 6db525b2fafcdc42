import 'reflect-metadata';
import { createHmac } from 'node:crypto';
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
});
