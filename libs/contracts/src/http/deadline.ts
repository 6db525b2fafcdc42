import { Flag, Id, InstantField, ListOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import {
  CASE_KINDS,
  CASE_STATES,
  DEADLINE_CLOCKS,
  DEADLINE_STATES,
  EFFECTS_ON_EXPIRY,
  ESCALATION_STEPS,
  OUTCOMES,
  TIME_UNITS,
  type CaseKind,
  type CaseState,
  type DeadlineClock,
  type DeadlineState,
  type EffectOnExpiry,
  type EscalationStep,
  type Outcome,
  type TimeUnit,
} from '../model.js';
import { OfficeRef, OperatorRef } from './refs.js';
import { RatingView } from './survey.js';

/** A promise about a case, and where it stands. */
export class DeadlineView {
  @OneOf('What is promised', DEADLINE_CLOCKS, { example: 'take_charge' }) readonly clock: DeadlineClock;
  @Text('What the administration calls it', { max: 200, example: 'Presa in carico' }) readonly name: string;
  @OneOf('Where it stands', DEADLINE_STATES, { example: 'running' }) readonly state: DeadlineState;
  @Flag('Whether the law sets the term') readonly legal: boolean;
  @Flag('Whether it is the date that the citizen was promised') readonly promised: boolean;
  @InstantField('When it began') readonly startedAt: string;
  @InstantField('When it is due; absent while it is stopped without a limit', { optional: true }) readonly dueAt?: string;
  @InstantField('Since when it is stopped', { optional: true }) readonly stoppedAt?: string;
  @InstantField('When it was extended', { optional: true }) readonly extendedAt?: string;
  @InstantField('When it expired', { optional: true }) readonly breachedAt?: string;
  @InstantField('When it ended', { optional: true }) readonly endedAt?: string;
  @OneOf('What silence means when it expires', EFFECTS_ON_EXPIRY, { example: 'none' })
  readonly effectOnExpiry: EffectOnExpiry;
}

/** Who holds a case now, since when, until when. */
export class HoldingView {
  @One('Office; until one is chosen, the administration itself, which sorts it', () => OfficeRef) readonly office: OfficeRef;
  @Flag('No office was chosen yet: the one named here sorts it') readonly sorting: boolean;
  @One('Who answers for that office now, absences and substitutes applied; absent: nobody up to the administration is there', () => OperatorRef, { optional: true })
  readonly responsible?: OperatorRef;
  @One('Person, when one is named', () => OperatorRef, { optional: true }) readonly operator?: OperatorRef;
  @InstantField('Since when') readonly since: string;
  @InstantField('Until when something must be done; absent when no term runs', { optional: true }) readonly until?: string;
}

/** An amount of time. */
export class TermView {
  @Whole('How much', { max: 100_000, example: 3 }) readonly amount: number;
  @OneOf('Of what', TIME_UNITS, { example: 'working_days' }) readonly unit: TimeUnit;
}
export class LadderStepView {
  @OneOf('Who is told', ESCALATION_STEPS, { example: 'office_head' }) readonly to: EscalationStep;
  @OneOf('Before the term, or after it', ['before', 'after'], { example: 'after' }) readonly when: 'before' | 'after';
  @One('By how much; zero: at the term', () => TermView) readonly after: TermView;
  @Flag('The case is given to them: only for who may step in', { optional: true }) readonly reassign?: boolean;
}
export class SuspensionView {
  @Whole('How many times at most; absent: as often as it takes', { min: 1, max: 100, optional: true }) readonly times?: number;
  @Whole('For how many days in all; absent: as long as it takes', { min: 1, max: 1_000, optional: true })
  readonly days?: number;
}

/** A promise as it is written: a new version, for what begins from `validFrom` on. */
export class WriteDeadlinePolicy {
  @Text('Its code, the same for every version', { max: 100, pattern: /^[a-z][a-z0-9_.]*$/, example: 'take_charge' })
  readonly code: string;
  @Text('What people call it', { max: 200, example: 'Presa in carico' }) readonly name: string;
  @OneOf('What is promised', DEADLINE_CLOCKS, { example: 'take_charge' }) readonly clock: DeadlineClock;
  @Texts('For these kinds; absent: for all', { max: 20, maxLength: 40, optional: true, example: CASE_KINDS.slice(0, 1) })
  readonly kinds?: CaseKind[];
  @Id('For this category; absent: for all', { optional: true }) readonly category?: string;
  @Id('For this office; absent: for all', { optional: true }) readonly office?: string;
  @Flag('Only for what a routing rule gives it to: never chosen by kind, category and office', { optional: true })
  readonly onlyByRule?: boolean;
  @InstantField('From when on; absent: from now on', { optional: true }) readonly validFrom?: string;
  @Flag('Nothing begins under it any more', { optional: true }) readonly retired?: boolean;
  @One('How long', () => TermView) readonly term: TermView;
  @Flag('A term in calendar time that ends on a day without work ends on the next working day', { optional: true })
  readonly endsOnWorkingDay?: boolean;
  @One('How long before it is announced', () => TermView, { optional: true }) readonly warnBefore?: TermView;
  @Flag('The law sets it: it stops only while the case is suspended by law', { optional: true }) readonly legal?: boolean;
  @One('How often and long it may stop', () => SuspensionView, { optional: true }) readonly suspension?: SuspensionView;
  @One('By how much at most it may be extended, once; absent: not at all', () => TermView, { optional: true })
  readonly extension?: TermView;
  @OneOf('What silence means when it expires', EFFECTS_ON_EXPIRY, { optional: true, example: 'none' })
  readonly effectOnExpiry?: EffectOnExpiry;
  @Flag('It is the date that the citizen is promised', { optional: true }) readonly promised?: boolean;
  @ListOf('Who is told, and when', () => LadderStepView, { max: 20, optional: true }) readonly ladder?: LadderStepView[];
  @Text('The norm or decision it comes from', { max: 500, optional: true }) readonly source?: string;
}

/** A version of a promise. */
export class DeadlinePolicyView extends WriteDeadlinePolicy {
  @Id('This version') readonly id: string;
  @Whole('Version', { min: 1, example: 1 }) readonly version: number;
}
export class DeadlinePolicies {
  @ListOf('Every version, by code', () => DeadlinePolicyView, { max: 10_000 }) readonly items: DeadlinePolicyView[];
}

/** Moves the time of a demonstration forward. */
export class AdvanceClock {
  @Whole('By how many seconds', { min: 1, max: 31_536_000, example: 86_400 }) readonly seconds: number;
}
export class ClockView {
  @InstantField('What time it is now') readonly now: string;
}

/** One moment of a case that its citizen may see. */
export class MilestoneView {
  @Text('What happened, as a fact of the journal', { max: 60, example: 'taken_in_charge' }) readonly fact: string;
  @Text('What happened, in words', { max: 100, example: 'Presa in carico' }) readonly label: string;
  @InstantField('When') readonly at: string;
}
/** A field of a case, as its citizen sees it. */
export class TrackedField {
  @Text('As people see it', { max: 200, example: 'Tipo di lampada' }) readonly label: string;
  @Text('What it holds, in words', { max: 20_000, example: 'LED' }) readonly value: string;
}
/** What the administration answered in a case. */
export class TrackedAnswer {
  @Id('The answer') readonly id: string;
  @InstantField('When') readonly at: string;
  @Text('Its words', { max: 20_000, example: 'Il lampione è stato riparato.' }) readonly text: string;
  @Text('Office of whoever answered; absent when a machine did', { max: 300, optional: true, example: 'Strade e Manutenzioni' })
  readonly office?: string;
}
/** A file that the citizen sent. */
export class TrackedFile {
  @Text('Its name', { max: 1_000, optional: true, example: 'foto.png' }) readonly name?: string;
  @Text('Its media type', { max: 200, example: 'image/png' }) readonly mediaType: string;
}
/** What whoever holds the code said themselves. */
export class TrackedWords {
  @Id('The message') readonly id: string;
  @InstantField('When') readonly at: string;
  @Text('Their words', { max: 20_000, optional: true, example: 'Il lampione è spento.' }) readonly text?: string;
  @ListOf('Their files', () => TrackedFile, { max: 1_000 }) readonly files: TrackedFile[];
}
/** What the citizen sees of their case: who holds it, since when, until when, what was answered. */
export class TrackedCase {
  @Text('Its number', { max: 40, example: '2026-004217-3' }) readonly number: string;
  @Text('Where it stands, in words', { max: 100, example: 'In carico' }) readonly state: string;
  @OneOf('Where it stands', CASE_STATES, { example: 'in_charge' }) readonly stateCode: CaseState;
  @OneOf('What sort of matter it is', CASE_KINDS, { example: 'report' }) readonly kind: CaseKind;
  @Flag('Whether more can be added with its code; else one answers where the code came') readonly writable: boolean;
  @Text('Office that holds it; until one is chosen, the administration itself, which sorts it', { max: 300, example: 'Ufficio Ambiente' })
  readonly office: string;
  @Flag('No office was chosen yet: the one named here sorts it') readonly sorting: boolean;
  @InstantField('By when whoever holds it takes it in charge or passes it on; absent once that was done', { optional: true })
  readonly takeChargeBy?: string;
  @InstantField('When the office took it in charge', { optional: true }) readonly takenInChargeAt?: string;
  @InstantField('Since when') readonly since: string;
  @Text('Until when, the last day', { max: 10, optional: true, example: '2026-12-31' }) readonly until?: string;
  @OneOf('Outcome', OUTCOMES, { optional: true, example: 'positive' }) readonly outcomeCode?: Outcome;
  @Text('Outcome, in words', { max: 100, optional: true, example: 'Positivo' }) readonly outcome?: string;
  @Text('Why it is so, as shipped; absent for a reason of the administration itself', { max: 100, optional: true, example: 'done' })
  readonly outcomeReasonCode?: string;
  @Text('Why it is so, in words', { max: 100, optional: true, example: 'Fatto' }) readonly outcomeReason?: string;
  @ListOf('What it holds that the citizen may see', () => TrackedField, { max: 1_000 }) readonly fields: TrackedField[];
  @ListOf('What was answered, oldest first; the latest fifty', () => TrackedAnswer, { max: 50 }) readonly answers: TrackedAnswer[];
  @ListOf('What was said in the conversation that the code was given for, oldest first; the latest fifty', () => TrackedWords, { max: 50 })
  readonly said: TrackedWords[];
  @One('How its citizen rates the service; absent while, or when no longer, it can be said', () => RatingView, { optional: true })
  readonly rating?: RatingView;
  @ListOf('What happened, oldest first', () => MilestoneView, { max: 1_000 }) readonly milestones: MilestoneView[];
}
/** Asks for the case of a code. */
export class TrackCase {
  @Text('The tracking code', { max: 200, example: 'K7QF-2M9X' }) readonly code: string;
  @Text('The number of the case, when it must be this one', { max: 40, optional: true, example: '2026-004217-3' })
  readonly number?: string;
}
