import { describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '@filodiretto/contracts/model';
import fc from 'fast-check';
import type { Calendar } from '../calendar/calendar.js';
import {
  alarms,
  due,
  ended,
  extend,
  extensionLimit,
  interrupt,
  met,
  resume,
  start,
  stateOf,
  suspend,
  type Deadline,
} from './deadline.js';
import { canBeDue, policyFor, policyMistakes, type DeadlinePolicy } from './policy.js';
import { SHIPPED_POLICIES } from './shipped.js';

const office: Calendar = {
  timeZone: 'Europe/Rome',
  opening: [1, 2, 3, 4, 5].map(weekday => ({ weekday: weekday as 1, from: '08:00', to: '18:00' })),
  holidays: ['2026-01-01', '2026-01-06', '2026-04-06', '2026-12-08', '2026-12-25', '2027-01-01', '2027-01-06'],
  closures: [],
};
/** San Geminiano, in Modena. */
const modena: Calendar = { ...office, holidays: [...office.holidays, '2028-01-31'] };
const winter = (local: string): Instant => instant(`${local}+01:00`);
const summer = (local: string): Instant => instant(`${local}+02:00`);

const shipped = (code: string, more: Partial<DeadlinePolicy> = {}): DeadlinePolicy => {
  const found = SHIPPED_POLICIES.find(policy => policy.code === code);
  if (!found) throw new Error(`no policy ${code}`);
  return { ...found, id: code, ...more };
};
const hours = (amount: number): DeadlinePolicy =>
  shipped('first_reply', { term: { amount, unit: 'working_hours' }, endsOnWorkingDay: false });

const dueAt = (policy: DeadlinePolicy, at: Instant, calendar: Calendar = office): Instant | null =>
  start(policy, calendar, at).dueAt;

describe('what is promised is due', () => {
  it.each<[string, DeadlinePolicy, Instant, Instant, Calendar?]>([
    [
      'taking charge by the close of the third working day',
      shipped('take_charge'),
      winter('2026-11-25T09:00'),
      winter('2026-11-30T18:00'),
    ],
    [
      'taking charge after Immaculate Conception',
      shipped('take_charge'),
      winter('2026-12-04T09:00'),
      winter('2026-12-10T18:00'),
    ],
    [
      'the patron saint does not count for who works there',
      shipped('take_charge'),
      winter('2028-01-28T09:00'),
      winter('2028-02-03T18:00'),
      modena,
    ],
    [
      'the same days end earlier where the saint is another',
      shipped('take_charge'),
      winter('2028-01-28T09:00'),
      winter('2028-02-02T18:00'),
    ],
    [
      'thirty days from 1 December end with 31 December',
      shipped('resolution'),
      winter('2026-12-01T09:00'),
      winter('2027-01-01T00:00'),
    ],
    [
      'thirty days that end on New Year end after the Sunday',
      shipped('resolution'),
      winter('2026-12-02T09:00'),
      winter('2027-01-05T00:00'),
    ],
    [
      'thirty days over the leap of the clocks end at midnight of Rome',
      shipped('resolution'),
      winter('2026-03-20T09:00'),
      summer('2026-04-21T00:00'),
    ],
    [
      'a month for the rights of a person, from 31 January',
      shipped('resolution.data_subject_request'),
      winter('2026-01-31T09:00'),
      winter('2026-03-03T00:00'),
    ],
    ['eight working hours go on the next day', hours(8), winter('2026-11-25T16:00'), winter('2026-11-26T14:00')],
    [
      'eight working hours over the night in which the clocks go back',
      hours(8),
      summer('2026-10-23T16:00'),
      winter('2026-10-26T14:00'),
    ],
  ])('%s', (_, policy, at, expected, calendar = office) => {
    expect(dueAt(policy, at, calendar)).toBe(expected);
  });
});

describe('a suspension', () => {
  const foia = shipped('resolution.foia');
  const promise = shipped('resolution');
  const begun = (policy: DeadlinePolicy, at: Instant): Deadline => start(policy, office, at);

  it('of five days puts a legal term off by five days', () => {
    const stopped = suspend(
      begun(foia, winter('2026-02-02T09:00')),
      foia,
      office,
      winter('2026-02-09T10:00'),
      'suspended',
    );
    const again = resume(stopped, foia, office, winter('2026-02-14T10:00'));
    expect([dueAt(foia, winter('2026-02-02T09:00')), again.dueAt]).toEqual([
      winter('2026-03-05T00:00'),
      winter('2026-03-10T00:00'),
    ]);
  });

  it('over a holiday counts the holiday too, for a term in calendar days', () => {
    const stopped = suspend(
      begun(foia, winter('2026-11-20T09:00')),
      foia,
      office,
      winter('2026-12-07T10:00'),
      'suspended',
    );
    expect(resume(stopped, foia, office, winter('2026-12-09T10:00')).dueAt).toBe(winter('2026-12-23T00:00'));
  });

  it('over a holiday costs an office nothing that works by days', () => {
    const policy = shipped('first_reply', { term: { amount: 5, unit: 'working_days' }, endsOnWorkingDay: false });
    const at = winter('2026-12-03T09:00');
    const stopped = suspend(begun(policy, at), policy, office, winter('2026-12-04T10:00'), 'waiting');
    const again = resume(stopped, policy, office, winter('2026-12-09T10:00'));
    expect([dueAt(policy, at), again.dueAt]).toEqual([winter('2026-12-11T18:00'), winter('2026-12-15T18:00')]);
  });

  it('keeps the minutes that were left', () => {
    const policy = hours(8);
    const stopped = suspend(
      begun(policy, winter('2026-11-25T08:00')),
      policy,
      office,
      winter('2026-11-25T10:30'),
      'waiting',
    );
    expect(stopped.left).toEqual({ amount: 5.5, unit: 'working_hours' });
    expect(resume(stopped, policy, office, winter('2026-11-30T17:00')).dueAt).toBe(winter('2026-12-01T12:30'));
  });

  it('without a limit leaves no date', () => {
    const stopped = suspend(
      begun(promise, winter('2026-02-02T09:00')),
      promise,
      office,
      winter('2026-02-09T10:00'),
      'waiting',
    );
    expect([stopped.dueAt, stateOf(stopped, winter('2027-02-09T10:00')), alarms(stopped, promise, office)]).toEqual([
      null,
      'stopped',
      [],
    ]);
  });

  it('does not stop a legal term because the citizen is asked something', () => {
    const running = begun(foia, winter('2026-02-02T09:00'));
    expect(suspend(running, foia, office, winter('2026-02-09T10:00'), 'waiting')).toBe(running);
  });

  it('longer than the law allows counts for the days that it allows', () => {
    const stopped = suspend(
      begun(foia, winter('2026-02-02T09:00')),
      foia,
      office,
      winter('2026-02-09T10:00'),
      'suspended',
    );
    expect(stopped.dueAt).toBe(winter('2026-03-17T00:00'));
    expect(resume(stopped, foia, office, winter('2026-03-02T10:00'))).toMatchObject({
      dueAt: winter('2026-03-17T00:00'),
      stoppedDays: 10,
    });
  });

  it('that nobody ends is ended by its limit: the term expires while stopped', () => {
    const stopped = suspend(
      begun(foia, winter('2026-02-02T09:00')),
      foia,
      office,
      winter('2026-02-09T10:00'),
      'suspended',
    );
    expect(alarms(stopped, foia, office)[0]).toEqual({ at: winter('2026-03-17T00:00'), what: 'breach' });
    expect(stateOf(stopped, winter('2026-03-18T00:00'))).toBe('late');
  });

  it('is granted once where the law says once', () => {
    const once = resume(
      suspend(begun(foia, winter('2026-02-02T09:00')), foia, office, winter('2026-02-09T10:00'), 'suspended'),
      foia,
      office,
      winter('2026-02-11T10:00'),
    );
    expect(suspend(once, foia, office, winter('2026-02-12T10:00'), 'suspended')).toBe(once);
  });

  it('comes too late for a term that expired', () => {
    const late = begun(foia, winter('2026-02-02T09:00'));
    expect(suspend(late, foia, office, winter('2026-03-06T10:00'), 'suspended')).toBe(late);
  });

  it('that ends the same day changes nothing of a term in days', () => {
    const running = begun(promise, winter('2026-02-02T09:00'));
    const again = resume(
      suspend(running, promise, office, winter('2026-02-09T09:00'), 'waiting'),
      promise,
      office,
      winter('2026-02-09T17:00'),
    );
    expect(again.dueAt).toBe(running.dueAt);
  });
});

describe('an interruption', () => {
  it('makes the term start again from zero', () => {
    const policy = shipped('resolution.proceeding');
    const running = start(policy, office, winter('2026-02-02T09:00'));
    const again = interrupt(running, policy, office, winter('2026-02-20T09:00'));
    expect(again.dueAt).toBe(winter('2026-03-24T00:00'));
    expect(again.startedAt).toBe(running.startedAt);
  });
});

describe('an extension', () => {
  const rights = shipped('resolution.data_subject_request');
  it('is bounded, and granted once', () => {
    const running = start(rights, office, winter('2026-01-15T09:00'));
    expect(extensionLimit(running, rights, office)).toBe(summer('2026-04-17T00:00'));
    const extended = extend(running, summer('2026-04-16T00:00'), winter('2026-02-01T09:00'));
    expect(extensionLimit(extended, rights, office)).toBeNull();
    expect(due(extended, rights, { ...office, holidays: ['2026-04-15'] })).toBe(summer('2026-04-16T00:00'));
  });
  it('is refused where the law knows none', () => {
    const policy = shipped('resolution.foia');
    expect(extensionLimit(start(policy, office, winter('2026-01-15T09:00')), policy, office)).toBeNull();
  });
});

describe('a calendar that changes meanwhile', () => {
  const policy = shipped('take_charge');
  const running = start(policy, office, winter('2026-11-25T09:00'));
  it('gives more time for a closure that was decided later', () => {
    const closed = { ...office, closures: [{ from: '2026-11-27', to: '2026-11-27' }] };
    expect(due(running, policy, closed)).toBe(winter('2026-12-01T18:00'));
  });
  it('takes none of what was promised when a holiday is taken away', () => {
    const saturdays = { ...office, opening: [...office.opening, { weekday: 6 as const, from: '08:00', to: '18:00' }] };
    expect(due(running, policy, saturdays)).toBe(running.dueAt);
  });
  it('leaves what expired expired, also for a closure of days that are over', () => {
    const late = { ...running, breachedAt: winter('2026-11-30T18:00') };
    const closed = { ...office, closures: [{ from: '2026-11-27', to: '2026-11-27' }] };
    expect(due(late, policy, closed)).toBe(running.dueAt);
  });
});

describe('what is said of a deadline', () => {
  const policy = shipped('take_charge');
  const running = start(policy, office, winter('2026-11-25T09:00'));
  it('comes in order: before the term, at the term, up the ladder; while somebody is there to read', () => {
    expect(
      alarms(running, policy, office).map(alarm => [alarm.at, alarm.what, 'rung' in alarm ? alarm.step.to : null]),
    ).toEqual([
      [winter('2026-11-30T08:00'), 'warn', null],
      [winter('2026-11-30T08:00'), 'rung', 'assignee'],
      [winter('2026-11-30T18:00'), 'breach', null],
      [winter('2026-11-30T18:00'), 'rung', 'assignee'],
      [winter('2026-12-09T08:00'), 'rung', 'office_head'],
      [winter('2026-12-14T08:00'), 'rung', 'director'],
    ]);
  });
  it('is said once', () => {
    const said = { ...running, warnedAt: running.startedAt, breachedAt: running.startedAt, rungs: [0, 1, 2, 3] };
    expect(alarms(said, policy, office)).toEqual([]);
  });
  it('never comes before the deadline began', () => {
    const early = shipped('first_reply', { warnBefore: { amount: 40, unit: 'calendar_days' } });
    const begun = start(early, office, winter('2026-11-25T09:00'));
    expect(alarms(begun, early, office)[0]?.at).toBe(begun.startedAt);
  });
  it('is over when the promise is', () => {
    expect(alarms(met(running, winter('2026-11-26T09:00')), policy, office)).toEqual([]);
  });
  it.each<[string, Deadline, Instant, string]>([
    ['runs', running, winter('2026-11-26T09:00'), 'running'],
    ['is late at the very moment', running, winter('2026-11-30T18:00'), 'late'],
    ['was met', met(running, winter('2026-11-26T09:00')), winter('2027-11-26T09:00'), 'met'],
    ['was met late', met(running, winter('2026-12-26T09:00')), winter('2027-11-26T09:00'), 'met_late'],
    ['ended with the case', ended(running, winter('2026-11-26T09:00')), winter('2027-11-26T09:00'), 'void'],
  ])('%s', (_, deadline, now, expected) => {
    expect(stateOf(deadline, now)).toBe(expected);
  });
});

describe('a policy', () => {
  const general = shipped('resolution', { kinds: null });
  const now = winter('2026-11-25T09:00');
  const asked = { clock: 'resolution', kind: 'report', category: 'lights', office: 'works' } as const;
  it.each<[string, Partial<DeadlinePolicy>[], string]>([
    [
      'of the category counts before that of the office',
      [
        { code: 'a', office: 'works' },
        { code: 'b', category: 'lights' },
      ],
      'b',
    ],
    [
      'of the office counts before that of the kind',
      [
        { code: 'a', kinds: ['report'] },
        { code: 'b', office: 'works' },
      ],
      'b',
    ],
    ['of another office does not count', [{ code: 'a', office: 'taxes' }], 'resolution'],
    ['that is retired does not count', [{ code: 'a', category: 'lights', retired: true }], 'resolution'],
    [
      'that is for rules alone does not count by itself',
      [{ code: 'a', category: 'lights', onlyByRule: true }],
      'resolution',
    ],
    [
      'for rules alone in its newest version does not count in an older one',
      [
        { code: 'a', category: 'lights' },
        { code: 'a', category: 'lights', version: 2, onlyByRule: true },
      ],
      'resolution',
    ],
    [
      'counts in its newest version in force',
      [
        { code: 'a', category: 'lights', id: 'a1' },
        { code: 'a', category: 'lights', version: 2, id: 'a2' },
        { code: 'a', category: 'lights', version: 3, id: 'a3', validFrom: winter('2026-11-26T00:00') },
      ],
      'a2',
    ],
    [
      'retired in its newest version is not in force in an older one',
      [
        { code: 'a', category: 'lights' },
        { code: 'a', category: 'lights', version: 2, retired: true },
      ],
      'resolution',
    ],
  ])('%s', (_, others, expected) => {
    const policies = [general, ...others.map(one => ({ ...general, id: one.code ?? '', ...one }))];
    expect(policyFor(policies, asked, now)?.id).toBe(expected);
  });
  it('that was given goes before all others of its clock, whatever cases it is for, while it holds', () => {
    const named = { ...general, id: 'given', code: 'given', kinds: ['praise'], office: 'taxes' } as const;
    const others = [general, { ...general, id: 'lights', code: 'lights', category: 'lights' }];
    const chosen = (policies: readonly DeadlinePolicy[], given: string): string | undefined =>
      policyFor(policies, { ...asked, given }, now)?.id;
    expect(chosen([...others, named], 'given')).toBe('given');
    expect(chosen([...others, { ...named, onlyByRule: true }], 'given')).toBe('given');
    expect(chosen([...others, named], 'unknown')).toBe('lights');
    expect(chosen([...others, { ...named, retired: true }], 'given')).toBe('lights');
    expect(chosen([...others, { ...named, clock: 'take_charge' }], 'given')).toBe('lights');
  });
  it('is not there for praise', () => {
    const policies = SHIPPED_POLICIES.map(policy => ({ ...policy, id: policy.code }));
    expect(policyFor(policies, { ...asked, kind: 'praise' }, now)).toBeUndefined();
    expect(policyFor(policies, { ...asked, kind: 'foia' }, now)?.code).toBe('resolution.foia');
  });
  it('that is shipped is good, and its mistakes are told', () => {
    for (const policy of SHIPPED_POLICIES) expect([policy.code, policyMistakes(policy)]).toEqual([policy.code, []]);
    expect(policyMistakes({ ...general, onlyByRule: true })).toEqual([]);
    expect(policyMistakes({ ...general, clock: 'task', onlyByRule: true }).map(({ pointer }) => pointer)).toEqual([
      '/onlyByRule',
    ]);
    expect(
      policyMistakes({
        ...general,
        term: { amount: 0, unit: 'calendar_days' },
        effectOnExpiry: 'silent_consent',
        suspension: { times: 1, days: 0 },
        ladder: [{ to: 'director', when: 'after', after: { amount: -1, unit: 'working_days' }, reassign: true }],
      }).map(({ pointer }) => pointer),
    ).toEqual(['/term/amount', '/effectOnExpiry', '/suspension/days', '/ladder/0/after/amount', '/ladder/0/reassign']);
  });
  it('needs a calendar that opens', () => {
    expect([canBeDue(office, now), canBeDue({ ...office, opening: [] }, now)]).toEqual([true, false]);
  });
});

describe('for any moments', () => {
  const policies = fc.constantFrom(...SHIPPED_POLICIES.map(policy => ({ ...policy, id: policy.code })), {
    ...hours(12),
    id: 'hours',
  });
  const steps = fc.tuple(
    fc.integer({ min: 0, max: 400 * 24 }),
    fc.integer({ min: 1, max: 60 * 24 }),
    fc.integer({ min: 0, max: 60 * 24 }),
  );
  it('a pause never brings a term forward, and no pause of a running term is lost', () => {
    fc.assert(
      fc.property(policies, steps, (policy, [begin, pause, length]) => {
        const at = (hour: number): Instant => instant(Date.UTC(2026, 0, 1) + hour * 3_600_000);
        const running = start(policy, office, at(begin));
        const stopped = suspend(running, policy, office, at(begin + pause), 'suspended');
        const again = resume(stopped, policy, office, at(begin + pause + length));
        expect((again.dueAt ?? '') >= (running.dueAt ?? '')).toBe(true);
        if (stopped !== running && policy.suspension.days === null)
          expect((again.dueAt ?? '') > at(begin + pause + length)).toBe(true);
      }),
    );
  });
});
