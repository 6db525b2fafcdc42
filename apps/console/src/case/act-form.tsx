import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { FormEnd, isBlocked } from '../ui/form-end.js';
import { Problem } from '../ui/problem.js';
import { useActing, type Act } from './acting.js';
import { actLabel } from './labels.js';

export interface ActFormProps {
  readonly view: Schemas['CaseView'];
  readonly onClose: () => void;
}

interface FormProps extends ActFormProps {
  readonly act: Act;
  readonly children: ReactNode;
  /** The names of the fields without which it cannot be done yet. */
  readonly lacks?: readonly (string | false)[] | undefined;
  /** Another reason why it cannot be done yet, in a sentence. */
  readonly blocked?: string | undefined;
}

/** A form that does something with a case: closed when it was done; what was refused is said in it, and nothing that was typed is lost. */
export function ActForm({ view, onClose, act, children, lacks, blocked }: FormProps) {
  const { t } = useTranslation();
  const acting = useActing(view);
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault();
        if (acting.busy || isBlocked({ lacks, blocked })) return;
        void acting.act(act).then(done => {
          if (done) onClose();
        });
      }}
    >
      {children}
      {acting.fault !== undefined && <Problem fault={acting.fault} />}
      <FormEnd button={actLabel(t, act.name)} busy={acting.busy} lacks={lacks} blocked={blocked} onCancel={onClose} />
      {acting.dialog}
    </form>
  );
}
