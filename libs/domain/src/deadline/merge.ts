import type { CaseState, Instant } from '@filodiretto/contracts/model';
import { ended, met, resume, start, suspend, type Stop } from './deadline.js';
import type { Kept, PromiseBook } from './kept.js';
import type { PolicyRequest } from './policy.js';

/** What becomes of the deadlines of two cases when one takes the other in. */
export interface MergedDeadlines {
  /** Of the case that is taken in: they go on in the other, as they are there. */
  readonly moved: readonly Kept[];
  /** Of the case that takes in: they give way to an earlier one. */
  readonly ended: readonly Kept[];
  /** Of the case that is taken in: they end with it. */
  readonly left: readonly Kept[];
}

/**
 * Of two promises on one clock the earlier is kept: who waits must not wait longer. A promise that only the other made goes on
 * with its warnings and its expiry already said. Where the case that takes in stands still, they stand still; where it does not, they go on.
 */
export function mergeDeadlines(
  into: readonly Kept[],
  from: readonly Kept[],
  state: CaseState,
  book: PromiseBook,
  at: Instant,
): MergedDeadlines {
  const because = STOPPED[state];
  const moving = (one: Kept): Kept['deadline'] => resume(one.deadline, one.policy, book.calendar(one.office), at);
  const moved: Kept[] = [];
  const gone: Kept[] = [];
  const left: Kept[] = [];
  for (const theirs of from.filter(isRunning)) {
    const { clock } = theirs.deadline;
    const own = into.find(one => isRunning(one) && one.deadline.clock === clock);
    const earlier = own === undefined || dueOf(moving(theirs)) < dueOf(moving(own));
    if (!earlier || (clock === 'take_charge' && !UNTAKEN.includes(state))) {
      left.push(theirs);
      continue;
    }
    if (own) gone.push({ ...own, deadline: ended(own.deadline, at) });
    const deadline = because
      ? suspend(theirs.deadline, theirs.policy, book.calendar(theirs.office), at, because)
      : moving(theirs);
    moved.push({ ...theirs, deadline });
  }
  return { moved, ended: gone, left };
}

/** A deadline that ended only because of a merge, when it is undone: it goes on from where it stood. */
export function restored(one: Kept, state: CaseState, book: PromiseBook, at: Instant): Kept {
  const deadline = { ...one.deadline, endedAt: null, met: null };
  const calendar = book.calendar(one.office);
  const because = STOPPED[state];
  return {
    ...one,
    deadline: because
      ? suspend(deadline, one.policy, calendar, at, because)
      : resume(deadline, one.policy, calendar, at),
  };
}

/** What was said in a case that is split off, before it was: since when its citizen waits, and what they were answered. */
export interface SaidBefore {
  readonly since: Instant;
  readonly acknowledgedAt: Instant | null;
  readonly answeredAt: Instant | null;
}

/** The deadlines of a case that was split off count from what was said in it, not from the day of the split. */
export const countedFrom = (
  kept: readonly Kept[],
  { since, acknowledgedAt, answeredAt }: SaidBefore,
  seen: Omit<PolicyRequest, 'clock'>,
  book: PromiseBook,
): readonly Kept[] =>
  kept.map(one => {
    const { clock } = one.deadline;
    if (!isRunning(one) || clock === 'take_charge') return one;
    const policy = book.policy({ ...seen, clock }, since) ?? one.policy;
    const deadline = start(policy, book.calendar(one.office), since);
    const said =
      clock === 'first_reply' ? answeredAt : clock === 'acknowledgement' ? (acknowledgedAt ?? answeredAt) : null;
    return { ...one, policy, deadline: said === null ? deadline : met(deadline, said) };
  });

/** Where somebody must still take it in charge: the office that has it, or whoever sorts it. */
const UNTAKEN: readonly CaseState[] = ['received', 'triage', 'assigned'];
const STOPPED: Readonly<Partial<Record<CaseState, Stop>>> = {
  waiting_citizen: 'waiting',
  waiting_third: 'waiting',
  suspended: 'suspended',
};

/** The term of a task goes where its task goes: here it is none of ours. */
const isRunning = ({ deadline, task }: Kept): boolean => deadline.endedAt === null && task === undefined;

/** One that stands still for who knows how long is later than any other. */
const dueOf = (deadline: Kept['deadline']): string => deadline.dueAt ?? '9999';
