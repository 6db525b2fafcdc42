import {
  instant,
  type DeadlineClock,
  type DeadlineState,
  type Instant,
  type TimeUnit,
} from '@filodiretto/contracts/model';
import type { Calendar } from '../calendar/calendar.js';
import {
  addCalendarDays,
  localDate,
  nextOpening,
  workingDaysBetween,
  workingMinutesBetween,
} from '../calendar/working-time.js';
import { after, type DeadlinePolicy, type LadderStep, type Term } from './policy.js';

/** A promise about one case, running against its clock. Ends once, met or not; begins again as another one. */
export interface Deadline {
  readonly clock: DeadlineClock;
  readonly startedAt: Instant;
  /** The time left is counted from here: the start, the last interruption or the last resumption. */
  readonly anchorAt: Instant;
  readonly left: Term;
  /** When it is due, as far as is known; null while it is stopped for who knows how long. */
  readonly dueAt: Instant | null;
  readonly stoppedAt: Instant | null;
  /** How many times it stopped, and for how many days in all. */
  readonly stops: number;
  readonly stoppedDays: number;
  readonly extendedAt: Instant | null;
  /** What was said of it already: `warned`, `breached`, and the rungs of the ladder by their place, each once. */
  readonly warnedAt: Instant | null;
  readonly breachedAt: Instant | null;
  readonly rungs: readonly number[];
  readonly endedAt: Instant | null;
  /** Null while it runs; false when the case ended otherwise. */
  readonly met: boolean | null;
}

/** Why a clock stands still: the citizen or a third must act, or the law says so. */
export type Stop = 'waiting' | 'suspended';

const DAY_MS = 86_400_000;

/** The promise begins. Throws `NeverOpen` when its calendar is never open. */
export function start(policy: DeadlinePolicy, calendar: Calendar, at: Instant): Deadline {
  return {
    clock: policy.clock,
    startedAt: at,
    anchorAt: at,
    left: policy.term,
    dueAt: dueOf(policy, calendar, at, policy.term),
    stoppedAt: null,
    stops: 0,
    stoppedDays: 0,
    extendedAt: null,
    warnedAt: null,
    breachedAt: null,
    rungs: [],
    endedAt: null,
    met: null,
  };
}

const dueOf = (policy: DeadlinePolicy, calendar: Calendar, anchor: Instant, left: Term): Instant =>
  after(calendar, anchor, left, { onWorkingDay: policy.endsOnWorkingDay });

/**
 * When it is due by the calendar as it is now. A holiday or a closure decided later gives more time; one that is taken away
 * takes none: what was promised is kept. A date said by an extension stays, and a term that expired has expired.
 */
export function due(deadline: Deadline, policy: DeadlinePolicy, calendar: Calendar): Instant | null {
  const { dueAt } = deadline;
  if (dueAt === null || (deadline.stoppedAt ?? deadline.extendedAt ?? deadline.breachedAt) !== null) return dueAt;
  const counted = dueOf(policy, calendar, deadline.anchorAt, deadline.left);
  return counted > dueAt ? counted : dueAt;
}

/** Whether this clock may stop for this reason now. A term that expired already stops no more. */
export const mayStop = (deadline: Deadline, policy: DeadlinePolicy, because: Stop): boolean =>
  deadline.endedAt === null &&
  deadline.stoppedAt === null &&
  deadline.breachedAt === null &&
  (because === 'suspended' || !policy.legal) &&
  (policy.suspension.times === null || deadline.stops < policy.suspension.times) &&
  (policy.suspension.days === null || deadline.stoppedDays < policy.suspension.days);

/**
 * The clock stops, keeping what is left. Where the law limits for how long, the term is due at the latest as if it went on
 * at that limit. One that may not stop stays as it is.
 */
