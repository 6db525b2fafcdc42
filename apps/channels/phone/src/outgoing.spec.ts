import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { memoryHost } from '@filodiretto/channel-kit/testing';
import type { FetchAgain, Outbound } from '@filodiretto/contracts';
import { Attributions } from './memory/attributions.js';
import { Tidy } from './memory/tidy.js';
import {
  ANNA,
  CALLS,
  heardBy,
  inWorld,
  OPERATOR,
  orderTo,
  shownOf,
  TEXTS,
  type World,
  type WorldOptions,
} from './testing/world.js';

const on =
  (work: (world: World) => Promise<void>, options: WorldOptions = {}): (() => Promise<void>) =>
  () =>
    inWorld(options, work);
const OTHER = '019bc14e-7a00-7000-8000-00000000000b';
const dialTo = (to: string, more: Partial<Outbound> = {}): Outbound =>
  orderTo(to, {
    account: CALLS,
    conversation: `call:${to}`,
    content: [{ type: 'dial', operatorAddress: OPERATOR, announcement: 'La chiama l’anagrafe.' }],
    ...more,
  });
const sentTexts = ({ twilio }: World) => twilio.texts(ANNA).filter(one => one.direction === 'outbound-api');

describe('a call that we make from a case', () => {
  it(
    'is news of our message and no message of the citizen’s; who of us answered is told when they did',
    on(async world => {
      const { session, twilio, host, until } = world;
      twilio.phones.set(ANNA, { ...twilio.phones.ordinary, who: 'citizen' });
      twilio.phones.set(OPERATOR, { ...twilio.phones.ordinary, afterSeconds: 10, talkSeconds: 20 });
      const order = dialTo(ANNA);
      const outcome = await session.send(order);
      const [call] = twilio.calls();
      expect(outcome).toEqual({ kind: 'accepted', externalId: call?.sid });
      const shown = () => shownOf(host, call?.sid ?? '');
      await until('the citizen has answered', () => shown()?.answeredAt !== undefined);
      expect(shown()?.answeredBy).toBeUndefined();
      await until('the operator is joined', () => shown()?.answeredBy === OPERATOR);
      await until('its end is told', () => shown()?.endedAt !== undefined);
      expect(call && heardBy(call)).toEqual(['La chiama l’anagrafe.']);
      expect(shown()).toMatchObject({ direction: 'out', ending: 'completed' });
      expect(host.messages).toEqual([]);
      expect(host.progress.every(one => one.message === order.id && one.conversation === order.conversation)).toBe(
        true,
      );
      expect(host.progress.filter(one => one.state !== 'content').map(one => one.state)).toContain('delivered');
      expect(twilio.errors).toEqual([]);
    }),
  );

  it.each([
    ['busy', 'busy', 'occupato'],
    ['no-answer', 'no_answer', 'nessuno ha risposto'],
    ['failed', 'failed', 'il numero non è raggiungibile'],
  ] as const)('and finds %s failed for certain', (answers, ending, words) =>
    inWorld({}, async ({ session, twilio, host, until }) => {
      twilio.phones.set(ANNA, { ...twilio.phones.ordinary, answers });
      await session.send(dialTo(ANNA));
      await until('the failure is told', () => host.progress.some(one => one.state === 'failed'));
      expect(host.progress.findLast(one => one.state === 'failed')).toMatchObject({
        reason: 'undeliverable',
        detail: expect.stringContaining(words),
        attempt: 1,
      });
      expect(shownOf(host, twilio.calls()[0]?.sid ?? '')).toMatchObject({ ending });
    }),
  );

  it(
    'apologises when the operator does not pick up',
    on(async ({ session, twilio, until }) => {
      twilio.phones.set(ANNA, { ...twilio.phones.ordinary, who: 'citizen' });
      twilio.phones.set(OPERATOR, { ...twilio.phones.ordinary, answers: 'no-answer' });
      await session.send(dialTo(ANNA));
      const [call] = twilio.calls();
      await until('it is over', () => call?.state === 'ended');
      expect(call && heardBy(call).at(-1)).toContain('non è al momento disponibile');
    }),
  );

  it(
    'is recorded only after saying so',
    on(
      async ({ session, twilio, until }) => {
        twilio.phones.set(ANNA, { ...twilio.phones.ordinary, who: 'citizen' });
        await session.send(dialTo(ANNA));
        const [call] = twilio.calls();
        await until('they talk', () => call?.state === 'talking');
        expect(call && heardBy(call)).toEqual(['La chiama l’anagrafe.', expect.stringContaining('sarà registrata')]);
      },
      { env: { RECORD_CALLS: 'true' } },
    ),
  );

  it(
    'whose answer was lost is found again',
    on(async ({ session, twilio }) => {
      twilio.faults.add({ on: 'calls', kind: 'bad_gateway' });
      await expect(session.send(dialTo(ANNA))).rejects.toThrow();
      expect(await session.settle?.(dialTo(ANNA))).toEqual({ kind: 'accepted', externalId: twilio.calls()[0]?.sid });
      expect(await session.settle?.(dialTo('+393471000009'))).toBeUndefined();
    }),
  );
});

