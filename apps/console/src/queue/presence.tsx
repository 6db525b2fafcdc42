import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken } from '../api/client.js';
import { presenceQuery } from '../api/queries.js';
import { time } from '../i18n/format.js';
import { useOffered } from '../palette/actions.js';
import { Menu } from '../ui/menu.js';
import { useProblemWords } from '../ui/problem.js';
import { toast } from '../ui/said.js';

const CHOICES = ['available', 'busy', 'away', 'offline'] as const;
type Choice = (typeof CHOICES)[number];
/** None for thirty seconds counts as gone. */
const BEAT_MS = 10_000;

/** Where one is: chosen here, and kept alive while the page is open. */
export function PresenceMenu() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const presence = useQuery(presenceQuery);
  const words = useProblemWords();
  const status = presence.data?.status ?? 'offline';
  const alive = status !== 'offline';
  useEffect(() => {
    if (!alive) return undefined;
    const beat = setInterval(() => {
      taken(api.POST('/api/operators/me/heartbeats'))
        .then(now => client.setQueryData(presenceQuery.queryKey, now))
        // That nothing answers is shown by the stream; the next beat tries again.
        .catch(() => undefined);
    }, BEAT_MS);
    return () => clearInterval(beat);
  }, [alive, client]);
  const choose = (chosen: Choice): void => {
    taken(api.PUT('/api/operators/me/presence', { body: { status: chosen } }))
      .then(now => {
        client.setQueryData(presenceQuery.queryKey, now);
        void client.invalidateQueries({ queryKey: ['offers'] });
        toast(`${t('presence.label')}: ${t(`presence.${chosen}`)}`);
      })
      .catch((fault: unknown) => toast(words(fault), { kind: 'danger' }));
  };
  useOffered(
    'presence',
    CHOICES.filter(one => one !== status).map(one => ({
      id: `presence.${one}`,
      group: 'you',
      label: t('action.presence', { to: t(`presence.${one}`) }),
      run: () => choose(one),
    })),
  );
  const until = presence.data?.wrapUpUntil;
  return (
    <Menu
      className="rail-item presence"
      label={`${t('presence.label')}: ${t(`presence.${status}`)}`}
      button={
        <>
          <span className={`dot ${status}`} aria-hidden="true" />
          <span className="presence-words">
            {t(`presence.${status}`)}
            {status === 'wrap_up' && until !== undefined && ` ${t('presence.until', { time: time(until) })}`}
          </span>
        </>
      }
      choices={CHOICES.map(one => ({ id: one, label: t(`presence.${one}`), disabled: one === status }))}
      onChoose={id => choose(CHOICES.find(one => one === id) ?? 'away')}
    />
  );
}
