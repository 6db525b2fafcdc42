import { Flag, Id, ListOf, One, OneOf, Text, Whole } from '../fields.js';
import { CaseFilter } from './case-filter.js';
import { FoundCount } from './search.js';
import { OperatorRef } from './refs.js';

/** With whom a view is shared. */
export const SHARINGS = ['nobody', 'office', 'administration'] as const;
export type Sharing = (typeof SHARINGS)[number];

const NAME = { max: 100, example: 'Urgenti senza assegnatario' } as const;
const PLACE = { max: 10_000, optional: true, example: 1 } as const;

/** Saves a filter under a name. */
export class SaveView {
  @Text('Name', NAME) readonly name: string;
  @One('Which cases it shows', () => CaseFilter, { example: { priority: 'urgent', unassigned: true, open: true } })
  readonly filter: CaseFilter;
  @OneOf('With whom it is shared; absent: nobody', SHARINGS, { optional: true, example: 'office' })
  readonly sharedWith?: Sharing;
  @Whole('Its place in the list of its owner; absent: the last', PLACE) readonly position?: number;
}
export class ChangeView {
  @Text('Name', { ...NAME, optional: true }) readonly name?: string;
  @One('Which cases it shows', () => CaseFilter, { optional: true, example: { open: true } }) readonly filter?: CaseFilter;
  @OneOf('With whom it is shared', SHARINGS, { optional: true, example: 'administration' }) readonly sharedWith?: Sharing;
  @Whole('Its place in the list of its owner', PLACE) readonly position?: number;
}

/** A saved filter, and how many cases it shows now. */
export class SavedView {
  @Id('View') readonly id: string;
  @Text('Name', NAME) readonly name: string;
  @One('Which cases it shows', () => CaseFilter) readonly filter: CaseFilter;
  @OneOf('With whom it is shared', SHARINGS, { example: 'office' }) readonly sharedWith: Sharing;
  @One('Whose it is', () => OperatorRef) readonly owner: OperatorRef;
  @Flag('Whether it is of who asks: only they change it') readonly mine: boolean;
  @Whole('Its place in the list of its owner', { example: 1 }) readonly position: number;
  @One('How many cases it shows', () => FoundCount) readonly count: FoundCount;
}
export class SavedViews {
  @ListOf('One’s own first, then what others share', () => SavedView, { max: 500 }) readonly items: SavedView[];
}

/** How many cases a view shows now. */
export class ViewCount {
  @Id('View') readonly view: string;
  @One('How many', () => FoundCount) readonly count: FoundCount;
}
/** Told on the stream, as `view.counted`, to whoever may see the views. */
export class ViewCounts {
  @ListOf('Those that changed', () => ViewCount, { max: 500 }) readonly items: ViewCount[];
}
