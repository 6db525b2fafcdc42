import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { useChange } from '../ui/act.js';
import { Dialog } from '../ui/dialog.js';
import { Select, TextInput } from '../ui/field.js';
import { FormEnd, isBlocked } from '../ui/form-end.js';
import { Problem } from '../ui/problem.js';
import { OUTCOMES, type Outcome } from './commands.js';

type Task = Schemas['TaskView'];
type Move = 'answer' | 'refuse' | 'extend' | 'cancel';

interface AnswerDialogProps {
  /** Those that wait, the one to begin with first. */
  readonly tasks: readonly Task[];
  readonly onClose: () => void;
}

/** What becomes of a question: it is answered, sent back, put off, or taken back by who asked. */
export function AnswerDialog({ tasks, onClose }: AnswerDialogProps) {
  const { t } = useTranslation();
  const [id, setId] = useState(tasks[0]?.id ?? '');
  const [move, setMove] = useState<Move>('answer');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [outcome, setOutcome] = useState<Outcome | ''>('');
  const [dueDate, setDueDate] = useState('');
  const task = tasks.find(one => one.id === id);
  const why = reason.trim();
  const lacks =
    move === 'answer'
      ? [text.trim() === '' && t('work.task.text')]
      : [move === 'extend' && dueDate === '' && t('form.dueDate'), why === '' && t('form.reason')];
  const change = useChange({
    run: () =>
      taken(
        api.POST('/api/tasks/{id}/moves', {
          params: { path: { id } },
          body:
            move === 'answer'
              ? { command: move, text, ...(outcome === '' ? {} : { outcome }) }
              : { command: move, reason: why, ...(move === 'extend' ? { dueDate } : {}) },
        }),
      ),
    reads: ['tasks', 'case'],
    done: t('work.task.done'),
    then: onClose,
  });
  return (
    <Dialog title={t('work.task.action')} onClose={onClose}>
      <form
        className="form"
        noValidate
        onSubmit={event => {
          event.preventDefault();
          if (!isBlocked({ lacks }) && !change.isPending) change.mutate(undefined);
        }}
      >
        {tasks.length > 1 && (
          <Select
            label={t('work.task.which')}
            value={id}
            options={tasks.map(one => [
              one.id,
              `${one.office?.name ?? one.body?.name ?? ''}: ${one.question.slice(0, 80)}`,
            ])}
            onChange={setId}
          />
        )}
        {task && <p className="words task-card">{task.question}</p>}
        <Select<Move>
          label={t('work.task.what')}
          value={move}
          options={(['answer', 'refuse', 'extend', 'cancel'] as const).map(one => [one, t(`work.task.${one}`)])}
          onChange={setMove}
        />
        {move === 'answer' ? (
          <>
            <TextInput label={t('work.task.text')} lines={5} value={text} onChange={setText} required autoFocus />
            <Select<Outcome>
              label={t('form.outcome')}
              empty={t('work.view.any')}
              value={outcome}
              options={OUTCOMES.map(one => [one, t(`outcome.${one}`)])}
              onChange={setOutcome}
            />
          </>
        ) : (
          <>
            {move === 'extend' && (
              <TextInput label={t('form.dueDate')} type="date" value={dueDate} onChange={setDueDate} required />
            )}
            <TextInput label={t('form.reason')} lines={2} value={reason} onChange={setReason} required />
          </>
        )}
        {change.error && <Problem fault={change.error} />}
        <FormEnd button={t('work.task.button')} busy={change.isPending} lacks={lacks} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
