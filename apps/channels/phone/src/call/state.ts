import type { CallEnding, CallPart, CallStep } from '@filodiretto/contracts';
import { STEPS_MAX } from '../limits.js';

/** A call as far as it has come: the channel's memory of it, by CallSid. */
export interface CallState {
  readonly sid: string;
  readonly account: string;
  readonly from: string;
  readonly direction: 'in' | 'out';
  readonly language: string;
  readonly arrivedAt: string;
  readonly queue?: string;
  readonly queuedAt?: string;
  readonly answeredAt?: string;
  readonly answeredBy?: string;
  readonly endedAt?: string;
  readonly ending?: CallEnding;
  readonly transcription?: string;
  readonly category?: string;
  readonly steps: readonly CallStep[];
  /** Grows with each change of what is shown. */
  readonly revision: number;
  /** Highest SequenceNumber seen: what comes with a lower one is late. */
  readonly sequence: number;
  /** Answers given, by request: a repeated request gets the same words. */
  readonly answers: readonly { readonly request: string; readonly document: string }[];
}

/** What is shown of a call. */
export const partOf = (call: CallState): CallPart => ({
  type: 'call',
  direction: call.direction,
  arrivedAt: call.arrivedAt,
  ...(call.queuedAt ? { queuedAt: call.queuedAt } : {}),
  ...(call.answeredAt ? { answeredAt: call.answeredAt } : {}),
  ...(call.answeredBy ? { answeredBy: call.answeredBy } : {}),
  ...(call.endedAt ? { endedAt: call.endedAt } : {}),
  ...(call.ending ? { ending: call.ending } : {}),
  ...(call.transcription ? { transcription: call.transcription } : {}),
  steps: [...call.steps],
});

/** The call one step further; steps beyond what is kept are still counted in the revision. */
export const stepped = (call: CallState, step: string, at: string, choice?: string): CallState => ({
  ...call,
  revision: call.revision + 1,
  steps:
    call.steps.length >= STEPS_MAX
      ? call.steps
      : [...call.steps, { step, at, ...(choice ? { choice: choice.slice(0, 100) } : {}) }],
});

/** The call with something else known of it. */
export const changed = (call: CallState, what: Partial<CallState>): CallState => ({
  ...call,
  ...what,
  revision: call.revision + 1,
});

const STATUS_ENDINGS: Readonly<Record<string, CallEnding>> = {
  busy: 'busy',
  'no-answer': 'no_answer',
  failed: 'failed',
  canceled: 'abandoned',
};

/** How a call that the provider calls ended did end. What was said of it before is final. */
export function endingOf(call: CallState, status: string): CallEnding {
  if (call.ending) return call.ending;
  const said = STATUS_ENDINGS[status];
  if (said) return said;
  if (call.answeredAt || call.direction === 'out') return 'completed';
  const closed = call.steps.some(one => one.choice === 'closed');
  return closed ? 'closed_hours' : 'abandoned';
}
