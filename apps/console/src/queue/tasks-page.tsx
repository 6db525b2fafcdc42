import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, taken, type Schemas } from '../api/client.js';
import { place } from '../app/routes.js';
import { useSession } from '../app/session.js';
import { useTitle } from '../app/title.js';
import { day } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Problem } from '../ui/problem.js';
import { Wait } from '../ui/wait.js';

const AnswerDialog = lazy(() => import('../case/answer-form.js').then(module => ({ default: module.AnswerDialog })));

/** The questions that wait for an answer, of the offices one sees. */
export function TasksPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [answering, setAnswering] = useState<Schemas['TaskView']>();
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
            <div className="row wrap">
              <Link href={place.case('open', task.case.id)} className="result-title">
                {task.question}
              </Link>
              {may('case.work') && (
                <Button icon="reply" onPress={() => setAnswering(task)}>
                  {t('task.answer')}
                  <span className="hidden">: {task.question}</span>
                </Button>
              )}
            </div>
            <p className="small soft">
              <span className="mono">{task.case.number}</span> · {task.office?.name ?? task.body?.name} ·{' '}
              {t('task.askedBy', { name: task.askedBy.name })} ·{' '}
              <span className={task.term === 'late' ? 'error' : ''}>{t('task.due', { when: day(task.dueDate) })}</span>
            </p>
          </li>
        ))}
      </ul>
      {answering && (
        <Suspense>
          <AnswerDialog tasks={[answering]} onClose={() => setAnswering(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
