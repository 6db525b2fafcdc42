import { describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '@filodiretto/contracts/model';
import type { Calendar } from '../calendar/calendar.js';
import type { Case } from '../case/case.js';
import type { CaseEvent, FactData } from '../case/event.js';
import { stateOf } from './deadline.js';
import { follow, promiseOf } from './follow.js';
import type { Kept, PromiseBook } from './kept.js';
import { policyFor } from './policy.js';
import { SHIPPED_POLICIES } from './shipped.js';

const works: Calendar = {
  timeZone: 'Europe/Rome',
  opening: [1, 2, 3, 4, 5].map(weekday => ({ weekday: weekday as 1, from: '08:00', to: '18:00' })),
  holidays: [],
  closures: [],
};
/** Mornings only. */
const taxes: Calendar = { ...works, opening: works.opening.map(one => ({ ...one, to: '13:00' })) };
const shipped = SHIPPED_POLICIES.map(policy => ({ ...policy, id: policy.code }));
const byRule = (clock: 'resolution' | 'take_charge') =>
  shipped
    .filter(({ code }) => code === clock)
    .map(one => ({
      ...one,
      ...{ id: `danger.${clock}`, code: `danger.${clock}`, onlyByRule: true, kinds: null },
      term: { amount: 1, unit: 'working_days' } as const,
    }));
const policies = [...shipped, ...byRule('resolution'), ...byRule('take_charge')];
const book: PromiseBook = {
  policy: (request, at) => policyFor(policies, request, at),
  calendar: office => (office === 'taxes' ? taxes : works),
};
const at = (local: string): Instant => instant(`${local}+01:00`);
const fact = <F extends keyof FactData>(name: F, when: string, data: Partial<FactData[F]> = {}): CaseEvent =>
  ({ fact: name, at: at(when), data }) as unknown as CaseEvent;

type Seen = Pick<Case, 'kind' | 'category' | 'office'> & { readonly given?: string };
const REPORT: Seen = { kind: 'report', category: null, office: 'works' };
const told = (events: readonly CaseEvent[], seen: Seen = REPORT): readonly Kept[] =>
  events.reduce<readonly Kept[]>(
    (kept, event) =>
      follow(kept, event, event.fact === 'reassigned' ? { ...seen, office: event.data.office } : seen, book),
    [],
  );
const shown = (kept: readonly Kept[], now: string): Record<string, [string, Instant | null]> =>
  Object.fromEntries(kept.map(({ deadline }) => [deadline.clock, [stateOf(deadline, at(now)), deadline.dueAt]]));

const OPENED = [
  fact('opened', '2026-11-02T09:00', { message: 'm' }),
  fact('assigned', '2026-11-02T09:00', { office: 'works' }),
];

describe('the deadlines of a case', () => {
  it('begin with it: acknowledgement, first reply, closure, and taking charge by the office it is assigned to', () => {
    expect(shown(told(OPENED), '2026-11-02T10:00')).toEqual({
      acknowledgement: ['running', at('2026-11-03T18:00')],
      first_reply: ['running', at('2026-11-18T00:00')],
      resolution: ['running', at('2026-12-03T00:00')],
      take_charge: ['running', at('2026-11-05T18:00')],
    });
  });
  it('that is opened at the desk are no promise to answer who stands there', () => {
    const clocks = told([fact('opened', '2026-11-02T09:00', { message: null })]).map(({ deadline }) => deadline.clock);
    expect(clocks).toEqual(['resolution']);
  });
  describe('that no office has', () => {
    const NOBODYS: Seen = { ...REPORT, office: null };
    const takeCharges = (kept: readonly Kept[]) =>
      kept
        .filter(({ deadline }) => deadline.clock === 'take_charge')
        .map(({ deadline, office }) => [office, stateOf(deadline, at('2026-11-04T10:00')), deadline.dueAt]);
    const ARRIVED = fact('opened', '2026-11-02T09:00', { message: 'm' });
    const sorted = [null, 'running', at('2026-11-05T18:00')];
    it.each<[string, readonly CaseEvent[], Seen, unknown]>([
      ['runs from its arrival for whoever sorts it', [ARRIVED], NOBODYS, [sorted]],
      [
        'runs from the desk too, where nobody was answered',
        [fact('opened', '2026-11-02T09:00', { message: null })],
        NOBODYS,
        [sorted],
      ],
      [
        'runs on while it is looked at',
        [ARRIVED, fact('triaged', '2026-11-03T09:00', { reason: null })],
        NOBODYS,
        [sorted],
      ],
      [
        'runs again when an office says that it is not theirs',
        [ARRIVED, fact('competence_refused', '2026-11-03T09:00')],
        NOBODYS,
        [
          [null, 'void', at('2026-11-05T18:00')],
          [null, 'running', at('2026-11-06T18:00')],
        ],
      ],
      [
        'runs again when it is opened again',
        [ARRIVED, fact('rejected', '2026-11-02T10:00'), fact('reopened', '2026-11-03T09:00', { to: 'triage' })],
        NOBODYS,
        [
          [null, 'met', at('2026-11-05T18:00')],
          [null, 'running', at('2026-11-06T18:00')],
        ],
      ],
      [
        'is met by whoever answers it without an office',
        [ARRIVED, fact('resolved', '2026-11-03T09:00')],
        NOBODYS,
        [[null, 'met', at('2026-11-05T18:00')]],
      ],
      ['is not there when an office has it from the start', [ARRIVED], REPORT, []],
    ])('the term to take charge %s', (_, events, seen, expected) => {
      expect(takeCharges(told(events, seen))).toEqual(expected);
    });
    it('is over for whoever sorted it, and begins for the office it went to', () => {
      const before = told([ARRIVED], NOBODYS);
      const after = follow(before, fact('assigned', '2026-11-03T09:00', { office: 'works' }), REPORT, book);
      expect(takeCharges(after)).toEqual([
        [null, 'void', at('2026-11-05T18:00')],
        ['works', 'running', at('2026-11-06T18:00')],
      ]);
    });
  });
  it('are met one by one: acknowledged, taken in charge, answered, resolved', () => {
    const events = [
      ...OPENED,
      fact('reply_queued', '2026-11-02T09:00', { automatic: 'acknowledgement' }),
      fact('taken_in_charge', '2026-11-03T09:00'),
      fact('reply_queued', '2026-11-04T09:00', { automatic: null }),
      fact('resolved', '2026-11-05T09:00'),
    ];
    const states = events.map((_, index) => shown(told(events.slice(0, index + 1)), '2026-11-05T10:00'));
    expect(states[2]?.acknowledgement?.[0]).toBe('met');
    expect(states[2]?.first_reply?.[0]).toBe('running');
    expect(states[3]?.take_charge?.[0]).toBe('met');
    expect(states[4]?.first_reply?.[0]).toBe('met');
    expect(Object.values(states[5] ?? {}).map(([state]) => state)).toEqual(['met', 'met', 'met', 'met']);
  });
  it('run again as they did when the reply that met them is taken back, unless somebody was told something else since', () => {
    const queuedAt = at('2026-11-03T09:00');
    const answered = [...OPENED, fact('reply_queued', '2026-11-03T09:00', { automatic: null })];
    const taken = (answeredAt: Instant | null): readonly Kept[] =>
      told([
        ...answered,
        fact('reply_withdrawn', '2026-11-03T09:01', { message: 'm', queuedAt, answeredAt, lastMessageAt: null }),
      ]);
    const shownAt = '2026-11-03T10:00';
    expect(shown(told(answered), shownAt).first_reply?.[0]).toBe('met');
    expect(shown(taken(null), shownAt)).toEqual(shown(told(OPENED), shownAt));
    const other = taken(at('2026-11-03T09:00:30')).find(({ deadline }) => deadline.clock === 'first_reply');
    expect(other?.deadline).toMatchObject({ met: true, endedAt: at('2026-11-03T09:00:30') });
  });
  it('are not met by a notice that a machine sends', () => {
    const kept = told([...OPENED, fact('reply_queued', '2026-11-03T09:00', { automatic: 'notification' })]);
    expect(shown(kept, '2026-11-03T10:00').first_reply?.[0]).toBe('running');
  });
  it('of a moved case: the new office takes charge by its own calendar, the citizen keeps the promise', () => {
    const kept = told([
      ...OPENED,
      fact('reassigned', '2026-11-04T09:00', { office: 'taxes', previousOffice: 'works' }),
    ]);
    const running = kept.filter(({ deadline }) => deadline.endedAt === null);
    expect(shown(running, '2026-11-04T10:00')).toMatchObject({
      take_charge: ['running', at('2026-11-09T13:00')],
      resolution: ['running', at('2026-12-03T00:00')],
    });
    expect(kept.filter(({ deadline }) => deadline.clock === 'take_charge').map(({ deadline }) => deadline.met)).toEqual(
      [false, null],
    );
  });
  it('of a case that changes hands within its office go on', () => {
    const kept = told([
      ...OPENED,
      fact('reassigned', '2026-11-04T09:00', { office: 'works', previousOffice: 'works', assignee: 'other' }),
    ]);
    expect(shown(kept, '2026-11-04T10:00').take_charge).toEqual(['running', at('2026-11-05T18:00')]);
  });
  it('stand still while the citizen is asked, and go on with the answer', () => {
    const events = [
      ...OPENED,
      fact('taken_in_charge', '2026-11-03T09:00'),
      fact('paused', '2026-11-10T09:00', { waitingFor: 'citizen' }),
    ];
    expect(shown(told(events), '2026-11-11T10:00').resolution).toEqual(['stopped', null]);
    expect(shown(told([...events, fact('resumed', '2026-11-16T09:00')]), '2026-11-16T10:00').resolution).toEqual([
      'running',
      at('2026-12-09T00:00'),
    ]);
  });
  it('go on when somebody else is assigned a case that stood still', () => {
    const kept = told([
      ...OPENED,
      fact('paused', '2026-11-10T09:00', { waitingFor: 'third' }),
      fact('reassigned', '2026-11-16T09:00', { office: 'taxes', previousOffice: 'works' }),
    ]);
    expect(promiseOf(kept)?.deadline).toMatchObject({ stoppedAt: null, dueAt: at('2026-12-09T00:00') });
  });
  it('set by law do not stand still while the citizen is asked', () => {
    const foia: Seen = { ...REPORT, kind: 'foia' };
    const kept = told([...OPENED, fact('paused', '2026-11-10T09:00', { waitingFor: 'citizen' })], foia);
    expect(shown(kept, '2026-11-11T10:00')).toMatchObject({
      resolution: ['running', at('2026-12-03T00:00')],
      first_reply: ['stopped', null],
    });
  });
  it('are the right ones from the start when its kind is understood later', () => {
    const kept = follow(
      told(OPENED),
      fact('kind_changed', '2026-11-10T09:00', { from: 'report', to: 'data_subject_request' }),
      { ...REPORT, kind: 'data_subject_request' },
      book,
    );
    expect(shown(kept, '2026-11-10T10:00').resolution).toEqual(['running', at('2026-12-03T00:00')]);
    expect(promiseOf(kept)?.policy.code).toBe('resolution.data_subject_request');
  });
  it.each<[string, 'resolution' | 'take_charge', CaseEvent, Partial<Seen>]>([
    [
      'of another kind',
      'resolution',
      fact('kind_changed', '2026-11-02T10:00', { from: 'report', to: 'data_subject_request' }),
      { kind: 'data_subject_request' },
    ],
    [
      'of a kind without a term',
      'resolution',
      fact('kind_changed', '2026-11-02T10:00', { from: 'report', to: 'praise' }),
      { kind: 'praise' },
    ],
    [
      'of another category',
      'resolution',
      fact('category_changed', '2026-11-02T10:00', { from: null, to: 'trees' }),
      { category: 'trees' },
    ],
    [
      'of another office, which takes charge within the term that the rule gave',
      'take_charge',
      fact('reassigned', '2026-11-02T10:00', { office: 'taxes', previousOffice: 'works' }),
      { office: 'taxes' },
    ],
    [
      'of an office that it comes to after another refused it',
      'take_charge',
      fact('assigned', '2026-11-02T10:00', { office: 'taxes' }),
      { office: 'taxes' },
    ],
    ['opened again', 'resolution', fact('reopened', '2026-11-02T10:00', { to: 'assigned' }), {}],
  ])('given by a rule stay given when it is understood to be %s', (_, clock, event, changed) => {
    const seen: Seen = { ...REPORT, given: `danger.${clock}` };
    const before: readonly CaseEvent[] =
      event.fact === 'assigned'
        ? [...OPENED, fact('competence_refused', '2026-11-02T09:30', { office: 'works' })]
        : event.fact === 'reopened'
          ? [...OPENED, fact('withdrawn', '2026-11-02T09:30')]
          : OPENED;
    const running = follow(told(before, seen), event, { ...seen, ...changed }, book).filter(
      ({ deadline }) => deadline.endedAt === null && deadline.clock === clock,
    );
    expect(running.map(({ policy }) => policy.code)).toEqual([`danger.${clock}`]);
  });
  it('start again from zero when the law interrupts them', () => {
    const proceeding: Seen = { ...REPORT, kind: 'proceeding' };
    const kept = told([...OPENED, fact('interrupted', '2026-11-16T09:00', { legalBasis: 'art. 10-bis' })], proceeding);
    expect(shown(kept, '2026-11-16T10:00').resolution).toEqual(['running', at('2026-12-17T00:00')]);
  });
  it('end with the day that an extension says', () => {
    const kept = told([...OPENED, fact('extended', '2026-11-16T09:00', { dueDate: '2026-12-20' })]);
    expect(shown(kept, '2026-11-16T10:00').resolution).toEqual(['running', at('2026-12-21T00:00')]);
  });
  it('are over with it, and begin again when it is opened again', () => {
    const kept = told([...OPENED, fact('withdrawn', '2026-11-05T09:00')]);
    expect(Object.values(shown(kept, '2026-11-06T09:00')).map(([state]) => state)).toEqual([
      'void',
      'void',
      'void',
      'void',
    ]);
    const again = follow(kept, fact('reopened', '2026-11-09T09:00', { to: 'assigned' }), REPORT, book);
    expect(shown(again.slice(4), '2026-11-09T10:00')).toEqual({
      resolution: ['running', at('2026-12-10T00:00')],
      take_charge: ['running', at('2026-11-12T18:00')],
    });
  });
});
