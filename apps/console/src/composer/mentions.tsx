import { useQuery } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { operatorsQuery } from '../api/queries.js';
import { found } from '../palette/find.js';
import { mentionAt, mentioned } from './mention-at.js';

type Colleague = Pick<Schemas['OperatorView'], 'id' | 'code' | 'name'> & {
  readonly office: string;
  readonly label: string;
};

const LISTED = 6;

interface Asked {
  readonly text: string;
  /** Where one writes in the text. */
  readonly caret: number;
  /** The text with a colleague named in it, and where one goes on writing. */
  readonly onNamed: (text: string, caret: number) => void;
}

export interface Mentions {
  readonly open: boolean;
  readonly listId: string;
  readonly activeId: string | undefined;
  readonly shown: readonly Colleague[];
  readonly loading: boolean;
  readonly at: number;
  readonly choose: (colleague: Colleague) => void;
  /** Whether the key was one of the list's. */
  readonly pressed: (event: KeyboardEvent) => boolean;
}

/** The colleagues, asked for by «@» in a note, found by what follows it: a part of their name or of their code. */
export function useMentions({ text, caret, onNamed }: Asked): Mentions {
  const listId = useId();
  const asked = mentionAt(text, caret);
  const [shut, setShut] = useState<number>();
  const open = asked !== undefined && shut !== asked.from;
  const operators = useQuery({ ...operatorsQuery, enabled: open });
  const [marked, setMarked] = useState(0);
  const all = (operators.data?.items ?? [])
    .filter(({ active }) => active)
    .map(({ id, code, name, office }) => ({ id, code, name, office: office.name, label: `${name} ${code}` }));
  const shown = open ? found(all, asked.letters).slice(0, LISTED) : [];
  const at = Math.min(marked, Math.max(0, shown.length - 1));
  const choose = ({ code }: Colleague): void => {
    if (!asked) return;
    const next = mentioned(text, asked.from, caret, code);
    setMarked(0);
    onNamed(next.text, next.caret);
  };
  const pressed = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    const last = shown.length - 1;
    const colleague = shown[at];
    if (event.key === 'ArrowDown' && last >= 0) setMarked(at >= last ? 0 : at + 1);
    else if (event.key === 'ArrowUp' && last >= 0) setMarked(at <= 0 ? last : at - 1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && colleague && !event.ctrlKey && !event.metaKey)
      choose(colleague);
    else if (event.key === 'Escape') setShut(asked.from);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    open,
    listId,
    activeId: shown.length > 0 ? `${listId}-${at}` : undefined,
    shown,
    loading: operators.isPending,
    at,
    choose,
    pressed,
  };
}

/** The colleagues that fit what was typed. */
export function MentionList({ mentions }: { readonly mentions: Mentions }) {
  const { t } = useTranslation();
  const { open, listId, shown, loading, at, choose } = mentions;
  if (!open) return null;
  return (
    <div className="popover templates">
      <p className="small soft" role="status">
        {loading ? t('app.loading') : t(shown.length === 0 ? 'work.mention.none' : 'work.mention.hint')}
      </p>
      <ul id={listId} role="listbox" tabIndex={-1} aria-label={t('work.mention.label')}>
        {shown.map((colleague, index) => (
          <li
            key={colleague.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className="palette-item"
            // The text keeps the focus.
            onPointerDown={event => event.preventDefault()}
            onClick={() => choose(colleague)}
          >
            <strong className="grow cut">{colleague.name}</strong>
            <small className="soft">
              @{colleague.code} · {colleague.office}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}
