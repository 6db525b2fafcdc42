import { Id, InstantField, ListOf, OneOf, Text, Whole } from '../fields.js';
import { AUTOMATIC_KINDS, type AutomaticKind } from '../model/message.js';

/** What can become of one fact of a delivery. */
export const FATES = ['opened', 'joined', 'duplicate', 'recorded', 'progress', 'parked', 'empty'] as const;
export type FateName = (typeof FATES)[number];

/** What became of one fact of a delivery. */
export class ReceptionItemView {
  @Whole('Place among the facts of the delivery, from 0', { example: 0 }) readonly index: number;
  @OneOf('What became of it', FATES, { example: 'opened' }) readonly fate: FateName;
  @Id('The message it is', { optional: true }) readonly message?: string;
  @Id('The case it belongs to', { optional: true }) readonly case?: string;
  @OneOf('Written by a machine', AUTOMATIC_KINDS, { optional: true }) readonly automatic?: AutomaticKind;
  @Text('Why it waits for a person', { max: 2_000, optional: true }) readonly parkedBecause?: string;
  @InstantField('When it was recorded') readonly recordedAt: string;
}

/** What became of one delivery to us. All is recorded when there are as many items as facts. */
export class ReceptionView {
  @Id('Reception') readonly id: string;
  @Text('Channel', { max: 40, example: 'email' }) readonly channel: string;
  @Text('Account of the channel', { max: 200, example: 'urp' }) readonly account: string;
  @Whole('Facts the delivery carried', { example: 1 }) readonly facts: number;
  @ListOf('What became of them, in order', () => ReceptionItemView, { max: 100_000 }) readonly items: ReceptionItemView[];
}
