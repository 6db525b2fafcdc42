import { Type } from 'class-transformer';
import { Decimal, InstantField, ListOf, One, Whole } from '../fields.js';
import { AreaRef } from './place.js';
import { CategoryRef, OfficeRef } from './refs.js';

export class AskSpikes {
  @Whole('How many hours back is now; absent: 3', { min: 1, max: 24, optional: true, example: 3 })
  @Type(() => Number)
  readonly hours?: number;
}

/** More cases of a category in an area, or with an office, than are usual at these hours of this day of the week. */
export class SpikeView {
  @One('Category', () => CategoryRef) readonly category: CategoryRef;
  @One('Area in which they are; absent: they are of the office, wherever they are', () => AreaRef, { optional: true })
  readonly area?: AreaRef;
  @One('Office that answers for them; absent: they are of the area, whoever answers', () => OfficeRef, { optional: true })
  readonly office?: OfficeRef;
  @Whole('How many came', { example: 14 }) readonly count: number;
  @Decimal('How many are usual', { min: 0, max: 1e6, example: 1.5 }) readonly usual: number;
}

/** What is suddenly more than usual: of each, `GET /api/cases` of its category, area or office, between `from` and `until`, lists the cases. */
export class SpikeList {
  @ListOf('The most unusual first', () => SpikeView, { max: 100 }) readonly items: SpikeView[];
  @InstantField('From when on it was counted') readonly from: string;
  @InstantField('Until when') readonly until: string;
  @Whole('How many weeks before it was compared with', { example: 8 }) readonly weeks: number;
}
