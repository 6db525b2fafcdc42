import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useChoices } from '../administration/choices.js';
import { api, taken, type Schemas } from '../api/client.js';
import type { CaseFilter } from '../api/queries.js';
import { place } from '../app/routes.js';
import { useSession } from '../app/session.js';
import { distance, number, time } from '../i18n/format.js';
import { foundSource } from '../queue/sources.js';
import { Button } from '../ui/button.js';
import { Select } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { useNow } from '../ui/now.js';
import { Problem } from '../ui/problem.js';
import { Read } from '../ui/read.js';
import { announce } from '../ui/said.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { IncidentDialog } from './incident-dialog.js';
import { placeOfSpike, type Spike } from './place-of-spike.js';
import { filterOfSpike, SPIKES_MS, spikesQuery } from './spikes.js';
import { TerritoryMap, type Feature } from './territory.js';

const PAGE = 200;
/** As many cases are shown at most, the newest. */
const MOST = 1_000;
const POLL_MS = 30_000;
const PERIODS = ['1', '7', '30', '90', '365'] as const;
type Period = (typeof PERIODS)[number];
const WHICH = ['open', 'ended', 'all'] as const;
type Which = (typeof WHICH)[number];
const DAY_MS = 86_400_000;
const NONE: readonly Feature[] = [];

interface Asked {
  readonly category: string;
  readonly office: string;
  readonly period: Period;
  readonly which: Which;
}

/** Where reports are, what is suddenly more than usual, and making an incident of either. */
export function MapPage() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>({ category: '', office: '', period: '30', which: 'open' });
  const [making, setMaking] = useState<readonly string[]>();
  return (
    <Page title={t('supervision.map.title')} lead={t('supervision.map.lead')}>
      <Spikes onMake={setMaking} />
      <Filters asked={asked} onChange={setAsked} />
      <Cases asked={asked} onMake={setMaking} />
      {making && <IncidentDialog cases={making} onClose={() => setMaking(undefined)} />}
    </Page>
  );
}

interface MakeProps {
  /** Told of which cases an incident is to be made, the oldest first. */
  readonly onMake: (cases: readonly string[]) => void;
}

function Spikes({ onMake }: MakeProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const spikes = useQuery({ ...spikesQuery, enabled: may('report.read'), refetchInterval: SPIKES_MS });
  if (!may('report.read')) return null;
  return (
    <section className="part" aria-labelledby="spikes">
      <h2 id="spikes">{t('supervision.spike.title')}</h2>
      <Read query={spikes}>
        {data =>
          data.items.length === 0 ? (
            <p className="notice success">
              <Icon name="check" />
              {t('supervision.spike.none', { from: time(data.from) })}
            </p>
          ) : (
            <ul className="spikes">
              {data.items.map(one => (
                <SpikeCard
                  key={`${one.category.id} ${one.area?.id ?? ''} ${one.office?.id ?? ''}`}
                  spike={one}
                  spikes={data}
                  onMake={onMake}
                />
              ))}
            </ul>
          )
        }
      </Read>
    </section>
  );
}

interface SpikeProps extends MakeProps {
  readonly spike: Spike;
  readonly spikes: Schemas['SpikeList'];
}

function SpikeCard({ spike, spikes, onMake }: SpikeProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const filter = filterOfSpike(spike, spikes);
  const [gathering, setGathering] = useState(false);
  const [fault, setFault] = useState<Error>();
  const gather = (): void => {
    setGathering(true);
    setFault(undefined);
    caseIds(filter)
      .then(onMake, (error: unknown) => setFault(error instanceof Error ? error : new Error(String(error))))
      .finally(() => setGathering(false));
  };
  return (
    <li className="card spike">
      <h3>
        {spike.category.label} · {placeOfSpike(spike)}
      </h3>
      <p>
        <strong>{t('supervision.spike.came', { count: spike.count, from: time(spikes.from) })}</strong>
        {' · '}
        <span className="soft">{t('supervision.spike.usual', { usual: number(spike.usual) })}</span>
      </p>
      {fault && <Problem fault={fault} />}
      <div className="row wrap">
        <Link className="button" href={place.list(foundSource(filter))}>
          {t('supervision.spike.list')}
        </Link>
        {may('case.work') && (
          <Button kind="primary" disabled={gathering} onPress={gather}>
            {t('supervision.incident.button')}
            <span className="hidden">
              : {spike.category.label}, {placeOfSpike(spike)}
            </span>
          </Button>
        )}
      </div>
    </li>
  );
}

/** The cases of a filter, the oldest first. */
async function caseIds(filter: CaseFilter): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page: Schemas['CasePage'] = await taken(
      api.GET('/api/cases', {
        params: { query: { ...filter, limit: PAGE, ...(after === undefined ? {} : { after }) } },
      }),
    );
    ids.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after !== undefined && ids.length < MOST);
  return ids.reverse();
}

interface FiltersProps {
  readonly asked: Asked;
  readonly onChange: (asked: Asked) => void;
}

