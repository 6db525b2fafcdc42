import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, onceKey, taken, type Schemas } from '../api/client.js';
import { day } from '../i18n/format.js';
import { Confirm } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { chosenOf, textOf } from '../ui/described.js';
import { oneOf } from './choices.js';
import { ActiveMark } from './offices.js';
import { SubjectPage, type Subject } from './subject.js';

type Authorization = Schemas['MonitoringAuthorizationView'];

const SCOPES = ['figures', 'recordings'] as const;
const AUTHORITIES = ['union_agreement', 'inspectorate'] as const;

/** By what people who work here may be counted one by one. */
export function MonitoringPage() {
  const { t } = useTranslation();
  const [ending, setEnding] = useState(false);
  const subject: Subject<Authorization> = {
    key: 'monitoring',
    reads: ['wallboard', 'dormancy'],
    title: t('administration.monitoring.title'),
    lead: t('administration.monitoring.lead'),
    make: t('administration.monitoring.make'),
    file: 'filodiretto-autorizzazioni',
    empty: t('administration.monitoring.none'),
    read: async signal => (await taken(api.GET('/api/monitoring-authorizations', { signal }))).items,
    idOf: ({ id }) => id,
    nameOf: ({ reference }) => reference,
    columns: [
      { id: 'reference', title: t('administration.monitoring.reference'), value: ({ reference }) => reference },
      {
        id: 'kind',
        title: t('administration.monitoring.kind'),
        value: ({ kind }) => t(`administration.monitoring.kinds.${kind}`),
      },
      {
        id: 'until',
        title: t('administration.monitoring.until'),
        value: one => one.validUntil,
        show: one => day(one.validUntil),
      },
      {
        id: 'scopes',
        title: t('administration.monitoring.scopes'),
        value: ({ scopes }) => scopes.map(code => t(`administration.monitoring.scope.${code}`)).join(', '),
      },
      {
        id: 'holds',
        title: t('supervision.wallboard.state'),
        value: ({ holds, endedReason }) =>
          endedReason ?? t(holds ? 'administration.active' : 'administration.inactive'),
        show: ({ holds, endedReason }) => (
          <>
            <ActiveMark active={holds} /> {endedReason}
          </>
        ),
      },
    ],
    valuesOf: () => ({ kind: 'union_agreement', reference: '', signedOn: '', validUntil: '', scopes: ['figures'] }),
    fields: () => [
      {
        kind: 'one',
        name: 'kind',
        label: t('administration.monitoring.kind'),
        options: AUTHORITIES.map(code => [code, t(`administration.monitoring.kinds.${code}`)]),
      },
      { kind: 'text', name: 'reference', label: t('administration.monitoring.reference'), required: true },
      { kind: 'date', name: 'signedOn', label: t('administration.monitoring.signedOn'), required: true },
      { kind: 'date', name: 'validUntil', label: t('administration.monitoring.until'), required: true },
      {
        kind: 'many',
        name: 'scopes',
        label: t('administration.monitoring.scopes'),
        options: SCOPES.map(code => [code, t(`administration.monitoring.scope.${code}`)]),
      },
    ],
    mayChange: () => false,
    save: values =>
      taken(
        api.POST('/api/monitoring-authorizations', {
          params: { header: { 'Idempotency-Key': onceKey() } },
          body: {
            kind: oneOf(AUTHORITIES, textOf(values, 'kind')),
            reference: textOf(values, 'reference'),
            signedOn: textOf(values, 'signedOn'),
            validUntil: textOf(values, 'validUntil'),
            scopes: SCOPES.filter(code => chosenOf(values, 'scopes').includes(code)),
          },
        }),
      ),
    below: items =>
      items.some(({ holds }) => holds) && (
        <div>
          <Button onPress={() => setEnding(true)}>{t('administration.monitoring.end')}</Button>
        </div>
      ),
  };
  return (
    <>
      <SubjectPage subject={subject} />
      {ending && (
        <Confirm
          title={t('administration.monitoring.end')}
          button={t('administration.monitoring.end')}
          danger
          reason={t('supervision.reason')}
          run={reason => taken(api.POST('/api/monitoring-authorizations/end', { body: { reason } }))}
          reads={['monitoring', 'wallboard', 'dormancy']}
          done={t('administration.saved')}
          onClose={() => setEnding(false)}
        >
          <p>{t('administration.monitoring.endLead')}</p>
        </Confirm>
      )}
    </>
  );
}
