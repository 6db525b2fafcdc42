import { Bag, Flag, Id, InstantField, ListOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
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
  @Id('The contact that is nobody any more', { optional: true }) readonly contact?: string;
  @Id('The case whose time was over', { optional: true }) readonly case?: string;
  @OneOf('Because of what', ERASURE_CAUSES) readonly because: string;
  @Text('Why', { max: 1_000 }) readonly reason: string;
  @OneOf('Whether it is done', ERASURE_STATES) readonly state: string;
  @One('Who asked; absent: the system', () => OperatorRef, { optional: true }) readonly askedBy?: OperatorRef;
  @InstantField('When it was asked') readonly askedAt: string;
  @InstantField('When all was gone', { optional: true }) readonly endedAt?: string;
  @Bag('How many were destroyed, by sort', { example: { messages: 12, cases: 2, blobs: 5 } })
  readonly counts: Record<string, number>;
}

/** For how long something is kept, and why. */
export class RetentionPolicyView {
  @Text('`case.<kind>`, `category.<id>` or the name of a thing', { max: 100, example: 'case.report' }) readonly code: string;
  @Whole('Months', { max: 1_200, example: 60 }) readonly months: number;
  @Whole('Days beside them', { max: 3_650, example: 0 }) readonly days: number;
  @Flag('Whether a duty has it kept also when the citizen asks to be erased') readonly duty: boolean;
  @Text('Why', { max: 1_000, example: 'Art. 6.1.e GDPR' }) readonly legalBasis: string;
  @Whole('0: as shipped', { example: 0 }) readonly version: number;
}
/** What is kept for a time that nobody decides. */
export class FixedTermView {
  @Text('What', { max: 100, example: 'citizen_code' }) readonly code: string;
  @Text('The longest, as ISO 8601 says it; absent: as long as the administration keeps anything', {
    max: 20,
    example: 'P1D',
    optional: true,
  })
  readonly lasts?: string;
  @Text('Why', { max: 1_000, example: 'Art. 32 GDPR' }) readonly legalBasis: string;
}
export class RetentionPolicyList {
  @ListOf('All of them, by code', () => RetentionPolicyView, { max: 10_000 }) readonly items: RetentionPolicyView[];
  @ListOf('What the system itself says, and nobody decides', () => FixedTermView, { max: 100 }) readonly fixed: FixedTermView[];
}
export class WriteRetentionPolicy {
  @Whole('Months after the end of the case, or after the thing came', { max: 1_200, example: 60 }) readonly months: number;
  @Whole('Days beside them', { max: 3_650, example: 0 }) readonly days: number;
  @Flag('Whether a duty has it kept also when the citizen asks to be erased') readonly duty: boolean;
  @Text('Why', { max: 1_000, example: 'Massimario di selezione e scarto' }) readonly legalBasis: string;
}

/** Nothing of it is destroyed until somebody lifts the hold. */
export class LegalHoldView {
  @Id('The hold') readonly id: string;
  @Id('The case', { optional: true }) readonly case?: string;
  @Id('The contact', { optional: true }) readonly contact?: string;
  @Text('Why', { max: 1_000 }) readonly reason: string;
  @One('Who placed it', () => OperatorRef) readonly placedBy: OperatorRef;
  @InstantField('When') readonly placedAt: string;
  @One('Who lifted it', () => OperatorRef, { optional: true }) readonly liftedBy?: OperatorRef;
  @InstantField('When it was lifted', { optional: true }) readonly liftedAt?: string;
  @Text('Why it was lifted', { max: 1_000, optional: true }) readonly liftedReason?: string;
}
export class LegalHoldList {
  @ListOf('The newest first', () => LegalHoldView, { max: 1_000 }) readonly items: LegalHoldView[];
}
export class PlaceHold {
  @Id('The case; or else `contact`', { optional: true }) readonly case?: string;
  @Id('The contact; or else `case`', { optional: true }) readonly contact?: string;
  @Text('Why', { max: 1_000, example: 'Contenzioso R.G. 12/2026' }) readonly reason: string;
}
export class LiftHold {
  @Text('Why', { max: 1_000, example: 'Causa definita' }) readonly reason: string;
}

export const RETENTION_RUN_STATES = ['previewed', 'running', 'stopped', 'done'] as const;
/** What of one sort has had its time. */
export class OverPreview {
  @Text('Which term', { max: 100, example: 'case.report' }) readonly code: string;
  @Whole('How many', { example: 120 }) readonly count: number;
  @Whole('How many more are kept because a hold is on them', { example: 2 }) readonly held: number;
  @Whole('How many more are kept because an open case refers to them', { example: 1 }) readonly needed: number;
  @InstantField('Since when the oldest of them runs', { optional: true }) readonly oldest?: string;
  @Texts('Numbers of some of the cases', { max: 20, maxLength: 40 }) readonly examples: string[];
}
/** A run that destroys what has had its time: looked at first, then let run. */
export class RetentionRunView {
  @Id('The run') readonly id: string;
  @OneOf('How far it is', RETENTION_RUN_STATES) readonly state: string;
  @ListOf('What it would destroy, as it was when it was looked at', () => OverPreview, { max: 1_000 })
  readonly preview: OverPreview[];
  @Bag('How many it has destroyed, or has begun to, by term', { example: { 'case.report': 120 } })
  readonly counts: Record<string, number>;
  @Flag('Whether it runs by day too, and not only from eight in the evening to seven') readonly byDay: boolean;
  @Flag('Whether the system began it, as the administration decided') readonly byItself: boolean;
  @InstantField('When it was looked at') readonly createdAt: string;
  @InstantField('When it began', { optional: true }) readonly startedAt?: string;
  @InstantField('When it ended', { optional: true }) readonly endedAt?: string;
}
export class StartRetentionRun {
  @Flag('Whether it runs by day too', { optional: true, example: false }) readonly byDay?: boolean;
}
export class RetentionRunList {
  @ListOf('The last ones, the newest first', () => RetentionRunView, { max: 50 }) readonly items: RetentionRunView[];
}

/** Whether what has had its time goes every night without being asked. */
export class RetentionScheduleView {
  @Flag('Whether it does') readonly active: boolean;
  @Whole('How many cases, and how many of each other thing, go in one night at most', { min: 1, max: 100_000, example: 2_000 })
  readonly most: number;
  @Whole('0: as shipped', { example: 0 }) readonly version: number;
  @One('Who decided it', () => OperatorRef, { optional: true }) readonly decidedBy?: OperatorRef;
  @InstantField('When', { optional: true }) readonly decidedAt?: string;
}
export class WriteRetentionSchedule {
  @Flag('Whether what has had its time goes every night') readonly active: boolean;
  @Whole('How many cases, and how many of each other thing, go in one night at most', {
    min: 1,
    max: 100_000,
    example: 2_000,
    optional: true,
  })
  readonly most?: number;
}
