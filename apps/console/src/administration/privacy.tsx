import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, onceKey, Refusal, taken, versionTag, type Schemas } from '../api/client.js';
import { place } from '../app/routes.js';
import { useSession } from '../app/session.js';
import { CasePick } from '../case/case-pick.js';
import { dateTime, day, number } from '../i18n/format.js';
import { ContactPick } from '../opening/contact-pick.js';
import { Mark } from '../supervision/wallboard.js';
import { Confirm } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { chosenOf, isOn, numberOrNone, rowsOf, textOf, type Values } from '../ui/described.js';
import { Edit, useDraft } from '../ui/edit.js';
import { TextInput } from '../ui/field.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { oneOf, useChoices } from './choices.js';
import { ActiveMark } from './offices.js';
import { SubjectForm, SubjectPage, type Subject } from './subject.js';

type Purpose = Schemas['PurposeView'];
type Level = Schemas['LevelView'];
type Authorization = Schemas['MonitoringAuthorizationView'];
type Rights = Schemas['RightsRequestView'];
type Hold = Schemas['LegalHoldView'];
type Opened = Schemas['OpenedCase'];

/** For what people are asked beyond answering them, and in which words. */
export function PurposesPage() {
  const { t } = useTranslation();
  const subject: Subject<Purpose> = {
    key: 'purposes',
    title: t('administration.purposes.title'),
    lead: t('administration.purposes.lead'),
    make: t('administration.purposes.make'),
    file: 'filodiretto-consensi',
    empty: t('administration.purposes.none'),
    read: async signal => (await taken(api.GET('/api/consent-purposes', { signal }))).items,
    idOf: ({ code }) => code,
    nameOf: purpose => nameOfPurpose(purpose),
    columns: [
      { id: 'name', title: t('administration.name'), value: nameOfPurpose },
      { id: 'code', title: t('administration.code'), value: ({ code }) => code },
      { id: 'again', title: t('administration.purposes.again'), value: one => one.againAfterDays, numeric: true },
      {
        id: 'active',
        title: t('supervision.wallboard.state'),
        value: ({ retired }) => t(retired ? 'administration.inactive' : 'administration.active'),
        show: ({ retired }) => <ActiveMark active={!retired} />,
      },
    ],
    fields: one => [
      ...(one
        ? []
        : [
            {
              kind: 'text',
              name: 'code',
              label: t('administration.code'),
              hint: t('administration.codeHint'),
            } as const,
          ]),
      {
        kind: 'number',
        name: 'againAfterDays',
        label: t('administration.purposes.again'),
        hint: t('administration.purposes.againHint'),
      },
      {
        kind: 'rows',
        name: 'texts',
        label: t('administration.purposes.texts'),
        add: t('administration.purposes.addLanguage'),
        fresh: { language: 'en', name: '', text: '' },
        row: place => t('administration.purposes.language', { place }),
        fields: [
          {
            kind: 'text',
            name: 'language',
            label: t('administration.language'),
            hint: t('administration.languageHint'),
          },
          { kind: 'text', name: 'name', label: t('administration.name'), required: true },
          { kind: 'lines', name: 'text', label: t('administration.purposes.text'), lines: 3, required: true },
        ],
      },
      { kind: 'flag', name: 'perAddressKind', label: t('administration.purposes.perAddressKind') },
      ...(one ? [{ kind: 'flag', name: 'retired', label: t('administration.retired') } as const] : []),
    ],
    valuesOf: one => ({
      code: '',
      againAfterDays: String(one?.againAfterDays ?? 180),
      texts: one ? one.texts.map(text => ({ ...text })) : [{ language: 'it', name: '', text: '' }],
      perAddressKind: one?.perAddressKind ?? false,
      retired: one?.retired ?? false,
    }),
    save: (values, one) =>
      taken(
        api.PUT('/api/consent-purposes/{code}', {
          params: {
            path: { code: one?.code ?? textOf(values, 'code') },
            header: { 'If-Match': versionTag(one?.version ?? 0) },
          },
          body: {
            againAfterDays: numberOrNone(values, 'againAfterDays') ?? Number.NaN,
            perAddressKind: isOn(values, 'perAddressKind'),
            retired: isOn(values, 'retired'),
            texts: rowsOf(values, 'texts').map(row => ({
              language: textOf(row, 'language'),
              name: textOf(row, 'name'),
              text: textOf(row, 'text'),
            })),
          },
        }),
      ),
  };
  return <SubjectPage subject={subject} />;
}

const nameOfPurpose = ({ code, texts }: Purpose): string =>
  (texts.find(({ language }) => language === 'it') ?? texts[0])?.name ?? code;

