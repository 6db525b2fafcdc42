import type { TrailRefusal } from '@filodiretto/contracts';

/** What is counted together: the same person, the same operation, the same thing, for the same reason. */
export interface Refusal {
  readonly administrationId: string;
  /** Who was refused; absent: nobody knows. */
  readonly operatorId?: string;
  readonly operation: string;
  readonly subjectKind: string;
  readonly subjectId?: string | undefined;
  readonly because: TrailRefusal;
}

/** Refusals of the same kind that came after the entry which was written of them. */
export interface Counted {
  readonly refusal: Refusal;
  readonly times: number;
}

/** For so long one entry stands for the same refusal. */
export const WINDOW_MS = 10 * 60_000;
/** Things that one person may be refused in a window with an entry for each; what is more is counted by operation alone. */
const THINGS = 100;
/** Most that is remembered at once. */
const MOST = 20_000;

interface Window {
  readonly refusal: Refusal;
  readonly until: number;
  times: number;
}

/**
 * Which refusals are written at once, and which are only counted: the first of its kind is written, those of the next ten minutes
 * are one entry when these are over. Whoever tries one id after the other fills no disk: after a hundred the things are no longer told apart.
 */
export class RefusalWindows {
  private readonly windows = new Map<string, Window>();
  private readonly things = new Map<string, number>();

  /** What is to be written at once; `undefined`: it was counted. `now` in milliseconds. */
  take(asked: Refusal, now: number): Refusal | undefined {
    const known = this.windows.get(keyOf(asked));
    if (known) return this.counted(known);
    const who = asked.operatorId ?? '';
    const many = (this.things.get(who) ?? 0) >= THINGS;
    const refusal = many ? { ...asked, subjectId: undefined } : asked;
    const same = this.windows.get(keyOf(refusal));
    if (same) return this.counted(same);
    if (this.windows.size >= MOST) return undefined;
    this.windows.set(keyOf(refusal), { refusal, until: now + WINDOW_MS, times: 0 });
    this.things.set(who, (this.things.get(who) ?? 0) + 1);
    return refusal;
  }

  /** What was counted in windows that are over at `now`; they are forgotten. */
  over(now: number): Counted[] {
    const ended = [...this.windows].filter(([, { until }]) => until <= now);
    for (const [key, { refusal }] of ended) {
      this.windows.delete(key);
      const who = refusal.operatorId ?? '';
      const left = (this.things.get(who) ?? 1) - 1;
      if (left > 0) this.things.set(who, left);
      else this.things.delete(who);
    }
    return ended.flatMap(([, { refusal, times }]) => (times > 0 ? [{ refusal, times }] : []));
  }

  private counted(window: Window): undefined {
    window.times += 1;
    return undefined;
  }
}

const keyOf = ({ administrationId, operatorId, operation, subjectKind, subjectId, because }: Refusal): string =>
  [administrationId, operatorId, operation, subjectKind, subjectId, because].join(' ');
