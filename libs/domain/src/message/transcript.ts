/** For how long a wish to have a conversation in writing is waited for: nobody misses it who has not been answered in so long. */
const WAITED_FOR_MS = 7 * 86_400_000;
/** How many wishes of one conversation are fulfilled by themselves: more are for a person to decide. */
const MOST = 3;
/** What is answered is looked at so often: it may be over before it is silent. */
const LOOK_AGAIN_MS = 60_000;

/** How a conversation stands whose citizen asked to have it in writing. */
export interface TranscriptStanding {
  /** Milliseconds since the epoch: when it was asked, and when anybody last said something. */
  readonly askedAt: number;
  readonly lastSaidAt: number;
  /** A person of the administration said something in it. */
  readonly isAnswered: boolean;
  /** Something that was written in it has yet to leave, and may be taken back until then. */
  readonly isLeaving: boolean;
  /** The case has its outcome. */
  readonly isOver: boolean;
  readonly isConfidential: boolean;
  /** Which wish of the conversation it is, from 1, and whether a later one stands in its place. */
  readonly place: number;
  readonly isReplaced: boolean;
}

export type TranscriptDue = { readonly send: true } | { readonly lookAt: number } | { readonly never: string };

/**
 * When a conversation is sent in writing to the address that its citizen typed in it, which nobody verified: once it is over, or was
 * silent for long enough, whoever left it. Never before a person of the administration answered: a machine that mailed what one writes
 * to whom one names would write to strangers in the administration's name.
 */
export function transcriptDue(of: TranscriptStanding, now: number, silenceMs: number): TranscriptDue {
  if (of.isReplaced) return { never: 'it was asked for again' };
  if (of.place > MOST) return { never: 'it was asked for too many times' };
  if (of.isConfidential) return { never: 'the case is confidential' };
  if (!of.isAnswered && now - of.askedAt > WAITED_FOR_MS) return { never: 'nobody answered' };
  const silentAt = Math.max(of.lastSaidAt, of.askedAt) + silenceMs;
  const waits = of.isLeaving && now - of.askedAt <= WAITED_FOR_MS;
  if (of.isAnswered && !waits && (of.isOver || now >= silentAt)) return { send: true };
  if (!of.isAnswered) return { lookAt: now + silenceMs };
  return { lookAt: waits ? now + Math.min(LOOK_AGAIN_MS, silenceMs) : Math.min(now + LOOK_AGAIN_MS, silentAt) };
}
