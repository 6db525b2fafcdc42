import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.js';

interface FormEndProps {
  /** What the button is called. */
  readonly button: string;
  readonly kind?: 'primary' | 'danger';
  readonly busy: boolean;
  /** The names of the fields without which it cannot be done yet. */
  readonly lacks?: readonly (string | false)[] | undefined;
  /** Another reason why it cannot be done yet, in a sentence. */
  readonly blocked?: string | undefined;
  /** What stands beside the button, such as a trial. */
  readonly beside?: ReactNode;
  readonly onCancel?: (() => void) | undefined;
}

/** Whether something still stands in the way of a form. */
export const isBlocked = ({ lacks = [], blocked }: Pick<FormEndProps, 'lacks' | 'blocked'>): boolean =>
  blocked !== undefined || lacks.some(one => one !== false);

/** The end of a form: its buttons, and why the one that does it cannot be pressed yet, which is heard with the button, too. */
export function FormEnd({ button, kind = 'primary', busy, lacks = [], blocked, beside, onCancel }: FormEndProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const names = lacks.filter(one => one !== false);
  const why =
    blocked ??
    (names.length > 0
      ? t('form.lacks', { what: new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(names) })
      : undefined);
  return (
    <>
      {why !== undefined && (
        <p className="hint" id={id}>
          {why}
        </p>
      )}
      <div className="buttons">
        {beside}
        {onCancel && <Button onPress={onCancel}>{t('app.cancel')}</Button>}
        <Button
          kind={kind}
          submit
          disabled={busy || why !== undefined}
          describedBy={why === undefined ? undefined : id}
        >
          {button}
        </Button>
      </div>
    </>
  );
}
