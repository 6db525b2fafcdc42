import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

const FIELD_TYPES = ['text', 'long_text', 'email', 'phone', 'choice', 'flag', 'date', 'number'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** Names in a submission that are not fields of a form. */
export const RESERVED = { token: 'token', proof: 'altcha', trap: 'sito_web', key: 'idempotencyKey' } as const;

export class FieldOption {
  @Matches(/^[\w-]{1,100}$/) readonly value: string;
  @IsString() @MaxLength(200) readonly label: string;
}

/** One question of a form, as data. */
export class FormField {
  /** Key of the answer. */
  @Matches(/^(?!(token|altcha|sito_web|idempotencyKey)$)[a-z][a-zA-Z0-9_]{0,49}$/) readonly name: string;
  /** What the citizen reads. */
  @IsString() @MaxLength(300) readonly label: string;
  @IsIn(FIELD_TYPES) readonly type: FieldType;
  @IsOptional() @IsBoolean() readonly required?: boolean;
  @IsOptional() @IsString() @MaxLength(1_000) readonly help?: string;
  /** Longest answer, in characters; 200 unless told, 10,000 for a long text. */
  @IsOptional() @IsInt() @Min(1) @Max(50_000) readonly maxLength?: number;
  /** The answers to choose from, for a choice. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => FieldOption)
  readonly options?: FieldOption[];
  /** What the browser may fill in by itself (HTML `autocomplete`). */
  @IsOptional() @Matches(/^[a-z -]{1,40}$/) readonly autocomplete?: string;
}

/** A form of the administration, as data. */
export class FormDefinition {
  /** Its id: part of its address, and the account of its messages. */
  @Matches(/^[a-z][a-z0-9-]{0,39}$/) readonly id: string;
  /** Grows when its questions change. */
  @Matches(/^[\w.-]{1,40}$/) readonly version: string;
  @IsString() @MaxLength(200) readonly title: string;
  @IsOptional() @IsString() @MaxLength(2_000) readonly description?: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique((field: FormField) => field.name)
  @ValidateNested({ each: true })
  @Type(() => FormField)
  readonly fields: FormField[];
  /** Fields that say what it is about, the category, the person's name, and where to answer. */
  @IsOptional() @IsString() readonly subjectField?: string;
  @IsOptional() @IsString() readonly categoryField?: string;
  @IsOptional() @IsString() readonly nameField?: string;
  @IsOptional() @IsString() readonly emailField?: string;
  @IsOptional() @IsString() readonly phoneField?: string;
  /** Fields that say where it is: words for the place, WGS 84 degrees. */
  @IsOptional() @IsString() readonly placeField?: string;
  @IsOptional() @IsString() readonly latitudeField?: string;
  @IsOptional() @IsString() readonly longitudeField?: string;
  /** Category of every submission, when the citizen does not choose. */
  @IsOptional() @IsString() @MaxLength(100) readonly category?: string;
  /** Whether an e-mail address or a telephone number must be given. */
  @IsOptional() @IsBoolean() readonly contactRequired?: boolean;
  /** Whether files may be attached. */
  @IsOptional() @IsBoolean() readonly files?: boolean;
  /** The privacy notice shown beside the button. */
  @IsOptional() @IsString() @MaxLength(5_000) readonly privacyNotice?: string;
}

const ROLES = [
  'subjectField',
  'categoryField',
  'nameField',
  'emailField',
  'phoneField',
  'placeField',
  'latitudeField',
  'longitudeField',
] as const;

/** What keeps the forms from being used, by form: fields that do not exist, choices without options, ids twice. */
export const mistakesOf = (forms: readonly FormDefinition[]): string[] => [
  ...(forms.length === 0 ? ['there is no form'] : []),
  ...forms
    .filter((form, index) => forms.findIndex(one => one.id === form.id) !== index)
    .map(({ id }) => `${id} is there twice`),
  ...forms.flatMap(form => {
    const named = ROLES.filter(
      role => form[role] !== undefined && !form.fields.some(field => field.name === form[role]),
    );
    return [
      ...named.map(role => `${form.id}: ${role} names a field that does not exist`),
      ...form.fields
        .filter(field => (field.type === 'choice') !== (field.options !== undefined))
        .map(field => `${form.id}: only a choice has options, and ${field.name} is ${field.type}`),
      ...(['latitudeField', 'longitudeField'] as const)
        .filter(role => form.fields.some(field => field.name === form[role] && field.type !== 'number'))
        .map(role => `${form.id}: ${role} names a field that is no number`),
      ...((form.latitudeField === undefined) === (form.longitudeField === undefined)
        ? []
        : [`${form.id}: latitudeField and longitudeField go together`]),
      ...(form.contactRequired && !form.emailField && !form.phoneField
        ? [`${form.id}: contactRequired without an emailField or a phoneField`]
        : []),
    ];
  }),
];
