import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, versionTag, type Schemas } from '../api/client.js';
import { channelsQuery } from '../api/queries.js';
import { Button } from '../ui/button.js';
import { isOn, numberOrNone, textOf, type Described } from '../ui/described.js';
import { said } from '../ui/edit.js';
import { Read } from '../ui/read.js';
import { Table } from '../ui/table.js';
import { oneOf } from './choices.js';
import { SubjectForm, SubjectPage, type Subject } from './subject.js';

type Queue = Schemas['QueueView'];
type Weighed = Schemas['ChannelWeight'];
/** What a contact of a channel weighs, and at which version all of them were read. */
interface Weight extends Weighed {
  readonly version: number;
}

const STRATEGIES = ['pull', 'longest_idle', 'least_loaded', 'round_robin', 'best_skill', 'first_to_accept'] as const;
const NUMBERS = [
  'targetSeconds',
  'leaseSeconds',
  'excludeSeconds',
  'missesBeforeAway',
  'wrapUpSeconds',
  'offersAtOnce',
  'stickyDays',
  'stickyWaitSeconds',
  'endOfShiftMinutes',
] as const;

/** How each office gives out its work, and what a contact of each channel weighs. */
export function QueuesPage() {
  const { t } = useTranslation();
  const [setting, setSetting] = useState<Schemas['OfficeRef']>();
  const offices = useQuery({
    queryKey: ['offices'],
    queryFn: ({ signal }) => taken(api.GET('/api/offices', { signal })),
  });
  const queues = useQuery({ queryKey: ['queues'], queryFn: ({ signal }) => taken(api.GET('/api/queues', { signal })) });
  const strategyOf = (id: string): Queue['strategy'] =>
    queues.data?.items.find(({ office }) => office.id === id)?.strategy ?? 'pull';
  const channels = useQuery(channelsQuery);
  const weights: Subject<Weight> = {
    key: 'channel-weights',
    title: t('administration.queues.title'),
    lead: t('administration.queues.lead'),
    file: 'filodiretto-pesi',
    empty: t('administration.queues.noWeights'),
    read: async signal => {
      const { items, version } = await taken(api.GET('/api/channel-weights', { signal }));
      const usual = (channels.data?.items ?? [])
        .filter(({ manifest }) => !items.some(({ channel }) => channel === manifest.id))
        .map(({ manifest }): Weighed => ({
          channel: manifest.id,
          weight: 10,
          live: false,
          exclusive: false,
          interruptible: true,
        }));
      return [...items, ...usual].map(one => ({ ...one, version }));
    },
    idOf: ({ channel }) => channel,
    nameOf: ({ channel }) =>
      channels.data?.items.find(({ manifest }) => manifest.id === channel)?.manifest.name ?? channel,
    columns: [
      {
        id: 'channel',
        title: t('supervision.channel.name'),
        value: ({ channel }) =>
          channels.data?.items.find(({ manifest }) => manifest.id === channel)?.manifest.name ?? channel,
      },
      { id: 'weight', title: t('administration.queues.weight'), value: ({ weight }) => weight, numeric: true },
      {
        id: 'most',
        title: t('administration.queues.maxAtOnce'),
        value: ({ maxAtOnce }) => maxAtOnce,
        show: ({ maxAtOnce }) => maxAtOnce ?? '–',
        numeric: true,
      },
      { id: 'live', title: t('administration.queues.live'), value: ({ live }) => t(live ? 'app.yes' : 'app.no') },
    ],
    fields: () => [
      {
        kind: 'number',
        name: 'weight',
        label: t('administration.queues.weight'),
        hint: t('administration.queues.weightHint'),
      },
      { kind: 'number', name: 'maxAtOnce', label: t('administration.queues.maxAtOnce') },
      { kind: 'flag', name: 'live', label: t('administration.queues.live') },
      { kind: 'flag', name: 'exclusive', label: t('administration.queues.exclusive') },
      { kind: 'flag', name: 'interruptible', label: t('administration.queues.interruptible') },
    ],
    valuesOf: one => ({
      weight: String(one?.weight ?? 10),
      maxAtOnce: one?.maxAtOnce === undefined ? '' : String(one.maxAtOnce),
      live: one?.live ?? false,
      exclusive: one?.exclusive ?? false,
      interruptible: one?.interruptible ?? true,
    }),
    save: async (values, one) => {
      const { items } = await taken(api.GET('/api/channel-weights'));
      if (!one) return;
      const changed = said({
        channel: one.channel,
        weight: numberOrNone(values, 'weight') ?? Number.NaN,
        maxAtOnce: numberOrNone(values, 'maxAtOnce'),
        live: isOn(values, 'live'),
        exclusive: isOn(values, 'exclusive'),
        interruptible: isOn(values, 'interruptible'),
      });
      await taken(
        api.PUT('/api/channel-weights', {
          params: { header: { 'If-Match': versionTag(one.version) } },
          body: { items: [...items.filter(({ channel }) => channel !== one.channel), changed] },
        }),
      );
    },
    below: () => (
      <Read query={offices}>
        {({ items }) => (
          <Table
            caption={t('administration.queues.offices')}
            file="filodiretto-code"
            empty="–"
            rows={items.filter(({ active }) => active)}
            keyOf={({ id }) => id}
            columns={[
              { id: 'name', title: t('supervision.office'), value: ({ name }) => name },
              {
                id: 'strategy',
                title: t('administration.queues.strategy'),
                value: ({ id }) => t(`administration.queues.strategies.${strategyOf(id)}`),
              },
            ]}
            actions={({ id, name }) => (
              <Button icon="pencil" onPress={() => setSetting({ id, name })}>
                {t('administration.edit')}
                <span className="hidden"> {name}</span>
              </Button>
            )}
          />
        )}
      </Read>
    ),
  };
  return (
    <>
      {channels.data && <SubjectPage subject={weights} />}
      {setting && <QueueOfOffice office={setting} onClose={() => setSetting(undefined)} />}
    </>
  );
}

