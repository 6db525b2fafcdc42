import { describe, expect, it } from '@jest/globals';
import { instant, type CaseState, type Instant } from '@filodiretto/contracts/model';
import type { Calendar } from '../calendar/calendar.js';
import { stateOf, suspend, type Deadline } from './deadline.js';
import type { Kept, PromiseBook } from './kept.js';
import { countedFrom, mergeDeadlines, restored } from './merge.js';
import { policyFor } from './policy.js';
import { SHIPPED_POLICIES } from './shipped.js';

const works: Calendar = {
  timeZone: 'Europe/Rome',
  opening: [1, 2, 3, 4, 5].map(weekday => ({ weekday: weekday as 1, from: '08:00', to: '18:00' })),
  holidays: [],
  closures: [],
};
const policies = SHIPPED_POLICIES.map(policy => ({ ...policy, id: policy.code }));
const book: PromiseBook = { policy: (request, at) => policyFor(policies, request, at), calendar: () => works };
const at = (local: string): Instant => instant(`${local}+01:00`);
const NOW = at('2026-11-10T10:00');

const REPORT = { kind: 'report', category: null, office: null } as const;
function kept(clock: Deadline['clock'], dueAt: Instant | null, more: Partial<Deadline> = {}): Kept {
  const policy = book.policy({ ...REPORT, clock }, NOW);
  if (!policy) throw new Error(`no policy of ${clock}`);
  const startedAt = at('2026-11-02T09:00');
  return {
    id: `${clock} ${dueAt ?? 'never'}`,
    policy,
    office: null,
    deadline: {
      clock,
      startedAt,
      anchorAt: startedAt,
      left: policy.term,
      dueAt,
      stoppedAt: null,
      stops: 0,
      stoppedDays: 0,
      extendedAt: null,
      warnedAt: null,
      breachedAt: null,
      rungs: [],
      endedAt: null,
      met: null,
      ...more,
    },
  };
}
const resolution = (dueAt: Instant | null, more: Partial<Deadline> = {}): Kept => kept('resolution', dueAt, more);
const stopped = (one: Kept): Kept => ({
  ...one,
  deadline: suspend(one.deadline, one.policy, works, at('2026-11-04T09:00'), 'suspended'),
});
const merged = (into: readonly Kept[], from: readonly Kept[], state: CaseState = 'in_charge') =>
  mergeDeadlines(into, from, state, book, NOW);
const [SOON, LATE] = [at('2026-11-20T00:00'), at('2026-12-20T00:00')];

describe('the promises of two cases that become one', () => {
  it('keep the earlier of two, wherever it was made, and what was said of it', () => {
    const theirs = resolution(SOON, { warnedAt: at('2026-11-09T09:00'), rungs: [0] });
    const result = merged([resolution(LATE)], [theirs]);
    expect(result.moved).toEqual([theirs]);
    expect(result.ended.map(({ deadline }) => [deadline.dueAt, deadline.met])).toEqual([[LATE, false]]);
    expect(merged([resolution(SOON)], [resolution(LATE)])).toMatchObject({ moved: [], ended: [] });
  });
  it('keep that one expired: it is not said again', () => {
    const late = resolution(at('2026-11-05T00:00'), { breachedAt: at('2026-11-05T00:00') });
    expect(merged([resolution(LATE)], [late]).moved).toEqual([late]);
  });
  it('keep one that only the other made, and drop none of their own', () => {
    const theirs = kept('first_reply', SOON);
    expect(merged([resolution(LATE)], [theirs])).toMatchObject({ moved: [theirs], ended: [], left: [] });
  });
  it('have nobody take charge of what is in charge already', () => {
    const theirs = kept('take_charge', SOON);
    expect(merged([], [theirs])).toMatchObject({ moved: [], left: [theirs] });
    expect(merged([], [theirs], 'assigned')).toMatchObject({ moved: [theirs] });
  });
  it.each(['received', 'triage'] as const)('have whoever sorts a case that is %s keep the earlier term', state => {
    const [theirs, own] = [kept('take_charge', SOON), kept('take_charge', LATE)];
    const result = merged([own], [theirs], state);
    expect([result.moved, result.left]).toEqual([[theirs], []]);
    expect(result.ended.map(({ deadline }) => deadline.dueAt)).toEqual([LATE]);
  });
  it('stand still where the case that takes in is suspended, and stay so', () => {
    const own = stopped(resolution(LATE));
    const result = merged([own], [kept('first_reply', SOON)], 'suspended');
    expect(result.moved.map(({ deadline }) => stateOf(deadline, NOW))).toEqual(['stopped']);
    expect(merged([own], [resolution(at('2027-03-01T00:00'))], 'suspended')).toMatchObject({ moved: [], ended: [] });
  });
  it('go on where it is not: nothing stands still for ever', () => {
    const result = merged([], [stopped(resolution(LATE))]);
    expect(result.moved.map(({ deadline }) => [stateOf(deadline, NOW), deadline.dueAt !== null])).toEqual([
      ['running', true],
    ]);
  });
  it('move nothing that ended', () => {
    const over = resolution(SOON, { endedAt: at('2026-11-05T00:00'), met: true });
    expect(merged([], [over])).toEqual({ moved: [], ended: [], left: [] });
  });
  it('go on as they were when the merge is undone', () => {
    const [gone] = merged([resolution(LATE)], [resolution(SOON)]).ended;
    if (!gone) throw new Error('nothing ended');
    expect(restored(gone, 'in_charge', book, NOW)).toEqual(resolution(LATE));
  });
});

describe('the promises of a case that is split off', () => {
  const begun = [kept('acknowledgement', SOON), kept('first_reply', LATE), resolution(LATE), kept('take_charge', SOON)];
  const since = at('2026-11-03T09:00');
  it('count from when its citizen wrote, and what they were answered counts', () => {
    const counted = countedFrom(begun, { since, acknowledgedAt: since, answeredAt: null }, REPORT, book);
    expect(counted.map(({ deadline }) => [deadline.startedAt, deadline.met])).toEqual([
      [since, true],
      [since, null],
      [since, null],
      [at('2026-11-02T09:00'), null],
    ]);
    const answered = countedFrom(begun, { since, acknowledgedAt: null, answeredAt: NOW }, REPORT, book);
    expect(answered.slice(0, 2).map(({ deadline }) => [deadline.met, deadline.endedAt])).toEqual([
      [true, NOW],
      [true, NOW],
    ]);
  });
});
