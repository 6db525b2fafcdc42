import { Bag, Flag, Id, Ids, ListOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import { type CaseFact } from '../model.js';
import { ChangeCase, MoveCase } from './case.js';
import { PROBLEM_NAMES, type ProblemName } from './problems.js';
import { OperatorRef } from './refs.js';
import { AskTask } from './task.js';
import { SHARINGS, type Sharing } from './view.js';

/** Several things done to one case, in this order: all of them, or none. */
export class CaseActions {
  @One('What changes', () => ChangeCase, { optional: true, example: { priority: 'high' } }) readonly change?: ChangeCase;
  @Ids('Tags put on it', { max: 20, optional: true }) readonly tags?: string[];
  @Ids('Tags taken off it', { max: 20, optional: true }) readonly untags?: string[];
  @Text('A note for colleagues', { max: 20_000, optional: true, example: 'Verificare domattina.' }) readonly note?: string;
  @One('A question to another office or body', () => AskTask, { optional: true }) readonly task?: AskTask;
  @Id('A template of ours, filled from the case and sent to the citizen', { optional: true }) readonly textTemplate?: string;
  @One('A step along the life cycle, last of all', () => MoveCase, { optional: true }) readonly move?: MoveCase;
}

const NAME = { max: 120, example: 'Buca: alle strade, urgente' } as const;
export class WriteMacro {
  @Text('Name', NAME) readonly name: string;
  @One('What it does', () => CaseActions, { example: { change: { priority: 'high' }, note: 'Verificare domattina.' } })
  readonly actions: CaseActions;
  @OneOf('With whom it is shared; absent: nobody', SHARINGS, { optional: true, example: 'office' }) readonly sharedWith?: Sharing;
}
/** A named set of changes. */
export class MacroView {
  @Id('Macro') readonly id: string;
  @Text('Name', NAME) readonly name: string;
  @One('What it does', () => CaseActions) readonly actions: CaseActions;
  @OneOf('With whom it is shared', SHARINGS, { example: 'office' }) readonly sharedWith: Sharing;
  @One('Whose it is', () => OperatorRef) readonly owner: OperatorRef;
  @Flag('Whether it is of who asks: only they change it') readonly mine: boolean;
  @Whole('Version', { example: 1 }) readonly version: number;
}
export class MacroList {
  @ListOf('One’s own first, then what others share', () => MacroView, { max: 1_000 }) readonly items: MacroView[];
}
export class ApplyMacro {
  @Id('The macro', { example: '0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70' }) readonly macro: string;
}

/** What a set of changes would do to a case now. Nothing is done. */
export class ActionsPreview {
  @Texts('What would be written in its journal, in order', { max: 1_000, maxLength: 40, example: ['priority_changed', 'note_added'] })
  readonly facts: CaseFact[];
  @Text('What the citizen would be told', { max: 100_000, optional: true }) readonly told?: string;
  @OneOf('Why it would be refused: the problem', PROBLEM_NAMES, { optional: true }) readonly problem?: ProblemName;
  @Text('The same in words', { max: 2_000, optional: true }) readonly detail?: string;
  @Bag('`errors`: field by field', { optional: true }) readonly mistakes?: Record<string, unknown>;
}
