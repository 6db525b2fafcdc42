import type { SendState } from '@filodiretto/contracts/model';

/**
 * How much each state knows of an attempt. The state with the higher rank wins, in whatever order the news arrive: `unknown`
 * yields to any news, a late `sent` never overwrites `failed`, and proof of delivery overrides a failure announced before. What was
 * `withdrawn` no channel was let send: nothing is true of it any more.
 */
export const SEND_RANK: Readonly<Record<SendState, number>> = {
  queued: 0,
  sending: 1,
  unknown: 2,
  accepted: 3,
  sent: 4,
  failed: 5,
  delivered: 6,
  read: 7,
  withdrawn: 8,
};

/** The state of an attempt after some news of it. */
export const advance = (current: SendState, next: SendState): SendState =>
  SEND_RANK[next] > SEND_RANK[current] ? next : current;

/** Whether a person may order a new attempt. The first may have arrived when nobody knows: the person decides, never a machine. */
export const mayRetry = (state: SendState): boolean => state === 'failed' || state === 'unknown';
