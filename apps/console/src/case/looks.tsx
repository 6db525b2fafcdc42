import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken } from '../api/client.js';
import { dateTime } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Problem } from '../ui/problem.js';
import { Wait } from '../ui/wait.js';
import { Section } from './fact-section.js';

/** Who looked at the case, for those who may read the trail: read when they ask, since reading leaves an entry too. */
export function Looks({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const looks = useInfiniteQuery({
    queryKey: ['looks', caseId],
    enabled: asked,
    queryFn: ({ pageParam, signal }) =>
      taken(
        api.GET('/api/trail', {
          params: {
            query: { case: caseId, limit: 30, ...(pageParam === undefined ? {} : { after: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next,
  });
  const entries =
    looks.data?.pages.flatMap(({ items }) => items).filter(({ act }) => act === 'looked' || act === 'exported') ?? [];
  return (
    <Section title={t('work.looks.title')}>
      {!asked && (
        <>
          <Button icon="eye" onPress={() => setAsked(true)}>
            {t('work.looks.show')}
          </Button>
          <p className="small soft">{t('work.looks.hint')}</p>
        </>
      )}
      {asked && looks.isPending && <Wait />}
      {looks.error && <Problem fault={looks.error} onRetry={() => void looks.refetch()} />}
      {looks.data && entries.length === 0 && !looks.hasNextPage && <p className="small soft">{t('work.looks.none')}</p>}
      <ul className="others small" data-looks={asked || undefined}>
        {entries.map(({ id, at, operator, act, operation }) => (
          <li key={id}>
            <strong>{operator.name}</strong> {t(wordsOf(act, operation))}{' '}
            <time className="soft" dateTime={at}>
              {dateTime(at)}
            </time>
          </li>
        ))}
      </ul>
      {looks.hasNextPage && (
        <Button kind="quiet" onPress={() => void looks.fetchNextPage()}>
          {t('work.looks.more')}
        </Button>
      )}
    </Section>
  );
}

/** An office that opened the link of its letter is known by the link alone: nobody there is. */
const wordsOf = (
  act: string,
  operation: string,
): 'work.looks.letterLink' | 'work.looks.exported' | 'work.looks.looked' =>
  operation === 'openLetterLink'
    ? 'work.looks.letterLink'
    : act === 'exported'
      ? 'work.looks.exported'
      : 'work.looks.looked';