/** Why not everybody may know of a case, and who may all the same. */
export function LevelsPage() {
  const { t } = useTranslation();
  const { roles, offices, roleName, officeName } = useChoices();
  const subject: Subject<Level> = {
    key: 'levels',
    title: t('administration.levels.title'),
    lead: t('administration.levels.lead'),
    make: t('administration.levels.make'),
    file: 'filodiretto-riservatezza',
    empty: t('administration.levels.none'),
    read: async signal => (await taken(api.GET('/api/confidentiality-levels', { signal }))).items,
    idOf: ({ code }) => code,
    nameOf: ({ name }) => name,
    columns: [
      { id: 'name', title: t('administration.name'), value: ({ name }) => name },
      { id: 'code', title: t('administration.code'), value: ({ code }) => code },
      {
        id: 'offices',
        title: t('administration.offices.title'),
        value: one => one.offices.map(id => officeName(id) ?? '').join(', ') || '–',
      },
      {
        id: 'roles',
        title: t('administration.roles.title'),
        value: one => one.roles.map(roleName).join(', ') || '–',
      },
    ],
    fields: one => [
      { kind: 'text', name: 'name', label: t('administration.name'), required: true },
      ...(one
        ? []
        : [
            {
              kind: 'text',
              name: 'code',
              label: t('administration.code'),
              hint: t('administration.codeHint'),
            } as const,
          ]),
      {
        kind: 'many',
        name: 'offices',
        label: t('administration.levels.offices'),
        options: offices.map(({ id, name }) => [id, name]),
      },
      { kind: 'many', name: 'roles', label: t('administration.levels.roles'), options: roles },
    ],
    valuesOf: one => ({ name: one?.name ?? '', code: '', offices: one?.offices ?? [], roles: one?.roles ?? [] }),
    save: (values, one) =>
      taken(
        api.PUT('/api/confidentiality-levels/{code}', {
          params: {
            path: { code: one?.code ?? textOf(values, 'code') },
            header: { 'If-Match': versionTag(one?.version ?? 1) },
          },
          body: {
            name: textOf(values, 'name'),
            offices: chosenOf(values, 'offices'),
            roles: roles.map(([code]) => code).filter(code => chosenOf(values, 'roles').includes(code)),
          },
        }),
      ),
  };
  return <SubjectPage subject={subject} />;
}

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
    below: (
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

/** What is not destroyed until somebody says so, and erasing what is kept of a person. */
export function HoldsPage() {
  const { t } = useTranslation();
  const [placing, setPlacing] = useState(false);
  const [lifting, setLifting] = useState<Hold>();
  const [erasing, setErasing] = useState(false);
  const holds = useQuery({
    queryKey: ['holds'],
    queryFn: ({ signal }) => taken(api.GET('/api/legal-holds', { signal })),
    staleTime: 0,
  });
  return (
    <Page
      title={t('administration.holds.title')}
      lead={t('administration.holds.lead')}
      actions={
        <>
          <Button onPress={() => setErasing(true)}>{t('administration.holds.erase')}</Button>
          <Button kind="primary" onPress={() => setPlacing(true)}>
            {t('administration.holds.make')}
          </Button>
        </>
      }
    >
      <Read query={holds}>
        {({ items }) => (
          <Table
            caption={t('administration.holds.title')}
            hideCaption
            file="filodiretto-vincoli"
            empty={t('administration.holds.none')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { id: 'reason', title: t('supervision.reason'), value: ({ reason }) => reason },
              {
                id: 'of',
                title: t('administration.holds.of'),
                value: one => t(one.case === undefined ? 'administration.holds.contact' : 'supervision.case'),
                show: one =>
                  one.case === undefined ? (
                    <Link href={place.contact(one.contact ?? '')}>{t('administration.holds.contact')}</Link>
                  ) : (
                    <Link href={place.case('open', one.case)}>{t('supervision.case')}</Link>
                  ),
              },
              { id: 'by', title: t('administration.holds.by'), value: ({ placedBy }) => placedBy.name },
              {
                id: 'at',
                title: t('supervision.from'),
                value: one => one.placedAt,
                kind: 'instant',
                show: one => dateTime(one.placedAt),
              },
              {
                id: 'lifted',
                title: t('supervision.wallboard.state'),
                value: one => one.liftedReason ?? t('administration.active'),
                show: one => (
                  <>
                    <ActiveMark active={one.liftedAt === undefined} /> {one.liftedReason}
                  </>
                ),
              },
            ]}
            actions={one =>
              one.liftedAt === undefined && (
                <Button onPress={() => setLifting(one)}>
                  {t('administration.holds.lift')}
                  <span className="hidden">: {one.reason}</span>
                </Button>
              )
            }
          />
        )}
      </Read>
      {placing && <PlaceHold onClose={() => setPlacing(false)} />}
      {erasing && <Erase onClose={() => setErasing(false)} />}
      {lifting && (
        <Confirm
          title={t('administration.holds.lift')}
          button={t('administration.holds.lift')}
          danger
          reason={t('supervision.reason')}
          run={reason =>
            taken(api.POST('/api/legal-holds/{id}/lift', { params: { path: { id: lifting.id } }, body: { reason } }))
          }
          reads={['holds']}
          done={t('administration.saved')}
          onClose={() => setLifting(undefined)}
        >
          <p>{t('administration.holds.liftLead')}</p>
        </Confirm>
      )}
    </Page>
  );
}