describe('a text message', () => {
  it(
    'is sent, and its delivery is told of our message',
    on(async world => {
      const { session, twilio, host, until } = world;
      const order = orderTo(ANNA, { account: CALLS, conversation: `call:${ANNA}` });
      expect(await session.send(order)).toMatchObject({ kind: 'accepted' });
      await until('it is delivered', () => host.progress.some(one => one.state === 'delivered'));
      expect(host.progress.map(one => [one.state, one.message, one.account, one.conversation])).toEqual([
        ['sent', order.id, CALLS, order.conversation],
        ['delivered', order.id, CALLS, order.conversation],
      ]);
      expect(sentTexts(world)).toMatchObject([{ from: TEXTS, body: 'La buca sarà riparata venerdì.' }]);
      expect(twilio.deliveries.every(one => one.status === 200)).toBe(true);
    }),
  );

  it(
    'that does not arrive fails with the provider’s reason',
    on(async ({ session, twilio, host, until }) => {
      twilio.unreachable.set(ANNA, 30006);
      await session.send(orderTo(ANNA));
      await until('it failed', () => host.progress.some(one => one.state === 'failed'));
      expect(host.progress.at(-1)).toMatchObject({ reason: 'undeliverable', detail: expect.stringContaining('30006') });
    }),
  );

  it(
    'of several segments says what it costs',
    on(async ({ session }) => {
      const content: Outbound['content'] = [{ type: 'text', text: `È ${'a'.repeat(100)}` }];
      expect(await session.send(orderTo(ANNA, { content }))).toMatchObject({ detail: 'Spedito in 2 segmenti (UCS-2)' });
    }),
  );

  it(
    'is not sent to who said stop, until they say start; both are nothing that a person must answer',
    on(async world => {
      const { session, twilio, host, post } = world;
      const said = (Body: string, sid: string) =>
        post('/sms', { MessageSid: `SM${sid.repeat(32)}`, From: ANNA, To: TEXTS, Body, NumMedia: '0' });
      await said('Basta', '1');
      expect(await session.send(orderTo(ANNA))).toMatchObject({ kind: 'refused', reason: 'opted_out' });
      await said('start', '2');
      expect(await session.send(orderTo(ANNA))).toMatchObject({ kind: 'accepted' });
      twilio.text({ from: ANNA, body: 'STOP' });
      await twilio.idle();
      expect(await session.send(orderTo(ANNA))).toMatchObject({ reason: 'opted_out' });
      await said('Basta buche in via Roma!', '3');
      expect(host.messages.map(one => one.flags?.automatic)).toEqual([
        'notification',
        'notification',
        'notification',
        undefined,
      ]);
      expect(sentTexts(world)).toHaveLength(1);
    }),
  );

  it(
    'that nobody knows was sent is found again by its words',
    on(async world => {
      const { session, twilio } = world;
      twilio.faults.add({ on: 'messages', kind: 'bad_gateway' });
      await expect(session.send(orderTo(ANNA))).rejects.toThrow();
      expect(await session.settle?.(orderTo(ANNA))).toEqual({ kind: 'accepted', externalId: sentTexts(world)[0]?.sid });
    }),
  );

  it(
    'is never taken for an equal one of another order or attempt',
    on(async world => {
      const { session, twilio } = world;
      await session.send(orderTo(ANNA));
      const mine = orderTo(ANNA, { id: OTHER });
      expect(await session.settle?.(mine)).toBeUndefined();
      for (const attempt of [1, 2]) {
        twilio.faults.add({ on: 'messages', kind: 'bad_gateway' });
        await expect(session.send({ ...mine, attempt })).rejects.toThrow();
      }
      await twilio.idle();
      const [, first, second] = sentTexts(world);
      expect(await session.settle?.({ ...mine, attempt: 1 })).toEqual({ kind: 'accepted', externalId: first?.sid });
      expect(await session.settle?.({ ...mine, attempt: 2 })).toEqual({ kind: 'accepted', externalId: second?.sid });
    }),
  );

  it('of which two could be the one in question is not guessed at', async () => {
    const attributions = new Attributions(memoryHost({ channel: 'phone' }).state);
    const order = { message: OTHER, attempt: 1 };
    const made = [{ sid: 'SM1' }, { sid: 'SM2' }];
    expect(await attributions.pick(order, made)).toBeUndefined();
    await attributions.note('SM1', { message: OTHER, attempt: 2 });
    expect(await attributions.pick(order, made)).toBe('SM2');
    await attributions.note('SM2', { message: 'another', attempt: 1 });
    expect(await attributions.pick(order, made)).toBeUndefined();
  });

  it(
    'that could not leave is certainly not sent, and may go later',
    on(
      async ({ session }) => {
        expect(await session.send(orderTo(ANNA))).toMatchObject({ kind: 'refused', reason: 'rate_limited' });
      },
      { env: { TWILIO_API_URL: 'http://127.0.0.1:9' } },
    ),
  );

  it(
    'too many of which are refused says "later", and a wrong password says so to who runs the channel',
    on(async ({ session, twilio, host }) => {
      twilio.faults.add({ on: 'messages', kind: 'error', status: 429 });
      expect(await session.send(orderTo(ANNA))).toMatchObject({ reason: 'rate_limited' });
      twilio.faults.add({ on: 'messages', kind: 'error', status: 401, code: 20003 });
      expect(await session.send(orderTo(ANNA))).toMatchObject({ reason: 'unauthorized' });
      expect(host.troubledBy).toContain('credenziali');
    }),
  );

  it.each([
    ['a landline', { to: { kind: 'phone', value: '+390550000123' } }, 'invalid_recipient'],
    ['a hidden number', { to: { kind: 'withheld', value: 'CA1' } }, 'invalid_recipient'],
    [
      'nobody at all, with no words',
      { content: [{ type: 'html', blob: { sha256: 'a'.repeat(64), size: 1, mediaType: 'text/html' } }] },
      'unsupported_content',
    ],
  ] as [string, Partial<Outbound>, string][])('to %s is refused before it costs anything', (_name, more, reason) =>
    inWorld({}, async world => {
      expect(await world.session.send(orderTo(ANNA, more))).toMatchObject({ kind: 'refused', reason });
      expect(world.twilio.calls()).toEqual([]);
      expect(sentTexts(world)).toEqual([]);
    }),
  );
});

