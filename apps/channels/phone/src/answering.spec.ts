import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import {
  ALWAYS_CLOSED,
  ANNA,
  BRUNO,
  CALLS,
  COLLEAGUE,
  heardBy,
  inWorld,
  OPERATOR,
  shownOf,
  type World,
  type WorldOptions,
} from './testing/world.js';

type Call = ReturnType<World['twilio']['placeCall']>;
const on =
  (work: (world: World) => Promise<void>, options: WorldOptions = {}): (() => Promise<void>) =>
  () =>
    inWorld(options, work);

/** Calls, chooses the queue, and waits in it. */
async function waits({ twilio, until }: World, from: string): Promise<Call> {
  const call = twilio.placeCall({ from });
  await until('the menu is said', () => call.hears.keys);
  call.press('1');
  await until('the caller waits', () => call.state === 'waiting' && call.hears.keys);
  return call;
}
/** Leaves the queue to be called back at the number shown. */
async function asksCallback(world: World, call: Call): Promise<void> {
  const before = heardBy(call).length;
  call.press('1');
  await world.until('the number is asked', () =>
    heardBy(call)
      .slice(before)
      .some(one => one.includes('premi 1')),
  );
  call.press('1#');
  await world.until('the callback is promised', () => call.state === 'ended');
}
const legsOf = ({ twilio }: World, operator = OPERATOR): Call[] =>
  twilio.calls().filter(call => call.to === operator && call.direction === 'outbound-api');
const calledBack = ({ twilio }: World, number: string): Call[] =>
  twilio.calls().filter(call => call.to === number && call.direction === 'outbound-dial');
/** Time enough to ask for a callback before the telephone is picked up. */
const answersSlowly = ({ twilio }: World): void =>
  twilio.phones.set(OPERATOR, { ...twilio.phones.ordinary, afterSeconds: 9, talkSeconds: 30 });
const nobodyAnswers = ({ twilio }: World): void =>
  twilio.phones.set(OPERATOR, { ...twilio.phones.ordinary, answers: 'no-answer' });

describe('a queue', () => {
  it(
    'joins who waits with an operator, and says who answered; the operator’s call is nobody’s matter',
    on(async world => {
      const { twilio, host, until } = world;
      const call = await waits(world, ANNA);
      await until('they talk', () => call.state === 'talking');
      await twilio.advance(60);
      call.hangUp();
      await until('its end is told', () => shownOf(host, call.sid)?.endedAt !== undefined);
      expect(shownOf(host, call.sid)).toMatchObject({
        ending: 'completed',
        answeredBy: OPERATOR,
        queuedAt: expect.any(String),
        answeredAt: expect.any(String),
      });
      expect(shownOf(host, call.sid)?.steps).toContainEqual(
        expect.objectContaining({ step: 'menu', choice: '1 anagrafe' }),
      );
      const facts = [...host.messages, ...host.progress].map(one => one.externalId);
      expect(new Set(facts)).toEqual(new Set([call.sid]));
      expect(host.empty.length).toBeGreaterThan(0);
      expect(twilio.errors).toEqual([]);
      const later = await waits(world, BRUNO);
      expect(heardBy(later).at(-1)).toMatch(/Sei in posizione 1\. L’attesa stimata è di circa 1 minuto\. Premi 1/);
    }),
  );

  it(
    'makes no estimate before a conversation was measured',
    on(async world => {
      nobodyAnswers(world);
      const call = await waits(world, ANNA);
      expect(heardBy(call).at(-1)).toBe('Sei in posizione 1. Premi 1 per essere richiamato.');
      const second = await waits(world, BRUNO);
      expect(heardBy(second).at(-1)).toContain('posizione 2');
    }),
  );

  it(
    'takes its offer back when who waited hangs up',
    on(async world => {
      world.twilio.phones.set(OPERATOR, { ...world.twilio.phones.ordinary, afterSeconds: 20 });
      const call = await waits(world, ANNA);
      await world.until('the operator’s telephone rings', () => legsOf(world).some(leg => leg.status === 'ringing'));
      call.hangUp();
      await world.until('it rings no more', () => legsOf(world).every(leg => leg.status === 'canceled'));
      expect(shownOf(world.host, call.sid)).toMatchObject({ ending: 'abandoned' });
    }),
  );

  it(
    'lets who still waits when the office closes leave it, to be called back when it opens',
    on(
      async ({ post, twilio, host }) => {
        const form = {
          CallSid: `CA${'1'.repeat(32)}`,
          From: ANNA,
          To: CALLS,
          Direction: 'inbound',
          QueuePosition: '1',
          QueueTime: '60',
        };
        const wait = await post('/voice/wait?at=attesa', form);
        expect(wait.text).toContain('Gli uffici sono ora chiusi.');
        expect(wait.text).toContain('<Leave/>');
        const left = await post('/voice/left?at=attesa', { ...form, QueueResult: 'leave' });
        expect(left.text).toContain('Ti richiameremo.');
        await post('/voice/callback?at=richiamata', { ...form, Digits: '1' });
        expect(host.messages.map(one => one.content)).toContainEqual([
          { type: 'text', text: `Chiede di essere richiamato al numero ${ANNA}.` },
        ]);
        await twilio.advance(30);
        expect(twilio.calls()).toEqual([]);
      },
      {
        flow: {
          ...ALWAYS_CLOSED,
          steps: ALWAYS_CLOSED.steps.map(step => (step.id === 'orari' ? { ...step, open: 'menu' } : step)),
        },
      },
    ),
  );

  it(
    'that is full gives the mailbox',
    on(async ({ post }) => {
      const left = await post('/voice/left?at=attesa', {
        CallSid: `CA${'1'.repeat(32)}`,
        From: ANNA,
        To: CALLS,
        QueueResult: 'queue-full',
      });
      expect(left.text).toContain('<Record ');
    }),
  );
});

