import { Id, Ids, InstantField, ListOf, One, OneOf, Text, Whole } from '../fields.js';
import { CaseFilter } from './case-filter.js';
import { ChangeCase, MoveCase } from './case.js';
import { CaseActions } from './macro.js';
import { After, Limit } from './page.js';
import { PROBLEM_NAMES, type ProblemName } from './problems.js';
import { OperatorRef } from './refs.js';

/** Most cases of one bulk action. */
export const MAX_BULK = 5_000;

export const BULK_STATES = ['previewed', 'running', 'stopped', 'done'] as const;
export type BulkState = (typeof BULK_STATES)[number];
export const BULK_ITEM_STATES = ['waiting', 'done', 'refused'] as const;
export type BulkItemState = (typeof BULK_ITEM_STATES)[number];

/** Asks the same of many cases: `change`, `move` or `macro`, of `cases`, of a `view` or of a `filter`, one of each. */
export class PrepareBulkAction {
  @One('What changes', () => ChangeCase, { optional: true, example: { priority: 'high', reason: 'Allerta meteo' } })
  readonly change?: ChangeCase;
  @One('What is asked along the life cycle', () => MoveCase, { optional: true }) readonly move?: MoveCase;
  @Id('A macro, as it is now', { optional: true }) readonly macro?: string;
  @Ids('These cases', { max: MAX_BULK, optional: true }) readonly cases?: string[];
  @Id('The cases that a view shows now', { optional: true }) readonly view?: string;
  @One('The cases for which every filter holds now', () => CaseFilter, { optional: true }) readonly filter?: CaseFilter;
}

/** Cases that would be, or were, refused for the same reason. */
export class BulkRefusals {
  @OneOf('The problem', PROBLEM_NAMES, { example: 'transition-not-allowed' }) readonly problem: ProblemName;
  @Text('Why, of the first of them', { max: 2_000 }) readonly detail: string;
  @Whole('How many', { example: 3 }) readonly cases: number;
}

/** The same asked of many cases, and how far it has come. The cases were chosen when it was prepared. */
export class BulkActionView {
  @Id('Bulk action') readonly id: string;
  @OneOf('Where it stands', BULK_STATES, { example: 'running' }) readonly state: BulkState;
  @One('Who prepared it: in whose name it is done', () => OperatorRef) readonly operator: OperatorRef;
  @One('What changes', () => ChangeCase, { optional: true }) readonly change?: ChangeCase;
  @One('What is asked along the life cycle', () => MoveCase, { optional: true }) readonly move?: MoveCase;
  @One('What a macro said when it was prepared', () => CaseActions, { optional: true }) readonly actions?: CaseActions;
  @Whole('How many cases', { example: 240 }) readonly total: number;
  @Whole('Of how many it is not yet done', { example: 100 }) readonly waiting: number;
  @Whole('Of how many it is done', { example: 137 }) readonly done: number;
  @Whole('Of how many it was refused', { example: 3 }) readonly refused: number;
  @ListOf('Before it runs: what would be refused, as far as one can tell. Afterwards: what was', () => BulkRefusals, { max: 50 })
  readonly refusals: BulkRefusals[];
  @InstantField('When it was prepared') readonly createdAt: string;
  @InstantField('When it was let run', { optional: true }) readonly startedAt?: string;
  @InstantField('When it ended or was stopped', { optional: true }) readonly endedAt?: string;
}
export class BulkActionPage {
  @ListOf('Bulk actions, the newest first', () => BulkActionView, { max: 200 }) readonly items: BulkActionView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true })
  readonly next?: string;
}

export class ListBulkItems {
  @OneOf('Only those that stand so', BULK_ITEM_STATES, { optional: true, example: 'refused' }) readonly state?: BulkItemState;
  @After() readonly after?: string;
  @Limit() readonly limit?: number;
}
/** What became of one case. */
export class BulkItemView {
  @Id('Case') readonly case: string;
  @Text('Its number', { max: 40, example: '2026-004217-3' }) readonly number: string;
  @OneOf('Where it stands', BULK_ITEM_STATES, { example: 'done' }) readonly state: BulkItemState;
  @OneOf('Why it would be or was refused: the problem', PROBLEM_NAMES, { optional: true }) readonly problem?: ProblemName;
  @Text('The same in words', { max: 2_000, optional: true }) readonly detail?: string;
}
export class BulkItemPage {
  @ListOf('Cases, in the order in which they are done', () => BulkItemView, { max: 200 }) readonly items: BulkItemView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true })
  readonly next?: string;
}
