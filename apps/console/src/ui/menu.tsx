import type { ReactNode } from 'react';
import { Button as AriaButton, Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly shortcut?: string | undefined;
  readonly disabled?: boolean;
}

interface MenuProps {
  /** What the button is called. */
  readonly label: string;
  readonly button: ReactNode;
  readonly choices: readonly Choice[];
  readonly onChoose: (id: string) => void;
  readonly className?: string;
}

/** A button that opens a menu of things to do. */
export function Menu({ label, button, choices, onChoose, className = '' }: MenuProps) {
  return (
    <MenuTrigger>
      <AriaButton className={`button ${className}`} aria-label={label}>
        {button}
      </AriaButton>
      <Popover className="popover">
        <AriaMenu
          className="menu"
          aria-label={label}
          items={choices}
          disabledKeys={choices.filter(({ disabled }) => disabled).map(({ id }) => id)}
          onAction={key => onChoose(String(key))}
        >
          {({ id, label: name, shortcut }) => (
            <MenuItem id={id} className="menu-item" textValue={name}>
              <span>{name}</span>
              {shortcut !== undefined && <kbd className="end">{shortcut}</kbd>}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
