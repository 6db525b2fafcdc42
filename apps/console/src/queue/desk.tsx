import './queue.css';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useCallback, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { place } from '../app/routes.js';
import { useTitle } from '../app/title.js';
import { queuesQuery, viewsQuery, type Sort } from '../api/queries.js';
import { useActions } from '../palette/actions.js';
import { useKeyOf } from '../palette/use-keys.js';
import { Boundary } from '../ui/boundary.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { later } from '../ui/later.js';
import { Wait } from '../ui/wait.js';
import { choose } from './chosen.js';
import { CaseList } from './list.js';
import { Sidebar } from './sidebar.js';
import { ListActs, useFilter } from './list-acts.js';
import { isBuiltIn, isFound, officeOfSource, sortBy, sortNow, sourceOf } from './sources.js';

const CasePane = later(() => import('../case/case-pane.js').then(module => module.CasePane));

interface DeskProps {
  readonly source: string;
  readonly caseId: string | undefined;
}

/** How a list is called. */
function useSourceName(source: string): string {
  const { t } = useTranslation();
  const office = officeOfSource(source);
  const views = useQuery({ ...viewsQuery, enabled: source.startsWith('view-') });
  const queues = useQuery({ ...queuesQuery, enabled: office !== undefined });
  if (isBuiltIn(source)) return t(`source.${source}`);
  if (isFound(source)) return t('work.view.found');
  if (office !== undefined)
    return queues.data?.items.find(queue => queue.office.id === office)?.office.name ?? t('source.queues');
  return views.data?.items.find(view => `view-${view.id}` === source)?.name ?? t('nav.cases');
}

/** Where cases are worked on: the lists, the list that was chosen, the case. On a narrow screen one of them at a time. */
export function Desk({ source, caseId }: DeskProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [sort, setSort] = useState<Sort>(sortNow);
  const [lists, setLists] = useState(false);
  const name = useSourceName(source);
  const { filter, view } = useFilter(source);
  const pane = useRef<HTMLElement>(null);
  useTitle(name);
  const opens = useActions().find(({ id }) => id === 'case.open');
  const keyOf = useKeyOf();
  const open = useCallback((id: string) => go(place.case(source, id)), [go, source]);
  const enter = useCallback(() => {
    pane.current?.querySelector<HTMLElement>('[data-place="case"]')?.focus();
  }, []);
  useEffect(() => setLists(false), [source]);
  const listed = useMemo(() => sourceOf(source, sort), [source, sort]);
  // The list follows at once; a long case is drawn meanwhile.
  const shown = useDeferredValue(caseId);
  useLayoutEffect(() => choose(caseId), [caseId]);
  const back = (): void => {
    go(place.list(source));
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-place="list"]')?.focus());
  };
  return (
    <div className={`desk ${caseId === undefined ? 'no-case' : 'with-case'} ${lists ? 'with-lists' : ''}`}>
      <aside className="pane lists no-print" aria-label={t('nav.lists')} id="lists">
        <Sidebar source={source} />
      </aside>
      <section className="pane list no-print" aria-label={t('list.label', { source: name })}>
        <header className="pane-head">
          <Button
            className="show-lists"
            icon="menu"
            kind="quiet"
            label={t('nav.show')}
            expanded={lists}
            controls="lists"
            onPress={() => setLists(!lists)}
          />
          <h1 className="cut grow">{name}</h1>
          {!source.startsWith('view-') && (
            <label className="sort">
              <span className="hidden">{t('list.sort')}</span>
              <select
                className="input"
                value={sort}
                onChange={event => {
                  const chosen: Sort = event.target.value === 'nextDue' ? 'nextDue' : 'newest';
                  sortBy(chosen);
                  setSort(chosen);
                }}
              >
                <option value="newest">{t('list.newest')}</option>
                <option value="nextDue">{t('list.nextDue')}</option>
              </select>
            </label>
          )}
          {opens && (
            <Button icon="plus" kind="quiet" label={opens.label} shortcut={keyOf(opens.id)} onPress={opens.run} />
          )}
          <ListActs source={source} />
        </header>
        <CaseList
          key={`${source} ${sort}`}
          name={name}
          source={listed}
          filter={filter}
          total={view?.count}
          selected={caseId}
          onSelect={open}
          onEnter={enter}
        />
      </section>
      <section className="pane case" aria-label={t('nav.cases')} aria-busy={shown !== caseId} ref={pane}>
        {shown === undefined || caseId === undefined ? (
          <div className="nothing">
            <Icon name="inbox" />
            <p>
              <strong>{t('case.none')}</strong>
            </p>
            <p className="soft">{t('case.noneLead')}</p>
          </div>
        ) : (
          <Boundary key={shown}>
            <Suspense fallback={<Wait lines={10} />}>
              <CasePane id={shown} onBack={back} />
            </Suspense>
          </Boundary>
        )}
      </section>
    </div>
  );
}
