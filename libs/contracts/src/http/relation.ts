import { Flag, Id, Ids, InstantField, ListOf, One, OneOf, Text, Whole, AnyText } from '../fields.js';
import { CASE_STATES, RELATION_KINDS, type CaseState, type CaseRelationKind } from '../model.js';

/** A case, by number. */
export class RelatedCase {
  @Id('Case') readonly id: string;
  @Text('Its number', { max: 40, example: '2026-004217-3' }) readonly number: string;
  @AnyText('What it is about, in one line', { max: 2_000, example: 'Lampione spento in via Roma' }) readonly subject: string;
  @OneOf('State', CASE_STATES, { example: 'assigned' }) readonly state: CaseState;
}

/** How another case stands to this one. */
export class CaseRelation {
  @OneOf('What the other is to this one', RELATION_KINDS, { example: 'related' }) readonly kind: CaseRelationKind;
  @One('The other case', () => RelatedCase) readonly case: RelatedCase;
  @InstantField('Since when, where that is known', { optional: true }) readonly at?: string;
  @Id('The merge: what undoes it', { optional: true }) readonly merge?: string;
  @InstantField('Until when the merge can be undone', { optional: true }) readonly undoUntil?: string;
}
export class CaseRelationList {
  @ListOf('Every case that stands in relation to it', () => CaseRelation, { max: 100_000 }) readonly items: CaseRelation[];
}

/** Links two cases that have to do with each other. */
export class LinkCases {
  @Id('The other case', { example: '0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70' }) readonly case: string;
}

/** Takes another case in, with everything said in it; that one ends as a duplicate of this. */
export class MergeCases {
  @Id('The case that is taken in') readonly from: string;
  @Text('Why', { max: 2_000, optional: true, example: 'Stessa persona, stessa richiesta' }) readonly reason?: string;
  @Flag('The cases are of different people, and that is meant', { optional: true, example: false })
  readonly differentPeople?: boolean;
}
export class MergeView {
  @Id('Merge') readonly id: string;
  @One('The case that took the other in', () => RelatedCase) readonly into: RelatedCase;
  @One('The case that was taken in', () => RelatedCase) readonly from: RelatedCase;
  @Whole('How many messages it carried over', { example: 3 }) readonly messages: number;
  @Whole('How many conversations', { example: 1 }) readonly conversations: number;
  @InstantField('When') readonly at: string;
  @InstantField('Until when it can be undone') readonly undoUntil: string;
  @InstantField('When it was undone', { optional: true }) readonly undoneAt?: string;
}

/** Undoes a merge: everything goes back where it was said. */
export class UndoMerge {
  @Text('Why', { max: 2_000, example: 'Sono due lampioni diversi' }) readonly reason: string;
}

/** Makes a new case of some of what was said in this one. */
export class SplitCase {
  @Text('What the new case is about, in one line', { max: 300, example: 'Buca in via Verdi' }) readonly subject: string;
  @Ids('Messages that leave; with them goes what only changes or answers them in place', { max: 1_000, optional: true })
  readonly messages?: string[];
  @Ids('Conversations that leave as a whole', { max: 100, optional: true }) readonly conversations?: string[];
  @Ids('Open tasks that leave with it', { max: 100, optional: true }) readonly tasks?: string[];
  @Id('Category of the new case; absent: the same', { optional: true }) readonly category?: string;
  @Id('Office that answers for it; absent: that of the category, else the same', { optional: true }) readonly office?: string;
  @Text('Why', { max: 2_000, optional: true, example: 'Due segnalazioni in un messaggio' }) readonly reason?: string;
}
