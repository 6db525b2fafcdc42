import { describe, expect, it } from '@jest/globals';
import { answering, hears, isJoined, isQueued, next, type Effect, type Leg, type LegEvent } from './leg.js';
import { parseTwiml } from './twiml.js';

const BASE = 'http://city.example/voice?step=1';
const response = (verbs: string) => parseTwiml(`<Response>${verbs}</Response>`);

/** A line that has just got this document, and what it did. */
function line(verbs: string, manner = { pace: 0, patience: 0 }): { leg: Leg; effects: readonly Effect[] } {
  const { leg } = answering({ url: BASE, method: 'POST' }, manner);
  return next(leg, { type: 'document', ticket: leg.ticket, base: BASE, verbs: response(verbs) });
}
/** What follows when these things happen, the last one's effects only. */
function after(leg: Leg, ...events: LegEvent[]): { leg: Leg; effects: readonly Effect[] } {
  return events.reduce<{ leg: Leg; effects: readonly Effect[] }>((turn, event) => next(turn.leg, event), {
    leg,
    effects: [],
  });
}
const time = (leg: Leg): LegEvent => ({ type: 'time', ticket: leg.ticket });
const key = (pressed: string): LegEvent => ({ type: 'key', key: pressed });
const asked = (effects: readonly Effect[]) =>
  effects.flatMap(effect =>
    effect.type === 'ask' || effect.type === 'tell'
      ? [{ type: effect.type, url: effect.to.url, frame: effect.frame, ...effect.parameters }]
      : [],
  );