describe('a callback', () => {
  it(
    'keeps its place before who came later, and is told on the call that asked for it',
    on(async world => {
      const { host, until } = world;
      answersSlowly(world);
      const anna = await waits(world, ANNA);
      await asksCallback(world, anna);
      expect(shownOf(host, anna.sid)).toMatchObject({ ending: 'callback' });
      const bruno = await waits(world, BRUNO);
      await until('Anna is called back', () => calledBack(world, ANNA).some(leg => leg.state === 'talking'));
      expect(bruno.state).toBe('waiting');
      const [leg] = calledBack(world, ANNA);
      expect(leg && heardBy(leg)).toEqual([expect.stringContaining('Ti richiamiamo dal Comune')]);
      await until('the callback is told', () => shownOf(host, anna.sid)?.answeredBy === OPERATOR);
      expect(shownOf(host, anna.sid)).toMatchObject({ ending: 'callback' });
      expect(new Set(host.messages.map(one => one.externalId))).toEqual(
        new Set([anna.sid, `${anna.sid}:callback`, bruno.sid]),
      );
    }),
  );

  it(
    'is asked by a key, never by silence',
    on(async world => {
      nobodyAnswers(world);
      const call = await waits(world, ANNA);
      call.press('1');
      await world.until('a message is asked for instead', () => call.hears.recorded);
      expect(world.host.messages.map(one => one.externalId)).toEqual([call.sid]);
    }),
  );

  it.each([
    ['a satellite number that is shown', '+88213123456', '1'],
    ['a hidden number', 'anonymous', '1'],
    ['a premium number that is dictated', ANNA, '899123456'],
  ])('is not made to %s', (_name, from, digits) =>
    inWorld({}, async ({ post, host, twilio }) => {
      const form = { CallSid: `CA${'1'.repeat(32)}`, From: from, To: CALLS, Direction: 'inbound' };
      await post('/voice', form);
      const answer = await post('/voice/callback?at=richiamata&retry=0', { ...form, Digits: digits });
      expect(answer.text).toContain('<Gather');
      expect(host.messages).toHaveLength(1);
      expect(twilio.calls()).toEqual([]);
    }),
  );

  it(
    'from a hidden number is made to the number that is dictated',
    on(async ({ post, host }) => {
      const form = { CallSid: `CA${'1'.repeat(32)}`, From: 'anonymous', To: CALLS, Direction: 'inbound' };
      const left = await post('/voice/left?at=attesa', { ...form, QueueResult: 'leave' });
      expect(left.text).toContain('Digita il numero italiano');
      const taken = await post('/voice/callback?at=richiamata&retry=0', { ...form, Digits: '3471000001' });
      expect(taken.text).toContain('3 4 7 1 0 0 0 0 0 1');
      expect(host.messages.at(-1)?.content).toEqual([
        { type: 'text', text: `Chiede di essere richiamato al numero ${ANNA}.` },
      ]);
    }),
  );

  it.each(['keep', 'publish'] as const)('is not forgotten when the house could not %s it at first', step =>
    inWorld({}, async ({ post, host }) => {
      const form = { CallSid: `CA${'1'.repeat(32)}`, From: ANNA, To: CALLS, Direction: 'inbound' };
      await post('/voice', form);
      host.breaks = step;
      const ask = () => post('/voice/callback?at=richiamata&retry=0', { ...form, Digits: '1' });
      await expect(ask()).rejects.toThrow('the house cannot');
      host.breaks = undefined;
      expect((await ask()).text).toContain('Ti richiameremo al numero');
      expect(host.messages.map(one => one.externalId)).toContain(`${form.CallSid}:callback`);
    }),
  );

  it(
    'is given to one of two operators who accept at once; the other gets the caller, a third nobody',
    on(
      async world => {
        const { post, twilio } = world;
        for (const operator of [OPERATOR, COLLEAGUE])
          twilio.phones.set(operator, { ...twilio.phones.ordinary, answers: 'no-answer' });
        const anna = await waits(world, ANNA);
        await asksCallback(world, anna);
        await waits(world, BRUNO);
        const accept = (leg: string, operator: string) =>
          post(`/voice/accept?${new URLSearchParams({ queue: 'urp', operator }).toString()}`, {
            CallSid: `CA${leg.repeat(32)}`,
            From: CALLS,
            To: operator,
            Direction: 'outbound-api',
            Digits: '1',
          });
        const [one, other] = await Promise.all([accept('7', OPERATOR), accept('8', COLLEAGUE)]);
        const dialled = [one.text, other.text].map(text =>
          text.includes('<Number') ? 'callback' : text.includes('<Queue') ? 'caller' : 'nobody',
        );
        expect(dialled.sort()).toEqual(['callback', 'caller']);
        expect((await accept('9', OPERATOR)).text).toContain('Nessuno è più in attesa');
        expect((await accept('7', OPERATOR)).text).toBe(one.text);
      },
      { env: { PHONE_OPERATORS: `${OPERATOR},${COLLEAGUE}` } },
    ),
  );
});

