import { describe, expect, it } from '@jest/globals';
import type { CaseEvent } from './event.js';
import { conflicts, isStale } from './conflict.js';
import type { ActorKind } from './life-cycle.js';

type Fact = Pick<CaseEvent, 'fact' | 'data'>;
const of = (fact: CaseEvent['fact'], data: object = {}): Fact => ({ fact, data }) as Fact;
const REPLY = { message: 'm', channel: 'loopback', attempt: 1 };

describe('a fact that whoever asks for a change has not seen', () => {
  it.each<[string, Fact, ActorKind, boolean]>([
    ['refuses it when the case moved', of('taken_in_charge'), 'office', true],
    ['refuses it when the case moved by itself', of('resumed'), 'contact', true],
    ['refuses it when another has the case', of('reassigned'), 'system', true],
    ['refuses it when the priority went up by itself', of('priority_changed'), 'system', true],
    ['refuses it when the term is another', of('extended'), 'operator', true],
    ['refuses it when the citizen wrote', of('message_received'), 'contact', true],
    ['refuses it when an office answered', of('office_answered'), 'office', true],
    ['refuses it when a question was answered', of('task_answered'), 'office', true],
    [
      'refuses it when a colleague answered the citizen',
      of('reply_queued', { ...REPLY, automatic: null }),
      'operator',
      true,
    ],
    ['refuses it when a colleague wrote a note', of('note_added'), 'operator', true],
    ['refuses it when a colleague tagged it', of('tagged'), 'operator', true],
    [
      'refuses it when a term ran out and the law gives that an effect',
      of('deadline_breached', { effect: 'silent_consent' }),
      'system',
      true,
    ],
    [
      'lets it be after a notice to the citizen',
      of('reply_queued', { ...REPLY, automatic: 'notification' }),
      'system',
      false,
    ],
    [
      'lets it be after an acknowledgement',
      of('reply_queued', { ...REPLY, automatic: 'acknowledgement' }),
      'system',
      false,
    ],
    ['lets it be after a letter to the office', of('letter_queued'), 'system', false],
    ['lets it be after a letter that waits', of('letter_delayed'), 'system', false],
    ['lets it be after a reminder', of('reminded'), 'system', false],
    ['lets it be after a step of the ladder', of('escalated'), 'system', false],
    ['lets it be after a warning', of('deadline_warned'), 'system', false],
    ['lets it be after a term that ran out, no more', of('deadline_breached', { effect: 'none' }), 'system', false],
    ['lets it be after a receipt', of('delivery_failed'), 'system', false],
    ['lets it be after a tag of a rule', of('tagged'), 'system', false],
    ['lets it be after a note of an automation', of('note_added'), 'automation', false],
  ])('%s', (_, event, by, expected) => {
    expect(conflicts(event, by)).toBe(expected);
  });
});

describe('a version that was seen', () => {
  it.each<[string, number, number, number, boolean]>([
    ['is good when it is the last', 5, 5, 5, false],
    ['is good when only machines wrote since', 5, 9, 5, false],
    ['is good between two notes of machines', 7, 9, 5, false],
    ['is stale when a person did something since', 4, 9, 5, true],
    ['is refused when nobody can have seen it', 10, 9, 5, true],
  ])('%s', (_, seen, version, changed, expected) => {
    expect(isStale(seen, { version, changed })).toBe(expected);
  });
});
