import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Switches } from './act.js';
import { Button } from './button.js';
import { Check, Select, TextInput } from './field.js';
import { Pick, type Pickable } from './pick.js';

/** What a form holds while it is filled: words, yes or no, several choices, or rows of the same. */
export type Value = string | boolean | readonly string[] | readonly Values[] | undefined;
export interface Values {
  readonly [name: string]: Value;
}

interface Common {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** Where the API finds what is wrong with it; absent: its name. */
  readonly pointer?: string;
  /** Stands beside the next one that says so too. */
  readonly half?: boolean;
  /** Whether it is asked, given what the others hold. */
  readonly when?: (values: Values) => boolean;
}
/** One field of a form, as data. */
export type Described = Common &
  (
    | {
        readonly kind: 'text' | 'lines' | 'number' | 'date' | 'email';
        readonly required?: boolean;
        readonly lines?: number;
      }
    | { readonly kind: 'flag' }
    | { readonly kind: 'one'; readonly options: readonly (readonly [string, string])[]; readonly empty?: string }
    | { readonly kind: 'many'; readonly options: readonly (readonly [string, string])[] }
    | { readonly kind: 'pick'; readonly items: readonly Pickable[]; readonly required?: boolean }
    | {
        readonly kind: 'rows';
        readonly fields: readonly Described[];
        readonly add: string;
        readonly fresh: Values;
        /** What a row is called, for whoever cannot see where it stands. */
        readonly row: (place: number) => string;
      }
  );

/** Words of a field, without blanks around them. */
export const textOf = (values: Values, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
};
/** The same; nothing where there are none. */
export const textOrNone = (values: Values, name: string): string | undefined => textOf(values, name) || undefined;
/** A number as it was written; nothing where none was. */
export const numberOrNone = (values: Values, name: string): number | undefined => {
  const text = textOf(values, name).replace(',', '.');
  // What is no number goes to the API as it cannot be, and comes back beside the field.
  return text === '' ? undefined : Number(text);
};
export const isOn = (values: Values, name: string): boolean => values[name] === true;
/** What is chosen of several. */
export const chosenOf = (values: Values, name: string): string[] => {
  const value = values[name];
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : [];
};
/** The same; nothing where nothing is chosen. */
export const chosenOrNone = (values: Values, name: string): string[] | undefined => {
  const chosen = chosenOf(values, name);
  return chosen.length === 0 ? undefined : chosen;
};
export const rowsOf = (values: Values, name: string): readonly Values[] => {
  const value = values[name];
  return Array.isArray(value) ? value.filter((one): one is Values => typeof one === 'object') : [];
};

interface FieldsProps {
  readonly fields: readonly Described[];
  readonly values: Values;
  readonly set: (name: string, value: Value) => void;
  /** What the API said is wrong with the field of a JSON pointer. */
  readonly mistake: (pointer: string) => string | undefined;
  /** Pointer of what the fields are of. */
  readonly at?: string;
}

/** Fields made from their description. */
export function Fields({ fields, values, set, mistake, at = '' }: FieldsProps) {
  const asked = fields.filter(({ when }) => when?.(values) ?? true);
  const shown = (field: Described): ReactNode => (
    <OneField
      key={field.name}
      field={field}
      value={values[field.name]}
      onChange={value => set(field.name, value)}
      pointer={at + (field.pointer ?? `/${field.name}`)}
      mistake={mistake}
    />
  );
  return pairsOf(asked).map(pair =>
    pair.length === 1 ? (
      pair.map(shown)
    ) : (
      <div key={pair.map(({ name }) => name).join()} className="columns">
        {pair.map(shown)}
      </div>
    ),
  );
}

/** The fields one by one, and two by two where they stand beside each other. */
function pairsOf(fields: readonly Described[]): Described[][] {
  const pairs: Described[][] = [];
  for (const field of fields) {
    const last = pairs.at(-1);
    if (field.half === true && last?.length === 1 && last[0]?.half === true) last.push(field);
    else pairs.push([field]);
  }
  return pairs;
}

interface OneProps {
  readonly field: Described;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly pointer: string;
  readonly mistake: FieldsProps['mistake'];
}

function OneField({ field, value, onChange, pointer, mistake }: OneProps) {
  const { label, hint } = field;
  const error = mistake(pointer);
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'flag':
      return <Check label={label} checked={value === true} onChange={onChange} />;
    case 'one':
      return (
        <Select
          label={label}
          hint={hint}
          error={error}
          options={field.options}
          value={text}
          onChange={onChange}
          {...(field.empty === undefined ? {} : { empty: field.empty })}
        />
      );
    case 'many':
      return (
        <Switches
          label={label}
          options={field.options}
          value={chosenOf({ value }, 'value')}
          onChange={onChange}
          error={error}
        />
      );
    case 'pick':
      return (
        <Pick
          label={label}
          hint={hint}
          error={error}
          items={field.items}
          value={text === '' ? undefined : text}
          onChange={onChange}
          required={field.required ?? false}
        />
      );
    case 'rows':
      return <Rows field={field} value={value} onChange={onChange} pointer={pointer} mistake={mistake} />;
    default:
      return (
        <TextInput
          label={label}
          hint={hint}
          error={error}
          value={text}
          onChange={onChange}
          {...(field.kind === 'lines' ? { lines: field.lines ?? 4 } : { type: field.kind })}
          required={field.required ?? false}
        />
      );
  }
}

interface RowsProps extends Omit<OneProps, 'field'> {
  readonly field: Extract<Described, { readonly kind: 'rows' }>;
}

/** Rows of the same fields, in an order that can be changed. */
function Rows({ field, value, onChange, pointer, mistake }: RowsProps) {
  const { t } = useTranslation();
  const id = useId();
  const rows = rowsOf({ value }, 'value');
  const error = mistake(pointer);
  const put = (place: number, row: Values): void => onChange(rows.map((one, index) => (index === place ? row : one)));
  const swap = (place: number): void => {
    const before = rows[place - 1];
    const here = rows[place];
    if (before && here)
      onChange(rows.map((one, index) => (index === place - 1 ? here : index === place ? before : one)));
  };
  return (
    <fieldset className="field" aria-describedby={error === undefined ? undefined : id}>
      <legend>{field.label}</legend>
      {field.hint !== undefined && <span className="hint">{field.hint}</span>}
      {rows.map((row, place) => (
        <fieldset key={place} className="card">
          <legend className="hidden">{field.row(place + 1)}</legend>
          <Fields
            fields={field.fields}
            values={row}
            set={(name, changed) => put(place, { ...row, [name]: changed })}
            mistake={mistake}
            at={`${pointer}/${place}`}
          />
          <div className="row wrap end">
            {place > 0 && (
              <Button label={t('form.rowUp', { row: field.row(place + 1) })} onPress={() => swap(place)}>
                <span aria-hidden="true">↑</span>
              </Button>
            )}
            <Button
              icon="cross"
              label={t('form.rowRemove', { row: field.row(place + 1) })}
              onPress={() => onChange(rows.filter((_, index) => index !== place))}
            />
          </div>
        </fieldset>
      ))}
      {error !== undefined && (
        <span className="error" id={id}>
          {error}
        </span>
      )}
      <div>
        <Button icon="plus" onPress={() => onChange([...rows, field.fresh])}>
          {field.add}
        </Button>
      </div>
    </fieldset>
  );
}
