import type { Author, AutomaticKind } from '@filodiretto/contracts/model';
import type { Admission } from '../intake/admit.js';

/** At most so many automatic messages an hour to one correspondent (RFC 3834, section 2: a responder limits its rate). */
export const AUTOMATIC_AN_HOUR = 3;

export interface AcknowledgementEvidence {
  /** The channel's manifest says that a new matter is acknowledged there. */
  readonly channelAcknowledges: boolean;
  readonly admission: Admission['kind'];
  readonly author: Author;
  readonly automatic?: AutomaticKind | undefined;
  readonly public?: boolean | undefined;
  readonly doubtful?: boolean | undefined;
  /** How many automatic messages this correspondent was sent in the last hour. */
  readonly sentLastHour: number;
}

/**
 * Whether the citizen is told, by itself and once, the number of their case: only for a new case, only on a channel that
 * acknowledges, only to a person, never in public and never in a loop.
 */
export const mayAcknowledge = (of: AcknowledgementEvidence): boolean =>
  of.channelAcknowledges &&
  (of.admission === 'open' || of.admission === 'follow_up') &&
  of.author === 'contact' &&
  of.automatic === undefined &&
  !of.public &&
  !of.doubtful &&
  of.sentLastHour < AUTOMATIC_AN_HOUR;
