import type { Priority } from '@filodiretto/contracts/model';

/** How a queue weighs what waits. All in points; `perMinute` is above zero, or the last would wait for ever. */
export interface Scoring {
  /** Points of each level of priority. */
  readonly perPriority: number;
  /** Points of each minute waited. */
  readonly perMinute: number;
  /** Points of work whose promised time has come; fewer as that time is farther. */
  readonly ofDue: number;
  /** From how long before its promised time work gains points. */
  readonly dueWithinSeconds: number;
}

export interface Scored {
  readonly total: number;
  readonly priority: number;
  readonly age: number;
  readonly due: number;
}

interface Waiting {
  readonly id: string;
  readonly priority: Priority;
  /** Milliseconds: since when its wait counts. Kept when an offer fails: nobody goes to the end of the queue for that. */
  readonly virtualStart: number;
  /** Milliseconds; null: nothing was promised. */
  readonly dueAt: number | null;
  /** Goes before all others: it was in somebody's hands, live. */
  readonly first: boolean;
}

export const PRIORITY_LEVEL: Readonly<Record<Priority, number>> = { low: 0, normal: 1, high: 2, urgent: 3 };

const MINUTE_MS = 60_000;

/** The points of what waits, and what they are made of. */
export function score(work: Waiting, scoring: Scoring, now: number): Scored {
  const priority = PRIORITY_LEVEL[work.priority] * scoring.perPriority;
  const age = (Math.max(0, now - work.virtualStart) / MINUTE_MS) * scoring.perMinute;
  const due = pressure(work.dueAt, scoring.dueWithinSeconds * 1_000, now) * scoring.ofDue;
  return { total: priority + age + due, priority, age, due };
}

/** From 0, far from its promised time, to 1, at it or past it. */
function pressure(dueAt: number | null, withinMs: number, now: number): number {
  if (dueAt === null) return 0;
  if (now >= dueAt) return 1;
  return withinMs <= 0 ? 0 : Math.max(0, 1 - (dueAt - now) / withinMs);
}

/**
 * Milliseconds: since when work would have waited if its priority were the lowest. The order by it is the order by priority
 * and age at every moment, so that a database can keep it in an index; only what is due moves.
 */
export const effectiveStart = (work: Pick<Waiting, 'priority' | 'virtualStart'>, scoring: Scoring): number =>
  work.virtualStart - ((PRIORITY_LEVEL[work.priority] * scoring.perPriority) / scoring.perMinute) * MINUTE_MS;

/** After how many minutes at most work goes before any that arrives then with so many levels of priority more. */
export const overtakenAtMostMinutes = (scoring: Scoring, levels: number): number =>
  (levels * scoring.perPriority + scoring.ofDue) / scoring.perMinute;

/** Sorts what waits: the first is next. Equal points: who waited longer, then the id. */
export function inOrder<T extends Waiting>(waiting: readonly T[], scoring: Scoring, now: number): T[] {
  return waiting
    .map(work => ({ work, points: score(work, scoring, now).total }))
    .sort(
      (a, b) =>
        Number(b.work.first) - Number(a.work.first) ||
        b.points - a.points ||
        a.work.virtualStart - b.work.virtualStart ||
        (a.work.id < b.work.id ? -1 : 1),
    )
    .map(({ work }) => work);
}