describe('a line', () => {
  it('says things in order and hangs up when the document ends', () => {
    const { leg, effects } = line('<Say language="it-IT">Uno</Say><Play>/a.mp3</Play>');
    expect(effects).toMatchObject([
      { type: 'say', text: 'Uno', language: 'it-IT' },
      { type: 'play', url: 'http://city.example/a.mp3' },
      { type: 'time', seconds: 5 },
    ]);
    const end = after(leg, time(leg));
    expect(end.effects).toEqual([{ type: 'over' }]);
    expect(end.leg.over).toBe(true);
  });

  it('speaks as long as the words take when speech takes time', () => {
    const { effects } = line('<Say>0123456789</Say>', { pace: 5, patience: 0 });
    expect(effects.at(-1)).toMatchObject({ type: 'time', seconds: 2 });
  });

  it('posts the digits when their number is reached, to an address relative to the document', () => {
    const { leg } = line('<Gather numDigits="2" action="menu?x=1"><Say>Prema</Say></Gather><Hangup/>');
    expect(asked(after(leg, key('4')).effects)).toEqual([]);
    expect(asked(after(leg, key('4'), key('2')).effects)).toEqual([
      { type: 'ask', url: 'http://city.example/menu?x=1', frame: 'main', Digits: '42' },
    ]);
  });

  it('posts nothing on silence and goes on below, unless the document wants the silence posted', () => {
    const silent = line('<Gather action="/menu" timeout="6"/><Redirect>/again</Redirect>');
    expect(silent.effects).toContainEqual({ type: 'time', ticket: silent.leg.ticket, seconds: 6 });
    expect(asked(after(silent.leg, time(silent.leg)).effects)).toEqual([
      { type: 'ask', url: 'http://city.example/again', frame: 'main' },
    ]);
    const told = line('<Gather action="/menu" actionOnEmptyResult="true"/>');
    expect(asked(after(told.leg, time(told.leg)).effects)).toEqual([
      { type: 'ask', url: 'http://city.example/menu', frame: 'main', Digits: '' },
    ]);
  });

  it('posts what was keyed in when the time is over, or at the key that finishes, which is no digit', () => {
    const { leg } = line('<Gather action="/number"/>');
    const typing = after(leg, key('0'), key('5'));
    expect(asked(after(typing.leg, time(typing.leg)).effects)).toMatchObject([{ Digits: '05' }]);
    expect(asked(after(typing.leg, key('#')).effects)).toMatchObject([{ Digits: '05', FinishedOnKey: '#' }]);
  });

  it('takes a spoken answer only where speech is asked for', () => {
    const speech: LegEvent = { type: 'speech', text: 'tributi' };
    expect(asked(after(line('<Gather input="dtmf speech" action="/m"/>').leg, speech).effects)).toMatchObject([
      { SpeechResult: 'tributi' },
    ]);
    expect(after(line('<Gather action="/m"/>').leg, speech).effects).toEqual([]);
  });

  it('ignores a timer and a document that come late', () => {
    const { leg } = line('<Gather action="/m" numDigits="1"/>');
    const moved = after(leg, key('1')).leg;
    expect(after(moved, time(leg)).effects).toEqual([]);
    const late: LegEvent = { type: 'document', ticket: leg.ticket, base: BASE, verbs: response('<Say>tardi</Say>') };
    expect(after(moved, late).effects).toEqual([]);
  });

  it('records what is said until silence, a key or the end of the call, and nothing when nobody speaks', () => {
    const { leg } = line('<Record action="/r" timeout="4" finishOnKey="#"/><Say>Nulla</Say>');
    expect(hears(leg)).toEqual({ keys: true, words: true, recorded: true });
    expect(after(leg, time(leg)).effects).toMatchObject([{ type: 'say', text: 'Nulla' }, { type: 'over' }]);
    const said = after(leg, { type: 'speech', text: 'uno' }, { type: 'speech', text: 'due' });
    expect(said.effects).toMatchObject([{ type: 'time', seconds: 4 }]);
    expect(after(said.leg, key('1')).effects).toEqual([]);
    expect(after(said.leg, key('#')).effects).toMatchObject([{ type: 'recorded', words: 'uno due', digits: '#' }]);
    expect(after(said.leg, { type: 'hangup' }).effects).toMatchObject([
      { type: 'recorded', digits: 'hangup' },
      { type: 'over' },
    ]);
  });

  describe('in a queue', () => {
    const enqueued = '<Enqueue waitUrl="/wait" action="/left">q-1</Enqueue><Say>Dopo</Say>';
    const waiting = (document: string) => {
      const { leg } = line(enqueued);
      const queued = after(leg, { type: 'queued' });
      const { ticket } = queued.leg;
      const wait = { type: 'document', ticket, base: 'http://city.example/wait', verbs: response(document) } as const;
      return { queued, heard: after(queued.leg, wait) };
    };

    it('asks the wait document, and again each time it ends or nobody presses', () => {
      const { queued, heard } = waiting('<Say>Attenda</Say><Gather action="/key" timeout="15"/>');
      expect(asked(queued.effects)).toEqual([{ type: 'ask', url: 'http://city.example/wait', frame: 'wait' }]);
      expect(isQueued(heard.leg)).toBe(true);
      expect(asked(after(heard.leg, time(heard.leg)).effects)).toEqual(asked(queued.effects));
    });

    it('does not ask again at once a wait document that takes no time', () => {
      const { heard } = waiting('<Say>Attenda</Say>');
      expect(heard.effects.at(-1)).toMatchObject({ type: 'time', seconds: 1 });
    });

    it('leaves when told to, and the action hears it', () => {
      const { heard } = waiting('<Leave/>');
      expect(heard.effects[0]).toEqual({ type: 'dequeue' });
      expect(asked(heard.effects)).toEqual([
        { type: 'ask', url: 'http://city.example/left', frame: 'main', QueueResult: 'leave' },
      ]);
    });

    it('tells the action when the caller hangs up, and that a full queue did not take them', () => {
      const { heard } = waiting('<Gather/>');
      expect(asked(after(heard.leg, { type: 'hangup' }).effects)).toMatchObject([
        { type: 'tell', url: 'http://city.example/left', QueueResult: 'hangup' },
      ]);
      const full = after(line(enqueued).leg, { type: 'unqueued', result: 'queue-full' });
      expect(asked(full.effects)).toMatchObject([{ type: 'ask', QueueResult: 'queue-full' }]);
    });

    it('hears the whisper before it is joined, and the action only when the other has gone', () => {
      const { heard } = waiting('<Gather/>');
      const taken = after(heard.leg, {
        type: 'taken',
        whisper: { url: '/whisper', method: 'POST' },
        base: 'http://city.example/accept',
      });
      expect(asked(taken.effects)).toEqual([{ type: 'ask', url: 'http://city.example/whisper', frame: 'whisper' }]);
      const said = after(taken.leg, {
        type: 'document',
        ticket: taken.leg.ticket,
        base: 'http://city.example/whisper',
        verbs: response('<Say>Si parla</Say>'),
      });
      expect(said.effects).toMatchObject([{ type: 'say' }, { type: 'whispered' }]);
      const joined = after(said.leg, { type: 'joined' });
      expect(isJoined(joined.leg)).toBe(true);
      expect(asked(after(joined.leg, { type: 'parted' }).effects)).toMatchObject([{ QueueResult: 'bridged' }]);
    });
  });
});

describe('a document', () => {
  it.each([
    ['<Say>', 'closes <Say>'],
    ['<Sai>ciao</Sai>', 'no verb known'],
    ['<Say lingua="it">ciao</Say>', 'no attribute lingua'],
    ['<Say></Say>', 'from 1 to'],
    ['<Gather><Hangup/></Gather>', 'within <Gather>'],
    ['<Gather timeout="presto"/>', 'timeout of <Gather>'],
    ['<Redirect/>', 'is empty'],
    ['<Say>Rossi & Figli</Say>', 'ampersand'],
    ['<Dial method="PUT">+390550000199</Dial>', 'method of <Dial>'],
  ])('is refused when it says %s', (text, why) => {
    expect(() => parseTwiml(`<Response>${text}</Response>`)).toThrow(why);
  });

  it('keeps entities, comments and white space out of what is said', () => {
    expect(
      parseTwiml('<?xml version="1.0"?>\n<Response><!-- x --><Say>L&apos;uno\n  &amp; l&#8217;altro</Say></Response>'),
    ).toMatchObject([{ verb: 'Say', text: "L'uno & l’altro" }]);
  });
});
