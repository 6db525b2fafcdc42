import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { useSession } from '../app/session.js';
import { time } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { useNow } from '../ui/now.js';

const GlassDialog = lazy(() => import('./glass-dialog.js').then(module => ({ default: module.GlassDialog })));

/** Offers to whoever may do so to open a case that they may not know of. Nothing for everybody else. */
export function GlassOffer({ number = '' }: { readonly number?: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  if (!may('case.break-glass')) return null;
  return (
    <div className="glass-offer">
      <p>
        <strong>{t('work.glass.offer')}</strong> <span className="soft">{t('work.glass.offerLead')}</span>
      </p>
      <Button icon="lock" onPress={() => setAsking(true)}>
        {t('work.glass.title')}
      </Button>
      {asking && (
        <Suspense>
          <GlassDialog
            number={number}
            onClose={() => {
              setAsking(false);
              void client.invalidateQueries({ queryKey: ['case'] });
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Whoever sees a case by broken glass reads so as long as they do. */
export function GlassBanner({ view }: { readonly view: Schemas['CaseView'] }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const now = useNow();
  const opened = view.timeline.findLast(({ fact }) => fact?.fact === 'glass_broken' && fact.actor.id === me.id);
  const until = opened?.fact?.data.until;
  if (view.confidentiality === undefined || typeof until !== 'string' || new Date(until).getTime() <= now) return null;
  return (
    <p className="notice danger" role="status" data-glass="broken">
      <Icon name="lock" />
      <strong>{t('work.glass.banner', { until: time(until) })}</strong>
    </p>
  );
}
