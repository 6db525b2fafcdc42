import { Flag, Id, OneOf, Text, Whole } from '../fields.js';
import { CASE_STATES, SEND_STATES, type CaseState, type SendState } from '../model.js';

/** A channel asks the core for the right to call the provider for one attempt: one winner, committed before the call. */
export class ClaimSend {
  @Id('Our message') readonly message: string;
  @Whole('Attempt', { min: 1 }) readonly attempt: number;
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
  @Whole('Which part of the message, from 0', {}) readonly part: number;
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
}
