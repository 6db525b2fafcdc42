import { Id, InstantField, ListOf, One, OneOf, Text } from '../fields.js';
import { SEND_STATES, type SendState } from '../model.js';
import { After, Limit } from './page.js';
import { CaseRef, OfficeRef, OperatorRef } from './refs.js';

const STATES = ['waiting', ...SEND_STATES] as const;
export type LetterState = 'waiting' | SendState;

/** Which letters, and which page of them. */
export class ListLetters {
  @Id('To this office or its people', { optional: true }) readonly office?: string;
  @Id('About this case', { optional: true }) readonly case?: string;
  @Text('For this', { max: 40, pattern: /^[a-z_]+$/, optional: true, example: 'weekly' }) readonly kind?: string;
  @OneOf('Standing there: `failed` are those that came back', STATES, { optional: true, example: 'failed' })
  readonly state?: LetterState;
  @After() readonly after?: string;
  @Limit() readonly limit?: number;
}

/** What was written to an office, to one of its people, or to a body outside. */
export class LetterView {
  @Id('Letter') readonly id: string;
  @Text('What it is for', { max: 40, example: 'assignment' }) readonly kind: string;
  @One('The case it is about', () => CaseRef, { optional: true }) readonly case?: CaseRef;
  @Id('The task it is about', { optional: true }) readonly task?: string;
  @One('The office it is for, also when it is for one of its people', () => OfficeRef, { optional: true }) readonly office?: OfficeRef;
  @One('The operator it is for', () => OperatorRef, { optional: true }) readonly operator?: OperatorRef;
  @Text('The body outside that it is for', { max: 300, optional: true, example: 'Acquedotto del Bacino' }) readonly name?: string;
  @Text('The address it went to; absent while it waits', { max: 320, optional: true }) readonly sentTo?: string;
  @Text('Title', { max: 2_000, example: 'Pratica assegnata: Albero caduto' }) readonly subject: string;
  @OneOf('Where it stands', STATES, { example: 'sent' }) readonly state: LetterState;
  @Text('Why it waits, or did not arrive', { max: 2_000, optional: true }) readonly trouble?: string;
  @Id('Its message', { optional: true }) readonly message?: string;
  @InstantField('When it was written') readonly createdAt: string;
}
export class LetterPage {
  @ListOf('Letters, the newest first', () => LetterView, { max: 200 }) readonly items: LetterView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true }) readonly next?: string;
}
