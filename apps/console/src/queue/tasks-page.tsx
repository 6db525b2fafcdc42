import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, taken } from '../api/client.js';
import { place } from '../app/routes.js';
import { useTitle } from '../app/title.js';
import { day } from '../i18n/format.js';
import { Problem } from '../ui/problem.js';
import { Wait } from '../ui/wait.js';

/** The questions that wait for an answer, of the offices one sees. */
export function TasksPage() {
  const { t } = useTranslation();
  useTitle(t('task.pageTitle'));
  const tasks = useQuery({
    queryKey: ['tasks', 'open'],
    queryFn: ({ signal }) => taken(api.GET('/api/tasks', { params: { query: { state: 'open', limit: 100 } }, signal })),
  });
  return (
    <div className="page">
      <h1>{t('task.pageTitle')}</h1>
      {tasks.isPending && <Wait />}
      {tasks.error && <Problem fault={tasks.error} onRetry={() => void tasks.refetch()} />}
      {tasks.data?.items.length === 0 && <p className="soft">{t('task.none')}</p>}
      <ul className="results">
        {tasks.data?.items.map(task => (
          <li key={task.id} className="result">
            <Link href={place.case('open', task.case.id)} className="result-title">
              {task.question}
            </Link>
            <p className="small soft">
              <span className="mono">{task.case.number}</span> · {task.office?.name ?? task.body?.name} ·{' '}
              {t('task.askedBy', { name: task.askedBy.name })} ·{' '}
              <span className={task.term === 'late' ? 'error' : ''}>{t('task.due', { when: day(task.dueDate) })}</span>
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
