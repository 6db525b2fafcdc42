import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Check } from '../ui/field.js';
import { announce } from '../ui/said.js';
import { giveKey, resetKeys, SHIPPED_KEYS, switchKeys } from './keys.js';
import { useKeys } from './use-keys.js';

const LABELS = {
  'case.next': 'action.next',
  'case.previous': 'action.previous',
  'case.reply': 'action.reply',
  'case.note': 'action.note',
  'case.takeCharge': 'action.takeCharge',
  'case.assign': 'action.assign',
  'case.resolve': 'action.resolve',
  'case.askCitizen': 'action.askCitizen',
  'case.task': 'action.task',
  'case.extend': 'action.extend',
  'case.suspend': 'action.suspend',
  'case.merge': 'action.merge',
  'case.tag': 'action.tag',
  'case.place': 'action.place',
  'case.macro': 'action.macro',
  'case.call': 'action.call',
  'case.change': 'action.change',
  'case.facts': 'action.facts',
  'case.open': 'action.openCase',
  'case.split': 'work.split.action',
  'case.link': 'work.link.action',
  'case.level': 'work.level.action',
  'case.answer': 'work.task.action',
  'case.print': 'case.print',
  'list.select': 'work.bulk.select',
  'list.bulk': 'work.bulk.act',
  'list.filter': 'work.view.filter',
  'go.mine': 'action.goMine',
  'go.search': 'action.search',
  'queue.claim': 'action.openNext',
  'offer.accept': 'action.accept',
} as const;

const ACTIONS = Object.keys(SHIPPED_KEYS);
const isKnown = (id: string): id is keyof typeof LABELS => Object.hasOwn(LABELS, id);

/** Which key does what; each can be another, and all those of one letter can be switched off. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { on, byAction } = useKeys();
  const [changing, setChanging] = useState<string>();
  const [taken, setTaken] = useState<string>();
  const labelOf = (id: string): string => (isKnown(id) ? t(LABELS[id]) : id);
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
