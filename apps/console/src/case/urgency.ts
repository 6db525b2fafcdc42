/** How loudly a term is shown: quiet while it is far, then it asks to be seen. */
export type Urgency = 'quiet' | 'near' | 'late';

const NEAR_MS = 24 * 3_600_000;

/** How near the end of a term is. */
export function urgencyOf(dueAt: string | undefined, now: number): Urgency {
  if (dueAt === undefined) return 'quiet';
  const left = new Date(dueAt).getTime() - now;
  if (left <= 0) return 'late';
  return left < NEAR_MS ? 'near' : 'quiet';
}
