import { Bag, Id, InstantField, ListOf, One, OneOf, Text, Whole } from '../fields.js';
import { CASE_FACTS, type CaseFact } from '../model.js';

/** Who did it. */
export class ActorView {
  @OneOf('As what', ['contact', 'operator', 'office', 'system', 'automation'], { example: 'operator' }) readonly kind: string;
  @Id('Which contact, operator, office or automation', { optional: true }) readonly id?: string;
  @Text('Name', { max: 300, optional: true, example: 'Anna Riva' }) readonly name?: string;
}

/** A fact of a case, for ever: who, when, why, caused by what. */
export class JournalEntryView {
  @Id('Entry') readonly id: string;
  @Whole('Version of the case after it', { min: 1, example: 4 }) readonly version: number;
  @InstantField('When') readonly at: string;
  @OneOf('What happened', CASE_FACTS, { example: 'taken_in_charge' }) readonly fact: CaseFact;
  @One('Who did it', () => ActorView) readonly actor: ActorView;
  @Text('The event or request that caused it', { max: 1_000, optional: true }) readonly cause?: string;
  @Bag('Ids and reasons of the fact; never what a citizen wrote') readonly data: Record<string, unknown>;
  @Text('SHA-256 over the entry and the hash before it, hexadecimal', { max: 64 }) readonly hash: string;
}

/** The whole journal of a case, oldest first. */
export class JournalView {
  @ListOf('Entries, oldest first', () => JournalEntryView, { max: 100_000 }) readonly items: JournalEntryView[];
}
