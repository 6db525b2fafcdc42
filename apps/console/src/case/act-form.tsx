import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { Button } from '../ui/button.js';
import { Problem } from '../ui/problem.js';
import { useActing, type Act } from './acting.js';

export interface ActFormProps {
  readonly view: Schemas['CaseView'];
  readonly onClose: () => void;
}

interface FormProps extends ActFormProps {
  readonly act: Act;
  readonly children: ReactNode;
  /** Why it cannot be done yet. */
  readonly missing?: boolean;
}

/** A form that does something with a case: closed when it was done; what was refused is said in it, and nothing that was typed is lost. */
export function ActForm({ view, onClose, act, children, missing = false }: FormProps) {
  const { t } = useTranslation();
  const acting = useActing(view);
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault();
        if (missing || acting.busy) return;
        void acting.act(act).then(done => {
          if (done) onClose();
        });
      }}
    >
      {children}
      {acting.fault !== undefined && <Problem fault={acting.fault} />}
      <div className="buttons">
        <Button onPress={onClose}>{t('app.cancel')}</Button>
        <Button kind="primary" submit disabled={missing || acting.busy}>
          {act.label}
        </Button>
      </div>
      {acting.dialog}
    </form>
  );
}
