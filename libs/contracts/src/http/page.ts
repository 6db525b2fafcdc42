import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { Text, Whole } from '../fields.js';

/** Most items of one page. */
export const MAX_PAGE = 200;

export const After = (): PropertyDecorator => Text('The `next` of the page before', { max: 500, optional: true });
export const Limit = (): PropertyDecorator =>
  applyDecorators(
    Whole('Most items of the page', { min: 1, max: MAX_PAGE, optional: true, example: 50 }),
    Type(() => Number),
  );

/** Which page of a list. */
export abstract class PageQuery {
  @After() readonly after?: string;
  @Limit() readonly limit?: number;
}
