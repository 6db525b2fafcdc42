import { useTranslation } from 'react-i18next';
import type { Refusal } from '../api/client.js';
import { dateTime } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { factWords, reasonOf } from './facts.js';
import { useNames } from './names.js';

interface StaleProps {
  readonly label: string;
  readonly words: string | undefined;
  readonly mine: number;
  readonly refusal: Refusal;
  readonly onAgain: () => void;
  readonly onKeep: () => void;
}

/** Somebody changed the case first: what one was doing and what happened, side by side. */
export function StaleDialog({ label, words, mine, refusal, onAgain, onKeep }: StaleProps) {
  const { t } = useTranslation();
  const names = useNames();
  const { changes = [], version = mine } = refusal.body ?? {};
  return (
    <Dialog title={t('stale.title')} onClose={onKeep} wide>
      <div className="form">
        <p>{t('stale.lead')}</p>
        <p className="small soft">{t('stale.version', { mine, now: version })}</p>
        <div className="two">
          <section aria-label={t('stale.yours')}>
            <h3>{t('stale.yours')}</h3>
            <p>
              <strong>{label}</strong>
            </p>
            {words !== undefined && words !== '' && <p className="words task-card">{words}</p>}
          </section>
          <section aria-label={t('stale.meanwhile')}>
            <h3>{t('stale.meanwhile')}</h3>
            <ul className="others">
              {changes.map(change => (
                <li key={change.id}>
                  <strong>{change.actor.name ?? t(`actor.${change.actor.kind}`)}</strong> {factWords(t, change, names)}
                  {reasonOf(change) !== undefined && <q>{reasonOf(change)}</q>}{' '}
                  <span className="soft small">{dateTime(change.at)}</span>
                </li>
              ))}
            </ul>
          </section>
        </div>
        <div className="buttons">
          <Button kind="primary" onPress={onKeep}>
            {t('stale.keep')}
          </Button>
          <Button onPress={onAgain}>{t('stale.again')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
