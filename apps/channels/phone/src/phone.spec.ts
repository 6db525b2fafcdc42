import 'reflect-metadata';
import { createHash, createHmac } from 'node:crypto';
import { channelContract, type Delivery, type Said } from '@filodiretto/channel-kit/testing';
import { startTwilioSimulator, type TwilioSimulator } from '@filodiretto/simulators';
import { phone } from './channel.js';

const ACCOUNT_SID = `AC${'0'.repeat(32)}`;
const TOKEN = 'a-token-of-the-spec';
/** Behind a proxy that adds a path; nobody listens there. */
const PUBLIC = 'http://127.0.0.1:9/telefono';
const CALLS = '+390550000100';
const TEXTS = '+393390000100';
const NUMBERS: Readonly<Record<Said['person'], string>> = { anna: '+393471000001', bruno: '+393471000002' };
const FORM = 'application/x-www-form-urlencoded';

const textFrom = ({ id, person, text }: Said): Delivery =>
  formOf({
    MessageSid: `SM${createHash('md5').update(id).digest('hex')}`,
    AccountSid: ACCOUNT_SID,
    From: NUMBERS[person],
    To: TEXTS,
    Body: text,
    NumMedia: '0',
  });
const formOf = (parameters: Record<string, string>): Delivery => ({
  raw: Buffer.from(new URLSearchParams(parameters).toString()),
  account: TEXTS,
  mediaType: FORM,
  about: { path: '/sms' },
});
const requestOf = ({ raw }: Delivery, token: string): Request => {
  const url = `${PUBLIC}/sms`;
  const form = [...new URLSearchParams(Buffer.from(raw).toString())].sort(([a], [b]) => (a < b ? -1 : 1));
  const signed = form.reduce((data, [name, value]) => data + name + value, url);
  return new Request(url, {
    method: 'POST',
    headers: {
      'content-type': FORM,
      'x-twilio-signature': createHmac('sha1', token).update(signed).digest('base64'),
    },
    body: Uint8Array.from(raw),
  });
};

channelContract('phone', {
  channel: phone,
  provider: (): Promise<TwilioSimulator> =>
    startTwilioSimulator({
      port: 0,
      accountSid: ACCOUNT_SID,
      authToken: TOKEN,
      voiceUrl: `${PUBLIC}/voice`,
      smsUrl: `${PUBLIC}/sms`,
      numbers: [CALLS],
      smsNumbers: [TEXTS],
      speed: 0,
    }),
  stop: twilio => twilio.close(),
  env: twilio => ({
    PUBLIC_URL: PUBLIC,
    TWILIO_ACCOUNT_SID: ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_API_URL: twilio.url,
    PHONE_NUMBERS: CALLS,
    SMS_NUMBERS: TEXTS,
    PHONE_ANSWER_WITHIN_MS: '10000',
  }),
  badConfiguration: {
    env: {
      PUBLIC_URL: 'nowhere',
      TWILIO_ACCOUNT_SID: 'AC-of-somebody',
      TWILIO_AUTH_TOKEN: 'short',
      PHONE_FLOW: '{"start":"a","timeZone":"Europe/Rome","languages":[],"steps":[]}',
    },
    mistakes: ['PUBLIC_URL', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'PHONE_FLOW', 'PHONE_NUMBERS'],
  },
  fixtures: { folder: new URL('./fixtures/', import.meta.url), account: TEXTS, mediaType: FORM },
  say: ([one]) => {
    if (!one) throw new Error('something must be said');
    return textFrom(one);
  },
  batches: { notApplicable: 'a request of the provider carries one message' },
  oneConversation: true,
  unknownKind: () =>
    formOf({
      MessageSid: `SM${'7'.repeat(32)}`,
      From: NUMBERS.anna,
      To: TEXTS,
      NumMedia: '0',
      HologramUrl: 'https://api.twilio.com/hologram',
    }),
  webhook: {
    request: delivery => requestOf(delivery, TOKEN),
    forged: delivery => requestOf(delivery, 'the-token-of-a-stranger'),
  },
  listen: { notApplicable: 'the provider calls us' },
  send: {
    order: {
      account: TEXTS,
      conversation: `sms:${NUMBERS.anna}`,
      to: { kind: 'phone', value: NUMBERS.anna },
    },
    sent: twilio => twilio.texts(NUMBERS.anna).filter(one => one.direction === 'outbound-api').length,
    refusal: {
      reason: 'opted_out',
      arrange: (order, twilio) => {
        twilio.text({ from: NUMBERS.anna, body: 'STOP' });
        return order;
      },
    },
    unknown: (order, twilio) => {
      twilio.faults.add({ on: 'messages', kind: 'bad_gateway' });
      return order;
    },
  },
  connection: {
    refused: {
      side: 'account',
      result: 'unauthorized',
      env: () => ({ TWILIO_AUTH_TOKEN: 'a-token-that-was-revoked' }),
    },
    silent: ({ host, port }) => ({ TWILIO_API_URL: `http://${host}:${port}` }),
  },
});