interface QueueOfOfficeProps {
  readonly office: Schemas['OfficeRef'];
  readonly onClose: () => void;
}

function QueueOfOffice({ office, onClose }: QueueOfOfficeProps) {
  const { t } = useTranslation();
  const settings = useQuery({
    queryKey: ['queue-settings', office.id],
    queryFn: ({ signal }) =>
      taken(api.GET('/api/queues/{id}/settings', { params: { path: { id: office.id } }, signal })),
    staleTime: 0,
  });
  const subject: Pick<Subject<Schemas['QueueSettingsView']>, 'title' | 'nameOf' | 'fields' | 'valuesOf' | 'save'> = {
    title: office.name,
    nameOf: () => office.name,
    fields: () => [
      {
        kind: 'one',
        name: 'strategy',
        label: t('administration.queues.strategy'),
        options: STRATEGIES.map(code => [code, t(`administration.queues.strategies.${code}`)]),
      },
      ...NUMBERS.map((name): Described => ({ kind: 'number', name, label: t(`administration.queues.${name}`) })),
      { kind: 'flag', name: 'autoAccept', label: t('administration.queues.autoAccept') },
    ],
    valuesOf: one => ({
      strategy: one?.strategy ?? 'pull',
      autoAccept: one?.autoAccept ?? false,
      ...Object.fromEntries(NUMBERS.map(name => [name, one?.[name] === undefined ? '' : String(one[name])])),
    }),
    save: (values, one) => {
      const { version = 0, ...before } = one ?? {};
      return taken(
        api.PUT('/api/queues/{id}/settings', {
          params: { path: { id: office.id }, header: { 'If-Match': versionTag(version) } },
          body: said({
            ...before,
            strategy: oneOf(STRATEGIES, textOf(values, 'strategy')),
            autoAccept: isOn(values, 'autoAccept'),
            targetSeconds: numberOrNone(values, 'targetSeconds'),
            leaseSeconds: numberOrNone(values, 'leaseSeconds'),
            excludeSeconds: numberOrNone(values, 'excludeSeconds'),
            missesBeforeAway: numberOrNone(values, 'missesBeforeAway'),
            wrapUpSeconds: numberOrNone(values, 'wrapUpSeconds'),
            offersAtOnce: numberOrNone(values, 'offersAtOnce'),
            stickyDays: numberOrNone(values, 'stickyDays'),
            stickyWaitSeconds: numberOrNone(values, 'stickyWaitSeconds'),
            endOfShiftMinutes: numberOrNone(values, 'endOfShiftMinutes'),
          }),
        }),
      );
    },
  };
  return settings.data === undefined ? null : (
    <SubjectForm subject={subject} one={settings.data} reads={['queues', 'queue-settings']} onClose={onClose} />
  );
}
