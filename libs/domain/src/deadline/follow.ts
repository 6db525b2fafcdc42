import type { DeadlineClock, Instant } from '@filodiretto/contracts/model';
import type { Calendar } from '../calendar/calendar.js';
import { addCalendarDays, localDate } from '../calendar/working-time.js';
import type { Case } from '../case/case.js';
import type { CaseEvent } from '../case/event.js';
import { ended, extend, interrupt, met, resume, start, suspend, unmet, type Deadline, type Stop } from './deadline.js';
import type { Kept, PromiseBook } from './kept.js';
import { countedFrom } from './merge.js';
import type { PolicyRequest } from './policy.js';

type Seen = Pick<Case, 'kind' | 'category' | 'office'> & Pick<PolicyRequest, 'given'>;
const NEVER: Seen = { kind: 'information', category: null, office: null };

/**
 * The deadlines of a case after one more fact. `seen` is the case as it is after all that happens at once, so that a case that
 * is opened and assigned together is promised what its office promises, and one that no office has is promised to be sorted; `given` is what a rule promised when it
 * opened, whoever holds it and whatever it is understood to be later. Throws `NeverOpen`.
 */
export function follow(
  kept: readonly Kept[],
  event: CaseEvent,
  seen: Seen = NEVER,
  book: PromiseBook,
): readonly Kept[] {
  const at = event.at;
  const begin = (...clocks: readonly DeadlineClock[]): Kept[] =>
    clocks.flatMap(clock => {
      const policy = book.policy({ ...seen, clock }, at);
      return policy
        ? [{ id: null, policy, office: seen.office, deadline: start(policy, book.calendar(seen.office), at) }]
        : [];
    });
  const change = (clocks: readonly DeadlineClock[] | 'all', how: (one: Kept, calendar: Calendar) => Deadline): Kept[] =>
    kept.map(one =>
      one.task === undefined &&
      one.deadline.endedAt === null &&
      (clocks === 'all' || clocks.includes(one.deadline.clock))
        ? { ...one, deadline: how(one, book.calendar(one.office)) }
        : one,
    );
  const meet = (...clocks: readonly DeadlineClock[]): Kept[] => change(clocks, ({ deadline }) => met(deadline, at));
  const stop = (because: Stop): Kept[] =>
    change('all', ({ deadline, policy }, calendar) => suspend(deadline, policy, calendar, at, because));

  const goesOn = (): Kept[] =>
    change('all', ({ deadline, policy }, calendar) => resume(deadline, policy, calendar, at));
  /** Whoever was to take charge need no longer. */
  const anew = (): Kept[] =>
    change('all', ({ deadline, policy }, calendar) =>
      deadline.clock === 'take_charge' ? ended(deadline, at) : resume(deadline, policy, calendar, at),
    );

  const ofTask = (task: string, how: (one: Kept, calendar: Calendar) => Deadline): Kept[] =>
    kept.map(one =>
      one.task === task && one.deadline.endedAt === null
        ? { ...one, deadline: how(one, book.calendar(one.office)) }
        : one,
    );

  switch (event.fact) {
    case 'asked':
      return [...kept, ...ofQuestion(event, seen, book)];
    case 'task_answered':
      return ofTask(event.data.task, ({ deadline }) => met(deadline, at));
    case 'task_refused':
    case 'task_cancelled':
      return ofTask(event.data.task, ({ deadline }) => ended(deadline, at));
    case 'task_extended':
      return ofTask(event.data.task, ({ deadline }, calendar) =>
        extend(deadline, endOf(calendar, event.data.dueDate), at),
      );
    case 'opened':
      return [
        ...kept,
        ...begin(...(event.data.message === null ? [] : ANSWERING), 'resolution'),
        ...begin(...sorting(seen)),
      ];
    case 'assigned':
      return [...anew(), ...begin('take_charge')];
    case 'reassigned':
      // Within the office the term goes on; and whoever is assigned a case that stood still works on it again.
      return event.data.office === event.data.previousOffice && kept.some(isTakeCharge)
        ? goesOn()
        : [...anew(), ...begin('take_charge')];
    case 'taken_in_charge':
      return meet('take_charge');
    case 'competence_refused':
      return [...change(['take_charge'], ({ deadline }) => ended(deadline, at)), ...begin(...sorting(seen))];
    case 'paused':
      return stop('waiting');
    case 'suspended':
      return stop('suspended');
    case 'resumed':
      return goesOn();
    case 'interrupted':
      return change(['resolution'], ({ deadline, policy }, calendar) => interrupt(deadline, policy, calendar, at));
    case 'extended':
      return change(['resolution'], ({ deadline }, calendar) =>
        extend(deadline, endOf(calendar, event.data.dueDate), at),
      );
    case 'reply_queued':
      if (event.data.automatic === 'notification') return kept;
      return event.data.automatic === null ? meet('acknowledgement', 'first_reply') : meet('acknowledgement');
    case 'reply_withdrawn': {
      const { queuedAt, answeredAt } = event.data;
      return kept.map(one =>
        one.task === undefined &&
        (one.deadline.clock === 'acknowledgement' || one.deadline.clock === 'first_reply') &&
        one.deadline.met === true &&
        one.deadline.endedAt === queuedAt
          ? { ...one, deadline: unmet(one.deadline, answeredAt) }
          : one,
      );
    }
    case 'resolved':
    case 'rejected':
      return change('all', ({ deadline }) => met(deadline, at));
    case 'marked_duplicate':
    case 'withdrawn':
      return change('all', ({ deadline }) => ended(deadline, at));
    case 'reopened': {
      const going = goesOn();
      const runs = (clock: DeadlineClock): boolean =>
        going.some(({ deadline }) => deadline.clock === clock && deadline.endedAt === null);
      const clocks: readonly DeadlineClock[] = ['resolution', 'take_charge'];
      return [...going, ...begin(...clocks.filter(clock => !runs(clock)))];
    }
    case 'split_from':
      return event.data.said ? countedFrom(kept, event.data.said, seen, book) : kept;
    case 'kind_changed':
    case 'category_changed':
      return kept.map(one => promisedAnew(one, seen, book));
    default:
      return kept;
  }
}

