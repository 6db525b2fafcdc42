import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Check } from '../ui/field.js';
import { announce } from '../ui/said.js';
import { it } from '../i18n/it.js';
import { giveKey, resetKeys, SHIPPED_KEYS, switchKeys } from './keys.js';
import { useKeys } from './use-keys.js';

const LABELS = {
  'case.next': 'next',
  'case.previous': 'previous',
  'case.reply': 'reply',
  'case.note': 'note',
  'case.takeCharge': 'takeCharge',
  'case.assign': 'assign',
  'case.resolve': 'resolve',
  'case.askCitizen': 'askCitizen',
  'case.task': 'task',
  'case.extend': 'extend',
  'case.suspend': 'suspend',
  'case.merge': 'merge',
  'case.tag': 'tag',
  'case.place': 'place',
  'case.macro': 'macro',
  'case.call': 'call',
  'case.change': 'change',
  'case.facts': 'facts',
  'case.open': 'openCase',
  'go.mine': 'goMine',
  'go.search': 'search',
  'queue.claim': 'openNext',
  'offer.accept': 'accept',
} as const satisfies Readonly<Record<string, keyof typeof it.action>>;

const ACTIONS = Object.keys(SHIPPED_KEYS);
const isKnown = (id: string): id is keyof typeof LABELS => Object.hasOwn(LABELS, id);

/** Which key does what; each can be another, and all those of one letter can be switched off. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { on, byAction } = useKeys();
  const [changing, setChanging] = useState<string>();
  const [taken, setTaken] = useState<string>();
  const labelOf = (id: string): string => (isKnown(id) ? t(`action.${LABELS[id]}`) : id);
  const pressed = (id: string, event: KeyboardEvent): void => {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setChanging(undefined);
    if (!/^[\p{L}\p{N}]$/u.test(event.key)) return;
    const other = giveKey(id, event.key.toLowerCase());
    const words = other === undefined ? undefined : t('keys.taken', { action: labelOf(other) });
    setTaken(words);
    if (words === undefined) setChanging(undefined);
    else announce(words);
  };
  return (
    <Dialog title={t('keys.title')} onClose={onClose} wide>
      <p className="soft">{t('keys.lead')}</p>
      <Check label={t('preferences.keysOn')} checked={on} onChange={switchKeys} />
      {taken !== undefined && <p className="error">{taken}</p>}
      <dl className="keys">
        <div>
          <dt>{t('action.palette')}</dt>
          <dd>
            <kbd>Ctrl K</kbd>
          </dd>
        </div>
        <div>
          <dt>{t('action.help')}</dt>
          <dd>
            <kbd>?</kbd>
          </dd>
        </div>
        {ACTIONS.map(id => (
          <div key={id}>
            <dt>{labelOf(id)}</dt>
            <dd>
              <button
                type="button"
                className="button"
                aria-label={
                  changing === id
                    ? t('keys.press')
                    : `${t('keys.change', { action: labelOf(id) })}: ${byAction[id] ?? ''}`
                }
                onClick={() => setChanging(changing === id ? undefined : id)}
                onKeyDown={event => (changing === id ? pressed(id, event) : undefined)}
              >
                <kbd aria-hidden="true">{changing === id ? '…' : byAction[id]?.toUpperCase()}</kbd>
              </button>
            </dd>
          </div>
        ))}
      </dl>
      <div className="row">
        <Button onPress={resetKeys}>{t('keys.reset')}</Button>
      </div>
    </Dialog>
  );
}