describe('a recording', () => {
  const leaveMessage = async ({ twilio, host, until }: World): Promise<FetchAgain> => {
    const call = twilio.placeCall({ from: ANNA });
    await until('a message is asked for', () => call.hears.recorded);
    call.speak('Il lampione è spento');
    call.hangUp();
    await until('it is told', () => host.messages.length === 2);
    const message = host.messages.at(-1);
    const media = message?.content[0];
    if (!message || media?.type !== 'media' || !media.source) throw new Error('no recording was told');
    const { account, externalId, conversation } = message;
    return { account, externalId, conversation, part: 0, media, source: media.source };
  };

  it(
    'is fetched, then deleted at the provider, and still known when it is asked again',
    on(async world => {
      const { session, twilio, host } = world;
      const wanted = await leaveMessage(world);
      const blob = await session.fetchMedia?.(wanted);
      expect(blob).toMatchObject({ mediaType: 'audio/mpeg' });
      expect(Buffer.from(await host.open(blob ?? { sha256: '' })).readUInt16BE(0)).toBe(0xfffb);
      expect(twilio.recordings.all()).toEqual([]);
      expect(await session.fetchMedia?.(wanted)).toEqual(blob);
    }),
  );

  it(
    'is not deleted while it could not be kept here',
    on(async world => {
      const { session, twilio, host } = world;
      const wanted = await leaveMessage(world);
      host.breaks = 'keep';
      await expect(session.fetchMedia?.(wanted)).rejects.toThrow();
      expect(twilio.recordings.all()).toHaveLength(1);
    }),
  );

  it(
    'stays at the provider when that is configured',
    on(
      async world => {
        await world.session.fetchMedia?.(await leaveMessage(world));
        expect(world.twilio.recordings.all()).toHaveLength(1);
      },
      { env: { DELETE_RECORDINGS: 'false' } },
    ),
  );

  it(
    'that is not there yet may come; only elsewhere it is never looked for',
    on(async world => {
      const { session, twilio } = world;
      const wanted = await leaveMessage(world);
      const missing = { ...wanted, source: wanted.source.replace(/RE[0-9a-f]{32}/, `RE${'0'.repeat(32)}`) };
      await expect(session.fetchMedia?.(missing)).rejects.toThrow('could not be fetched: 404');
      await expect(session.fetchMedia?.({ ...wanted, source: 'https://elsewhere.example/x.mp3' })).rejects.toThrow(
        'none of the hosts',
      );
      expect(twilio.recordings.all()).toHaveLength(1);
    }),
  );
});

describe('the memory of the channel', () => {
  it('forgets what is over, and nothing else', async () => {
    const { state, log } = memoryHost({ channel: 'phone' });
    const at = '2026-01-10T12:00:00.000Z';
    for (const key of ['call/old', 'leg/old', 'sid/kept', 'recording/kept', 'opt-out/+39', 'waiting/urp/x'])
      await state.set(key, { at });
    await state.set('call/new', { at: '2026-01-12T11:00:00.000Z' });
    expect(await new Tidy({ state, log }).forget(new Date('2026-01-12T12:00:00.000Z'))).toBe(2);
    expect(await state.keys('')).toEqual(['call/new', 'opt-out/+39', 'recording/kept', 'sid/kept', 'waiting/urp/x']);
  });
});
