import { Flag, Id, InstantField, One, OneOf, Text, Texts, Whole } from '../fields.js';
import { CASE_STATES, SEND_STATES, type CaseState, type SendState } from '../model.js';
import { AskConnections, ConnectionsAnswer } from '../channel/connection.js';
import { Address } from './address.js';
import { MediaPart } from './parts.js';

/**
 * A channel asks the core for the right to call the provider for one attempt: one winner, committed before the call. A winner
 * that did not hear the answer asks again by the same name, before it calls.
 */
export class ClaimSend {
  @Id('Our message') readonly message: string;
  @Whole('Attempt', { min: 1 }) readonly attempt: number;
  @Id('Who asks: another name each time that an order is taken up', { optional: true }) readonly claimant?: string;
}
export class ClaimAnswer {
  @Flag('Whether the provider may be called now') readonly granted: boolean;
  @OneOf('Where the message stands', SEND_STATES) readonly state: SendState;
}

/** The core asks a channel to read a kept reception again and publish its facts; a duplicate is a success. */
export class ReadAgain {
  @Id('Reception') readonly reception: string;
}
/** The core asks a channel to fetch an attachment again. */
export class FetchAgain {
  @Text('Account', { max: 200 }) readonly account: string;
  @Text('External id of the message', { max: 1_000 }) readonly externalId: string;
  @Text('Its conversation', { max: 1_000 }) readonly conversation: string;
  @Whole('Which part of the message, from 0', {}) readonly part: number;
  @One('That part as it is now', () => MediaPart) readonly media: MediaPart;
  @Text("The part's `source`", { max: 2_048 }) readonly source: string;
}
export class Done {
  @Flag('Whether it was done') readonly done: boolean;
  @Text('Why not', { max: 2_000, optional: true }) readonly detail?: string;
}

/** Asks what became of what a citizen sent, by the secret they hold. */
export class AskTracking {
  @Text('Tracking code', { max: 40 }) readonly trackingCode: string;
}
export class TrackingAnswer {
  @Flag('Whether a case is known under this code') readonly found: boolean;
  @Text('Case number', { max: 40, optional: true }) readonly caseNumber?: string;
  @OneOf('State of the case', CASE_STATES, { optional: true }) readonly state?: CaseState;
  @Text('Office that holds it', { max: 300, optional: true }) readonly office?: string;
  @Text('External id of the message that the code was given for: for the channel, not for the citizen', { max: 1_000, optional: true })
  readonly externalId?: string;
  @Text('Account of the channel that the message came to', { max: 200, optional: true }) readonly account?: string;
  @One('Who sent the message, as an address: for the channel, not for the citizen', () => Address, { optional: true })
  readonly from?: Address;
}

/** Asks whether anybody is there for who writes on an account now, and who is being written to at this moment. */
export class AskAttendance {
  @Text('Channel', { max: 40 }) readonly channel: string;
  @Text('Account', { max: 200 }) readonly account: string;
  @Texts('Conversations of the account that somebody has before them', { max: 500, maxLength: 1_000 })
  readonly conversations: string[];
  @Texts('Conversations of the account in which the citizen is writing at this moment: that they write, never what', { max: 500, maxLength: 1_000, optional: true })
  readonly citizenWrites?: string[];
}
/** Of the moment alone: nothing of it is kept. */
export class AttendanceAnswer {
  @Flag('Whether the hours of the administration on this channel are running') readonly open: boolean;
  @InstantField('When they begin again, while they do not run', { optional: true }) readonly opensAt?: string;
  @Flag('Whether an operator is available for this channel') readonly attended: boolean;
  @Texts('Those of the conversations in whose case an operator is writing', { max: 500, maxLength: 1_000 })
  readonly writing: string[];
}

/** Every question of the bus: who is asked, what, and what is answered. From this value comes its part of contracts/asyncapi.yaml. */
export const ASKS = {
  claim: { asked: 'core', question: ClaimSend, answer: ClaimAnswer, says: 'May this attempt to send be made now?' },
  tracking: { asked: 'core', question: AskTracking, answer: TrackingAnswer, says: 'What became of what a citizen sent?' },
  attendance: {
    asked: 'core',
    question: AskAttendance,
    answer: AttendanceAnswer,
    says: 'Is anybody there for who writes now, and who is being written to?',
  },
  'read-again': { asked: 'channel', question: ReadAgain, answer: Done, says: 'Read a kept reception again' },
  'fetch-again': { asked: 'channel', question: FetchAgain, answer: Done, says: 'Fetch an attachment again' },
  'check-connections': {
    asked: 'channel',
    question: AskConnections,
    answer: ConnectionsAnswer,
    says: 'Ask the provider now whether these accounts are connected',
  },
} as const satisfies Record<
  string,
  { asked: 'core' | 'channel'; question: new () => object; answer: new () => object; says: string }
>;