describe('a conversation that is recorded', () => {
  it(
    'is announced to the caller first, and belongs to the caller’s call',
    on(
      async world => {
        const { twilio, host, until } = world;
        const call = await waits(world, ANNA);
        const said = heardBy(call);
        expect(said.findIndex(one => one.startsWith('La chiamata sarà registrata'))).toBe(1);
        await until('they talk', () => call.state === 'talking');
        call.speak('Buongiorno');
        await twilio.advance(30);
        call.hangUp();
        await until('it is told', () => host.progress.some(one => one.content?.length === 2));
        const told = host.progress.findLast(one => one.content?.length === 2);
        expect(told).toMatchObject({
          externalId: call.sid,
          content: [{ type: 'call' }, { type: 'media', fetch: 'pending' }],
        });
        expect(new Set(host.messages.map(one => one.externalId))).toEqual(new Set([call.sid]));
      },
      { env: { RECORD_CALLS: 'true' } },
    ),
  );

  it(
    'after a callback is announced to whom we call before they are joined',
    on(
      async world => {
        answersSlowly(world);
        const anna = await waits(world, ANNA);
        await asksCallback(world, anna);
        await world.until('Anna is called back', () => calledBack(world, ANNA).some(leg => leg.state === 'talking'));
        const [leg] = calledBack(world, ANNA);
        expect(leg && heardBy(leg)).toEqual([
          expect.stringContaining('Ti richiamiamo'),
          expect.stringContaining('La chiamata sarà registrata'),
        ]);
      },
      { env: { RECORD_CALLS: 'true' } },
    ),
  );

  it(
    'and whose call nobody knows any more is looked at by a person first',
    on(async ({ post, host }) => {
      await post('/voice/recording?of=conversation', {
        CallSid: `CA${'9'.repeat(32)}`,
        RecordingSid: `RE${'9'.repeat(32)}`,
        RecordingUrl: 'https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/RE',
        RecordingStatus: 'completed',
        RecordingDuration: '60',
      });
      expect(host.messages).toMatchObject([{ flags: { doubtful: expect.stringContaining('di quale chiamata') } }]);
      expect(host.progress).toEqual([]);
    }),
  );

  it(
    'is none unless it is switched on',
    on(async world => {
      const call = await waits(world, ANNA);
      await world.until('they talk', () => call.state === 'talking');
      call.hangUp();
      await world.until('it is over', () => call.state === 'ended');
      expect(world.twilio.recordings.all()).toEqual([]);
      expect(heardBy(call).some(one => one.includes('registrata'))).toBe(false);
    }),
  );
});
