import { AnyText, Flag, Id, InstantField, ListOf, OneOf, Text, Whole } from '../fields.js';
import { OUTCOMES, TEMPLATE_PURPOSES, type Outcome, type TemplatePurpose } from '../model.js';
import { PageQuery } from './page.js';
import type { ProblemName } from './problems.js';

const CODE = /^[a-z][a-z0-9_]*$/;
const LANGUAGE = /^[a-z]{2}(-[A-Z]{2})?$/;
const EXAMPLE = 'Gentile {{ contact.name | default: "utente" }}, la pratica {{ case.number }} è conclusa.';

/** Which templates. */
export class ListTemplates extends PageQuery {
  @OneOf('What they are for', TEMPLATE_PURPOSES, { optional: true }) readonly purpose?: TemplatePurpose;
  @OneOf('The outcome they tell', OUTCOMES, { optional: true }) readonly outcome?: Outcome;
  @Text('Language', { max: 5, pattern: LANGUAGE, optional: true, example: 'it' }) readonly language?: string;
}

/** A text ready to be sent, with variables that a case fills. */
export class WriteTemplate {
  @Text('Code: the same in every language', { max: 100, pattern: CODE, example: 'esito_positivo' }) readonly code: string;
  @Text('Language', { max: 5, pattern: LANGUAGE, example: 'it' }) readonly language: string;
  @Text('Name, as operators see it (Italian)', { max: 200, example: 'Esito positivo' }) readonly name: string;
  @OneOf('What it is for', TEMPLATE_PURPOSES, { example: 'outcome' }) readonly purpose: TemplatePurpose;
  @OneOf('The outcome it tells: with purpose `outcome` only', OUTCOMES, { optional: true, example: 'positive' })
  readonly outcome?: Outcome;
  @Text('Only for this reason of the outcome', { max: 100, pattern: CODE, optional: true, example: 'done' })
  readonly outcomeReason?: string;
  @Text('The words, in Liquid: variables and conditions, nothing that reads from elsewhere', { max: 20_000, example: EXAMPLE })
  readonly text: string;
  @Text('The words where the channel takes few, and of a notice where people talk', { max: 2_000, optional: true, example: 'Pratica {{ case.number }} conclusa.' })
  readonly shortText?: string;
}

/** Changes a template; what is sent already stays as it was. */
export class ChangeTemplate {
  @Text('Name, as operators see it (Italian)', { max: 200, optional: true }) readonly name?: string;
  @Text('The words, in Liquid', { max: 20_000, optional: true, example: EXAMPLE }) readonly text?: string;
  @AnyText('The words where the channel takes few, and of a notice where people talk; empty: none', { max: 2_000, optional: true }) readonly shortText?: string;
  @Flag('No longer offered nor used', { optional: true, example: true }) readonly retired?: boolean;
}

export class TemplateView {
  @Id('Template') readonly id: string;
  @Text('Code', { max: 100, example: 'esito_positivo' }) readonly code: string;
  @Text('Language', { max: 5, example: 'it' }) readonly language: string;
  @Text('Name', { max: 200, example: 'Esito positivo' }) readonly name: string;
  @OneOf('What it is for', TEMPLATE_PURPOSES, { example: 'outcome' }) readonly purpose: TemplatePurpose;
  @OneOf('The outcome it tells', OUTCOMES, { optional: true, example: 'positive' }) readonly outcome?: Outcome;
  @Text('Only for this reason', { max: 100, optional: true, example: 'done' }) readonly outcomeReason?: string;
  @Text('The words', { max: 20_000, example: EXAMPLE }) readonly text: string;
  @Text('The words where the channel takes few, and of a notice where people talk', { max: 2_000, optional: true }) readonly shortText?: string;
  @Flag('No longer offered nor used') readonly retired: boolean;
  @Whole('Version: its ETag, between quotes', { min: 1, example: 1 }) readonly version: number;
  @InstantField('When it last changed') readonly updatedAt: string;
}
export class TemplatePage {
  @ListOf('Templates, the newest first', () => TemplateView, { max: 200 }) readonly items: TemplateView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true }) readonly next?: string;
}

/** What a template may say. */
export class TemplateVariable {
  @Text('As it is written', { max: 100, example: 'case.number' }) readonly name: string;
  @Text('What it holds', { max: 300, example: 'Number of the case' }) readonly description: string;
  @Text('What it would print for an invented case', { max: 300, example: '2026-004217-3' }) readonly example: string;
}
export class TemplateVariableList {
  @ListOf('All of them', () => TemplateVariable, { max: 200 }) readonly items: TemplateVariable[];
}

/** Fills a template without sending it: one that is kept, or words not kept yet. */
export class AskPreview {
  @Id('A template that is kept', { optional: true }) readonly template?: string;
  @Text('Words not kept yet', { max: 20_000, optional: true, example: EXAMPLE }) readonly text?: string;
  @Text('Short words not kept yet', { max: 2_000, optional: true }) readonly shortText?: string;
  @Text('Language of words not kept yet', { max: 5, pattern: LANGUAGE, optional: true, example: 'it' }) readonly language?: string;
  @Id('The case that fills it; absent: an invented one', { optional: true }) readonly case?: string;
  @Text('Channel it would go out on', { max: 40, optional: true, example: 'email' }) readonly channel?: string;
}

/** Whether a channel takes a text. */
export class PreviewFit {
  @Text('Channel', { max: 40, example: 'email' }) readonly channel: string;
  @OneOf('Which words would be sent', ['full', 'short'], { optional: true, example: 'short' }) readonly variant?: 'full' | 'short';
  @Text('Why none would: the name of the problem', { max: 40, optional: true, example: 'text-too-long' })
  readonly because?: ProblemName;
  @Whole('How long the words are, in the unit of the channel', { example: 64 }) readonly length: number;
  @Whole('How long they may be', { optional: true, example: 160 }) readonly maxLength?: number;
  @OneOf('What is counted', ['characters', 'bytes', 'segments'], { optional: true }) readonly unit?: 'characters' | 'bytes' | 'segments';
}
export class TemplatePreview {
  @AnyText('The words, filled', { max: 100_000 }) readonly text: string;
  @AnyText('The short words, filled', { max: 100_000, optional: true }) readonly shortText?: string;
  @ListOf('What each running channel would take, or the one that was named', () => PreviewFit, { max: 1_000 })
  readonly channels: PreviewFit[];
}

