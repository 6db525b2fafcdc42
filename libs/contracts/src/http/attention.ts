import { Flag, Id, InstantField, ListOf, One, OneOf } from '../fields.js';
import { DOINGS, type Doing } from '../model/case.js';
import { OperatorRef } from './refs.js';

/** What an operator does with a case that they have before them. */
export class PayAttention {
  @OneOf('What they do with it', DOINGS, { example: 'writing' }) readonly doing: Doing;
}
/** Somebody who has a case before them. */
export class AttentionView {
  @One('Who', () => OperatorRef) readonly operator: OperatorRef;
  @OneOf('What they do with it', DOINGS, { example: 'viewing' }) readonly doing: Doing;
  @InstantField('Since when they do it') readonly since: string;
}
export class AttentionList {
  @ListOf('Who has the case before them, whoever asks included, the first to come first', () => AttentionView, { max: 10_000 })
  readonly items: AttentionView[];
  @Flag('Whether the citizen is writing at this moment, on a channel that tells') readonly citizenWrites: boolean;
}
/** Who has a case before them now, and whether the citizen writes; told whenever it changes. */
export class AttentionChanged {
  @Id('The case') readonly case: string;
  @ListOf('Who has it before them, the first to come first; nobody any more when empty', () => AttentionView, { max: 10_000 })
  readonly present: AttentionView[];
  @Flag('Whether the citizen is writing at this moment, on a channel that tells') readonly citizenWrites: boolean;
}
