import { describe, expect, it } from '@jest/globals';
import { instant } from '@filodiretto/contracts/model';
import { chaseInPerson, chaseOf, raisedByChase, type ChaseEvidence } from './chase.js';

const now = instant('2026-03-20T09:00:00.000Z');
const ago = (hours: number) => instant(Date.parse(now) - hours * 3_600_000);
const DAY = 24;
const held: ChaseEvidence = {
  state: 'in_charge',
  ownWords: true,
  dueAt: ago(-10 * DAY),
  saidAt: ago(5 * DAY),
  answeredAt: null,
  chasedAt: null,
};

describe('a further message of the citizen', () => {
  it.each<[string, Partial<ChaseEvidence>, ReturnType<typeof chaseOf>]>([
    ['asks again when nobody said anything for days', {}, 'held'],
    ['asks again when a term has expired', { dueAt: ago(1), saidAt: ago(1) }, 'late'],
    ['asks again at the very moment of the term', { dueAt: now, saidAt: ago(1) }, 'late'],
    ['adds to what was just written', { saidAt: ago(3) }, undefined],
    ['asks again also of a case that nobody holds yet', { state: 'triage' }, 'held'],
    ['answers what was asked', { state: 'waiting_citizen', dueAt: ago(1) }, undefined],
    ['answers what they were told, also when it is late', { answeredAt: ago(3 * DAY), dueAt: ago(1) }, undefined],
    ['asks again long after they were told something', { answeredAt: ago(4.9 * DAY), saidAt: ago(4.5 * DAY) }, 'held'],
    ['no longer answers what they were told last week', { answeredAt: ago(8 * DAY), saidAt: ago(9 * DAY) }, 'held'],
    ['counts once a day', { chasedAt: ago(23) }, undefined],
    ['counts again the day after', { chasedAt: ago(25), saidAt: ago(2 * DAY) }, 'held'],
    ['asks for nothing when it is over', { state: 'resolved', dueAt: ago(1) }, undefined],
    ['is no message of theirs', { ownWords: false, dueAt: ago(1) }, undefined],
  ])('%s', (_, more, expected) => {
    expect(chaseOf({ ...held, ...more }, now)).toBe(expected);
  });
});

describe('a citizen who asks again by voice', () => {
  it.each<[string, Partial<ChaseEvidence>, string]>([
    ['asks again', {}, 'asked'],
    ['asks again, whatever they were told yesterday', { answeredAt: ago(20) }, 'asked'],
    ['asks again also of a case that nobody holds yet', { state: 'triage' }, 'asked'],
    ['asks for what is late', { dueAt: ago(1) }, 'late'],
    ['asks before it is late', { dueAt: instant('2099-01-01T00:00:00.000Z') }, 'asked'],
    ['counts once a day, also when they had written', { chasedAt: ago(23), dueAt: ago(1) }, 'counted_today'],
    ['counts again the day after', { chasedAt: ago(25) }, 'asked'],
    ['urges nobody about what is over', { state: 'closed' }, 'refused transition-not-allowed'],
    ['urges nobody about what they were asked', { state: 'waiting_citizen' }, 'refused transition-not-allowed'],
  ])('%s', (_, more, expected) => {
    const decided = chaseInPerson({ ...held, ...more }, now);
    expect(typeof decided === 'object' ? `refused ${decided.refused}` : decided).toBe(expected);
  });
});

it('a case that is asked about again matters more, and is never made urgent by that alone', () => {
  expect((['low', 'normal', 'high', 'urgent'] as const).map(raisedByChase)).toEqual([
    'normal',
    'high',
    'high',
    'urgent',
  ]);
});
