import { EmptyReception, Inbound, Progress, Unreadable } from './message/inbound.js';
import { Outbound } from './message/outbound.js';
import { Id, InstantField, OneOf, Text, Whole } from './fields.js';
import { CASE_FACTS, type CaseFact } from './model/case.js';
import { CALL_STATES, type CallState } from './model/message.js';
import { OFFER_STATES, type OfferState } from './model/routing.js';

/** A thin fact for whoever listens: ids and words of ours, never personal data. `ce-type` case.changed.v1. */
export class CaseChanged {
  @Id('Journal entry') readonly id: string;
  @Id('Administration') readonly administration: string;
  @Id('Case') readonly case: string;
  @Whole('Version of the case after it', { min: 1 }) readonly version: number;
  @OneOf('What happened', CASE_FACTS) readonly fact: CaseFact;
  @Id('The message that it is about', { optional: true }) readonly message?: string;
  @InstantField('When') readonly at: string;
}

/** The state of an outgoing message changed. `ce-type` message.changed.v1. */
export class MessageChanged {
  @Id('Administration') readonly administration: string;
  @Id('Message') readonly message: string;
  @Id('Case', { optional: true }) readonly case?: string;
  @Text('State', { max: 20 }) readonly state: string;
  @InstantField('When') readonly at: string;
}

/** A call came in, or went on. `ce-type` call.changed.v1. */
export class CallChanged {
  @Id('Administration') readonly administration: string;
  @Id('The message that the call is') readonly message: string;
  @Id('Case', { optional: true }) readonly case?: string;
  @Whole('Which news of it', {}) readonly revision: number;
  @OneOf('How far it has come', CALL_STATES) readonly state: CallState;
  @InstantField('When') readonly at: string;
}

/** Work was offered to an operator, or what became of the offer. `ce-type` offer.changed.v1. */
export class OfferChanged {
  @Id('Administration') readonly administration: string;
  @Id('Offer') readonly offer: string;
  @Id('Work item') readonly workItem: string;
  @Id('Case') readonly case: string;
  @Id('Operator whom it was made to') readonly operator: string;
  @OneOf('State', OFFER_STATES) readonly state: OfferState;
  @InstantField('Until when it can be accepted') readonly expiresAt: string;
  @InstantField('When') readonly at: string;
}

/** Every event of the bus: from this value come the types, the check at both ends and contracts/asyncapi.yaml. */
export const EVENTS = {
  'message.received.v1': { stream: 'IN', fact: 'message', payload: Inbound, says: 'A citizen said something on a channel' },
  'message.progressed.v1': { stream: 'IN', fact: 'progress', payload: Progress, says: 'A receipt, an outcome of sending, or more content of a message' },
  'reception.unreadable.v1': { stream: 'IN', fact: 'unreadable', payload: Unreadable, says: 'A delivery that the channel could not read' },
  'reception.empty.v1': { stream: 'IN', fact: 'empty', payload: EmptyReception, says: 'A delivery that carried no fact' },
  'message.queued.v1': { stream: 'OUT', fact: 'message', payload: Outbound, says: 'An order to say something to a citizen' },
  'case.changed.v1': { stream: 'EVENT', fact: 'case', payload: CaseChanged, says: 'Something happened to a case' },
  'message.changed.v1': { stream: 'EVENT', fact: 'message', payload: MessageChanged, says: 'An outgoing message advanced' },
  'call.changed.v1': { stream: 'EVENT', fact: 'call', payload: CallChanged, says: 'A call came in, or went on' },
  'offer.changed.v1': { stream: 'EVENT', fact: 'offer', payload: OfferChanged, says: 'Work was offered to an operator, or what became of it' },
} as const satisfies Record<string, { stream: 'IN' | 'OUT' | 'EVENT'; fact: string; payload: new () => object; says: string }>;

export type EventType = keyof typeof EVENTS;
export type EventPayload<T extends EventType> = InstanceType<(typeof EVENTS)[T]['payload']>;
