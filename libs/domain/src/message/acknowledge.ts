import type { Author, AutomaticKind, Unacknowledged } from '@filodiretto/contracts/model';
import type { Admission } from '../intake/admit.js';

export interface AcknowledgementEvidence {
  /** The channel's manifest says that a new matter is acknowledged there. */
  readonly channelAcknowledges: boolean;
  readonly admission: Admission['kind'];
  readonly author: Author;
  readonly automatic?: AutomaticKind | undefined;
  readonly public?: boolean | undefined;
  readonly doubtful?: boolean | undefined;
  /** It is a call: who made it was spoken to, and may have no way to read. */
  readonly call?: boolean | undefined;
}

/**
 * Whether the citizen is to be told, by itself and once, the number of their case: only for a new case, only on a channel
 * that acknowledges, only to a person who wrote, never in public.
 */
export const mayAcknowledge = (of: AcknowledgementEvidence): boolean =>
  of.channelAcknowledges &&
  (of.admission === 'open' || of.admission === 'follow_up') &&
  of.author === 'contact' &&
  of.automatic === undefined &&
  !of.public &&
  !of.call &&
  !of.doubtful;

/** How a message from outside stands as to who wrote it. */
export interface Standing {
  readonly automatic: boolean;
  readonly unauthenticated: boolean;
  readonly stranger: boolean;
}

/**
 * Whether rules may write to who wrote in a case: somebody did who is not shown to be another, is not a machine and belongs to it.
 * Where nobody wrote, as in a case that was opened by hand, nobody pretended.
 */
export const mayBeAnsweredByRules = (said: readonly Standing[]): boolean =>
  said.length === 0 || said.some(one => !one.automatic && !one.unauthenticated && !one.stranger);

/** What was exchanged lately with who wrote, and with the address that would be written to. */
export interface AutomaticTraffic {
  /** The address is that of an account of ours. */
  readonly ownAddress: boolean;
  /** The message names a case of the writer's: they know its number already. */
  readonly numbered: boolean;
  /** Automatic messages of the last hour: to who wrote, and to the address; each may be the other's victim. */
  readonly toWriterLastHour: number;
  readonly toAddressLastHour: number;
  /** Automatic messages to the writer in the last ten minutes. */
  readonly automaticLately: number;
  /** All messages to and from the writer in the last ten minutes; 0 when a person of ours wrote one of them. */
  readonly exchangedLately: number;
}

export interface AutomaticLimits {
  /** At most so many automatic messages an hour, to a writer and to an address (RFC 3834, section 2). */
  readonly perHour: number;
  /** More messages than these in ten minutes, ours all by machine, are a loop. */
  readonly loopMessages: number;
}

/** Why an acknowledgement that is due must not leave; `undefined` when it may. */
export function unacknowledged(traffic: AutomaticTraffic, limits: AutomaticLimits): Unacknowledged | undefined {
  if (traffic.ownAddress) return 'own_address';
  if (traffic.automaticLately > 1 && traffic.exchangedLately > limits.loopMessages) return 'loop_suspected';
  if (traffic.numbered) return 'already_numbered';
  if (Math.max(traffic.toWriterLastHour, traffic.toAddressLastHour) >= limits.perHour) return 'too_many';
  return undefined;
}
