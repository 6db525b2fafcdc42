import type {
  CaseKind,
  DeadlineClock,
  EffectOnExpiry,
  EscalationStep,
  Instant,
  TimeUnit,
} from '@filodiretto/contracts/model';
import { NeverOpen, type Calendar } from '../calendar/calendar.js';
import { addCalendarDays, addCalendarMonths, addWorkingDays, addWorkingTime } from '../calendar/working-time.js';

/** An amount of time, as a policy says it. */
export interface Term {
  readonly amount: number;
  readonly unit: TimeUnit;
}

/** One rung of the ladder: who is told, and when, counted from the term. */
export interface LadderStep {
  readonly to: EscalationStep;
  /** Before the term, or after it; an amount of zero is the term itself. */
  readonly when: 'before' | 'after';
  readonly after: Term;
  /** The case is given to that person's office: only for who may step in. */
  readonly reassign?: boolean;
}

/** A promise as data. A version of it is never changed: what began under it ends under it. */
export interface DeadlinePolicy {
  readonly id: string;
  /** The same for every version. */
  readonly code: string;
  readonly version: number;
  readonly name: string;
  readonly clock: DeadlineClock;
  /** For which cases: all that is not null must match. */
  readonly kinds: readonly CaseKind[] | null;
  readonly category: string | null;
  readonly office: string | null;
  /** Only for what a routing rule gives it to: whatever case it is, it is never chosen by itself. */
  readonly onlyByRule: boolean;
  /** From when on cases that begin are under this version. */
  readonly validFrom: Instant;
  /** Nothing begins under it any more. */
  readonly retired: boolean;
  readonly term: Term;
  /** A term in calendar time that ends on a day without work ends on the next working day. */
  readonly endsOnWorkingDay: boolean;
  readonly warnBefore: Term | null;
  /** A legal term stops only when the case is suspended by law; a promise of service stops whenever others must act. */
  readonly legal: boolean;
  /** How many times it may stop, and for how many days in all; null: as often and long as it takes. */
  readonly suspension: { readonly times: number | null; readonly days: number | null };
  /** By how much at most it may be extended, once; null: not at all. */
  readonly extension: Term | null;
  readonly effectOnExpiry: EffectOnExpiry;
  /** The case's date: what the citizen was promised. */
  readonly promised: boolean;
  readonly ladder: readonly LadderStep[];
  /** The norm or decision it comes from. */
  readonly source: string | null;
}

/** What a policy is chosen by. */
export interface PolicyRequest {
  readonly clock: DeadlineClock;
  readonly kind: CaseKind;
  readonly category: string | null;
  readonly office: string | null;
  /** Code of a policy that goes before every other of its clock, whatever cases it is for. */
  readonly given?: string | undefined;
}

/** The category says more than the office, the office more than the kind. */
const precision = (policy: DeadlinePolicy): number =>
  (policy.category === null ? 0 : 4) + (policy.office === null ? 0 : 2) + (policy.kinds === null ? 0 : 1);

/**
 * The promise that holds for what begins now: of each policy the newest version in force, of those that match the most
 * precise one that is not for rules alone; the one that was given, when it still holds. `undefined`: nothing is promised.
 */
export function policyFor(
  policies: readonly DeadlinePolicy[],
  { clock, kind, category, office, given }: PolicyRequest,
  now: Instant,
): DeadlinePolicy | undefined {
  const inForce = new Map<string, DeadlinePolicy>();
  for (const policy of policies)
    if (policy.clock === clock && policy.validFrom <= now && policy.version > (inForce.get(policy.code)?.version ?? 0))
      inForce.set(policy.code, policy);
  const chosen = given === undefined ? undefined : inForce.get(given);
  if (chosen && !chosen.retired) return chosen;
  return [...inForce.values()]
    .filter(
      policy =>
        !policy.retired &&
        !policy.onlyByRule &&
        (policy.kinds === null || policy.kinds.includes(kind)) &&
        (policy.category === null || policy.category === category) &&
        (policy.office === null || policy.office === office),
    )
    .sort((a, b) => precision(b) - precision(a) || (a.code < b.code ? -1 : 1))[0];
}

/** So much time after a moment, or before it. Throws `NeverOpen`. */
export function after(
  calendar: Calendar,
  from: Instant,
  { amount, unit }: Term,
  said: { readonly onWorkingDay?: boolean } = {},
): Instant {
  switch (unit) {
    case 'working_minutes':
      return addWorkingTime(calendar, from, amount);
    case 'working_hours':
      return addWorkingTime(calendar, from, amount * 60);
    case 'working_days':
      return addWorkingDays(calendar, from, amount);
    case 'calendar_days':
      return addCalendarDays(calendar, from, amount, said);
    case 'calendar_months':
      return addCalendarMonths(calendar, from, amount, said);
  }
}

const MOST: Readonly<Record<TimeUnit, number>> = {
  working_minutes: 100_000,
  working_hours: 2_000,
  working_days: 750,
  calendar_days: 1_100,
  calendar_months: 36,
};

/** What is wrong with a policy, for whoever writes it: RFC 6901 pointer and words; none when it can be used. */
export function policyMistakes(
  policy: Pick<
    DeadlinePolicy,
    | 'clock'
    | 'onlyByRule'
    | 'term'
    | 'warnBefore'
    | 'extension'
    | 'suspension'
    | 'ladder'
    | 'legal'
    | 'endsOnWorkingDay'
    | 'effectOnExpiry'
  >,
): { pointer: string; detail: string }[] {
  const { term, warnBefore, extension, suspension, ladder } = policy;
  const wrong = (pointer: string, said: Term | null, least: number): { pointer: string; detail: string }[] =>
    said && (!Number.isInteger(said.amount) || said.amount < least || said.amount > MOST[said.unit])
      ? [{ pointer: `${pointer}/amount`, detail: `must be a whole number from ${least} to ${MOST[said.unit]}` }]
      : [];
  return [
    ...wrong('/term', term, 1),
    ...wrong('/warnBefore', warnBefore, 1),
    ...wrong('/extension', extension, 1),
    ...(policy.effectOnExpiry !== 'none' && !policy.legal
      ? [{ pointer: '/effectOnExpiry', detail: 'only a legal term has an effect when it expires' }]
      : []),
    ...(policy.onlyByRule && policy.clock === 'task'
      ? [{ pointer: '/onlyByRule', detail: 'no rule gives a term to a question: nothing would ever begin under it' }]
      : []),
    ...(suspension.days !== null && suspension.days < 1
      ? [{ pointer: '/suspension/days', detail: 'must be at least 1, or absent' }]
      : []),
    ...ladder.flatMap((step, index) => [
      ...wrong(`/ladder/${index}/after`, step.after, 0),
      ...(step.reassign && step.to !== 'substitute_power_holder'
        ? [{ pointer: `/ladder/${index}/reassign`, detail: 'only who may step in is given the case' }]
        : []),
    ]),
  ];
}

/** Whether anything can be due on a calendar at all. */
export function canBeDue(calendar: Calendar, at: Instant): boolean {
  try {
    addWorkingTime(calendar, at, 0);
    return true;
  } catch (error) {
    if (error instanceof NeverOpen) return false;
    throw error;
  }
}
