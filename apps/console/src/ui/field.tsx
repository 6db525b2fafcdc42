import { useId, type ChangeEvent, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly children: (ids: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': boolean | undefined;
  }) => ReactNode;
}

/** A control with its label, what helps to fill it and what is wrong with it, each told to whoever cannot see them. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const id = useId();
  const { t } = useTranslation();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {optional && <span className="hint">{t('app.optional')}</span>}
      </label>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <span className="error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}

interface TextProps extends Omit<FieldProps, 'children'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'date' | 'email' | 'search' | 'number' | 'time';
  readonly lines?: number;
  readonly required?: boolean;
  readonly min?: string;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly readOnly?: boolean;
  readonly ref?: Ref<HTMLInputElement & HTMLTextAreaElement>;
}

/** Words, of one line or of many. */
export function TextInput({
  value,
  onChange,
  type = 'text',
  lines,
  required,
  min,
  placeholder,
  ref,
  autoFocus,
  readOnly,
  ...field
}: TextProps) {
  const change = (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>): void => onChange(event.target.value);
  return (
    <Field {...field}>
      {ids =>
        lines === undefined ? (
          <input
            {...ids}
            ref={ref}
            className="input"
            type={type}
            value={value}
            onChange={change}
            required={required}
            min={min}
            step={type === 'number' ? 'any' : undefined}
            readOnly={readOnly}
            placeholder={placeholder}
            autoFocus={autoFocus}
          />
        ) : (
          <textarea
            {...ids}
            ref={ref}
            className="input"
            rows={lines}
            value={value}
            onChange={change}
            required={required}
            readOnly={readOnly}
            placeholder={placeholder}
            autoFocus={autoFocus}
          />
        )
      }
    </Field>
  );
}

interface SelectProps<T extends string> extends Omit<FieldProps, 'children'> {
  readonly value: T | '';
  readonly onChange: (value: T) => void;
  readonly options: readonly (readonly [T, string])[];
  readonly required?: boolean;
  /** Words of no choice; without them one is always chosen. */
  readonly empty?: string;
}

/** One of a few choices. */
export function Select<T extends string>({ value, onChange, options, required, empty, ...field }: SelectProps<T>) {
  return (
    <Field {...field}>
      {ids => (
        <select
          {...ids}
          className="input"
          value={value}
          required={required}
          onChange={event => onChange(event.target.value as T)}
        >
          {empty !== undefined && <option value="">{empty}</option>}
          {options.map(([code, label]) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Yes or no. */
export function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={event => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
