import './case.css';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { consentsQuery, contactQuery } from '../api/queries.js';
import { Refusal } from '../api/client.js';
import { useSession } from '../app/session.js';
import { useTitle } from '../app/title.js';
import { dateTime, day } from '../i18n/format.js';
import { Result } from '../queue/search-page.js';
import { Button } from '../ui/button.js';
import { Problem } from '../ui/problem.js';
import { Wait } from '../ui/wait.js';
import { useAddressKind } from './address-kind.js';
import { Addresses } from './aside.js';
import { Section } from './fact-section.js';
import { useChannelName } from './message.js';
import { usePersonName } from './person-name.js';
import { usePurposeName } from './purpose-name.js';

const Identity = lazy(() => import('./identification.js').then(module => ({ default: module.Identity })));
const OpenCase = lazy(() => import('../opening/open-case.js').then(module => ({ default: module.OpenCase })));

/** Everything known of a person: where they can be reached, their cases, what they allow. */
export function ContactPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const contact = useQuery(contactQuery(id));
  const consents = useQuery(consentsQuery(id));
  const channelName = useChannelName();
  const kindName = useAddressKind();
  const personName = usePersonName();
  const purposeName = usePurposeName();
  const { may } = useSession();
  const [opening, setOpening] = useState(false);
  useTitle(contact.data ? personName(contact.data) : t('contact.title'));
  if (contact.isPending) return <Wait />;
  if (contact.error instanceof Refusal && contact.error.status === 404)
    return <p className="page">{t('contact.gone')}</p>;
  if (contact.error) return <Problem fault={contact.error} onRetry={() => void contact.refetch()} />;
  const { addresses, cases, createdAt, restrictedSince, erasedAt } = contact.data;
  const called = personName(contact.data);
  const channels = [...new Set(cases.flatMap(({ channel }) => channel ?? []))];
  return (
    <div className="page contact">
      <div className="row wrap">
        <h1 className="grow">{called}</h1>
        {may('case.work') && restrictedSince === undefined && erasedAt === undefined && (
          <Button icon="plus" onPress={() => setOpening(true)}>
            {t('action.openCase')}
          </Button>
        )}
      </div>
      {opening && (
        <Suspense>
          <OpenCase contact={{ id, name: called }} onClose={() => setOpening(false)} />
        </Suspense>
      )}
      <p className="soft">{t('facts.since', { when: day(createdAt) })}</p>
      {restrictedSince !== undefined && <p className="notice warning">{t('facts.restricted')}</p>}
      {erasedAt !== undefined && <p className="notice">{t('facts.erased')}</p>}
      <Section title={t('facts.addresses')}>
        <Addresses addresses={addresses} />
      </Section>
      {erasedAt === undefined && (
        <Suspense>
          <Identity id={id} addresses={addresses} />
        </Suspense>
      )}
      {channels.length > 0 && (
        <Section title={t('contact.channels')}>
          <p>{channels.map(channelName).join(' · ')}</p>
        </Section>
      )}
      <Section title={t('contact.cases')}>
        <ul className="results">
          {cases.map(row => (
            <Result key={row.id} row={row} />
          ))}
        </ul>
      </Section>
      <Section title={t('facts.consents')}>
        {consents.error && <Problem fault={consents.error} />}
        {consents.data?.items.length === 0 && <p className="soft">{t('facts.noConsents')}</p>}
        <ul>
          {consents.data?.items.map(({ purpose, addressKind, state, since }) => (
            <li key={`${purpose} ${addressKind ?? ''}`}>
              <strong>{purposeName(purpose)}</strong> {addressKind === undefined ? '' : kindName(addressKind)} —{' '}
              {t(`consent.${state}`)} {since !== undefined && <span className="soft">{day(since)}</span>}
            </li>
          ))}
        </ul>
        {(consents.data?.entries.length ?? 0) > 0 && (
          <>
            <h4>{t('contact.ledger')}</h4>
            <ol className="small">
              {consents.data?.entries.map(({ id: entry, purpose, act, at, by }) => (
                <li key={entry}>
                  {dateTime(at)} · {purposeName(purpose)}: {t(`consent.${act}`)} · {by.name ?? t(`actor.${by.kind}`)}
                </li>
              ))}
            </ol>
          </>
        )}
      </Section>
    </div>
  );
}
