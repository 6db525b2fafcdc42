import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useVirtualizer, defaultRangeExtractor } from '@tanstack/react-virtual';
import { memo, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { caseQuery, casesQuery, type ListSource } from '../api/queries.js';
import { brief, distance } from '../i18n/format.js';
import { useOffered } from '../palette/actions.js';
import { Icon } from '../ui/icon.js';
import { whenIdle } from '../ui/later.js';
import { useNow } from '../ui/now.js';
import { Problem } from '../ui/problem.js';
import { Wait } from '../ui/wait.js';
import { urgencyOf } from '../case/urgency.js';
import { choose } from './chosen.js';

const ROW_HEIGHT = 76;
/** How many rows from the end the next page is asked for. */
const AHEAD = 40;
/** Whoever runs through the list opens the case at which they stop. */
const STOP_MS = 90;

interface ListProps {
  readonly name: string;
  readonly source: ListSource;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  /** Goes from the list into the case that is chosen. */
  readonly onEnter: () => void;
}

/** A list of cases, as long as it may be: one stop for Tab, then arrows; the case at which one stops is shown. */
export const CaseList = memo(function CaseList({ name, source, selected, onSelect, onEnter }: ListProps) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(casesQuery(source));
  const rows = useMemo(() => onceEach(list.data?.pages), [list.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [marked, setMarked] = useState<string | undefined>(selected);
  const stopping = useRef<ReturnType<typeof setTimeout>>(undefined);
  const client = useQueryClient();
  useEffect(() => setMarked(selected), [selected]);
  useEffect(
    () => () => {
      clearTimeout(stopping.current);
      choose(undefined);
    },
    [],
  );
  const at = rows.findIndex(row => row.id === marked);
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
  useOffered('list', [
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
    if (to !== undefined) mark(to, 'soon');
    else if (event.key === 'Enter' && at >= 0) {
      mark(at, 'now');
      requestAnimationFrame(onEnter);
    } else return;
    event.preventDefault();
  };

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
                  aria-selected={row.id === marked}
                  aria-posinset={item.index + 1}
                  aria-setsize={hasNextPage ? -1 : rows.length}
                  className={`case-row ${row.id === marked ? 'marked' : ''}`}
                  style={{ transform: `translateY(${item.start}px)`, height: item.size }}
                  onClick={() => mark(item.index, 'now')}
                >
                  <Row row={row} />
                </div>
              )
            );
          })}
        </div>
      </div>
      <p className="list-foot small soft" role="status">
        {isFetchingNextPage ? t('app.loading') : t('list.count', { count: rows.length })}
        {hasNextPage && !isFetchingNextPage ? ` · ${t('list.loaded', { count: rows.length })}` : ''}
      </p>
    </>
  );
});

const onceEach = (pages: readonly Schemas['CasePage'][] | undefined): Schemas['CaseSummary'][] => {
  const seen = new Map<string, Schemas['CaseSummary']>();
  for (const { items } of pages ?? []) for (const row of items) if (!seen.has(row.id)) seen.set(row.id, row);
  return [...seen.values()];
};

/** One case in a list. */
const Row = memo(function Row({ row }: { readonly row: Schemas['CaseSummary'] }) {
  const { t } = useTranslation();
  const now = useNow();
  const urgency = row.endedAt === undefined ? urgencyOf(row.nextDueAt, now) : 'quiet';
  const loud = row.priority === 'urgent' || row.priority === 'high';
  return (
    <>
      <span className="row-top">
        <span className="grow cut who">{row.contact?.name ?? t('list.noContact')}</span>
        <span className="soft small">{brief(row.lastMessageAt ?? row.openedAt, now)}</span>
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
        <span className="grow cut soft end">{row.assignee?.name ?? row.office?.name ?? t('list.nobody')}</span>
      </span>
    </>
  );
});