function Filters({ asked, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const { offices, categories } = useChoices();
  return (
    <div className="filters" role="group" aria-label={t('supervision.map.filters')}>
      <Select
        label={t('supervision.map.category')}
        empty={t('supervision.map.all')}
        value={asked.category}
        options={categories}
        onChange={category => onChange({ ...asked, category })}
      />
      <Select
        label={t('supervision.office')}
        empty={t('supervision.map.allOffices')}
        value={asked.office}
        options={offices.map(({ id, name }) => [id, name])}
        onChange={office => onChange({ ...asked, office })}
      />
      <Select<Period>
        label={t('supervision.map.period')}
        value={asked.period}
        options={PERIODS.map(days => [days, t('supervision.map.days', { count: Number(days) })])}
        onChange={period => onChange({ ...asked, period })}
      />
      <Select<Which>
        label={t('supervision.wallboard.state')}
        value={asked.which}
        options={WHICH.map(code => [code, t(`supervision.map.which.${code}`)])}
        onChange={which => onChange({ ...asked, which })}
      />
    </div>
  );
}

const casesOnMap = ({ category, office, period, which }: Asked) => ({
  queryKey: ['map', 'cases', category, office, period, which],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
    const features: Feature[] = [];
    let after: string | undefined;
    do {
      const page: Schemas['CaseFeatures'] = await taken(
        api.GET('/api/map/cases', {
          params: {
            query: {
              ...(category === '' ? {} : { category }),
              ...(office === '' ? {} : { office }),
              ...(which === 'all' ? {} : { open: which === 'open' }),
              openedFrom: new Date(Date.now() - Number(period) * DAY_MS).toISOString(),
              limit: PAGE,
              ...(after === undefined ? {} : { after }),
            },
          },
          signal,
        }),
      );
      features.push(...page.features);
      after = page.next;
    } while (after !== undefined && features.length < MOST);
    return { features, more: after !== undefined };
  },
  refetchInterval: POLL_MS,
});

function Cases({ asked, onMake }: MakeProps & { readonly asked: Asked }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const map = useQuery({
    queryKey: ['map', 'ground'],
    queryFn: ({ signal }) => taken(api.GET('/api/map', { signal })),
    staleTime: Infinity,
  });
  const cases = useQuery(casesOnMap(asked));
  const [chosen, setChosen] = useState<ReadonlySet<string>>();
  const head = useRef<HTMLHeadingElement>(null);
  const features = cases.data?.features ?? NONE;
  const listed = useMemo(
    () => (chosen === undefined ? features : features.filter(({ id }) => chosen.has(id))),
    [features, chosen],
  );
  const nameOf = useCallback(
    (some: readonly Feature[]): string => {
      const [one] = some;
      return some.length === 1 && one
        ? t('supervision.map.one', {
            number: one.properties.number,
            category: one.properties.category?.label ?? '',
            state: t(`state.${one.properties.state}`),
          })
        : t('supervision.map.many', { count: some.length });
    },
    [t],
  );
  const choose = useCallback((some: readonly Feature[]): void => {
    setChosen(new Set(some.map(({ id }) => id)));
    head.current?.focus();
  }, []);
  useEffect(() => setChosen(undefined), [asked]);
  useEffect(() => {
    if (chosen) announce(t('supervision.map.chosen', { count: chosen.size }));
  }, [chosen, t]);
  return (
    <>
      <Read query={map}>
        {ground => <TerritoryMap map={ground} cases={features} nameOf={nameOf} onChoose={choose} />}
      </Read>
      <Read query={cases}>
        {({ more }) => (
          <section className="part" aria-labelledby="map-cases">
            <div className="table-head">
              <h2 id="map-cases" className="grow" ref={head} tabIndex={-1}>
                {t(chosen ? 'supervision.map.chosen' : 'supervision.map.count', { count: listed.length })}
              </h2>
              {chosen && <Button onPress={() => setChosen(undefined)}>{t('supervision.map.showAll')}</Button>}
              {chosen && may('case.work') && listed.length > 1 && (
                <Button kind="primary" onPress={() => onMake(listed.map(({ id }) => id).reverse())}>
                  {t('supervision.incident.button')}
                </Button>
              )}
            </div>
            {more && <p className="notice warning">{t('supervision.map.more', { count: MOST })}</p>}
            <CasesTable cases={listed} />
          </section>
        )}
      </Read>
    </>
  );
}

/** The same as the map, for whoever does not see it. */
function CasesTable({ cases }: { readonly cases: readonly Feature[] }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <Table
      caption={t('supervision.map.table')}
      hideCaption
      file="filodiretto-mappa"
      empty={t('supervision.map.none')}
      rows={cases}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'number',
          title: t('supervision.case'),
          value: ({ properties }) => properties.number,
          show: ({ id, properties }) => (
            <Link className="mono" href={place.case('open', id)}>
              {properties.number}
            </Link>
          ),
        },
        {
          id: 'category',
          title: t('supervision.map.category'),
          value: ({ properties }) => properties.category?.label,
        },
        { id: 'area', title: t('supervision.map.area'), value: ({ properties }) => properties.area?.name },
        { id: 'office', title: t('supervision.office'), value: ({ properties }) => properties.office?.name },
        {
          id: 'state',
          title: t('supervision.wallboard.state'),
          value: ({ properties }) => t(`state.${properties.state}`),
        },
        {
          id: 'priority',
          title: t('supervision.map.priority'),
          value: ({ properties }) => t(`priority.${properties.priority}`),
        },
        {
          id: 'opened',
          title: t('supervision.map.opened'),
          value: ({ properties }) => properties.openedAt,
          kind: 'instant',
          show: ({ properties }) => distance(properties.openedAt, now),
        },
      ]}
    />
  );
}
