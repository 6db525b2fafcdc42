import { useTranslation } from 'react-i18next';
import {
  Button as AriaButton,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import { Icon } from './icon.js';

export interface Pickable {
  readonly id: string;
  readonly name: string;
  /** What tells it from others of the same name. */
  readonly more?: string | undefined;
}

interface PickProps {
  readonly label: string;
  readonly items: readonly Pickable[];
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly autoFocus?: boolean;
  /** When what is typed decides which items there are, instead of filtering them here. */
  readonly onType?: (text: string) => void;
}

/** One of many, found by typing a part of its name. */
export function Pick({ label, items, value, onChange, hint, error, required, autoFocus, onType }: PickProps) {
  const { t } = useTranslation();
  return (
    <ComboBox
      className="field"
      {...(onType ? { items } : { defaultItems: items })}
      selectedKey={value ?? null}
      onSelectionChange={key => onChange(key === null ? undefined : String(key))}
      {...(onType ? { onInputChange: onType } : {})}
      isInvalid={error !== undefined}
      isRequired={required ?? false}
      autoFocus={autoFocus ?? false}
      defaultInputValue={items.find(({ id }) => id === value)?.name ?? ''}
      menuTrigger="input"
      allowsEmptyCollection
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <div className="combo">
        <Input className="input" placeholder={t('form.filter')} />
        <AriaButton className="button quiet icon">
          <Icon name="down" />
        </AriaButton>
      </div>
      <FieldError className="error">{error}</FieldError>
      <Popover className="popover">
        <ListBox<Pickable>
          className="menu"
          renderEmptyState={() => <div className="menu-item">{t('form.noMatch')}</div>}
        >
          {item => (
            <ListBoxItem className="menu-item" id={item.id} textValue={item.name}>
              <span className="grow">{item.name}</span>
              {item.more !== undefined && <small>{item.more}</small>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