export function suspend(
  deadline: Deadline,
  policy: DeadlinePolicy,
  calendar: Calendar,
  at: Instant,
  because: Stop,
): Deadline {
  if (!mayStop(deadline, policy, because) || (deadline.dueAt !== null && deadline.dueAt <= at)) return deadline;
  const left = timeLeft(deadline, calendar, at);
  const limit = policy.suspension.days;
  return {
    ...deadline,
    left,
    stoppedAt: at,
    stops: deadline.stops + 1,
    dueAt: limit === null ? null : dueOf(policy, calendar, addDays(calendar, at, limit - deadline.stoppedDays), left),
  };
}

/** The clock goes on with what was left; of a pause longer than its limit, only the limit counts. */
export function resume(deadline: Deadline, policy: DeadlinePolicy, calendar: Calendar, at: Instant): Deadline {
  const { stoppedAt } = deadline;
  if (stoppedAt === null || deadline.endedAt !== null) return deadline;
  const limit = policy.suspension.days;
  const days = daysBetween(calendar, stoppedAt, at);
  const counted = limit === null ? days : Math.min(days, limit - deadline.stoppedDays);
  const anchorAt = counted < days ? addDays(calendar, stoppedAt, counted) : at;
  return {
    ...deadline,
    anchorAt,
    stoppedAt: null,
    stoppedDays: deadline.stoppedDays + counted,
    dueAt: dueOf(policy, calendar, anchorAt, deadline.left),
  };
}

/** The whole term starts again from zero. One that expired already does not. */
export function interrupt(deadline: Deadline, policy: DeadlinePolicy, calendar: Calendar, at: Instant): Deadline {
  if (deadline.endedAt !== null || deadline.breachedAt !== null) return deadline;
  return {
    ...start(policy, calendar, at),
    startedAt: deadline.startedAt,
    stops: deadline.stops,
    stoppedDays: deadline.stoppedDays,
    rungs: deadline.rungs,
  };
}

/** The latest moment that an extension may say; null when it may not be extended (again, or at all). */
export function extensionLimit(deadline: Deadline, policy: DeadlinePolicy, calendar: Calendar): Instant | null {
  if (policy.extension === null || deadline.extendedAt !== null || deadline.endedAt !== null || deadline.dueAt === null)
    return null;
  // Counted from the last day of the term, not from the midnight that ends it.
  return after(calendar, justBefore(deadline.dueAt), policy.extension, { onWorkingDay: policy.endsOnWorkingDay });
}

/** A later moment, once. What was said of the old one may be said again of the new one, but for the rungs already climbed. */
export function extend(deadline: Deadline, dueAt: Instant, at: Instant): Deadline {
  return { ...deadline, dueAt, extendedAt: at, stoppedAt: null, warnedAt: null };
}

/** The promise was kept, or kept late. */
export const met = (deadline: Deadline, at: Instant): Deadline =>
  deadline.endedAt === null ? { ...deadline, endedAt: at, met: true } : deadline;

/** What was taken for keeping the promise is none: it runs as it did, or was kept at another moment. */
export const unmet = (deadline: Deadline, keptAt: Instant | null): Deadline => ({
  ...deadline,
  endedAt: keptAt,
  met: keptAt === null ? null : true,
});

/** The case ended otherwise: nothing is promised any more. */
export const ended = (deadline: Deadline, at: Instant): Deadline =>
  deadline.endedAt === null ? { ...deadline, endedAt: at, met: false } : deadline;

/** Where it stands, for whoever looks. */
export function stateOf(
  deadline: Pick<Deadline, 'endedAt' | 'met' | 'breachedAt' | 'stoppedAt' | 'dueAt'>,
  now: Instant,
): DeadlineState {
  const { endedAt, dueAt, breachedAt, stoppedAt } = deadline;
  if (endedAt !== null) {
    if (!deadline.met) return 'void';
    return breachedAt !== null || (dueAt !== null && endedAt > dueAt) ? 'met_late' : 'met';
  }
  if (breachedAt !== null || (dueAt !== null && dueAt <= now)) return 'late';
  return stoppedAt === null ? 'running' : 'stopped';
}

