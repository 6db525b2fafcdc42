import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { Button } from '../ui/button.js';
import { TextInput } from '../ui/field.js';
import { Problem } from '../ui/problem.js';
import { toast } from '../ui/said.js';
import { DraftState } from './draft-state.js';
import { useDraft } from './draft.js';

interface NoteFormProps {
  readonly view: Schemas['CaseView'];
  readonly onWriting: (writing: boolean) => void;
}

/** Writes for colleagues alone. */
export function NoteForm({ view, onWriting }: NoteFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { draft, kept, ready, change, clear, keyFor } = useDraft(view.id, 'note', view.version);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const missing = draft.text.trim() === '';
  const send = async (): Promise<void> => {
    if (missing || busy) return;
    setBusy(true);
    setFault(undefined);
    const body = { text: draft.text };
    try {
      await taken(
        api.POST('/api/cases/{id}/internal-notes', {
          params: { path: { id: view.id }, header: { 'Idempotency-Key': keyFor(body) } },
          body,
        }),
      );
      clear();
      onWriting(false);
      toast(t('composer.noteSaved'));
      void client.invalidateQueries({ queryKey: ['case', view.id] });
    } catch (refused) {
      setFault(refused);
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
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
      }}
    >
      <TextInput
        label={t('composer.noteText')}
        hint={t('composer.noteHint')}
        lines={3}
        value={draft.text}
        readOnly={!ready}
        onChange={text => {
          if (!ready) return;
          change({ text });
          onWriting(text !== '');
        }}
      />
      {fault !== undefined && <Problem fault={fault} />}
      <div className="row">
        <DraftState draft={draft} kept={kept} version={view.version} />
        <span className="grow" />
        <Button kind="primary" submit icon="note" disabled={missing || busy} shortcut="Ctrl ⏎">
          {t('composer.sendNote')}
        </Button>
      </div>
    </form>
  );
}
