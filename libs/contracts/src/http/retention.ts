import { Bag, Id, InstantField, ListOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import { OperatorRef } from './refs.js';

/** Why something of a person cannot be destroyed yet. */
export const ERASURE_OBSTACLES = ['open_case', 'legal_hold', 'kept_by_duty', 'on_its_way', 'parked'] as const;
export const ERASURE_STATES = ['running', 'done'] as const;
export const ERASURE_CAUSES = ['request', 'retention'] as const;

/** What stands against an erasure. */
export class ErasureObstacle {
  @OneOf('Why', ERASURE_OBSTACLES) readonly because: string;
  @Texts('Numbers of cases because of which it does, some of them', { max: 100, maxLength: 40 }) readonly cases: string[];
  @InstantField('Until when, where that is known', { optional: true }) readonly until?: string;
}
/** How much of a person is kept. */
export class KeptCounts {
  @Whole('Cases of theirs', { example: 2 }) readonly cases: number;
  @Whole('Messages from and to them', { example: 12 }) readonly messages: number;
  @Whole('Files of those messages', { example: 3 }) readonly attachments: number;
  @Whole('Notes on their cases', { example: 1 }) readonly notes: number;
  @Whole('Addresses of theirs', { example: 2 }) readonly addresses: number;
}
/** What an erasure would destroy, and what stands against it. */
export class ErasurePreview {
  @Id('The contact, or the one it was merged into') readonly contact: string;
  @Whole('Changes whenever something of theirs comes in or goes', { min: 1 }) readonly version: number;
  @One('How much is kept', () => KeptCounts) readonly kept: KeptCounts;
  @ListOf('What stands against it; empty: nothing does', () => ErasureObstacle, { max: 10 })
  readonly obstacles: ErasureObstacle[];
}
export class AskErasure {
  @Text('Why, for the receipt: nothing of the person', { max: 1_000, example: 'Richiesta dell’interessato, art. 17' })
  readonly reason: string;
}
/** The receipt of an erasure: what was destroyed, by count. */
export class ErasureView {
  @Id('The erasure') readonly id: string;
  @Id('The contact that is nobody any more') readonly contact: string;
  @OneOf('Because of what', ERASURE_CAUSES) readonly because: string;
  @Text('Why', { max: 1_000 }) readonly reason: string;
  @OneOf('Whether it is done', ERASURE_STATES) readonly state: string;
  @One('Who asked; absent: the system', () => OperatorRef, { optional: true }) readonly askedBy?: OperatorRef;
  @InstantField('When it was asked') readonly askedAt: string;
  @InstantField('When all was gone', { optional: true }) readonly endedAt?: string;
  @Bag('How many were destroyed, by sort', { example: { messages: 12, cases: 2, blobs: 5 } })
  readonly counts: Record<string, number>;
}
