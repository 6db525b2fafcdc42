import type { CaseState, Instant, Priority } from '@filodiretto/contracts/model';
import { isEnded } from '../case/life-cycle.js';
import { refuse, type Refusal } from '../case/refusal.js';

/** What is known of an open case when its citizen writes again. */
export interface ChaseEvidence {
  readonly state: CaseState;
  /** Words of a person who belongs to the case: no machine, no stranger, no correction of what was said. */
  readonly ownWords: boolean;
  /** The nearest term that runs. */
  readonly dueAt: Instant | null;
  /** When the citizen last said something before. */
  readonly saidAt: Instant | null;
  /** When a person of the administration last said something to them. */
  readonly answeredAt: Instant | null;
  readonly chasedAt: Instant | null;
}

export const CHASE_REASONS = ['late', 'held', 'asked'] as const;
export type ChaseReason = (typeof CHASE_REASONS)[number];

const DAY_MS = 86_400_000;
/** At most one a day counts, however often they write. */
const ONCE_IN_DAYS = 1;
/** For so long what they write answers what they were told. */
const ANSWERS_FOR_DAYS = 7;
/** Nobody said anything for so long: whoever writes again asks what became of it. */
const SILENT_DAYS = 2;

const days = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/**
 * Whether a further message of the citizen asks again for what is late (`late`) or about which nobody said anything
 * (`held`). An answer to what they were asked or told does not, nor does what they add to what they have just written.
 */
export function chaseOf(evidence: ChaseEvidence, now: Instant): ChaseReason | undefined {
  const { state, ownWords, dueAt, saidAt, answeredAt, chasedAt } = evidence;
  if (!ownWords || isEnded(state) || state === 'waiting_citizen') return undefined;
  if (chasedAt !== null && days(chasedAt, now) < ONCE_IN_DAYS) return undefined;
  const answers = answeredAt !== null && (saidAt === null || answeredAt > saidAt);
  if (answers && days(answeredAt, now) < ANSWERS_FOR_DAYS) return undefined;
  if (dueAt !== null && dueAt <= now) return 'late';
  const last = answers ? answeredAt : saidAt;
  return last !== null && days(last, now) >= SILENT_DAYS ? 'held' : undefined;
}

/**
 * Whether somebody who asks again by voice, and of whom an operator says so, asks for what is late (`late`) or simply asks again
 * (`asked`): whatever was said before, that is what they want. Counts once a day, as what they write does. A refusal when there is
 * nobody to urge: it is over, or it is the citizen who must act.
 */
export function chaseInPerson(
  { state, dueAt, chasedAt }: Pick<ChaseEvidence, 'state' | 'dueAt' | 'chasedAt'>,
  now: Instant,
): ChaseReason | 'counted_today' | Refusal {
  if (isEnded(state))
    return refuse('transition-not-allowed', 'It is over: nobody can be urged. Open it again, or another one.');
  if (state === 'waiting_citizen')
    return refuse('transition-not-allowed', 'It is the citizen who was asked something: write down what they answer.');
  if (chasedAt !== null && days(chasedAt, now) < ONCE_IN_DAYS) return 'counted_today';
  return dueAt !== null && dueAt <= now ? 'late' : 'asked';
}

/** The priority of a case about which somebody asks again: one step more; what is urgent a person says. */
export const raisedByChase = (priority: Priority): Priority =>
  priority === 'low' ? 'normal' : priority === 'normal' ? 'high' : priority;
