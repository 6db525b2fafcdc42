import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { EVENTS, type EventType } from '@filodiretto/contracts';
import { Transform, plainToInstance } from 'class-transformer';
import { IsString, Length, validateSync } from 'class-validator';
import fc from 'fast-check';
import { quickly } from './quick-check.js';

type Class = new () => object;
/** A copy made of this realm's objects, which structuredClone does not give under jest. */
const copyOf = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item as unknown)])) as T;
};
/** What class-transformer and class-validator say; `undefined` when they refuse. */
const asked = (type: Class, value: object): object | undefined => {
  const instance = plainToInstance(type, copyOf(value));
  return validateSync(instance, { whitelist: true }).length === 0 ? instance : undefined;
};

const blob = { sha256: 'a'.repeat(64), size: 7, mediaType: 'text/plain' };
const id = '0198f3a2-7b1c-7c3d-8e4f-5a6b7c8d9e0f';
const at = '2026-03-09T10:11:12.345Z';
const address = { kind: 'telephone', value: '+390550000100', aliases: [{ kind: 'user', value: 'u1' }], verified: true };
const content = [
  { type: 'text', text: 'Buongiorno', visible: '' },
  { type: 'html', blob },
  { type: 'media', kind: 'image', mediaType: 'image/png', blob, fetch: 'done', scan: 'clean', filename: 'a.png' },
  { type: 'location', latitude: 43.7, longitude: 11.2, name: 'Piazza' },
  { type: 'card', name: 'Maria', phones: ['+39055'], emails: [] },
  { type: 'choice', id: '1', title: 'Tributi' },
  { type: 'form', form: 'buche', version: '2', fields: { via: 'Roma', foto: [1, null, { quando: true }], '': 0 } },
  { type: 'call', direction: 'in', arrivedAt: at, steps: [{ step: 'menu', at, choice: '1' }] },
  { type: 'calendar', method: 'REQUEST', summary: '', blob },
  { type: 'template', name: 'avviso', language: 'it', parameters: ['Maria'] },
  { type: 'dial', operatorAddress: '+39055' },
  { type: 'system', code: 'x', text: '' },
  { type: 'unsupported', providerType: 'sticker' },
];
const fromChannel = { channel: 'loopback', account: 'urp', reception: { reception: id, index: 0, count: 1 } };
const SAMPLES: Record<EventType, object> = {
  'message.received.v1': {
    ...fromChannel,
    id,
    externalId: 'x-1',
    conversation: 'c-1',
    from: address,
    author: 'contact',
    subject: 'Lampione',
    content,
    sentAt: at,
    receivedAt: at,
    raw: blob,
    thread: { tokens: ['c-1'], references: ['a', 'b'], caseNumbers: ['2026-004217-3'] },
    relation: { kind: 'reply', to: 'x-0' },
    flags: { public: true },
    hints: { form: 'buche' },
    replyTo: [address],
    trackingCode: 'ABCD',
  },
  'message.progressed.v1': {
    ...fromChannel,
    externalId: 'x-1',
    state: 'content',
    at,
    revision: 2,
    content,
    merge: [address],
  },
  'reception.unreadable.v1': { ...fromChannel, raw: blob, receivedAt: at, reason: 'not JSON' },
  'reception.empty.v1': { ...fromChannel, raw: blob, receivedAt: at },
  'message.queued.v1': {
    id,
    attempt: 1,
    channel: 'loopback',
    account: 'urp',
    conversation: 'c-1',
    to: address,
    author: 'operator',
    visibility: 'parties',
    content,
    thread: { token: 'c-1', references: [] },
    queuedAt: at,
  },
  'case.changed.v1': { id, administration: id, case: id, version: 1, fact: 'opened', message: id, at },
  'call.changed.v1': { administration: id, message: id, case: id, revision: 1, state: 'ringing', at },
  'offer.changed.v1': {
    administration: id,
    offer: id,
    workItem: id,
    case: id,
    operator: id,
    state: 'offered',
    expiresAt: at,
    at,
  },
  'message.changed.v1': { administration: id, message: id, state: 'sent', at },
};
const TYPES = Object.keys(SAMPLES) as EventType[];

/** Every place within a value, as the way to it. */
const places = (value: unknown, way: readonly string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [[...way], ...Object.entries(value).flatMap(([key, item]) => places(item, [...way, key]))]
    : [[...way]];

type Change = (holder: Record<string, unknown>, key: string) => void;
const strange = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 3 }),
  fc.constantFrom(
    'x'.repeat(70_000),
    '😀'.repeat(30_000),
    undefined,
    null,
    '2026-02-29T10:00:00Z',
    '2024-02-29T10:00:00+01:00',
    '2026-W10',
    '00000000-0000-0000-0000-000000000000',
    id.toUpperCase(),
    'text',
    'media',
    ['text'],
    Number.NaN,
    -1,
    1.5,
    new Date(),
    { type: 'text', text: 'x', whole: blob },
    { toString: 1 },
    Array.from({ length: 201 }, () => 'x'),
  ),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  strange.map((value): Change => (holder, key) => {
    holder[key] = copyOf(value);
  }),
  fc.constant<Change>((holder, key) => {
    Reflect.deleteProperty(holder, key);
  }),
  fc.tuple(fc.string({ maxLength: 5 }), strange).map(([name, value]): Change => holder => {
    Object.defineProperty(holder, name, { value: copyOf(value), enumerable: true, configurable: true, writable: true });
  }),
);

function changed(sample: object, changes: readonly { place: number; change: Change }[]): object {
  const value = copyOf(sample);
  for (const one of changes) {
    const ways = places(value).filter(way => way.length > 0);
    const way = ways[one.place % Math.max(1, ways.length)] ?? [];
    const holder = way.slice(0, -1).reduce<unknown>((at_, key) => (at_ as Record<string, unknown>)[key], value);
    one.change(holder as Record<string, unknown>, way.at(-1) ?? 'x');
  }
  return value;
}

describe('the quick check', () => {
  it.each(TYPES)('accepts a whole %s without asking', type => {
    const payload = EVENTS[type].payload;
    const quick = quickly<object>(payload, JSON.parse(JSON.stringify(SAMPLES[type])) as object);
    expect(quick).toBeInstanceOf(payload);
    expect(quick).toStrictEqual(asked(payload, SAMPLES[type]));
  });

  it('never accepts what class-validator refuses, and gives what class-transformer gives', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...TYPES),
        fc.array(fc.record({ place: fc.nat(), change }), { maxLength: 3 }),
        fc.boolean(),
        (type, changes, overTheBus) => {
          const payload = EVENTS[type].payload;
          const value = changed(SAMPLES[type], changes);
          const given = overTheBus ? (JSON.parse(JSON.stringify(value)) as object) : value;
          const quick = quickly<object>(payload, given);
          if (quick === undefined) return;
          accepted += 1;
          expect(quick).toStrictEqual(asked(payload, given));
        },
      ),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('leaves to class-validator what it does not understand, and asks it the rules it has no shortcut for', () => {
    class Changed {
      @IsString() @Transform(({ value }: { value: string }) => value.trim()) readonly text: string;
    }
    class Short {
      @IsString() @Length(1, 3) readonly text: string;
    }
    expect(quickly(Changed, { text: ' x ' })).toBeUndefined();
    expect(quickly(Short, { text: 'abc', more: 1 })).toEqual({ text: 'abc' });
    expect(quickly(Short, { text: 'abcd' })).toBeUndefined();
  });
});
