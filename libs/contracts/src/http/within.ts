import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { Whole } from '../fields.js';

/** How far from a point, in a query's words too. */
export const Within = (): PropertyDecorator =>
  applyDecorators(
    Whole('`near`: at most so many metres away; absent: a thousand', { min: 1, max: 50_000, optional: true, example: 500 }),
    Type(() => Number),
  );