/** Something that must be said at a moment. */
export type Alarm =
  | { readonly at: Instant; readonly what: 'warn' | 'breach' }
  | { readonly at: Instant; readonly what: 'rung'; readonly rung: number; readonly step: LadderStep };

/** What is still to be said of a deadline, in order; of a stopped one, only what its limit brings. */
export function alarms(deadline: Deadline, policy: DeadlinePolicy, calendar: Calendar): Alarm[] {
  const { dueAt, stoppedAt, startedAt } = deadline;
  if (deadline.endedAt !== null || dueAt === null) return [];
  const before = (term: Term): Instant => {
    const at = earlier(calendar, dueAt, term);
    return at > startedAt ? at : startedAt;
  };
  const found: Alarm[] = [];
  if (deadline.breachedAt === null) {
    if (policy.warnBefore && deadline.warnedAt === null && stoppedAt === null)
      found.push({ at: before(policy.warnBefore), what: 'warn' });
    found.push({ at: dueAt, what: 'breach' });
  }
  for (const [rung, step] of policy.ladder.entries()) {
    if (
      deadline.rungs.includes(rung) ||
      (step.when === 'before' && (stoppedAt !== null || deadline.breachedAt !== null))
    )
      continue;
    found.push({
      at: step.when === 'before' ? before(step.after) : later(calendar, dueAt, step.after),
      what: 'rung',
      rung,
      step,
    });
  }
  return found.sort((a, b) => (a.at === b.at ? RANK[a.what] - RANK[b.what] : a.at < b.at ? -1 : 1));
}
const RANK = { warn: 0, breach: 1, rung: 2 } as const;

const justBefore = (at: Instant): Instant => instant(Date.parse(at) - 1);

/** So much before a term: whole days before it are counted from its last day. Nobody is urged while the office is closed. */
function earlier(calendar: Calendar, dueAt: Instant, { amount, unit }: Term): Instant {
  if (amount === 0) return dueAt;
  const open = nextOpening(calendar, after(calendar, justBefore(dueAt), { amount: -amount, unit }));
  return open < dueAt ? open : dueAt;
}
const later = (calendar: Calendar, dueAt: Instant, term: Term): Instant =>
  term.amount === 0 ? dueAt : nextOpening(calendar, after(calendar, justBefore(dueAt), term));

/** What is left of a term at a moment, in the unit in which it counts; a term in months goes on in days. */
function timeLeft({ dueAt, left, anchorAt, extendedAt }: Deadline, calendar: Calendar, at: Instant): Term {
  const unit: TimeUnit = left.unit === 'calendar_months' ? 'calendar_days' : left.unit;
  // An extension said a date: what is left is counted to it.
  const until = extendedAt !== null && dueAt !== null ? dueAt : after(calendar, anchorAt, left);
  switch (unit) {
    case 'working_minutes':
      return { unit, amount: Math.max(0, workingMinutesBetween(calendar, at, until)) };
    case 'working_hours':
      return { unit, amount: Math.max(0, workingMinutesBetween(calendar, at, until) / 60) };
    case 'working_days':
      return { unit, amount: Math.max(0, workingDaysBetween(calendar, at, justBefore(until))) };
    default:
      return { unit, amount: Math.max(0, daysBetween(calendar, at, justBefore(until))) };
  }
}

/** Whole local days from one moment's date to another's. */
const daysBetween = (calendar: Calendar, a: Instant, b: Instant): number =>
  Math.round((Date.parse(localDate(calendar, b)) - Date.parse(localDate(calendar, a))) / DAY_MS);

/** Some moment of the local day so many days later. */
const addDays = (calendar: Calendar, at: Instant, days: number): Instant =>
  days === 0 ? at : justBefore(addCalendarDays(calendar, at, days));
