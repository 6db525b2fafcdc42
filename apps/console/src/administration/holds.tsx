import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, onceKey, Refusal, taken, versionTag, type Schemas } from '../api/client.js';
import { place } from '../app/routes.js';
import { CasePick } from '../case/case-pick.js';
import { dateTime, number } from '../i18n/format.js';
import { ContactPick } from '../opening/contact-pick.js';
import { Confirm } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Edit, useDraft } from '../ui/edit.js';
import { TextInput } from '../ui/field.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { oneOf } from './choices.js';
import { ActiveMark } from './offices.js';

type Hold = Schemas['LegalHoldView'];

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
