import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, taken } from '../api/client.js';
import { mentionsQuery } from '../api/queries.js';
import { place } from '../app/routes.js';
import { useTitle } from '../app/title.js';
import { dateTime } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Problem, useProblemWords } from '../ui/problem.js';
import { toast } from '../ui/said.js';
import { Wait } from '../ui/wait.js';

/** Where colleagues named whoever looks. */
export function MentionsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useProblemWords();
  const mentions = useQuery(mentionsQuery);
  useTitle(t('mention.title'));
  const read = (id: string): void => {
    taken(api.POST('/api/mentions/{id}/reading', { params: { path: { id } } }))
      .then(() => client.invalidateQueries({ queryKey: mentionsQuery.queryKey }))
      .catch((fault: unknown) => toast(words(fault), { kind: 'danger' }));
  };
  return (
    <div className="page">
      <h1>{t('mention.title')}</h1>
      {mentions.isPending && <Wait />}
      {mentions.error && <Problem fault={mentions.error} onRetry={() => void mentions.refetch()} />}
      {mentions.data?.items.length === 0 && <p className="soft">{t('mention.none')}</p>}
      <ul className="results">
        {mentions.data?.items.map(({ id, case: about, by, text, createdAt, readAt }) => (
          <li key={id} className="result row">
            <div className="grow">
              <Link href={place.case('open', about.id)} className="result-title">
                {about.subject}
              </Link>
              <p>{text}</p>
              <p className="small soft">
                {t('mention.by', { name: by.name })} · {dateTime(createdAt)}
              </p>
            </div>
            {readAt === undefined && <Button onPress={() => read(id)}>{t('mention.read')}</Button>}
          </li>
        ))}
      </ul>
    </div>
  );
}
