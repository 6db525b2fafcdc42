import type { Case } from '../case/case.js';
import type { CaseEvent } from '../case/event.js';

/** What a citizen is told by itself while their matter goes on. Each has a template of its code. */
export const NOTICES = ['acknowledged', 'taken_in_charge', 'transferred', 'extended'] as const;
export type Notice = (typeof NOTICES)[number];

/** The code of the template by which an administration says a notice in its own words, or (retired) says nothing. */
export const noticeCode = (notice: Notice): string => `notice_${notice}`;

const ENDS: ReadonlySet<CaseEvent['fact']> = new Set<CaseEvent['fact']>([
  'resolved',
  'closed',
  'rejected',
  'marked_duplicate',
  'withdrawn',
]);

/**
 * What the citizen of a case is told after some facts that happened together: the last of them that tells who holds the matter
 * or until when. Nothing when the matter ends with them: then the outcome speaks. That an office was chosen for the first
 * time is told when it takes charge; that whoever answers took charge by it is told by the answer, unless it is taken back.
 */
export function noticeOf(events: readonly CaseEvent[], after: Pick<Case, 'refusals'>): Notice | undefined {
  if (events.some(({ fact }) => fact === 'opened' || ENDS.has(fact))) return undefined;
  const answered = events.some(event => event.fact === 'reply_queued' && event.data.automatic === null);
  for (const event of events.toReversed()) {
    if (event.fact === 'taken_in_charge' && !answered) return 'taken_in_charge';
    if (event.fact === 'reply_withdrawn') return 'taken_in_charge';
    if (event.fact === 'extended') return 'extended';
    if (
      event.fact === 'reassigned' &&
      event.data.previousOffice !== null &&
      event.data.office !== event.data.previousOffice
    )
      return 'transferred';
    if (event.fact === 'assigned' && after.refusals > 0) return 'transferred';
  }
  return undefined;
}
