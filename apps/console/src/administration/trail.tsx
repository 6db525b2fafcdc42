import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { dateTime, day } from '../i18n/format.js';
import { operationName } from '../i18n/operations.js';
import { Mark } from '../supervision/wallboard.js';
import { Button } from '../ui/button.js';
import { Select, TextInput } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { Pick } from '../ui/pick.js';
import { Problem } from '../ui/problem.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { Wait } from '../ui/wait.js';
import { useChoices } from './choices.js';

const ACTS = ['looked', 'searched', 'exported', 'changed', 'refused'] as const;
type Act = (typeof ACTS)[number];

interface Asked {
  readonly operator?: string;
  readonly act?: Act;
  readonly from?: string;
  readonly before?: string;
}

const startOf = (date: string, days = 0): string | undefined => {
  const at = new Date(`${date}T00:00:00`);
  if (Number.isNaN(at.getTime())) return undefined;
  at.setDate(at.getDate() + days);
  return at.toISOString();
};

/** Who looked at, searched, exported or changed what; and whether it is sealed. */
export function TrailPage() {
  const { t } = useTranslation();
  const { operators } = useChoices();
  const [operator, setOperator] = useState<string>();
  const [act, setAct] = useState<Act | ''>('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const since = startOf(from);
  const until = startOf(to, 1);
  const asked: Asked = {
    ...(operator === undefined ? {} : { operator }),
    ...(act === '' ? {} : { act }),
    ...(since === undefined ? {} : { from: since }),
    ...(until === undefined ? {} : { before: until }),
  };
  return (
    <Page title={t('administration.trail.title')} lead={t('administration.trail.lead')}>
      <div className="filters">
        <Pick label={t('supervision.operator')} items={operators} value={operator} onChange={setOperator} />
        <Select
          label={t('administration.trail.act')}
          value={act}
          options={ACTS.map(code => [code, t(`administration.trail.acts.${code}`)])}
          empty={t('administration.trail.all')}
          onChange={setAct}
        />
        <TextInput type="date" label={t('supervision.from')} value={from} onChange={setFrom} />
        <TextInput type="date" label={t('supervision.to')} value={to} onChange={setTo} />
        <a className="button" href={`/api/trail/file?${new URLSearchParams({ ...asked }).toString()}`} download>
          <Icon name="file" />
          {t('administration.trail.export')}
        </a>
      </div>
      <Entries asked={asked} />
      <Seals />
    </Page>
  );
}

function Entries({ asked }: { readonly asked: Asked }) {
  const { t } = useTranslation();
  const trail = useInfiniteQuery({
    queryKey: ['trail', asked],
    queryFn: ({ pageParam, signal }) =>
      taken(
        api.GET('/api/trail', {
          params: { query: { ...asked, limit: 100, ...(pageParam === undefined ? {} : { after: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next,
  });
  if (trail.isPending) return <Wait />;
  if (trail.error) return <Problem fault={trail.error} onRetry={() => void trail.refetch()} />;
  const rows = trail.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <Table<Schemas['TrailEntryView']>
        caption={t('administration.trail.title')}
        hideCaption
        file="filodiretto-tracciato"
        empty={t('administration.trail.none')}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          { id: 'at', title: t('administration.trail.at'), value: ({ at }) => at, show: ({ at }) => dateTime(at) },
          { id: 'who', title: t('supervision.operator'), value: ({ operator }) => operator.name },
          { id: 'act', title: t('administration.trail.act'), value: one => t(`administration.trail.acts.${one.act}`) },
          { id: 'operation', title: t('administration.trail.operation'), value: one => operationName(one.operation) },
          {
            id: 'why',
            title: t('administration.trail.why'),
            value: ({ because, times }) =>
              because === undefined
                ? ''
                : t('administration.trail.refused', {
                    why: t(`administration.trail.reasons.${because}`),
                    count: times ?? 1,
                  }),
          },
          { id: 'case', title: t('supervision.case'), value: one => one.case?.number ?? one.words ?? '' },
          {
            id: 'sealed',
            title: t('administration.trail.sealed'),
            value: ({ sealed }) => t(sealed ? 'administration.trail.sealed' : 'administration.trail.notSealed'),
          },
        ]}
      />
      {trail.hasNextPage && (
        <p>
          <Button disabled={trail.isFetchingNextPage} onPress={() => void trail.fetchNextPage()}>
            {t('administration.trail.more')}
          </Button>
        </p>
      )}
    </>
  );
}

function Seals() {
  const { t } = useTranslation();
  const state = useQuery({
    queryKey: ['trail-state'],
    queryFn: ({ signal }) => taken(api.GET('/api/trail/state', { signal })),
  });
  return (
    <Read query={state}>
      {({ anchors }) => (
        <Table
          caption={t('administration.trail.state')}
          empty={t('administration.trail.noAnchors')}
          rows={anchors}
          keyOf={one => `${one.day} ${one.keeper}`}
          columns={[
            { id: 'day', title: t('supervision.day'), value: one => one.day, kind: 'day', show: one => day(one.day) },
            { id: 'number', title: t('administration.trail.number'), value: one => one.number, numeric: true },
            { id: 'keeper', title: t('administration.trail.keeper'), value: one => one.keeper },
            {
              id: 'state',
              title: t('supervision.wallboard.state'),
              value: one => (one.trouble === undefined ? 1 : 0),
              show: one =>
                one.trouble === undefined ? (
                  <Mark kind="success" icon="check" words={t('administration.trail.ok')} />
                ) : (
                  <Mark kind="danger" icon="alert" words={t('administration.trail.trouble')} />
                ),
            },
          ]}
        />
      )}
    </Read>
  );
}
