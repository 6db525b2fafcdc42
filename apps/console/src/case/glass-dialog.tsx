import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api, Refusal, taken } from '../api/client.js';
import { keep, keptText } from '../app/kept.js';
import { loginAddress } from '../app/login-address.js';
import { place } from '../app/routes.js';
import { useChange } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextInput } from '../ui/field.js';
import { Problem } from '../ui/problem.js';

/** So many characters explain why, at least. */
const FEWEST = 20;
/** Where the reason waits while one logs in again. */
const KEPT = 'glass';

interface GlassDialogProps {
  readonly number: string;
  readonly onClose: () => void;
}

/** Opens a case that one may not know of, by its number and a reason; what becomes of the reason is said before. */
export function GlassDialog({ number: begun, onClose }: GlassDialogProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [number, setNumber] = useState(begun);
  const [reason, setReason] = useState(() => keptText(KEPT) ?? '');
  const [tried, setTried] = useState(false);
  const lacks = FEWEST - reason.trim().length;
  const change = useChange({
    run: () => taken(api.POST('/api/cases/break-glass', { body: { number: number.trim(), reason: reason.trim() } })),
    reads: ['cases', 'case'],
    done: t('work.glass.opened'),
    then: ({ case: one }) => {
      keep(KEPT, undefined);
      onClose();
      go(place.case('open', one.id));
    },
  });
  const refusal = change.error instanceof Refusal ? change.error : undefined;
  const again = refusal?.problem === 'step-up-required';
  const none = refusal?.status === 404;
  return (
    <Dialog title={t('work.glass.title')} onClose={onClose}>
      <form
        className="form"
        noValidate
        onSubmit={event => {
          event.preventDefault();
          setTried(true);
          if (lacks <= 0 && number.trim() !== '' && !change.isPending) change.mutate(undefined);
        }}
      >
        <p className="notice warning">{t('work.glass.lead')}</p>
        <TextInput
          label={t('work.glass.number')}
          value={number}
          onChange={setNumber}
          required
          autoFocus={begun === ''}
          error={
            none ? t('work.glass.none') : tried && number.trim() === '' ? t('work.glass.numberMissing') : undefined
          }
        />
        <TextInput
          label={t('work.glass.reason')}
          lines={3}
          value={reason}
          onChange={setReason}
          required
          autoFocus={begun !== ''}
          error={tried && lacks > 0 ? t('work.glass.short', { count: lacks }) : undefined}
        />
        {again ? (
          <div className="notice warning" role="alert">
            <div>
              <p>{t('work.glass.again')}</p>
              <a
                className="button primary"
                href={loginAddress(true)}
                onClick={() => {
                  keep(KEPT, reason);
                }}
              >
                {t('login.again')}
              </a>
            </div>
          </div>
        ) : (
          change.error && !none && <Problem fault={change.error} />
        )}
        <div className="buttons">
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="danger" submit disabled={change.isPending}>
            {t('work.glass.open')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
