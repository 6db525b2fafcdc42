import { Flag, Id, InstantField, ListOf, One, OneOf, Text, Whole } from '../fields.js';
import { HELD_REASONS, type HeldReason } from '../model/message.js';
import { PageQuery } from './page.js';
import { OperatorRef } from './refs.js';

const KINDS = ['failed', 'doubtful', 'unreadable', 'lost'] as const;
const STATES = ['waiting', 'retried', 'discarded'] as const;

export class ListParked extends PageQuery {
  @OneOf('State; absent: those that wait', STATES, { optional: true, example: 'waiting' })
  readonly state?: (typeof STATES)[number];
  @OneOf('Why it was parked', KINDS, { optional: true }) readonly kind?: (typeof KINDS)[number];
  @Text('Channel', { max: 40, optional: true }) readonly channel?: string;
}

/** Something that could not be taken in by itself: a person looks, and retries it or discards it with a reason. */
export class ParkedView {
  @Id('Parked item') readonly id: string;
  @OneOf('Why it was parked', KINDS, { example: 'doubtful' }) readonly kind: (typeof KINDS)[number];
  @OneOf('State', STATES, { example: 'waiting' }) readonly state: (typeof STATES)[number];
  @Text('Channel', { max: 40, example: 'webform' }) readonly channel: string;
  @Text('Account of the channel', { max: 200 }) readonly account: string;
  @Text('What keeps it here', { max: 2_000, example: 'honeypot filled' }) readonly reason: string;
  @Text('Class of the fault', { max: 200, optional: true }) readonly errorClass?: string;
  @Text('Who wrote, as far as it is known', { max: 600, optional: true }) readonly from?: string;
  @Text('Its title, as far as it is known', { max: 2_000, optional: true }) readonly subject?: string;
  @Text('How it begins, as far as it is known', { max: 500, optional: true }) readonly excerpt?: string;
  @Flag('It is of a case that you do not see: who wrote and what is not shown', { optional: true })
  readonly withheld?: boolean;
  @Whole('How many times it was tried', { example: 2 }) readonly tries: number;
  @InstantField('When it is tried again by itself', { optional: true }) readonly nextTryAt?: string;
  @InstantField('When it was parked') readonly createdAt: string;
  @InstantField('When somebody settled it', { optional: true }) readonly settledAt?: string;
  @One('Who settled it', () => OperatorRef, { optional: true }) readonly settledBy?: OperatorRef;
  @Text('Why it was discarded', { max: 2_000, optional: true }) readonly settledReason?: string;
  @Text('Where the original is, as plain text', { max: 300, optional: true }) readonly original?: string;
  @OneOf('Why the original is held until a person releases it', HELD_REASONS, { optional: true })
  readonly originalHeld?: HeldReason;
}
export class ParkedPage {
  @ListOf('Parked items, the oldest first', () => ParkedView, { max: 200 }) readonly items: ParkedView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true })
  readonly next?: string;
}

export class DiscardParked {
  @Text('Why it is no matter of ours; the original stays', { max: 2_000, example: 'Pubblicità' }) readonly reason: string;
}
