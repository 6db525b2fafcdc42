import { Id, InstantField, ListOf, One, Text } from '../fields.js';
import { CaseRef, OperatorRef } from './refs.js';

/** Opens a case that one may not know of, for a while and for a reason. */
export class BreakGlass {
  @Text('The number of the case', { max: 40, example: '2026-004217-3' }) readonly number: string;
  @Text('Why: in the journal, and in letters to who answers for the case and to who protects data', {
    max: 2_000,
    pattern: /^\s*\S[\s\S]{18,}\S\s*$/,
    example: 'Chiama la Procura: serve il recapito di chi ha in carico il minore',
  })
  readonly reason: string;
}
/** A case that somebody opened so. */
export class OpenedCase {
  @Id('The opening') readonly id: string;
  @One('The case', () => CaseRef) readonly case: CaseRef;
  @One('Who opened it', () => OperatorRef) readonly operator: OperatorRef;
  @Text('Why', { max: 2_000 }) readonly reason: string;
  @InstantField('When') readonly at: string;
  @InstantField('Until when they see it') readonly until: string;
}
export class OpenedCasePage {
  @ListOf('Openings, the newest first', () => OpenedCase, { max: 200 }) readonly items: OpenedCase[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true }) readonly next?: string;
}
