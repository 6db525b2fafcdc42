import type { ReactNode, Ref } from 'react';
import { Icon, type IconName } from './icon.js';

interface ButtonProps {
  readonly children?: ReactNode;
  readonly icon?: IconName;
  /** What it does, where it shows a drawing alone. */
  readonly label?: string;
  readonly kind?: 'normal' | 'primary' | 'danger' | 'quiet';
  /** The key that does the same, as shown. */
  readonly shortcut?: string | undefined;
  readonly onPress?: () => void;
  readonly submit?: boolean;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly controls?: string;
  readonly className?: string;
  /** What is said besides the name. */
  readonly describedBy?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button. A disabled one stays reachable by keyboard, so that whoever uses it hears why. */
export function Button({
  children,
  icon,
  label,
  kind = 'normal',
  shortcut,
  onPress,
  submit = false,
  disabled = false,
  pressed,
  expanded,
  controls,
  className = '',
  describedBy,
  ref,
}: ButtonProps) {
  return (
    <button
      ref={ref}
      type={submit ? 'submit' : 'button'}
      className={`button ${kind} ${children === undefined ? 'icon' : ''} ${className}`}
      aria-label={label}
      title={children === undefined ? label : undefined}
      aria-disabled={disabled || undefined}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-controls={controls}
      aria-describedby={describedBy}
      aria-keyshortcuts={shortcut}
      onClick={event => {
        if (disabled) event.preventDefault();
        else onPress?.();
      }}
    >
      {icon && <Icon name={icon} />}
      {children}
      {shortcut !== undefined && children !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>}
    </button>
  );
}
