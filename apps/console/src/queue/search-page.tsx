import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { api, taken, type Schemas } from '../api/client.js';
import { searchQuery } from '../api/queries.js';
import { place } from '../app/routes.js';
import { useTitle } from '../app/title.js';
import { GlassOffer } from '../case/glass.js';
import { officeWords } from '../case/holder.js';
import { usePersonName } from '../case/person-name.js';
import { brief } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { useNow } from '../ui/now.js';
import { Problem } from '../ui/problem.js';
import { Wait } from '../ui/wait.js';
import { joined } from './snippet.js';

const ORDERS = ['relevance', 'newest'] as const;
const FEWEST_LETTERS = 2;

/** Finds cases by words, names, numbers and addresses; and the people they are of. */
export function SearchPage() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('q') ?? '';
  const [text, setText] = useState(asked);
  const [order, setOrder] = useState<(typeof ORDERS)[number]>('relevance');
  useTitle(t('search.title'));
  useEffect(() => setText(asked), [asked]);
  const personName = usePersonName();
  const enough = asked.trim().length >= FEWEST_LETTERS;
  const cases = useInfiniteQuery({ ...searchQuery(asked, order), enabled: enough });
  const people = useQuery({
    queryKey: ['contacts', asked],
    enabled: enough,
    queryFn: ({ signal }) => taken(api.GET('/api/contacts', { params: { query: { text: asked, limit: 10 } }, signal })),
  });
  const found = cases.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="page">
      <h1>{t('search.title')}</h1>
      <form
        className="search-form"
        role="search"
        onSubmit={event => {
          event.preventDefault();
          go(place.search(text.trim()));
        }}
      >
        <label className="grow">
          <span className="hidden">{t('search.label')}</span>
          <input
            className="input"
            type="search"
            value={text}
            autoFocus
            placeholder={t('search.label')}
            onChange={event => setText(event.target.value)}
          />
        </label>
        <label>
          <span className="hidden">{t('search.order')}</span>
          <select
            className="input"
            value={order}
            onChange={event => setOrder(ORDERS.find(one => one === event.target.value) ?? 'relevance')}
          >
            {ORDERS.map(one => (
              <option key={one} value={one}>
                {t(`search.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <Button kind="primary" icon="search" submit>
          {t('search.button')}
        </Button>
      </form>
      {!enough && <p className="soft">{t('search.hint')}</p>}
      {enough && cases.isPending && <Wait />}
      {cases.error && <Problem fault={cases.error} onRetry={() => void cases.refetch()} />}
      {cases.data && (
        <p role="status" className="small soft">
          {found.length === 0 && !cases.hasNextPage ? t('search.none') : t('list.count', { count: found.length })}
        </p>
      )}
      {cases.data && found.length === 0 && !cases.hasNextPage && /\d{4}-\d{3,}/.test(asked) && (
        <GlassOffer number={asked.trim()} />
      )}
      {(people.data?.items.length ?? 0) > 0 && (
        <section aria-label={t('search.contacts')}>
          <h2 className="section-title">{t('search.contacts')}</h2>
          <ul className="chips">
            {people.data?.items.map(({ id, name, addresses }) => (
              <li key={id}>
                <Link className="button" href={place.contact(id)}>
                  {personName({ name, addresses })}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {found.length > 0 && (
        <section aria-label={t('search.results')}>
          <ul className="results">
            {found.map(({ case: one, snippet }) => (
              <Result key={one.id} row={one} snippet={snippet} />
            ))}
          </ul>
        </section>
      )}
      {cases.hasNextPage && (
        <Button disabled={cases.isFetchingNextPage} onPress={() => void cases.fetchNextPage()}>
          {t('search.more')}
        </Button>
      )}
    </div>
  );
}

interface ResultProps {
  readonly row: Schemas['CaseSummary'];
  readonly snippet?: readonly Schemas['SnippetPiece'][];
}

/** A case among those found. */
export function Result({ row, snippet = [] }: ResultProps) {
  const { t } = useTranslation();
  const personName = usePersonName();
  const now = useNow();
  return (
    <li className="result">
      <Link href={place.case('open', row.id)} className="result-title">
        {row.subject}
      </Link>
      <p className="small soft">
        <span className="mono">{row.number}</span> · {t(`state.${row.state}`)} ·{' '}
        {row.contact ? personName(row.contact) : t('list.noContact')} · {officeWords(t, row)} ·{' '}
        {brief(row.openedAt, now)}
      </p>
      {snippet.length > 0 && (
        <p className="small">
          {joined(snippet).map(({ text, found }, index) => (found ? <mark key={index}>{text}</mark> : text))}
        </p>
      )}
    </li>
  );
}
