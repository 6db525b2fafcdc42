import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { channelsQuery } from '../api/queries.js';
import { ChannelMark, ChannelsHealth } from '../supervision/wallboard.js';
import { it } from '../i18n/it.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';

type Ability = keyof typeof it.administration.channels.ability;
const ABILITIES = Object.keys(it.administration.channels.ability) as Ability[];

/** Every channel that runs, whether its connection works, and what it can do. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const channels = useQuery({ ...channelsQuery, refetchInterval: 5_000 });
  return (
    <Page title={t('administration.channels.title')} lead={t('administration.channels.lead')}>
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
  const { capabilities, name } = channel.manifest;
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
        <dd>{(channel.addresses ?? []).map(({ value }) => value).join(', ') || '–'}</dd>
      </dl>
    </section>
  );
}
