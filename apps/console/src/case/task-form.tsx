import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, onceKey, taken } from '../api/client.js';
import { Select, TextInput } from '../ui/field.js';
import { ActForm, type ActFormProps } from './act-form.js';
import { OnDutyPick } from './on-duty.js';
import { OfficePick } from './step-form.js';

/** Puts a question to an office, or to a body outside. */
export function TaskForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const [whom, setWhom] = useState<'office' | 'body'>('office');
  const [office, setOffice] = useState<string>();
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [question, setQuestion] = useState('');
  const [dueDate, setDueDate] = useState('');
  const [key] = useState(onceKey);
  return (
    <ActForm
      view={view}
      onClose={onClose}
      lacks={[
        ...(whom === 'office'
          ? [office === undefined && t('form.office')]
          : [name.trim() === '' && t('form.bodyName'), address.trim() === '' && t('form.bodyAddress')]),
        question.trim() === '' && t('form.question'),
      ]}
      act={{
        name: 'task',
        words: question,
        run: () =>
          taken(
            api.POST('/api/cases/{id}/tasks', {
              params: { path: { id: view.id }, header: { 'Idempotency-Key': key } },
              body: {
                question,
                ...(whom === 'office' ? { ...(office === undefined ? {} : { office }) } : { body: { name, address } }),
                ...(dueDate === '' ? {} : { dueDate }),
              },
            }),
          ),
      }}
    >
      <Select
        label={t('form.askWhom')}
        value={whom}
        options={[
          ['office', t('form.office')],
          ['body', t('form.body')],
        ]}
        onChange={setWhom}
      />
      {whom === 'office' ? (
        <>
          <OfficePick label={t('form.office')} value={office} onChange={setOffice} />
          <OnDutyPick category={view.category?.id} chosen={{ office, operator: undefined }} onChoose={setOffice} />
        </>
      ) : (
        <>
          <TextInput label={t('form.bodyName')} value={name} onChange={setName} required />
          <TextInput label={t('form.bodyAddress')} type="email" value={address} onChange={setAddress} required />
        </>
      )}
      <TextInput
        label={t('form.question')}
        hint={t('form.questionHint')}
        lines={4}
        value={question}
        onChange={setQuestion}
        required
      />
      <TextInput label={t('form.byDate')} type="date" optional value={dueDate} onChange={setDueDate} />
    </ActForm>
  );
}
