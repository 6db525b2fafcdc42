import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api, Refusal, taken, type Schemas } from '../api/client.js';
import { offersQuery } from '../api/queries.js';
import { place } from '../app/routes.js';
import { usePersonName } from '../case/person-name.js';
import { useOffered } from '../palette/actions.js';
import { useKeyOf } from '../palette/use-keys.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { useSeconds } from '../ui/now.js';
import { useProblemWords } from '../ui/problem.js';
import { announce, toast } from '../ui/said.js';

/** What is offered now, with the time that is left; accepted by its button, its key or the palette. */
export function OffersHere() {
  const { t } = useTranslation();
  const offers = useQuery(offersQuery);
  const open = (offers.data?.items ?? []).filter(({ state }) => state === 'offered');
  const accept = useAccept();
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, case: work } of open)
      if (!told.current.has(id)) {
        told.current.add(id);
        announce(t('offer.said', { number: work.number, subject: work.subject }), 'assertive');
      }
  }, [open, t]);
  const [first] = open;
  useOffered(
    'offers',
    first ? [{ id: 'offer.accept', group: 'here', label: t('action.accept'), run: () => accept(first) }] : [],
  );
  if (open.length === 0) return null;
  return (
    <section className="offers no-print" aria-label={t('offer.title')}>
      {open.map((offer, index) => (
        <Offer key={offer.id} offer={offer} first={index === 0} onAccept={() => accept(offer)} />
      ))}
    </section>
  );
}

interface OfferProps {
  readonly offer: Schemas['OfferView'];
  readonly first: boolean;
  readonly onAccept: () => void;
}

function Offer({ offer, first, onAccept }: OfferProps) {
  const { t } = useTranslation();
  const personName = usePersonName();
  const client = useQueryClient();
  const words = useProblemWords();
  const keyOf = useKeyOf();
  const now = useSeconds();
  const left = Math.max(0, Math.ceil((new Date(offer.expiresAt).getTime() - now) / 1_000));
  const whole = Math.max(1, (new Date(offer.expiresAt).getTime() - new Date(offer.offeredAt).getTime()) / 1_000);
  const over = left === 0;
  useEffect(() => {
    if (over) void client.invalidateQueries({ queryKey: ['offers'] });
  }, [over, client]);
  const reject = (): void => {
    taken(api.POST('/api/offers/{id}/rejection', { params: { path: { id: offer.id } }, body: {} }))
      .catch((fault: unknown) => toast(words(fault), { kind: 'danger' }))
      .finally(() => void client.invalidateQueries({ queryKey: ['offers'] }));
  };
  return (
    <article className="offer">
      <Icon name="bell" />
      <div className="grow">
        <strong className="cut">{offer.case.subject}</strong>
        <p className="small">
          <span className="mono">{offer.case.number}</span>
          {offer.contact && ` · ${personName(offer.contact)}`} · {offer.office.name}
          {offer.shared && ` · ${t('offer.shared')}`} · <span lang="it">{offer.sentence}</span>
        </p>
        <progress className="offer-left" max={whole} value={left} aria-label={t('offer.left', { seconds: left })} />
      </div>
      <span className="mono" aria-hidden="true">
        {t('offer.left', { seconds: left })}
      </span>
      <Button kind="primary" shortcut={first ? keyOf('offer.accept') : undefined} onPress={onAccept}>
        {t('offer.accept')}
      </Button>
      <Button onPress={reject}>{t('offer.reject')}</Button>
    </article>
  );
}

/** Accepts what is offered, and opens its case. */
function useAccept(): (offer: Schemas['OfferView']) => void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useProblemWords();
  const [, go] = useLocation();
  return offer => {
    taken(api.POST('/api/offers/{id}/acceptance', { params: { path: { id: offer.id } } }))
      .then(() => {
        toast(t('offer.accepted'));
        go(place.case('mine', offer.case.id));
      })
      .catch((fault: unknown) => {
        const over = fault instanceof Refusal && fault.problem === 'offer-over';
        toast(over ? t('offer.over') : words(fault), { kind: 'danger' });
      })
      .finally(() => {
        void client.invalidateQueries({ queryKey: ['offers'] });
        void client.invalidateQueries({ queryKey: ['presence'] });
      });
  };
}
