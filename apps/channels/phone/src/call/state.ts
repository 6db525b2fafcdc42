import type { CallEnding, CallPart, CallStep, MediaPart, Part } from '@filodiretto/contracts';
import { STEPS_MAX, TRANSCRIPTION_MAX } from '../limits.js';

/** Revisions count from here, in seconds at the first: one made after a loss of memory is newer than all before it. */
export const REVISION_EPOCH = Date.parse('2026-01-01T00:00:00Z');

/** An answer given, and what the core was told with it: a repeated request gets both again. */
interface Answer {
  readonly request: string;
  readonly document: string;
  readonly about?: Readonly<Record<string, string>>;
}
/** The order of ours that a call carries out. */
interface CarriedOut {
  readonly message: string;
  readonly attempt: number;
  readonly conversation?: string;
}

/** A call as far as it has come: the channel's memory of it, by CallSid. */
export interface CallState {
  readonly sid: string;
  readonly account: string;
  /** The person's number, as the provider wrote it. */
  readonly from: string;
  readonly callerName?: string;
  readonly direction: 'in' | 'out';
  readonly order?: CarriedOut;
  readonly language: string;
  /** When it began. */
  readonly at: string;
  readonly queue?: string;
  readonly queuedAt?: string;
  readonly answeredAt?: string;
  readonly answeredBy?: string;
  readonly endedAt?: string;
  readonly ending?: CallEnding;
  readonly category?: string;
  readonly steps: readonly CallStep[];
  /** Sentences transcribed, by the provider's sequence: they come in any order. */
  readonly transcripts: readonly { readonly sequence: number; readonly text: string }[];
  /** Conversations recorded. */
  readonly recordings: readonly { readonly source: string; readonly seconds: string }[];
  /** Grows with each change of what is shown. */
  readonly revision: number;
  /** Highest SequenceNumber seen: what comes with a lower one is late. */
  readonly sequence: number;
  /** Grows with each document: the same key pressed at another time is another request. */
  readonly turn: number;
  /** The words of emergency that the caller has heard. */
  readonly announced?: string;
  /** Whether the house holds the message of this call. */
  readonly held: boolean;
  readonly answers: readonly Answer[];
}

/** What is shown of a call: its road, then the recordings of the conversation. */
export const contentOf = (call: CallState): Part[] => [partOf(call), ...call.recordings.map(recordingPart)];

function partOf(call: CallState): CallPart {
  const transcription = transcriptionOf(call);
  return {
    type: 'call',
    direction: call.direction,
    arrivedAt: call.at,
    ...(call.queuedAt ? { queuedAt: call.queuedAt } : {}),
    ...(call.answeredAt ? { answeredAt: call.answeredAt } : {}),
    ...(call.answeredBy ? { answeredBy: call.answeredBy } : {}),
    ...(call.endedAt ? { endedAt: call.endedAt } : {}),
    ...(call.ending ? { ending: call.ending } : {}),
    ...(transcription ? { transcription } : {}),
    steps: [...call.steps],
  };
}

const recordingPart = ({ source, seconds }: CallState['recordings'][number]): MediaPart => ({
  type: 'media',
  kind: 'voice',
  mediaType: 'audio/mpeg',
  filename: 'conversazione.mp3',
  caption: `Registrazione della conversazione, ${seconds} secondi`,
  fetch: 'pending',
  scan: 'pending',
  source,
});

function transcriptionOf({ transcripts }: CallState): string {
  const words = transcripts
    .toSorted((a, b) => a.sequence - b.sequence)
    .map(one => one.text)
    .join('\n');
  return words.length <= TRANSCRIPTION_MAX ? words : `${words.slice(0, TRANSCRIPTION_MAX - 4)} […]`;
}

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

/** The call with a message left: that is how it ended, whatever was thought before. */
export const withVoicemail = (call: CallState): CallState =>
  call.ending === 'voicemail' ? call : changed(call, { ending: 'voicemail' });

const OUTGOING_ENDINGS: Readonly<Record<string, CallEnding>> = {
  busy: 'busy',
  'no-answer': 'no_answer',
  failed: 'failed',
  canceled: 'abandoned',
};

/** Statuses after which nothing more happens on a call. */
export const ENDED: ReadonlySet<string> = new Set(['completed', 'busy', 'no-answer', 'failed', 'canceled']);

/** How a call that the provider calls ended did end. What was said of it before is final. */
export function endingOf(call: CallState, status: string): CallEnding {
  if (call.ending) return call.ending;
  if (call.direction === 'out') return OUTGOING_ENDINGS[status] ?? 'completed';
  if (status === 'failed') return 'failed';
  if (call.answeredAt) return 'completed';
  return call.steps.some(one => one.choice === 'closed') ? 'closed_hours' : 'abandoned';
}
