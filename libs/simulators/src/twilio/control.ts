import type { PhoneBehaviour } from './call.js';
import type { PhoneFault } from './faults.js';
import type { TwilioSimulator } from './simulator.js';

type Json = Readonly<Record<string, unknown>>;

/** A mistake of who uses the control API. */
export class PhoneControlMistake extends Error {}

function word(body: Json, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new PhoneControlMistake(`«${name}» must be a text`);
  return value;
}
const maybe = (body: Json, name: string): string | undefined =>
  body[name] === undefined ? undefined : word(body, name);
function oneOf<T extends string>(body: Json, name: string, values: readonly T[], otherwise: T): T {
  const value = body[name] ?? otherwise;
  const found = values.find(one => one === value);
  if (found === undefined) throw new PhoneControlMistake(`«${name}» must be one of ${values.join(', ')}`);
  return found;
}
function amount(body: Json, name: string): number {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw new PhoneControlMistake(`«${name}» must be a number from 0`);
  return value;
}

/** Sets those fields of `knobs` that the body names and that are of the same kind. */
function turn<T extends object>(knobs: T, body: Json): T {
  for (const [name, value] of Object.entries(body)) {
    if (!(name in knobs)) throw new PhoneControlMistake(`no knob «${name}»`);
    if (typeof value !== typeof knobs[name as keyof T]) throw new PhoneControlMistake(`«${name}» is of another kind`);
  }
  return Object.assign(knobs, body);
}

function call(simulator: TwilioSimulator, body: Json): ReturnType<TwilioSimulator['placeCall']> {
  const sid = word(body, 'call');
  const found = simulator.calls().find(one => one.sid === sid);
  if (!found) throw new PhoneControlMistake(`no call ${sid}`);
  return found;
}
const shown = (one: ReturnType<TwilioSimulator['placeCall']>): object => ({
  sid: one.sid,
  direction: one.direction,
  from: one.from,
  to: one.to,
  status: one.status,
  state: one.state,
  hears: one.hears,
  transcript: one.transcript,
});

function behaviour(simulator: TwilioSimulator, body: Json): PhoneBehaviour {
  const { ordinary } = simulator.phones;
  const { says } = body;
  return {
    answers: oneOf(body, 'answers', ['yes', 'busy', 'no-answer', 'failed'] as const, ordinary.answers),
    afterSeconds: body.afterSeconds === undefined ? ordinary.afterSeconds : amount(body, 'afterSeconds'),
    keys: typeof body.keys === 'string' ? body.keys : ordinary.keys,
    says: Array.isArray(says) ? says.map(String) : ordinary.says,
    who: oneOf(body, 'who', ['operator', 'citizen'] as const, 'operator'),
    ...(body.talkSeconds === undefined ? {} : { talkSeconds: amount(body, 'talkSeconds') }),
  };
}

function fault(body: Json): PhoneFault {
  return {
    on: oneOf(body, 'on', ['calls', 'messages', 'media', 'any'] as const, 'any'),
    kind: oneOf(body, 'kind', ['error', 'bad_gateway', 'no_answer'] as const, 'error'),
    ...(body.status === undefined ? {} : { status: amount(body, 'status') }),
    ...(body.code === undefined ? {} : { code: amount(body, 'code') }),
    ...(body.times === undefined ? {} : { times: amount(body, 'times') }),
  };
}

type Action = (simulator: TwilioSimulator, body: Json) => unknown;

/** Every action of `/_control/…`: GET with the query as body for looking, POST with JSON for acting. */
export const PHONE_CONTROL: Readonly<Record<string, Action>> = {
  'GET knobs': s => s.knobs,
  'POST knobs': (s, body) => turn(s.knobs, body),
  'POST faults': (s, body) => s.faults.add(fault(body)),
  'POST faults/clear': s => s.faults.clear(),
  'GET deliveries': s => s.deliveries,
  'GET errors': s => s.errors,
  'POST wait': async (s, body) => {
    await s.advance(amount(body, 'seconds'));
    return { now: new Date(s.clock.now()).toISOString() };
  },
  'POST speed': (s, body) => {
    s.clock.speed = amount(body, 'speed');
  },
  'POST phones': (s, body) => s.phones.set(word(body, 'number'), behaviour(s, body)),
  'POST phones/ordinary': (s, body) => {
    s.phones.ordinary = behaviour(s, body);
  },

  'GET calls': (s, body) =>
    s
      .calls()
      .filter(one => [one.from, one.to].includes(maybe(body, 'number') ?? one.from))
      .map(shown),
  'POST calls': (s, body) => {
    const to = maybe(body, 'to');
    return shown(s.placeCall({ from: word(body, 'from'), ...(to ? { to } : {}) }));
  },
  'POST calls/press': (s, body) => call(s, body).press(word(body, 'keys')),
  'POST calls/speak': (s, body) => call(s, body).speak(word(body, 'text')),
  'POST calls/hang-up': (s, body) => call(s, body).hangUp(),

  'GET sms': (s, body) => s.texts(word(body, 'number')).map(({ media, ...rest }) => ({ ...rest, media: media.length })),
  'POST sms': (s, body) => {
    const to = maybe(body, 'to');
    const media = Array.isArray(body.media) ? (body.media as Json[]) : [];
    const { sid } = s.text({
      from: word(body, 'from'),
      body: typeof body.body === 'string' ? body.body : '',
      ...(to ? { to } : {}),
      media: media.map(one => ({
        bytes: Buffer.from(word(one, 'base64'), 'base64'),
        mediaType: word(one, 'mediaType'),
      })),
    });
    return { sid };
  },
  'POST sms/unreachable': (s, body) => s.unreachable.set(word(body, 'number'), amount(body, 'code')),
};