function PlaceHold({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { values, set, bind } = useDraft({ case: undefined as string | undefined, reason: '' });
  return (
    <Edit
      title={t('administration.holds.make')}
      onClose={onClose}
      reads={['holds']}
      done={t('administration.saved')}
      blocked={values.case === undefined ? t('administration.holds.chooseFirst') : undefined}
      run={() =>
        taken(
          api.POST('/api/legal-holds', {
            params: { header: { 'Idempotency-Key': onceKey() } },
            body: { reason: values.reason.trim(), ...(values.case === undefined ? {} : { case: values.case }) },
          }),
        )
      }
    >
      {mistake => (
        <>
          <CasePick label={t('supervision.case')} except="" onChange={id => set('case', id)} />
          <TextInput
            label={t('supervision.reason')}
            lines={2}
            required
            error={mistake('/reason')}
            {...bind('reason')}
          />
        </>
      )}
    </Edit>
  );
}

const KEPT = ['cases', 'messages', 'attachments', 'notes', 'addresses'] as const;
const OBSTACLES = ['open_case', 'legal_hold', 'kept_by_duty', 'on_its_way', 'parked'] as const;

/** Erases what is kept of a person: how much it is, and what stands against it, is shown first. */
function Erase({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [contact, setContact] = useState<{ readonly id: string; readonly name: string }>();
  const preview = useQuery({
    queryKey: ['erasure', contact?.id],
    enabled: contact !== undefined,
    queryFn: ({ signal }) =>
      taken(api.GET('/api/contacts/{id}/erasure', { params: { path: { id: contact?.id ?? '' } }, signal })),
    staleTime: 0,
  });
  const seen = preview.data;
  return (
    <Confirm
      title={t('administration.holds.erase')}
      button={t('administration.holds.eraseNow')}
      danger
      reason={t('supervision.reason')}
      typed={t('administration.holds.eraseWord')}
      run={reason =>
        seen
          ? taken(
              api.POST('/api/contacts/{id}/erasure', {
                params: {
                  path: { id: seen.contact },
                  header: { 'If-Match': versionTag(seen.version), 'Idempotency-Key': onceKey() },
                },
                body: { reason },
              }),
            )
          : Promise.reject(new Refusal(0, 'invalid-input', t('administration.holds.nobody'), undefined))
      }
      reads={['holds', 'contact']}
      done={t('administration.holds.erased')}
      onClose={onClose}
    >
      <p>{t('administration.holds.eraseLead')}</p>
      <ContactPick label={t('administration.holds.person')} chosen={contact} error={undefined} onChange={setContact} />
      {contact !== undefined && (
        <Read query={preview}>
          {({ kept, obstacles }) => (
            <section className="card" role="status">
              <dl className="pairs">
                {KEPT.map(what => (
                  <Fragment key={what}>
                    <dt>{t(`administration.holds.kept.${what}`)}</dt>
                    <dd>{number(kept[what])}</dd>
                  </Fragment>
                ))}
              </dl>
              {obstacles.map(({ because, cases }) => (
                <p key={because} className="notice warning">
                  {t(`administration.holds.obstacle.${oneOf(OBSTACLES, because)}`)}
                  {cases.length > 0 && `: ${cases.join(', ')}`}
                </p>
              ))}
            </section>
          )}
        </Read>
      )}
    </Confirm>
  );
}

/** Confidential cases that somebody opened for a reason, without being told of them otherwise. */
export function GlassPage() {
  const { t } = useTranslation();
  const subject: Subject<Opened> = {
    key: 'glass',
    title: t('administration.glass.title'),
    lead: t('administration.glass.lead'),
    file: 'filodiretto-accessi-motivati',
    empty: t('administration.glass.none'),
    read: async signal =>
      (await taken(api.GET('/api/break-glass', { params: { query: { limit: 200 } }, signal }))).items,
    idOf: ({ id }) => id,
    nameOf: one => one.case.number,
    columns: [
      { id: 'at', title: t('administration.glass.at'), value: ({ at }) => at, show: ({ at }) => dateTime(at) },
      { id: 'case', title: t('supervision.case'), value: one => one.case.number },
      { id: 'who', title: t('supervision.operator'), value: ({ operator }) => operator.name },
      { id: 'reason', title: t('supervision.reason'), value: ({ reason }) => reason },
      { id: 'until', title: t('supervision.to'), value: ({ until }) => until, show: ({ until }) => dateTime(until) },
    ],
  };
  return <SubjectPage subject={subject} />;
}
