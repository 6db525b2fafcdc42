import { applyDecorators } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { Described } from './described.js';

interface Optional {
  readonly optional?: true;
}
type Example = { readonly example?: unknown };

/** One field, said once: what it means (OpenAPI) and what it must be (validation). An optional field may be absent, never null. */
const field = (
  description: string,
  schema: ApiPropertyOptions,
  said: Optional & Example,
  ...rules: PropertyDecorator[]
): PropertyDecorator =>
  applyDecorators(
    Described({
      ...schema,
      ...('example' in said ? { example: said.example } : {}),
      description,
      required: !said.optional,
    } as ApiPropertyOptions),
    ...(said.optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ...rules,
  );

/** A text of at least one character. */
export const Text = (
  description: string,
  said: Optional & Example & { readonly max: number; readonly pattern?: RegExp },
): PropertyDecorator =>
  field(
    description,
    { type: String, minLength: 1, maxLength: said.max, ...(said.pattern ? { pattern: said.pattern.source } : {}) },
    said,
    IsString(),
    IsNotEmpty(),
    MaxLength(said.max),
    ...(said.pattern ? [Matches(said.pattern)] : []),
  );

/** A text that may be empty. */
export const AnyText = (description: string, said: Optional & Example & { readonly max: number }): PropertyDecorator =>
  field(description, { type: String, maxLength: said.max }, said, IsString(), MaxLength(said.max));

export const Id = (description: string, said: Optional & Example = {}): PropertyDecorator =>
  field(description, { type: String, format: 'uuid' }, said, IsUUID());

export const Ids = (description: string, said: Optional & Example & { readonly max: number }): PropertyDecorator =>
  field(
    description,
    { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: said.max },
    said,
    IsArray(),
    ArrayMaxSize(said.max),
    IsUUID(undefined, { each: true }),
  );

export const InstantField = (description: string, said: Optional & Example = {}): PropertyDecorator =>
  field(description, { type: String, format: 'date-time' }, said, IsISO8601({ strict: true }));

export const OneOf = (description: string, values: readonly string[], said: Optional & Example = {}): PropertyDecorator =>
  field(description, { type: String, enum: [...values] }, said, IsIn(values));

export const Flag = (description: string, said: Optional & Example = {}): PropertyDecorator =>
  field(description, { type: Boolean }, said, IsBoolean());

export const Whole = (
  description: string,
  said: Optional & Example & { readonly min?: number; readonly max?: number },
): PropertyDecorator =>
  field(
    description,
    { type: 'integer', minimum: said.min ?? 0, ...(said.max === undefined ? {} : { maximum: said.max }) },
    said,
    IsInt(),
    Min(said.min ?? 0),
    ...(said.max === undefined ? [] : [Max(said.max)]),
  );

export const Decimal = (
  description: string,
  said: Optional & Example & { readonly min: number; readonly max: number },
): PropertyDecorator =>
  field(description, { type: Number, minimum: said.min, maximum: said.max }, said, IsNumber(), Min(said.min), Max(said.max));

/** An object whose keys the administration chooses. */
export const Bag = (description: string, said: Optional & Example = {}): PropertyDecorator =>
  field(description, { type: 'object', additionalProperties: true }, said, IsObject());

export const One = (description: string, item: () => new () => object, said: Optional & Example = {}): PropertyDecorator =>
  field(description, { type: () => item() }, said, IsObject(), ValidateNested(), Type(item));

export const ListOf = (
  description: string,
  item: () => new () => object,
  said: Optional & Example & { readonly max: number },
): PropertyDecorator =>
  field(
    description,
    { type: () => item(), isArray: true, maxItems: said.max },
    said,
    IsArray(),
    ArrayMaxSize(said.max),
    ValidateNested({ each: true }),
    Type(item),
  );

export const Texts = (
  description: string,
  said: Optional & Example & { readonly max: number; readonly maxLength: number },
): PropertyDecorator =>
  field(
    description,
    { type: 'array', items: { type: 'string', maxLength: said.maxLength }, maxItems: said.max },
    said,
    IsArray(),
    ArrayMaxSize(said.max),
    IsString({ each: true }),
    MaxLength(said.maxLength, { each: true }),
  );

/** Some of a few words, each once. */
export const ManyOf = (
  description: string,
  values: readonly string[],
  said: Optional & Example = {},
): PropertyDecorator =>
  field(
    description,
    { type: 'array', items: { type: 'string', enum: [...values] }, maxItems: values.length, uniqueItems: true },
    said,
    IsArray(),
    ArrayMaxSize(values.length),
    ArrayUnique(),
    IsIn(values, { each: true }),
  );

export const Numbers = (description: string, said: Optional & Example & { readonly max: number }): PropertyDecorator =>
  field(
    description,
    { type: 'array', items: { type: 'number' }, maxItems: said.max },
    said,
    IsArray(),
    ArrayMaxSize(said.max),
    IsNumber({}, { each: true }),
  );
