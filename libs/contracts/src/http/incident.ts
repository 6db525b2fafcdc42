import { Type } from 'class-transformer';
import { Decimal, Flag, Id, Ids, InstantField, ListOf, One, OneOf, Text, Whole } from '../fields.js';
import { ANNOUNCEMENT_STATES, OUTCOMES, type AnnouncementState, type Outcome } from '../model.js';
import { PROBLEM_NAMES, type ProblemName } from './problems.js';
import { OfficeRef } from './refs.js';
import { RelatedCase } from './relation.js';

/** How far to look for cases on the same matter. */
export class AskIncidentSuggestions {
  @Whole('Opened within so many hours of this case', { min: 1, max: 8_760, optional: true, example: 48 })
  @Type(() => Number)
  readonly hours?: number;
}
export class IncidentSuggestion {
  @One('The case', () => RelatedCase) readonly case: RelatedCase;
  @Flag('Whether it has the same category') readonly sameCategory: boolean;
  @Decimal('How alike the words are: of the titles or of what was first said, whichever is more', { min: 0, max: 1, example: 0.62 })
  readonly likeness: number;
  @Flag('Whether that is enough to be called alike') readonly alikeWords: boolean;
  @Whole('How far from each other they are, in metres; absent: the place of one of them is not known', { max: 20_100_000, optional: true, example: 80 })
  readonly meters?: number;
  @Flag('Whether that is the same place') readonly near: boolean;
  @Whole('How many hours before or after this case it was opened', { max: 8_760, example: 3 }) readonly hoursApart: number;
}
export class IncidentSuggestionList {
  @ListOf('The likeliest first', () => IncidentSuggestion, { max: 100 }) readonly items: IncidentSuggestion[];
}

/** Puts cases on one matter under one head. */
export class AttachCases {
  @Ids('The cases', { max: 1_000, example: ['0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70'] }) readonly cases: string[];
}
/** What would become of a case that is put under a head. */
export class MemberPreview {
  @One('The case', () => RelatedCase) readonly case: RelatedCase;
  @Flag('It is under this head already: nothing would change') readonly already: boolean;
  @Flag('Another office would answer for it than now: that of the head') readonly moves: boolean;
  @OneOf('Why it would be refused: the problem', PROBLEM_NAMES, { optional: true }) readonly problem?: ProblemName;
  @Text('The same in words', { max: 2_000, optional: true }) readonly detail?: string;
}
/** What would become of cases that are put under a head. Nothing is changed. */
export class MemberPreviews {
  @One('The head', () => RelatedCase) readonly head: RelatedCase;
  @One('The office that would answer for all of them; absent: nobody answers for the head yet', () => OfficeRef, { optional: true })
  readonly office?: OfficeRef;
  @ListOf('Each case, in the order asked', () => MemberPreview, { max: 1_000 }) readonly items: MemberPreview[];
}
export class DetachCases extends AttachCases {
  @Text('Why', { max: 2_000, example: 'È un altro guasto' }) readonly reason: string;
}

/** One answer to every citizen of an incident, each on their own way; with an outcome, each of the cases ends with it. */
export class WriteAnnouncement {
  @Text('The words, in Liquid: filled for each citizen from their own case', {
    max: 20_000,
    optional: true,
    example: 'Gentile {{ contact.name | default: "utente" }}, il guasto segnalato con {{ case.number }} è riparato.',
  })
  readonly text?: string;
  @Text('The words where the channel takes few', { max: 2_000, optional: true, example: 'Pratica {{ case.number }}: riparato.' })
  readonly shortText?: string;
  @Id('A template of ours instead of words', { optional: true }) readonly textTemplate?: string;
}
export class AnnouncementRefusal {
  @One('The case', () => RelatedCase) readonly case: RelatedCase;
  @Text('Why its citizen was not told: the name of the problem', { max: 40, example: 'no-reply-address' })
  readonly problem: ProblemName;
  @Text('In a sentence', { max: 2_000, optional: true }) readonly detail?: string;
}
/** How far one answer to everybody has come. */
export class AnnouncementView {
  @Id('Announcement') readonly id: string;
  @Id('Head of the incident') readonly case: string;
  @OneOf('Whether it still goes on', ANNOUNCEMENT_STATES, { example: 'done' }) readonly state: AnnouncementState;
  @OneOf('The outcome it gives', OUTCOMES, { optional: true }) readonly outcome?: Outcome;
  @Whole('How many cases it is for', { example: 40 }) readonly cases: number;
  @Whole('How many citizens were written to', { example: 38 }) readonly told: number;
  @Whole('How many cases are left', { example: 0 }) readonly pending: number;
  @ListOf('Whose citizens could not be told: somebody must look', () => AnnouncementRefusal, { max: 100_000 })
  readonly refused: AnnouncementRefusal[];
  @InstantField('When it was written') readonly createdAt: string;
}
