import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Schemas } from '../api/client.js';
import { contactQuery } from '../api/queries.js';
import { useEvents } from '../app/live.js';
import { place } from '../app/routes.js';
import { clock, time } from '../i18n/format.js';
import { useOffered } from '../palette/actions.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { useSeconds } from '../ui/now.js';
import { announce } from '../ui/said.js';
import { isKey } from './choice.js';

/** A call as the stream tells of it. */
type Call = Schemas['IncomingCall'];

/** The calls after a piece of news: one entry for each, none for those that ended. */
const after = (calls: readonly Call[], told: Call): readonly Call[] => {
  const others = calls.filter(({ message }) => message !== told.message);
  return told.state === 'ended' ? others : [...others, told];
};

/** Whoever is to answer a call sees, while it rings, who calls, what they pressed and which cases they have. */
export function CallsHere() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [calls, setCalls] = useState<readonly Call[]>([]);
  const [hidden, setHidden] = useState<readonly string[]>([]);
  useEvents((name, data) => {
    if (name !== 'call.changed') return;
    const told = data as Call;
    const known = calls.some(({ message }) => message === told.message);
    if (!known && told.forYou && told.state !== 'ended')
      announce(
        `${t('call.incoming')} ${t('call.from', { name: told.contact?.name ?? told.from ?? t('call.unknown') })}`,
        'assertive',
      );
    setCalls(now => after(now, told));
  });
  const shown = calls.filter(({ message, forYou }) => forYou && !hidden.includes(message));
  const first = shown.find(one => one.case !== undefined);
  useOffered(
    'calls',
    first?.case
      ? [
          {
            id: 'call.open',
            group: 'here',
            label: t('call.open'),
            run: () => go(place.case('open', first.case?.id ?? '')),
          },
        ]
      : [],
  );
  if (shown.length === 0) return null;
  return (
    <section className="offers no-print" aria-label={t('call.incoming')}>
      {shown.map(call => (
        <Ringing key={call.message} call={call} onHide={() => setHidden([...hidden, call.message])} />
      ))}
    </section>
  );
}

interface RingingProps {
  readonly call: Call;
  readonly onHide: () => void;
}

function Ringing({ call, onHide }: RingingProps) {
  const { t } = useTranslation();
  const now = useSeconds();
  const contact = useQuery({ ...contactQuery(call.contact?.id ?? ''), enabled: call.contact !== undefined });
  const name = call.contact?.name ?? call.from ?? t('call.unknown');
  const open = contact.data?.cases.filter(({ endedAt, id }) => endedAt === undefined && id !== call.case?.id) ?? [];
  const lasts = Math.max(0, (now - new Date(call.arrivedAt).getTime()) / 1_000);
  return (
    <article className="offer" data-call={call.state}>
      <Icon name="phone" />
      <div className="grow">
        <strong>
          {t('call.incoming')} {t('call.from', { name })}
        </strong>
        <p className="small">
          {call.from !== undefined && <span className="mono">{call.from} · </span>}
          {t('call.rang', { time: time(call.arrivedAt) })}
          {call.steps
            .filter(({ choice }) => isKey(choice))
            .map(({ step, choice }) => ` · ${step}: ${t('call.pressed', { choice: choice ?? '' })}`)
            .join('')}
        </p>
        {open.length > 0 && (
          <ul className="small row wrap">
            {open.slice(0, 3).map(({ id, subject, number }) => (
              <li key={id}>
                <Link href={place.case('open', id)}>
                  {number} {subject}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
      <span className="mono" aria-hidden="true">
        {clock(lasts)}
      </span>
      {call.case && (
        <Link className="button primary" href={place.case('open', call.case.id)}>
          {t('call.open')}
        </Link>
      )}
      <Button onPress={onHide}>{t('call.dismiss')}</Button>
    </article>
  );
}
