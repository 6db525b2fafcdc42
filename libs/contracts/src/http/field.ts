import { Bag, Decimal, Flag, Id, InstantField, ListOf, OneOf, Text, Whole } from '../fields.js';
import { FIELD_REQUIRED, FIELD_TYPES, type FieldRequired, type FieldType } from '../model.js';

const CODE = /^[a-z][a-z0-9_]*$/;

export class FieldChoice {
  @Text('Code', { max: 50, pattern: CODE, example: 'led' }) readonly code: string;
  @Text('As people see it (Italian)', { max: 200, example: 'LED' }) readonly label: string;
}

/** A field that cases of a category have. A web form fills it when a field of the form has its code for a name. */
export class FieldSchema {
  @Text('Code', { max: 50, pattern: CODE, example: 'tipo_lampada' }) readonly code: string;
  @Text('As people see it (Italian)', { max: 200, example: 'Tipo di lampada' }) readonly label: string;
  @OneOf('What it holds', FIELD_TYPES, { example: 'choice' }) readonly type: FieldType;
  @OneOf('When it must be filled', FIELD_REQUIRED, { example: 'closing' }) readonly required: FieldRequired;
  @Flag('The citizen sees it where they follow their case') readonly citizen: boolean;
  @Flag('Kept in the program: in no letter, and on no page that a letter leads to', { optional: true })
  readonly confidential?: boolean;
  @Decimal('`number`: the least; `text`: the fewest characters', { min: -1e12, max: 1e12, optional: true }) readonly min?: number;
  @Decimal('`number`: the greatest; `text`: the most characters', { min: -1e12, max: 1e12, optional: true }) readonly max?: number;
  @ListOf('`choice`, `choices`: what there is to choose', () => FieldChoice, { max: 200, optional: true })
  readonly choices?: FieldChoice[];
}
export class WriteFields {
  @ListOf('All of them, in their order', () => FieldSchema, {
    max: 100,
    example: [
      {
        code: 'tipo_lampada',
        label: 'Tipo di lampada',
        type: 'choice',
        required: 'closing',
        citizen: true,
        choices: [{ code: 'led', label: 'LED' }],
      },
    ],
  })
  readonly fields: FieldSchema[];
}
/** The fields of a category. A version is never changed: what was written under it stays as it was. */
export class CategoryFields {
  @Whole('Version; 0: none was ever written', { example: 2 }) readonly version: number;
  @ListOf('In their order', () => FieldSchema, { max: 100 }) readonly fields: FieldSchema[];
  @InstantField('When it was written', { optional: true }) readonly createdAt?: string;
}

/** What a field of a case holds, as the version it was written under names it. */
export class CaseFieldView {
  @Text('Code', { max: 50, example: 'tipo_lampada' }) readonly code: string;
  @Text('As people see it (Italian)', { max: 200, example: 'Tipo di lampada' }) readonly label: string;
  @OneOf('What it holds', FIELD_TYPES, { example: 'choice' }) readonly type: FieldType;
  @Bag('`value`: a text, a number, true or false, or a list of codes', { example: { value: 'led' } })
  readonly held: { readonly value: unknown };
  @Text('The same in words (Italian)', { max: 20_000, example: 'LED' }) readonly shown: string;
  @Flag('The citizen sees it') readonly citizen: boolean;
  @Id('The version of the fields it was written under') readonly schema: string;
}
