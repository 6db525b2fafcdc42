import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, taken, versionTag, type Schemas } from '../api/client.js';
import { place } from '../app/routes.js';
import { useSession } from '../app/session.js';
import { day } from '../i18n/format.js';
import { Mark } from '../supervision/wallboard.js';
import { Button } from '../ui/button.js';
import { isOn, textOf, type Values } from '../ui/described.js';
import { oneOf } from './choices.js';
import { SubjectForm, SubjectPage, type Subject } from './subject.js';

type Rights = Schemas['RightsRequestView'];

const IDENTIFICATIONS = ['document', 'known', 'verified_address', 'strong_login'] as const;
const DECISIONS = ['granted', 'partly_granted', 'refused'] as const;

/** What people asked of what is kept of them, until it is decided. */
export function RightsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [identifying, setIdentifying] = useState<Rights>();
  const [deciding, setDeciding] = useState<Rights>();
  const subject: Subject<Rights> = {
    key: 'rights',
    title: t('administration.rights.title'),
    lead: t('administration.rights.lead'),
    file: 'filodiretto-diritti',
    empty: t('administration.rights.none'),
    read: async signal =>
      (await taken(api.GET('/api/rights-requests', { params: { query: { limit: 200 } }, signal }))).items,
    idOf: ({ id }) => id,
    nameOf: one => one.case.number,
    columns: [
      {
        id: 'case',
        title: t('supervision.case'),
        value: one => one.case.number,
        show: one =>
          may('case.read') ? <Link href={place.case('open', one.case.id)}>{one.case.number}</Link> : one.case.number,
      },
      {
        id: 'kind',
        title: t('administration.rights.kind'),
        value: one => t(`administration.rights.kinds.${one.kind}`),
      },
      {
        id: 'due',
        title: t('administration.rights.due'),
        value: one => one.dueDate,
        show: one => (one.dueDate === undefined ? '–' : day(one.dueDate)),
      },
      {
        id: 'state',
        title: t('supervision.wallboard.state'),
        value: one => t(`administration.rights.states.${one.state}`),
        show: one =>
          one.late ? (
            <Mark kind="danger" icon="alert" words={t('supervision.wallboard.overTerm')} />
          ) : (
            t(`administration.rights.states.${one.state}`)
          ),
      },
      {
        id: 'identified',
        title: t('administration.rights.identified'),
        value: one => (one.identified ? t(`administration.rights.identifications.${one.identified}`) : '–'),
      },
    ],
    actions: one =>
      one.state === 'open' && (
        <>
          {one.identified === undefined && (
            <Button onPress={() => setIdentifying(one)}>
              {t('administration.rights.identify')}
              <span className="hidden">: {one.case.number}</span>
            </Button>
          )}
          <Button kind="primary" onPress={() => setDeciding(one)}>
            {t('administration.rights.decide')}
            <span className="hidden">: {one.case.number}</span>
          </Button>
        </>
      ),
  };
  const reads = ['rights'];
  return (
    <>
      <SubjectPage subject={subject} />
      {identifying && (
        <SubjectForm<Rights>
          one={identifying}
          reads={reads}
          onClose={() => setIdentifying(undefined)}
          subject={{
            title: t('administration.rights.identify'),
            nameOf: subject.nameOf,
            fields: () => [
              {
                kind: 'one',
                name: 'how',
                label: t('administration.rights.how'),
                options: IDENTIFICATIONS.map(code => [code, t(`administration.rights.identifications.${code}`)]),
              },
            ],
            valuesOf: () => ({ how: 'document' }),
            save: (values, one) =>
              taken(
                api.POST('/api/rights-requests/{id}/identification', {
                  params: versionOf(one),
                  body: { how: oneOf(IDENTIFICATIONS, textOf(values, 'how')) },
                }),
              ),
          }}
        />
      )}
      {deciding && (
        <SubjectForm<Rights>
          one={deciding}
          reads={reads}
          onClose={() => setDeciding(undefined)}
          subject={{
            title: t('administration.rights.decide'),
            nameOf: subject.nameOf,
            fields: () => [
              {
                kind: 'one',
                name: 'outcome',
                label: t('administration.rights.outcome'),
                options: DECISIONS.map(code => [code, t(`administration.rights.states.${code}`)]),
              },
              { kind: 'lines', name: 'reason', label: t('supervision.reason'), lines: 2, required: true },
              { kind: 'flag', name: 'spoken', label: t('administration.rights.spoken') },
              {
                kind: 'lines',
                name: 'text',
                label: t('administration.rights.text'),
                lines: 5,
                when: values => !isOn(values, 'spoken'),
              },
            ],
            valuesOf: () => ({ outcome: 'granted', reason: '', text: '', spoken: false }),
            save: (values, one) =>
              taken(
                api.POST('/api/rights-requests/{id}/decision', {
                  params: versionOf(one),
                  body: {
                    outcome: oneOf(DECISIONS, textOf(values, 'outcome')),
                    reason: textOf(values, 'reason'),
                    ...spokenOrSaid(values),
                  },
                }),
              ),
          }}
        />
      )}
    </>
  );
}

const spokenOrSaid = (values: Values): { spoken?: boolean; text?: string } =>
  isOn(values, 'spoken') ? { spoken: true } : textOf(values, 'text') === '' ? {} : { text: textOf(values, 'text') };

const versionOf = (one: Rights | undefined): { path: { id: string }; header: { 'If-Match': string } } => ({
  path: { id: one?.id ?? '' },
  header: { 'If-Match': versionTag(one?.version ?? 0) },
});
