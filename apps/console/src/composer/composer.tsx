import './composer.css';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { CitizenWrites, useOthersPresent, usePayAttention } from '../case/attention.js';
import { useOffered } from '../palette/actions.js';
import { useKeyOf } from '../palette/use-keys.js';
import { isChosen } from '../queue/chosen.js';
import { Icon } from '../ui/icon.js';
import type { DraftKind } from './draft.js';
import { NoteForm } from './note-form.js';
import { ReplyForm } from './reply-form.js';

/** Where one writes in a case: to the citizen, or to colleagues, never to be mistaken for one another. */
export function Composer({ view }: { readonly view: Schemas['CaseView'] }) {
  const { t } = useTranslation();
  const keyOf = useKeyOf();
  const [kind, setKind] = useState<DraftKind>('reply');
  const [writing, setWriting] = useState(false);
  const box = useRef<HTMLElement>(null);
  const writers = useOthersPresent(view.id).filter(({ doing }) => doing === 'writing');
  usePayAttention(view.id, writing);
  const write = (next: DraftKind): void => {
    if (!isChosen(view.id)) return;
    setKind(next);
    requestAnimationFrame(() => {
      const first = (what: string) => box.current?.querySelector<HTMLElement>(what);
      // Where to answer stands above the text, which is what is to be written.
      (first('textarea') ?? first('select, button.primary'))?.focus();
    });
  };
  useOffered('composer', [
    { id: 'case.reply', group: 'here', label: t('action.reply'), run: () => write('reply') },
    { id: 'case.note', group: 'here', label: t('action.note'), run: () => write('note') },
  ]);
  return (
    <section
      ref={box}
      className={`composer ${kind} no-print`}
      aria-label={t('composer.label')}
      onKeyDown={event => {
        // Out of the text, so that keys of one letter act again.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        document.querySelector<HTMLElement>('[data-place="case"]')?.focus();
      }}
    >
      <div className="composer-kinds" role="group" aria-label={t('composer.label')}>
        {(['reply', 'note'] as const).map(one => (
          <button
            key={one}
            type="button"
            className={`composer-kind ${one}`}
            aria-pressed={kind === one}
            aria-keyshortcuts={keyOf(`case.${one}`)}
            onClick={() => write(one)}
          >
            <Icon name={one === 'reply' ? 'reply' : 'note'} />
            {t(`composer.${one}`)}
          </button>
        ))}
        {writers.length > 0 && kind === 'reply' && (
          <span className="badge warning" role="status">
            <Icon name="pencil" />
            {t(writers.length === 1 ? 'case.writing' : 'case.writing_many', {
              names: writers.map(({ operator }) => operator.name).join(', '),
            })}
          </span>
        )}
        <CitizenWrites caseId={view.id} />
      </div>
      {kind === 'reply' ? (
        <ReplyForm view={view} onWriting={setWriting} />
      ) : (
        <NoteForm view={view} onWriting={setWriting} />
      )}
    </section>
  );
}
