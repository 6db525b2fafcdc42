import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { day } from '../i18n/format.js';
import { Icon } from '../ui/icon.js';

const KINDS = { open: 'info', answered: 'success', refused: 'warning', cancelled: '' } as const;

/** A question that was put to somebody, and what became of it. */
export function TaskCard({ task }: { readonly task: Schemas['TaskView'] }) {
  const { t } = useTranslation();
  return (
    <div className="task-card small">
      <p className="row wrap">
        <Icon name="question" />
        <strong>{task.office?.name ?? task.body?.name}</strong>
        <span className={`badge ${task.term === 'late' ? 'danger' : KINDS[task.state]}`}>
          {t(`task.${task.state}`)}
        </span>
        {task.state === 'open' && <span>{t('task.due', { when: day(task.dueDate) })}</span>}
      </p>
      <p className="words">{task.question}</p>
      {task.answer !== undefined && <p className="words answer">{task.answer}</p>}
      {task.reason !== undefined && <p className="soft">{task.reason}</p>}
    </div>
  );
}
