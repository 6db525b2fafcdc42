import { useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, versionTag, type Schemas } from '../api/client.js';
import { Button } from '../ui/button.js';
import { Problem } from '../ui/problem.js';
import { toast } from '../ui/said.js';
import { DraftState, SaidElsewhere, WrittenElsewhere } from './draft-state.js';
import { isOfAnotherScreen, useDraft } from './draft.js';
import { MentionList, useMentions } from './mentions.js';

interface NoteFormProps {
  readonly view: Schemas['CaseView'];
  readonly onWriting: (writing: boolean) => void;
}

/** Writes for colleagues alone. */
export function NoteForm({ view, onWriting }: NoteFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const here = useDraft(view, 'note');
  const { draft, ready, said, theirs, change, keeper } = here;
  const undecided = said || theirs !== undefined;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const missing = draft.text.trim() === '';
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const write = (text: string): void => {
    if (!ready || busy) return;
    change({ text });
    onWriting(text !== '');
  };
  const mentions = useMentions({
    text: draft.text,
    caret,
    onNamed: (text, next) => {
      write(text);
      setCaret(next);
      requestAnimationFrame(() => {
        area.current?.focus();
        area.current?.setSelectionRange(next, next);
      });
    },
  });
  const send = async (): Promise<void> => {
    if (missing || busy || undecided) return;
    setBusy(true);
    setFault(undefined);
    const body = { text: draft.text };
    try {
      await keeper.say(({ key, version }) =>
        taken(
          api.POST('/api/cases/{id}/internal-notes', {
            params: { path: { id: view.id }, header: { 'Idempotency-Key': key, 'If-Match': versionTag(version) } },
            body,
          }),
        ),
      );
      onWriting(false);
      toast(t('composer.noteSaved'));
      void client.invalidateQueries({ queryKey: ['case', view.id] });
    } catch (refused) {
      if (!isOfAnotherScreen(refused)) setFault(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="composer-form"
      onSubmit={event => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={event => {
        if (mentions.pressed(event)) return;
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
      }}
    >
      <div className="field composer-text">
        <label htmlFor={id}>{t('composer.noteText')}</label>
        <span className="hint" id={`${id}-hint`}>
          {t('composer.noteHint')}
        </span>
        <textarea
          id={id}
          ref={area}
          className="input"
          rows={3}
          value={draft.text}
          readOnly={!ready || busy}
          aria-describedby={`${id}-hint`}
          aria-controls={mentions.open ? mentions.listId : undefined}
          aria-activedescendant={mentions.open ? mentions.activeId : undefined}
          onSelect={event => setCaret(event.currentTarget.selectionStart)}
          onChange={event => {
            setCaret(event.target.selectionStart);
            write(event.target.value);
          }}
        />
        <MentionList mentions={mentions} />
      </div>
      {said && <SaidElsewhere keeper={keeper} />}
      {theirs && <WrittenElsewhere mine={draft} theirs={theirs} keeper={keeper} />}
      {fault !== undefined && <Problem fault={fault} />}
      <div className="row">
        <DraftState now={here} version={view.version} />
        {missing && (
          <span id={`${id}-blocked`} className="hidden">
            {t('composer.nothingWritten')}
          </span>
        )}
        <span className="grow" />
        <Button
          kind="primary"
          submit
          icon="note"
          disabled={missing || busy || undecided}
          shortcut="Ctrl ⏎"
          describedBy={missing ? `${id}-blocked` : undefined}
        >
          {t('composer.sendNote')}
        </Button>
      </div>
    </form>
  );
}
