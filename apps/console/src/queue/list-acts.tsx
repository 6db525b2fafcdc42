import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { viewsQuery, type CaseFilter } from '../api/queries.js';
import { useSession } from '../app/session.js';
import { useOffered, type Action } from '../palette/actions.js';
import { useKeyOf } from '../palette/use-keys.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu.js';
import { useTakeAway } from '../ui/take-away.js';
import { filterOfSource, sortNow, sourceOf, viewSource } from './sources.js';
import { useCasesSheet } from './cases-sheet.js';

const FilterDialog = lazy(() => import('./filter-dialog.js').then(module => ({ default: module.FilterDialog })));
const ViewDialog = lazy(() => import('./view-dialog.js').then(module => ({ default: module.ViewDialog })));
const RemoveView = lazy(() => import('./view-dialog.js').then(module => ({ default: module.RemoveView })));

type Asking = 'filter' | 'save' | 'change' | 'remove';

/** The filter of a list; undefined until the view it is of is known. */
export function useFilter(source: string): {
  readonly filter: CaseFilter | undefined;
  readonly view: Schemas['SavedView'] | undefined;
} {
  const isView = source.startsWith(viewSource(''));
  const views = useQuery({ ...viewsQuery, enabled: isView });
  const view = views.data?.items.find(({ id }) => viewSource(id) === source);
  const filter = useMemo(() => (isView ? view?.filter : filterOfSource(source)), [isView, view?.filter, source]);
  return { view, filter };
}

/** What can be done with a list: filtered, saved as a view, and what one may do with a view of one's own. */
export function ListActs({ source }: { readonly source: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const keyOf = useKeyOf();
  const { filter, view } = useFilter(source);
  const [asking, setAsking] = useState<Asking>();
  const { take } = useTakeAway();
  const sheet = useCasesSheet();
  const close = (): void => setAsking(undefined);
  const acts: Action[] =
    filter === undefined || !may('case.read')
      ? []
      : [
          { id: 'list.filter', group: 'here', label: t('work.view.filter'), run: () => setAsking('filter') },
          ...(['csv', 'xlsx'] as const).map(ending => ({
            id: `list.${ending}`,
            group: 'here' as const,
            label: t(`app.${ending}`),
            run: () => take('filodiretto-pratiche', ending, () => sheet(sourceOf(source, sortNow()))),
          })),
          { id: 'list.saveView', group: 'here', label: t('work.view.save'), run: () => setAsking('save') },
          ...(view?.mine
            ? [
                {
                  id: 'list.changeView',
                  group: 'here' as const,
                  label: t('work.view.change'),
                  run: () => setAsking('change'),
                },
                {
                  id: 'list.removeView',
                  group: 'here' as const,
                  label: t('work.view.remove'),
                  run: () => setAsking('remove'),
                },
              ]
            : []),
        ];
  useOffered('list-acts', acts);
  return (
    <>
      <Menu
        className="quiet icon"
        label={t('work.view.list')}
        button={<Icon name="more" />}
        choices={acts.map(({ id, label }) => ({ id, label, shortcut: keyOf(id) }))}
        onChoose={id => acts.find(act => act.id === id)?.run()}
      />
      <Suspense>
        {asking === 'filter' && filter && <FilterDialog filter={filter} view={view} onClose={close} />}
        {asking === 'save' && filter && <ViewDialog filter={filter} onClose={close} />}
        {asking === 'change' && view && <ViewDialog filter={view.filter} view={view} onClose={close} />}
        {asking === 'remove' && view && <RemoveView view={view} onClose={close} />}
      </Suspense>
    </>
  );
}
