import { describe, expect, it } from '@jest/globals';
import { GONE_AFTER_SECONDS } from '../routing/eligible.js';
import { officesFor, onDuty, topicsOf, type AnsweringOffice, type Present } from './on-duty.js';

const NOW = 1_000_000;
const office = (id: string, parent: string | null, topics: string[], active = true): [string, AnsweringOffice] => [
  id,
  { id, parent, kind: parent === null ? 'administration' : 'office', active, topics },
];
const tree = new Map([
  office('city', null, []),
  office('taxes', 'city', ['imu', 'tari']),
  office('refunds', 'taxes', []),
  office('rubbish', 'taxes', ['tari']),
  office('old', 'city', ['imu'], false),
]);

describe('who answers for a topic', () => {
  it('is an office by its own topics or, when it names none, by those of the office above', () => {
    expect(topicsOf(tree, 'refunds')).toEqual(['imu', 'tari']);
    expect(topicsOf(tree, 'rubbish')).toEqual(['tari']);
    expect(topicsOf(tree, 'city')).toEqual([]);
  });
  it('is every active office that has it', () => {
    expect(officesFor(tree, 'imu').map(({ id }) => id)).toEqual(['taxes', 'refunds']);
    expect(officesFor(tree, 'tari').map(({ id }) => id)).toEqual(['taxes', 'refunds', 'rubbish']);
    expect(officesFor(tree, 'weddings')).toEqual([]);
  });
});

describe('on duty now', () => {
  const members = [
    { operator: 'sara', office: 'taxes', tier: 2 },
    { operator: 'davide', office: 'taxes', tier: 3 },
    { operator: 'giulia', office: 'taxes', tier: 1 },
    { operator: 'piero', office: 'rubbish', tier: 2 },
  ];
  const present = (operator: string, more: Partial<Present> = {}): Present => ({
    operator,
    status: 'available',
    since: NOW - 5_000,
    heartbeatAt: NOW - 1_000,
    ...more,
  });
  const active = new Set(['sara', 'davide', 'giulia', 'piero']);
  const away = (operator: string, substitute: string | null) => ({ operator, substitute, from: 0, to: NOW + 1 });

  it.each<{
    promise: string;
    open?: string[];
    presences: Present[];
    absences?: ReturnType<typeof away>[];
    active?: Set<string>;
    then: string[];
  }>([
    { promise: 'are those available', presences: [present('sara')], then: ['sara'] },
    {
      promise: 'are second level before third',
      presences: [present('davide'), present('sara')],
      then: ['sara', 'davide'],
    },
    {
      promise: 'are those free for longest first, within a level',
      open: ['taxes', 'rubbish'],
      presences: [present('sara'), present('piero', { since: 1 })],
      then: ['piero', 'sara'],
    },
    { promise: 'is not another front desk', presences: [present('giulia')], then: [] },
    { promise: 'is nobody of an office that is closed', open: ['rubbish'], presences: [present('sara')], then: [] },
    { promise: 'is nobody who is busy', presences: [present('sara', { status: 'busy' })], then: [] },
    {
      promise: 'is nobody whose console fell silent',
      presences: [present('sara', { heartbeatAt: NOW - GONE_AFTER_SECONDS * 1_000 - 1 })],
      then: [],
    },
    { promise: 'is nobody who never said where they are', presences: [], then: [] },
    { promise: 'is nobody who left', presences: [present('sara')], active: new Set(['davide']), then: [] },
    {
      promise: 'is nobody who is away, even with the console on',
      presences: [present('sara')],
      absences: [away('sara', null)],
      then: [],
    },
    {
      promise: 'is whoever stands in for a member, from any office',
      presences: [present('piero')],
      absences: [away('sara', 'piero')],
      then: ['piero instead of sara'],
    },
    {
      promise: 'is a member once, also when standing in for another',
      presences: [present('davide')],
      absences: [away('sara', 'davide')],
      then: ['davide'],
    },
  ])('$promise', ({ open = ['taxes'], presences, absences = [], active: there = active, then }) => {
    const found = onDuty(
      new Set(open),
      members,
      { active: there, absences },
      new Map(presences.map(one => [one.operator, one])),
      NOW,
    );
    expect(found.map(one => one.operator + (one.insteadOf ? ` instead of ${one.insteadOf}` : ''))).toEqual(then);
  });
});
