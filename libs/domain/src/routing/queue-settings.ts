import type { Strategy } from '@filodiretto/contracts/model';
import type { Ring } from './need.js';
import type { Scoring } from './score.js';

/** How an office gives out the work of its queue. */
export interface QueueSettings {
  readonly strategy: Strategy;
  readonly scoring: Scoring;
  readonly rings: readonly Ring[];
  /** How long an operator has to accept. */
  readonly leaseSeconds: number;
  /** For how long whoever refused some work, or let it lapse, is not offered it again. */
  readonly excludeSeconds: number;
  /** How many offers in a row an operator lets lapse before counting as away. */
  readonly missesBeforeAway: number;
  /** What an operator has after live work to write it up. */
  readonly wrapUpSeconds: number;
  /** The offer needs no answer: it is accepted as it is made. */
  readonly autoAccept: boolean;
  /** To how many at once work is offered when the first to accept has it. */
  readonly offersAtOnce: number;
  /** Whoever answered the person within these days is preferred; 0: nobody is. */
  readonly stickyDays: number;
  /** For how long work waits for them alone. */
  readonly stickyWaitSeconds: number;
  /** Within how long work should be in somebody's hands; null: nothing is promised. */
  readonly targetSeconds: number | null;
  /** After how long offline a person's work that is not live goes back to the queue; null: they keep it. */
  readonly endOfShiftMinutes: number | null;
}

/** What holds for an office that said nothing: operators take, nothing is offered. */
export const DEFAULT_QUEUE: QueueSettings = {
  strategy: 'pull',
  scoring: { perPriority: 30, perMinute: 1, ofDue: 15, dueWithinSeconds: 600 },
  rings: [],
  leaseSeconds: 30,
  excludeSeconds: 120,
  missesBeforeAway: 2,
  wrapUpSeconds: 0,
  autoAccept: false,
  offersAtOnce: 3,
  stickyDays: 0,
  stickyWaitSeconds: 20,
  targetSeconds: null,
  endOfShiftMinutes: null,
};
