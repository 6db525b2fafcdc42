import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { place } from '../app/routes.js';
import { Dialog } from '../ui/dialog.js';
import { useActions, type Action } from './actions.js';
import { found } from './find.js';
import { useKeyOf } from './use-keys.js';

const LISTED = 60;

/** Does something once the dialog is gone and gave the focus back: what is done may move it. */
function onceClosed(run: () => void): void {
  requestAnimationFrame(() => {
    if (document.querySelector('.overlay')) onceClosed(run);
    else requestAnimationFrame(() => requestAnimationFrame(run));
  });
}

/** Everything that can be done now, found by a part of its name. Enter does the one that is marked. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const actions = useActions();
  const keyOf = useKeyOf();
  const [, go] = useLocation();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const search: Action[] =
    text.trim() === ''
      ? []
      : [
          {
            id: 'search',
            group: 'go',
            label: t('palette.searchFor', { text: text.trim() }),
            run: () => go(place.search(text.trim())),
          },
        ];
  const shown = [...found(actions, text), ...search].slice(0, LISTED);
  const marked = Math.min(at, shown.length - 1);
  const run = (action: Action | undefined): void => {
    if (!action) return;
    onClose();
    onceClosed(action.run);
  };
  const move = (to: number): void => {
    setAt(to);
    list.current?.children[to]?.scrollIntoView({ block: 'nearest' });
  };
  const pressed = (event: KeyboardEvent): void => {
    const last = shown.length - 1;
    if (event.key === 'ArrowDown') move(marked >= last ? 0 : marked + 1);
    else if (event.key === 'ArrowUp') move(marked <= 0 ? last : marked - 1);
    else if (event.key === 'Enter') run(shown[marked]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t('palette.title')} onClose={onClose}>
      <input
        className="input"
        role="combobox"
        aria-label={t('palette.label')}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown.length > 0 ? `${id}-${marked}` : undefined}
        placeholder={t('palette.label')}
        value={text}
        autoFocus
        onChange={event => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={pressed}
      />
      {shown.length === 0 && <p role="status">{t('palette.empty')}</p>}
      <ul
        className="palette-list"
        role="listbox"
        id={`${id}-list`}
        aria-label={t('palette.title')}
        ref={list}
        tabIndex={-1}
      >
        {shown.map((action, index) => (
          <li
            key={action.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === marked}
            className="palette-item"
            onClick={() => run(action)}
            onPointerMove={() => setAt(index)}
          >
            <span className="grow">{action.label}</span>
            <small className="soft">{t(`palette.${action.group}`)}</small>
            {keyOf(action.id) !== undefined && <kbd>{keyOf(action.id)}</kbd>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
