import { Flag, Id, InstantField, ListOf, One, OneOf, Text } from '../fields.js';
import { CALL_STATES, type CallState } from '../model/message.js';
import { CallStep } from '../message/parts.js';
import { CaseRef, ContactRef, OfficeRef } from './refs.js';

/** A call that comes in, as far as it has come: for the screen of who is to answer. */
export class IncomingCall {
  @Id('The message that the call is') readonly message: string;
  @OneOf('How far it has come', CALL_STATES, { example: 'ringing' }) readonly state: CallState;
  @One('Its case', () => CaseRef, { optional: true }) readonly case?: CaseRef;
  @One('The office that holds the case', () => OfficeRef, { optional: true }) readonly office?: OfficeRef;
  @One('Who calls, when it is known', () => ContactRef, { optional: true }) readonly contact?: ContactRef;
  @Text('Where the call comes from, when it is shown', { max: 320, optional: true, example: '+393331234567' })
  readonly from?: string;
  @ListOf('What they were asked so far, and what they pressed', () => CallStep, { max: 500 }) readonly steps: CallStep[];
  @InstantField('When it rang') readonly arrivedAt: string;
  @InstantField('When it began to wait for a person', { optional: true }) readonly queuedAt?: string;
  @InstantField('When somebody answered', { optional: true }) readonly answeredAt?: string;
  @InstantField('When it ended', { optional: true }) readonly endedAt?: string;
  @Flag('Whether who listens is to answer it: they are there, and of the office that holds it') readonly forYou: boolean;
}
