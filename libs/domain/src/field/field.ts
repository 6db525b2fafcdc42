import type { FieldRequired, FieldType } from '@filodiretto/contracts/model';
import type { Refusal } from '../case/refusal.js';

/** One field that cases of a category have, as data. */
export interface FieldDefinition {
  readonly code: string;
  /** As people see it, in Italian. */
  readonly label: string;
  readonly type: FieldType;
  readonly required: FieldRequired;
  /** Whether the citizen sees it where they follow their case. */
  readonly citizen: boolean;
  /** Kept in the program: in no letter, and on no page that a letter leads to. */
  readonly confidential?: boolean;
  /** Least and greatest: of a number, or how many characters of a text. */
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly { readonly code: string; readonly label: string }[];
}

export type FieldValue = string | number | boolean | readonly string[];
/** What is asked of the fields of a case, by code; null takes a value away. */
export type FieldValues = Readonly<Record<string, unknown>>;
type Mistakes = NonNullable<Refusal['errors']>;

const FIELD_CODE = /^[a-z][a-z0-9_]*$/;

/** What is said of a field; `undefined`: nothing. What every object has by itself is no value of a field. */
const saidOf = (values: FieldValues, code: string): unknown => (Object.hasOwn(values, code) ? values[code] : undefined);

/** Longest text of a field that says no limit. */
export const LONGEST_FIELD = 2_000;

/** What is wrong with a schema, field by field; empty: nothing. */
export function schemaMistakes(fields: readonly FieldDefinition[]): Mistakes {
  const mistakes: { pointer: string; detail: string }[] = [];
  const say = (index: number, key: string, detail: string): void => {
    mistakes.push({ pointer: `/fields/${index}/${key}`, detail });
  };
  for (const [index, { code, type, choices, min, max }] of fields.entries()) {
    if (!FIELD_CODE.test(code) || code in Object.prototype)
      say(
        index,
        'code',
        'must be lowercase letters, digits and _, begin with a letter, and be no name of the language',
      );
    if (fields.findIndex(one => one.code === code) !== index) say(index, 'code', 'is the code of another field');
    const chooses = type === 'choice' || type === 'choices';
    if (chooses && (choices ?? []).length === 0) say(index, 'choices', 'a choice needs something to choose from');
    if (!chooses && choices !== undefined) say(index, 'choices', `not with "${type}"`);
    if (new Set(choices?.map(one => one.code)).size !== (choices?.length ?? 0))
      say(index, 'choices', 'no two have the same code');
    const limited = type === 'number' || type === 'text';
    if (!limited && min !== undefined) say(index, 'min', `not with "${type}"`);
    if (!limited && max !== undefined) say(index, 'max', `not with "${type}"`);
    if (min !== undefined && max !== undefined && min > max) say(index, 'min', 'is more than the most');
    if (type === 'text' && max !== undefined && max > LONGEST_FIELD) say(index, 'max', `${LONGEST_FIELD} at most`);
  }
  return mistakes;
}

/** What is wrong with values given for fields, by code; empty: nothing. What is not given is not looked at. */
export function valueMistakes(fields: readonly FieldDefinition[], values: FieldValues): Mistakes {
  return Object.entries(values).flatMap(([code, value]) => {
    const field = fields.find(one => one.code === code);
    const detail = field
      ? value === null
        ? undefined
        : mistakeOf(field, value)
      : 'no field of the category has this code';
    return detail === undefined ? [] : [{ pointer: `/fields/${code}`, detail }];
  });
}

/** The fields that must be filled by then and are not. */
export const missingFields = (
  fields: readonly FieldDefinition[],
  values: FieldValues,
  when: Exclude<FieldRequired, 'never'>,
): Mistakes =>
  fields
    .filter(({ required, code }) => required === when && isEmpty(saidOf(values, code)))
    .map(({ code, label }) => ({ pointer: `/fields/${code}`, detail: `must be filled: ${label}` }));

/** A value in words of the field, as a citizen reads it. */
export function shownValue({ type, choices }: FieldDefinition, value: unknown): string {
  const labelOf = (code: unknown): string => choices?.find(one => one.code === code)?.label ?? String(code);
  if (type === 'yes_no') return value === true ? 'Sì' : 'No';
  if (Array.isArray(value)) return value.map(labelOf).join(', ');
  return type === 'choice' ? labelOf(value) : String(value);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function mistakeOf({ type, min, max, choices }: FieldDefinition, value: unknown): string | undefined {
  const codes = choices?.map(one => one.code) ?? [];
  switch (type) {
    case 'text': {
      if (typeof value !== 'string' || value.trim() === '') return 'must be a text';
      if (min !== undefined && value.length < min) return `must have at least ${min} characters`;
      return value.length > (max ?? LONGEST_FIELD) ? `must have at most ${max ?? LONGEST_FIELD} characters` : undefined;
    }
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
      if (min !== undefined && value < min) return `must be at least ${min}`;
      return max !== undefined && value > max ? `must be at most ${max}` : undefined;
    case 'date':
      return typeof value === 'string' && isDay(value) ? undefined : 'must be a date, YYYY-MM-DD';
    case 'choice':
      return typeof value === 'string' && codes.includes(value) ? undefined : `must be one of: ${codes.join(', ')}`;
    case 'choices':
      return Array.isArray(value) &&
        new Set(value).size === value.length &&
        value.every(one => codes.includes(String(one)))
        ? undefined
        : `must be some of: ${codes.join(', ')}; each once`;
    case 'yes_no':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
  }
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00.000Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

/** What a form said, as the value of a field: forms say numbers and yes or no in words. */
export function fromForm({ type }: FieldDefinition, said: unknown): unknown {
  if (type === 'number' && typeof said === 'string' && said.trim() !== '') return Number(said.replace(',', '.'));
  if (type === 'choices' && typeof said === 'string') return said === '' ? null : [said];
  if (type === 'yes_no' && typeof said === 'string')
    return ['true', 'on', 'si', 'sì', 'yes'].includes(said.toLowerCase());
  return said;
}

/** A field and what it holds, in words, as letters and the pages of their links tell it. */
export interface ToldField {
  readonly label: string;
  readonly value: string;
}

/** What may be told of the fields of a case: nothing of those that are confidential. */
export const toldFields = (
  held: readonly { readonly definition: FieldDefinition; readonly value: unknown }[],
): ToldField[] =>
  held
    .filter(({ definition }) => definition.confidential !== true)
    .map(({ definition, value }) => ({ label: definition.label, value: shownValue(definition, value) }));

/** The values that a form gives fields of its category: those that it names by their codes and says as they allow. */
export const filledBy = (fields: readonly FieldDefinition[], answers: FieldValues): FieldValues =>
  Object.fromEntries(
    fields.flatMap(field => {
      const value = Object.hasOwn(answers, field.code) ? fromForm(field, answers[field.code]) : null;
      const says = value !== null && value !== '';
      return says && valueMistakes([field], { [field.code]: value }).length === 0 ? [[field.code, value]] : [];
    }),
  );
