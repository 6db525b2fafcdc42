import { Flag, Id, InstantField, ListOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import { After, Limit } from './page.js';
import { CaseRef, OperatorRef } from './refs.js';

const ACTS = ['looked', 'searched', 'exported', 'changed', 'refused'] as const;
export type TrailAct = (typeof ACTS)[number];

const REFUSALS = [
  'permission',
  'not_theirs',
  'unseen',
  'rule',
  'step_up',
  'scope',
  'foreign_page',
  'stale',
  'refused',
  'unknown_person',
] as const;
/** Why somebody was refused: what they asked for, or to come in at all. */
export type TrailRefusal = (typeof REFUSALS)[number];

/** Which entries of the trail. */
export class TrailFilter {
  @Id('Of this operator', { optional: true }) readonly operator?: string;
  @Id('About this case, its messages and attachments', { optional: true }) readonly case?: string;
  @Id('About this very thing: a contact, a message …', { optional: true }) readonly subject?: string;
  @OneOf('Of this sort', ACTS, { optional: true, example: 'looked' }) readonly act?: TrailAct;
  @InstantField('Not before', { optional: true }) readonly from?: string;
  @InstantField('Before', { optional: true }) readonly before?: string;
}
/** Which entries, and which page of them. */
export class ListTrail extends TrailFilter {
  @After() readonly after?: string;
  @Limit() readonly limit?: number;
}

/** Who did or saw what. */
export class TrailEntryView {
  @Id('Entry') readonly id: string;
  @InstantField('When') readonly at: string;
  @One('Who: a person, or an office by the link of its letter; the administration where it is not known who', () => OperatorRef) readonly operator: OperatorRef;
  @OneOf('What sort of act', ACTS, { example: 'looked' }) readonly act: TrailAct;
  @Text('The operation of this API', { max: 100, example: 'getCase' }) readonly operation: string;
  @Text('What it was done to: a noun of this API', { max: 100, example: 'cases' }) readonly subjectKind: string;
  @Id('Which', { optional: true }) readonly subject?: string;
  @One('The case it belongs to', () => CaseRef, { optional: true }) readonly case?: CaseRef;
  @Texts('Names of what was said or asked for', { max: 100, maxLength: 200 }) readonly fields: string[];
  @Text('The words of a search, as long as they are kept', { max: 2_000, optional: true }) readonly words?: string;
  @OneOf('Why it was refused', REFUSALS, { optional: true, example: 'permission' }) readonly because?: TrailRefusal;
  @Whole('How often it was refused since the entry before of the same', { min: 1, optional: true }) readonly times?: number;
  @Flag('Whether a seal covers it already') readonly sealed: boolean;
}
export class TrailPage {
  @ListOf('Entries, the newest first', () => TrailEntryView, { max: 200 }) readonly items: TrailEntryView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true }) readonly next?: string;
}

/** An anchor that somebody outside keeps, or does not keep yet. */
export class TrailAnchorView {
  @Text('Local day of the seal', { max: 10, example: '2026-03-10' }) readonly day: string;
  @Whole('The seal of that day', { min: 1 }) readonly number: number;
  @InstantField('When it was signed') readonly at: string;
  @Text('Who keeps it', { max: 40, example: 'file' }) readonly keeper: string;
  @InstantField('Since when; absent: not yet', { optional: true }) readonly heldAt?: string;
  @Text('Why not yet', { max: 500, optional: true }) readonly trouble?: string;
}
/** Where the chain of an administration stands. */
export class TrailState {
  @Text('Local day of the last seal; absent: nothing is sealed yet', { max: 10, optional: true, example: '2026-03-10' })
  readonly day?: string;
  @Whole('The last seal of that day', { min: 1, optional: true }) readonly number?: number;
  @Text('Its SHA-256, in hexadecimal', { max: 64, optional: true }) readonly hash?: string;
  @Text('Public key of the anchors (Ed25519, base64); absent: none are signed', { max: 64, optional: true })
  readonly publicKey?: string;
  @ListOf('The last anchors, the newest first', () => TrailAnchorView, { max: 50 }) readonly anchors: TrailAnchorView[];
}
