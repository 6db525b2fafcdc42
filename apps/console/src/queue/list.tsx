import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useVirtualizer, defaultRangeExtractor } from '@tanstack/react-virtual';
import { lazy, memo, Suspense, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { caseQuery, casesQuery, countQuery, type CaseFilter, type ListSource } from '../api/queries.js';
import { useSession } from '../app/session.js';
import { brief, distance } from '../i18n/format.js';
import { useOffered } from '../palette/actions.js';
import { useKeyOf } from '../palette/use-keys.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { whenIdle } from '../ui/later.js';
import { useNow } from '../ui/now.js';
import { Problem } from '../ui/problem.js';
import { Wait } from '../ui/wait.js';
import { announce } from '../ui/said.js';
import { officeWords } from '../case/holder.js';
import { usePersonName } from '../case/person-name.js';
import { urgencyOf } from '../case/urgency.js';
import { choose } from './chosen.js';

const BulkDialog = lazy(() => import('./bulk-dialog.js').then(module => ({ default: module.BulkDialog })));

const ROW_HEIGHT = 76;
/** How many rows from the end the next page is asked for. */
const AHEAD = 40;
/** Whoever runs through the list opens the case at which they stop. */
const STOP_MS = 90;

interface ListProps {
  readonly name: string;
  readonly source: ListSource;
  /** What the list shows, to be counted; of a view it is counted already: `total`. */
  readonly filter: CaseFilter | undefined;
  readonly total: Schemas['FoundCount'] | undefined;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  /** Goes from the list into the case that is chosen. */
  readonly onEnter: () => void;
}

/** A list of cases, as long as it may be: one stop for Tab, then arrows; the case at which one stops is shown. */
export const CaseList = memo(function CaseList({
  name,
  source,
  filter,
  total,
  selected,
  onSelect,
  onEnter,
}: ListProps) {
  const { t } = useTranslation();
  const personName = usePersonName();
  const list = useInfiniteQuery(casesQuery(source));
  const rows = useMemo(() => onceEach(list.data?.pages), [list.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [marked, setMarked] = useState<string | undefined>(selected);
  const stopping = useRef<ReturnType<typeof setTimeout>>(undefined);
  const client = useQueryClient();
  const keyOf = useKeyOf();
  useEffect(() => setMarked(selected), [selected]);
  useEffect(
    () => () => {
      clearTimeout(stopping.current);
      choose(undefined);
    },
    [],
  );
  const at = rows.findIndex(row => row.id === marked);
  const { may } = useSession();
  const choosing = may('case.bulk');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const long = rows.length > 0 && hasNextPage;
  const counted = useQuery({
    ...countQuery(filter ?? {}),
    enabled: long && total === undefined && filter !== undefined,
  });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    getItemKey: index => rows[index]?.id ?? index,
    // The marked row is always there, so that it can be told wherever one scrolled.
    rangeExtractor: range => {
      const shown = defaultRangeExtractor(range);
      return at < 0 || shown.includes(at) ? shown : [...shown, at].sort((a, b) => a - b);
    },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - AHEAD && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const mark = (to: number, open: 'now' | 'soon'): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!row) return;
    setMarked(row.id);
    choose(row.id);
    clearTimeout(stopping.current);
    if (open === 'now') onSelect(row.id);
    else {
      virtual.scrollToIndex(rows.indexOf(row));
      stopping.current = setTimeout(() => onSelect(row.id), STOP_MS);
    }
    whenIdle(() => {
      for (const near of [rows[to - 1], rows[to + 1]]) if (near) void client.prefetchQuery(caseQuery(near.id));
    });
  };
  const select = (next: ReadonlySet<string>): void => {
    setChosen(next);
    announce(t('work.bulk.chosen', { count: next.size }));
  };
  const toggle = (): void => {
    const row = rows[Math.max(0, at)];
    if (!row) return;
    if (at < 0) setMarked(row.id);
    const next = new Set(chosen);
    if (!next.delete(row.id)) next.add(row.id);
    select(next);
  };
  /** Goes on choosing from the marked row to the one above or below. */
  const extend = (to: number): void => {
    const ids = [rows[at]?.id, rows[to]?.id].filter(one => one !== undefined);
    select(new Set([...chosen, ...ids]));
    mark(to, 'soon');
  };
  useOffered('list', [
    ...(choosing && rows.length > 0
      ? [{ id: 'list.select', group: 'here' as const, label: t('work.bulk.select'), run: toggle }]
      : []),
    ...(choosing && rows.length > 0
      ? [{ id: 'list.bulk', group: 'here' as const, label: t('work.bulk.act'), run: () => setAsking(true) }]
      : []),
    ...(chosen.size > 0
      ? [{ id: 'list.none', group: 'here' as const, label: t('work.bulk.none'), run: () => select(new Set()) }]
      : []),
    { id: 'case.next', group: 'here', label: t('action.next'), run: () => mark(at + 1, 'soon') },
    { id: 'case.previous', group: 'here', label: t('action.previous'), run: () => mark(at < 0 ? 0 : at - 1, 'soon') },
    { id: 'case.list', group: 'here', label: t('action.list'), run: () => box.current?.focus() },
  ]);
  const pressed = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? ROW_HEIGHT) / ROW_HEIGHT) - 1);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: at + page,
      PageUp: at - page,
    }[event.key];
    if (choosing && event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp') && to !== undefined)
      extend(Math.max(0, Math.min(rows.length - 1, to)));
    else if (to !== undefined) mark(to, 'soon');
    else if (event.key === 'Escape' && chosen.size > 0) select(new Set());
    else if (event.key === 'Enter' && at >= 0) {
      mark(at, 'now');
      requestAnimationFrame(onEnter);
    } else return;
    event.preventDefault();
  };

  const all = total ?? counted.data;
  const countWords = !long
    ? t('list.count', { count: rows.length })
    : all === undefined
      ? t('app.loading')
      : all.more
        ? t('list.countMore', { count: all.cases })
        : t('list.count', { count: all.cases });

  if (list.isPending) return <Wait lines={8} />;
  if (list.isError && rows.length === 0) return <Problem fault={list.error} onRetry={() => void list.refetch()} />;
  return (
    <>
      {rows.length === 0 && (
        <div className="nothing">
          <p>
            <strong>{t('list.empty')}</strong>
          </p>
          <p className="soft">{t('list.emptyLead')}</p>
        </div>
      )}
      <div
        ref={box}
        className={`rows ${rows.length === 0 ? 'none' : ''}`}
        role="listbox"
        tabIndex={0}
        data-place="list"
        aria-label={t('list.label', { source: name })}
        aria-multiselectable={chosen.size > 0 || undefined}
        aria-activedescendant={at >= 0 ? `${id}-${marked}` : undefined}
        onKeyDown={pressed}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map(item => {
            const row = rows[item.index];
            return (
              row && (
                <div
                  key={item.key}
                  id={`${id}-${row.id}`}
                  role="option"
                  aria-selected={chosen.size > 0 ? chosen.has(row.id) : row.id === marked}
                  aria-posinset={item.index + 1}
                  aria-setsize={hasNextPage ? -1 : rows.length}
                  className={`case-row ${row.id === marked ? 'marked' : ''} ${chosen.has(row.id) ? 'chosen' : ''}`}
                  style={{ transform: `translateY(${item.start}px)`, height: item.size }}
                  onClick={event => {
                    if (choosing && (event.ctrlKey || event.metaKey || chosen.size > 0)) {
                      const next = new Set(chosen);
                      if (!next.delete(row.id)) next.add(row.id);
                      return select(next);
                    }
                    mark(item.index, 'now');
                  }}
                >
                  {chosen.has(row.id) && (
                    <span className="chosen-mark">
                      <Icon name="check" />
                    </span>
                  )}
                  <Row row={row} who={row.contact ? personName(row.contact) : t('list.noContact')} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {chosen.size > 0 && (
        <div className="list-chosen row wrap" role="toolbar" aria-label={t('work.bulk.title')}>
          <strong className="grow small">{t('work.bulk.chosen', { count: chosen.size })}</strong>
          <Button kind="primary" shortcut={keyOf('list.bulk')} onPress={() => setAsking(true)}>
            {t('work.bulk.act')}
          </Button>
          <Button kind="quiet" icon="cross" label={t('work.bulk.none')} onPress={() => select(new Set())} />
        </div>
      )}
      <p className="list-foot small soft" role="status">
        {countWords}
      </p>
      {asking && (
        <Suspense>
          <BulkDialog
            chosen={[...chosen]}
            source={source}
            onClose={done => {
              setAsking(false);
              if (done) setChosen(new Set());
            }}
          />
        </Suspense>
      )}
    </>
  );
});

const onceEach = (pages: readonly Schemas['CasePage'][] | undefined): Schemas['CaseSummary'][] => {
  const seen = new Map<string, Schemas['CaseSummary']>();
  for (const { items } of pages ?? []) for (const row of items) if (!seen.has(row.id)) seen.set(row.id, row);
  return [...seen.values()];
};

/** One case in a list. */
const Row = memo(function Row({ row, who }: { readonly row: Schemas['CaseSummary']; readonly who: string }) {
  const { t } = useTranslation();
  const now = useNow();
  const urgency = row.endedAt === undefined ? urgencyOf(row.nextDueAt, row.openedAt, now) : 'quiet';
  const loud = row.priority === 'urgent' || row.priority === 'high';
  return (
    <>
      <span className="row-top">
        <span className="grow cut who">{who}</span>
        <span className="soft small">{brief(row.openedAt, now)}</span>
      </span>
      <span className="cut subject">{row.subject}</span>
      <span className="row-end small">
        <span className="soft mono">{row.number}</span>
        <span className="badge">{t(`state.${row.state}`)}</span>
        {loud && (
          <span className={`badge ${row.priority === 'urgent' ? 'danger' : 'warning'}`}>
            {t(`priority.${row.priority}`)}
          </span>
        )}
        {row.nextDueAt !== undefined && row.endedAt === undefined && urgency !== 'quiet' && (
          <span className={`badge ${urgency === 'late' ? 'danger' : 'warning'}`}>
            <Icon name={urgency === 'late' ? 'alert' : 'clock'} />
            {t(urgency === 'late' ? 'list.lateBy' : 'list.due', { when: distance(row.nextDueAt, now, 'narrow') })}
          </span>
        )}
        <span className="holder">
          <span className="cut soft">{row.assignee?.name ?? officeWords(t, row)}</span>
        </span>
      </span>
    </>
  );
});
