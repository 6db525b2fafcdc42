import { useTranslation } from 'react-i18next';
import { Switches } from '../ui/act.js';
import { Select, TextInput } from '../ui/field.js';
import type { Field } from './written.js';

interface CategoryFieldProps {
  readonly field: Field;
  readonly value: string | readonly string[] | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: string | readonly string[]) => void;
}

/** A field that an administration gave to its category, as its type is written. */
export function CategoryField({ field, value, error, onChange }: CategoryFieldProps) {
  const { t } = useTranslation();
  const { label, type, required, choices = [] } = field;
  const options = choices.map(choice => [choice.code, choice.label] as const);
  const needed = required === 'opening';
  const words = typeof value === 'string' ? value : '';
  switch (type) {
    case 'choices':
      return (
        <Switches
          label={label}
          options={options}
          value={typeof value === 'string' || value === undefined ? [] : value}
          error={error}
          onChange={onChange}
        />
      );
    case 'choice':
    case 'yes_no':
      return (
        <Select
          label={label}
          value={words}
          options={type === 'choice' ? options : [['yes', t('app.yes')] as const, ['no', t('app.no')] as const]}
          empty={t('form.choose')}
          required={needed}
          optional={!needed}
          error={error}
          onChange={onChange}
        />
      );
    default:
      return (
        <TextInput
          label={label}
          value={words}
          type={type === 'date' ? 'date' : 'text'}
          required={needed}
          optional={!needed}
          error={error}
          onChange={onChange}
        />
      );
  }
}
