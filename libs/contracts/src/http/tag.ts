import { Flag, Id, InstantField, ListOf, One, Text, Whole } from '../fields.js';
import { PageQuery } from './page.js';
import { OperatorRef, TagRef } from './refs.js';
import { RelatedCase } from './relation.js';

/** A word that staff put on cases, of the administration's own. */
export class TagView extends TagRef {
  @Flag('No longer offered') readonly retired: boolean;
  @Whole('Its version', { min: 1 }) readonly version: number;
}
export class TagList {
  @ListOf('All of them, by label', () => TagView, { max: 100_000 }) readonly items: TagView[];
}
export class WriteTag {
  @Text('Code', { max: 100, pattern: /^[a-z][a-z0-9_]*$/, example: 'alluvione_2026' }) readonly code: string;
  @Text('As people see it (Italian)', { max: 200, example: 'Alluvione 2026' }) readonly label: string;
}
export class ChangeTag {
  @Text('As people see it (Italian)', { max: 200, optional: true, example: 'Alluvione 2026' }) readonly label?: string;
  @Flag('No longer offered', { optional: true }) readonly retired?: boolean;
}
export class PutTag {
  @Id('The tag', { example: '0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70' }) readonly tag: string;
}
export class TagRefList {
  @ListOf('The tags of the case, by label', () => TagRef, { max: 1_000 }) readonly items: TagRef[];
}
export class FollowerList {
  @ListOf('Who follows the case, by name', () => OperatorRef, { max: 10_000 }) readonly items: OperatorRef[];
}

export class ListMentions extends PageQuery {}
/** Somebody named an operator in a note. */
export class MentionView {
  @Id('Mention') readonly id: string;
  @One('The case', () => RelatedCase) readonly case: RelatedCase;
  @Id('The note') readonly note: string;
  @One('Who wrote it', () => OperatorRef) readonly by: OperatorRef;
  @Text('The note', { max: 20_000, example: '@anna.riva, lo vedi tu?' }) readonly text: string;
  @InstantField('When') readonly createdAt: string;
  @InstantField('When it was marked as read', { optional: true }) readonly readAt?: string;
}
export class MentionPage {
  @ListOf('Mentions of who asks, the newest first', () => MentionView, { max: 200 }) readonly items: MentionView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true }) readonly next?: string;
}