/** The facts that move a deadline; of every other fact, nothing need be read. */
export const MOVES_DEADLINES: ReadonlySet<CaseEvent['fact']> = new Set<CaseEvent['fact']>([
  'asked',
  'task_answered',
  'task_refused',
  'task_cancelled',
  'task_extended',
  'opened',
  'assigned',
  'reassigned',
  'taken_in_charge',
  'competence_refused',
  'paused',
  'suspended',
  'resumed',
  'interrupted',
  'extended',
  'reply_queued',
  'reply_withdrawn',
  'resolved',
  'rejected',
  'marked_duplicate',
  'withdrawn',
  'reopened',
  'kind_changed',
  'category_changed',
  'split_from',
  // What goes from one case to another is moved by who merges; when each is due is said here.
  'merged',
  'unmerged',
]);

const ANSWERING: readonly DeadlineClock[] = ['acknowledgement', 'first_reply'];
/** Whoever sorts what no office has yet does it within the time in which an office takes charge. */
const sorting = ({ office }: Seen): readonly DeadlineClock[] => (office === null ? ['take_charge'] : []);
const isTakeCharge = ({ deadline }: Kept): boolean => deadline.clock === 'take_charge' && deadline.endedAt === null;

/** The term of a question to another office ends with the day that was said, on the calendar of who was asked. */
function ofQuestion({ at, data }: Extract<CaseEvent, { fact: 'asked' }>, seen: Seen, book: PromiseBook): Kept[] {
  const office = data.office ?? seen.office;
  const policy = book.policy({ ...seen, office, clock: 'task' }, at);
  if (!policy) return [];
  const calendar = book.calendar(office);
  const days = Math.round((Date.parse(data.dueDate) - Date.parse(localDate(calendar, at))) / DAY_MS);
  const term = { amount: Math.max(0, days), unit: 'calendar_days' } as const;
  return [{ id: null, policy, office, task: data.task, deadline: start({ ...policy, term }, calendar, at) }];
}
const DAY_MS = 86_400_000;

/** The end of a local date, which is what a date promises. */
export const endOf = (calendar: Calendar, date: string): Instant =>
  addCalendarDays(calendar, `${date}T12:00:00.000Z` as Instant, 0);

/** What sort of case it is was understood later: the promise is the right one from the start. One said, expired or stopped stays. */
function promisedAnew(one: Kept, seen: Seen, book: PromiseBook): Kept {
  const { deadline } = one;
  const { clock } = deadline;
  if (clock !== 'resolution' && clock !== 'first_reply') return one;
  if (deadline.endedAt ?? deadline.breachedAt ?? deadline.extendedAt ?? deadline.stoppedAt) return one;
  const policy = book.policy({ ...seen, clock }, deadline.startedAt);
  if (!policy || policy.id === one.policy.id) return one;
  const again = start(policy, book.calendar(one.office), deadline.startedAt);
  return { ...one, policy, deadline: { ...again, rungs: [], warnedAt: null } };
}

/** The deadline that the citizen was promised, of those that run; else the last one. */
export const promiseOf = (kept: readonly Kept[]): Kept | undefined => {
  const promised = kept.filter(one => one.policy.promised && one.task === undefined);
  return promised.find(one => one.deadline.endedAt === null) ?? promised.at(-1);
};
