/** How loudly a term is shown: quiet while it is far, then it asks to be seen. */
export type Urgency = 'quiet' | 'near' | 'late';

const NEAR_MS = 24 * 3_600_000;
/** A term asks to be seen in its last quarter: a short one that has just begun is not near its end. */
const NEAR_SHARE = 0.25;

/** How near the end of a term is, in the whole of it: the last quarter, and never more than a day. */
export function urgencyOf(dueAt: string | undefined, startedAt: string, now: number): Urgency {
  if (dueAt === undefined) return 'quiet';
  const due = new Date(dueAt).getTime();
  const left = due - now;
  if (left <= 0) return 'late';
  return left < Math.min(NEAR_MS, (due - new Date(startedAt).getTime()) * NEAR_SHARE) ? 'near' : 'quiet';
}
