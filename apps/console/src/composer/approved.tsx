import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, onceKey, taken, type Schemas } from '../api/client.js';
import { Button } from '../ui/button.js';
import { TextInput } from '../ui/field.js';
import { Problem } from '../ui/problem.js';
import { toast } from '../ui/said.js';

interface ApprovedProps {
  readonly view: Schemas['CaseView'];
  readonly conversation: string;
}

/** Answers with a text that was approved beforehand, where words of one's own are not accepted any more. */
export function Approved({ view, conversation }: ApprovedProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [language, setLanguage] = useState('it');
  const [values, setValues] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const [key, setKey] = useState(onceKey);
  const missing = name.trim() === '' || language.trim() === '';
  const send = async (): Promise<void> => {
    if (missing || busy) return;
    setBusy(true);
    setFault(undefined);
    try {
      const parameters = values.split('\n').filter(line => line.trim() !== '');
      await taken(
        api.POST('/api/cases/{id}/replies', {
          params: { path: { id: view.id }, header: { 'Idempotency-Key': key } },
          body: { conversation, template: { name: name.trim(), language: language.trim(), parameters } },
        }),
      );
      setName('');
      setValues('');
      toast(t('composer.sent'));
      void client.invalidateQueries({ queryKey: ['case', view.id] });
    } catch (refused) {
      setFault(refused);
    } finally {
      setKey(onceKey());
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
    >
      <strong>{t('composer.useApproved')}</strong>
      <div className="composer-pair">
        <TextInput label={t('composer.approvedName')} value={name} onChange={setName} />
        <TextInput label={t('composer.approvedLanguage')} value={language} onChange={setLanguage} />
      </div>
      <TextInput label={t('composer.approvedParameters')} optional lines={2} value={values} onChange={setValues} />
      {fault !== undefined && <Problem fault={fault} />}
      <div className="row">
        <span className="grow" />
        <Button kind="primary" submit icon="send" disabled={missing || busy}>
          {t('composer.send')}
        </Button>
      </div>
    </form>
  );
}
