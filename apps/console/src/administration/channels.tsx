import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { channelsQuery } from '../api/queries.js';
import { ChannelMark, ChannelsHealth, Mark } from '../supervision/wallboard.js';
import { dateTime, distance } from '../i18n/format.js';
import { it } from '../i18n/it.js';
import { Button } from '../ui/button.js';
import { useNow } from '../ui/now.js';
import { Problem } from '../ui/problem.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';

type Ability = keyof typeof it.administration.channels.ability;
const ABILITIES = Object.keys(it.administration.channels.ability) as Ability[];

/** Every channel that introduced itself, whether it works, what it can do; and what its provider answers when it is asked now. */
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
        {reached.length === 0 && <dd>–</dd>}
        {reached.map(one => (
          <dd key={one}>{one}</dd>
        ))}
        <dt>{t('administration.channels.heard')}</dt>
        <dd>
          {channel.lastHeardAt === undefined
            ? t('administration.channels.never')
            : `${dateTime(channel.lastHeardAt)} · ${distance(channel.lastHeardAt, now)}`}
        </dd>
      </dl>
      <ConnectionCheck channel={channel.manifest.id} name={name} />
    </section>
  );
}

/** Asks the channel's provider now, and shows and tells what each side of each account answered. */
function ConnectionCheck({ channel, name }: { readonly channel: string; readonly name: string }) {
  const { t } = useTranslation();
  const title = useId();
  const check = useMutation({
    mutationFn: () =>
      taken(api.POST('/api/channels/{channel}/connection-checks', { params: { path: { channel } }, body: {} })),
  });
  const { data, error, isPending } = check;
  const ill = data?.items.filter(({ result }) => result !== 'works').length ?? 0;
  return (
    <div className="connection-check">
      <Button
        {...(isPending ? {} : { label: t('administration.channels.checkOf', { name }) })}
        disabled={isPending}
        onPress={() => check.mutate()}
      >
        {t(isPending ? 'administration.channels.checking' : 'administration.channels.check')}
      </Button>
      <div role="status" aria-labelledby={title}>
        <span id={title} className="hidden">
          {t('administration.channels.checkOf', { name })}
        </span>
        {isPending && <span className="hidden">{t('administration.channels.checking')}</span>}
        {error && <Problem fault={error} />}
        {data && !isPending && (
          <>
            <p>
              <strong>
                {data.items.length === 0
                  ? t('administration.channels.noAccount')
                  : ill === 0
                    ? t('administration.channels.allWork')
                    : t('administration.channels.notAll', { count: ill })}
              </strong>{' '}
              <span className="small">{dateTime(data.checkedAt)}</span>
            </p>
            <ul className="plain-list">
              {data.items.map(one => (
                <li key={`${one.account} ${one.side}`}>
                  <ConnectionLine check={one} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function ConnectionLine({ check }: { readonly check: Schemas['ConnectionCheck'] }) {
  const { t } = useTranslation();
  const { account, side, result, detail, tookMs } = check;
  const works = result === 'works';
  return (
    <>
      <Mark
        kind={works ? 'success' : 'danger'}
        icon={works ? 'check' : 'alert'}
        words={t(`administration.channels.result.${result}`)}
      />{' '}
      {t(`administration.channels.side.${side}`)} · {account}{' '}
      <span className="small">
        {detail !== undefined && `${detail} · `}
        {t('administration.channels.took', { milliseconds: tookMs })}
      </span>
    </>
  );
}
