import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { channelsQuery } from '../api/queries.js';
import { ChannelMark, ChannelsHealth } from '../supervision/wallboard.js';
import { dateTime, distance } from '../i18n/format.js';
import { it } from '../i18n/it.js';
import { Button } from '../ui/button.js';
import { useNow } from '../ui/now.js';
import { useProblemWords } from '../ui/problem.js';
import { Read } from '../ui/read.js';
import { toast } from '../ui/said.js';
import { Page } from '../ui/section.js';

type Ability = keyof typeof it.administration.channels.ability;
const ABILITIES = Object.keys(it.administration.channels.ability) as Ability[];

/** Every channel that runs, whether its connection works, and what it can do. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const channels = useQuery({ ...channelsQuery, refetchInterval: 5_000 });
  const words = useProblemWords();
  const [checking, setChecking] = useState(false);
  const check = async (): Promise<void> => {
    setChecking(true);
    const { data, error } = await channels.refetch();
    setChecking(false);
    if (error || !data) return void toast(words(error), { kind: 'danger' });
    const ill = data.items.filter(({ running, trouble }) => !running || trouble !== undefined);
    const names = ill.map(({ manifest, trouble }) =>
      trouble === undefined ? manifest.name : `${manifest.name} (${trouble})`,
    );
    if (names.length === 0) toast(t('administration.channels.allWork'));
    else toast(t('administration.channels.notAll', { names: names.join(', ') }), { kind: 'danger' });
  };
  return (
    <Page
      title={t('administration.channels.title')}
      lead={t('administration.channels.lead')}
      actions={
        <Button kind="primary" disabled={checking} onPress={() => void check()}>
          {t(checking ? 'administration.channels.checking' : 'administration.channels.check')}
        </Button>
      }
    >
      <Read query={channels}>
        {({ items }) => (
          <>
            <ChannelsHealth channels={items} />
            <div className="columns">
              {items.map(channel => (
                <ChannelCard key={channel.manifest.id} channel={channel} />
              ))}
            </div>
          </>
        )}
      </Read>
    </Page>
  );
}

function ChannelCard({ channel }: { readonly channel: Schemas['ChannelView'] }) {
  const { t } = useTranslation();
  const now = useNow();
  const { capabilities, name } = channel.manifest;
  // Where a channel tells no address, it is reached by the names of its accounts.
  const told = (channel.addresses ?? []).map(({ value }) => value);
  const reached = told.length > 0 ? told : channel.accounts;
  const can = ABILITIES.filter(ability => capabilities[ability]).map(ability =>
    t(`administration.channels.ability.${ability}`),
  );
  return (
    <section className="card" aria-label={name}>
      <div className="row">
        <h3 className="grow">{name}</h3>
        <ChannelMark channel={channel} />
      </div>
      <dl className="pairs">
        <dt>{t('administration.channels.can')}</dt>
        <dd>{can.length === 0 ? '–' : can.join(', ')}</dd>
        <dt>{t('administration.channels.addresses')}</dt>
        <dd>{reached.join(', ') || '–'}</dd>
        <dt>{t('administration.channels.heard')}</dt>
        <dd>
          {channel.lastHeardAt === undefined
            ? t('administration.channels.never')
            : `${dateTime(channel.lastHeardAt)} · ${distance(channel.lastHeardAt, now)}`}
        </dd>
      </dl>
    </section>
  );
}
