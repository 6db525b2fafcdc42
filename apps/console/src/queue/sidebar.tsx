import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { api, taken, type Schemas } from '../api/client.js';
import { countQuery, mentionsQuery, queuesQuery, viewsQuery } from '../api/queries.js';
import { place } from '../app/routes.js';
import { useSession } from '../app/session.js';
import { number } from '../i18n/format.js';
import { useOffered } from '../palette/actions.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { useProblemWords } from '../ui/problem.js';
import { announce, toast } from '../ui/said.js';
import { BUILT_IN, COUNTED, filterOf, queueSource, viewSource, type BuiltIn } from './sources.js';

/** The lists of cases: those of everybody, one's views and those that others share, the queues. With how many cases each has, as it changes. */
export const Sidebar = memo(function Sidebar({ source }: { readonly source: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [filters] = useState(() => COUNTED.map(one => [one, filterOf(one)] as const));
  const counts = useQueries({ queries: filters.map(([, filter]) => countQuery(filter)) });
  const countOf = (one: BuiltIn): Schemas['FoundCount'] | undefined =>
    counts[filters.findIndex(([name]) => name === one)]?.data;
  const views = useQuery(viewsQuery);
  const queues = useQuery(queuesQuery);
  const mentions = useQuery(mentionsQuery);
  const unread = mentions.data?.items.filter(({ readAt }) => readAt === undefined).length ?? 0;
  const claim = useClaim();
  const mine = views.data?.items.filter(view => view.mine) ?? [];
  const shared = views.data?.items.filter(view => !view.mine) ?? [];
  const busy = queues.data?.items.filter(({ waiting, inHand, offered }) => waiting + inHand + offered > 0) ?? [];
  const first = busy.find(({ waiting }) => waiting > 0);
  useOffered(
    'queues',
    may('work.take') && first
      ? [
          {
            id: 'queue.claim',
            group: 'here',
            label: t('action.claim', { queue: first.office.name }),
            run: () => claim(first.office.id),
          },
        ]
      : [],
  );
  return (
    <nav className="sources" aria-label={t('nav.lists')}>
      <h2>{t('source.work')}</h2>
      <ul>
        {BUILT_IN.map(one => (
          <Source
            key={one}
            to={one}
            here={source === one}
            name={t(`source.${one}`)}
            count={countOf(one)}
            loud={one === 'late'}
          />
        ))}
        <li>
          <Link href={place.mentions} className="source">
            <span className="grow cut" title={t('mention.title')}>
              {t('mention.title')}
            </span>
            {unread > 0 && <span className="count">{number(unread)}</span>}
          </Link>
        </li>
      </ul>
      {mine.length > 0 && (
        <>
          <h2>{t('source.mine_views')}</h2>
          <ul>
            {mine.map(({ id, name, count }) => (
              <Source key={id} to={viewSource(id)} here={source === viewSource(id)} name={name} count={count} />
            ))}
          </ul>
        </>
      )}
      {shared.length > 0 && (
        <>
          <h2>{t('source.shared_views')}</h2>
          <ul>
            {shared.map(({ id, name, count }) => (
              <Source key={id} to={viewSource(id)} here={source === viewSource(id)} name={name} count={count} />
            ))}
          </ul>
        </>
      )}
      {busy.length > 0 && (
        <>
          <h2>{t('source.queues')}</h2>
          <ul>
            {busy.map(({ office, waiting }) => (
              <li key={office.id} className="row">
                <Link
                  href={place.list(queueSource(office.id))}
                  className={`source grow ${source === queueSource(office.id) ? 'here' : ''}`}
                  aria-current={source === queueSource(office.id) ? 'page' : undefined}
                >
                  <span className="grow cut" title={office.name}>
                    {office.name}
                  </span>
                  <span className="count" title={t('source.waiting', { count: waiting })}>
                    {number(waiting)}
                    <span className="hidden"> {t('source.waiting', { count: waiting })}</span>
                  </span>
                </Link>
                {may('work.take') && waiting > 0 && (
                  <Button
                    kind="quiet"
                    icon="inbox"
                    label={t('action.claim', { queue: office.name })}
                    onPress={() => claim(office.id)}
                  />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </nav>
  );
});

interface SourceProps {
  readonly to: string;
  readonly here: boolean;
  readonly name: string;
  readonly count: Schemas['FoundCount'] | undefined;
  readonly loud?: boolean;
}

function Source({ to, here, name, count, loud = false }: SourceProps) {
  const { t } = useTranslation();
  const many = count && `${count.more ? '>' : ''}${number(count.cases)}`;
  return (
    <li>
      <Link href={place.list(to)} className={`source ${here ? 'here' : ''}`} aria-current={here ? 'page' : undefined}>
        {loud && (count?.cases ?? 0) > 0 && <Icon name="alert" />}
        <span className="grow cut" title={name}>
          {name}
        </span>
        {count && (count.cases > 0 || count.more) && (
          <span className={`count ${loud ? 'loud' : ''}`}>
            <span aria-hidden="true">{many}</span>
            <span className="hidden">
              {count.more ? t('list.countMore', { count: count.cases }) : t('list.count', { count: count.cases })}
            </span>
          </span>
        )}
      </Link>
    </li>
  );
}

/** Takes the next case of a queue, and opens it. */
function useClaim(): (office: string) => void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, go] = useLocation();
  const words = useProblemWords();
  return office => {
    void (async () => {
      try {
        const item = await taken(api.POST('/api/queues/{id}/claims', { params: { path: { id: office } } }));
        // 204: nothing waits.
        const claimed = item as Schemas['WorkItemView'] | undefined;
        if (claimed === undefined) return void toast(t('source.nothingWaits'));
        void client.invalidateQueries({ queryKey: ['queues'] });
        go(place.case('mine', claimed.case.id));
        announce(`${claimed.case.number}: ${claimed.case.subject}`);
      } catch (fault) {
        toast(words(fault), { kind: 'danger' });
      }
    })();
  };
}
