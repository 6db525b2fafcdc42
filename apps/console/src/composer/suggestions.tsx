import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { found } from '../palette/find.js';

/** So many that they stand over the text without scrolling. */
const LISTED = 6;

interface Suggestible {
  readonly id: string;
  /** By which it is found. */
  readonly label: string;
}

interface Asked<T> {
  /** What was typed to find one, and where: absent while nothing is asked for. Shut, it stays so until the place is another. */
  readonly asked: { readonly letters: string; readonly place: string | number } | undefined;
  readonly all: readonly T[];
  readonly loading: boolean;
  /** Keys that choose the marked one. */
  readonly keys: readonly string[];
  readonly choose: (one: T) => void;
}

export interface Suggestions<T> extends Pick<Asked<T>, 'loading' | 'choose'> {
  readonly open: boolean;
  readonly listId: string;
  readonly activeId: string | undefined;
  readonly shown: readonly T[];
  readonly at: number;
  /** Whether the key was one of the list's. */
  readonly pressed: (event: KeyboardEvent) => boolean;
}

/** What fits what is being typed in a text, chosen without leaving it. */
export function useSuggestions<T extends Suggestible>({ asked, all, loading, keys, choose }: Asked<T>): Suggestions<T> {
  const listId = useId();
  const [shut, setShut] = useState<string | number>();
  const [marked, setMarked] = useState(0);
  const open = asked !== undefined && shut !== asked.place;
  const shown = open ? found(all, asked.letters).slice(0, LISTED) : [];
  const last = shown.length - 1;
  const at = Math.min(marked, Math.max(0, last));
  const chosen = (one: T): void => {
    setMarked(0);
    choose(one);
  };
  const pressed = (event: KeyboardEvent): boolean => {
    if (!open || !(event.target instanceof HTMLTextAreaElement)) return false;
    const one = shown[at];
    if (event.key === 'ArrowDown' && last >= 0) setMarked(at >= last ? 0 : at + 1);
    else if (event.key === 'ArrowUp' && last >= 0) setMarked(at <= 0 ? last : at - 1);
    else if (keys.includes(event.key) && one && !event.ctrlKey && !event.metaKey) chosen(one);
    else if (event.key === 'Escape') setShut(asked.place);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    open,
    listId,
    activeId: last >= 0 ? `${listId}-${at}` : undefined,
    shown,
    loading,
    at,
    choose: chosen,
    pressed,
  };
}

interface SuggestionListProps<T> {
  readonly of: Suggestions<T>;
  readonly label: string;
  readonly hint: string;
  readonly none: string;
  readonly children: (one: T) => ReactNode;
}

/** What fits what was typed. */
export function SuggestionList<T extends Suggestible>({ of, label, hint, none, children }: SuggestionListProps<T>) {
  const { t } = useTranslation();
  const { open, listId, shown, loading, at, choose } = of;
  if (!open) return null;
  return (
    <div className="popover templates">
      <p className="small soft" role="status">
        {loading ? t('app.loading') : shown.length === 0 ? none : hint}
      </p>
      <ul id={listId} role="listbox" tabIndex={-1} aria-label={label}>
        {shown.map((one, index) => (
          <li
            key={one.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className="palette-item"
            // The text keeps the focus.
            onPointerDown={event => event.preventDefault()}
            onClick={() => choose(one)}
          >
            {children(one)}
          </li>
        ))}
      </ul>
    </div>
  );
}
