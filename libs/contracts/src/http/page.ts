import { Type } from 'class-transformer';
import { Text, Whole } from '../fields.js';

/** Most items of one page. */
export const MAX_PAGE = 200;

/** Which page of a list. */
export abstract class PageQuery {
  @Text('The `next` of the page before', { max: 500, optional: true }) readonly after?: string;
  @Whole('Most items of the page', { min: 1, max: MAX_PAGE, optional: true, example: 50 })
  @Type(() => Number)
  readonly limit?: number;
}
