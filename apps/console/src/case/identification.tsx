import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { oneOf } from '../administration/choices.js';
import { SubjectForm } from '../administration/subject.js';
import { api, onceKey, taken, type Schemas } from '../api/client.js';
import { identificationsQuery } from '../api/queries.js';
import { useSession } from '../app/session.js';
import { dateTime, day } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { textOf, textOrNone } from '../ui/described.js';
import { Problem } from '../ui/problem.js';
import { useAddressKind, useAddressShown } from './address-kind.js';
import { Section } from './fact-section.js';

const DOCUMENTS = ['identity_card', 'passport', 'driving_licence', 'residence_permit', 'other_document'] as const;
type Identification = Schemas['ContactIdentificationView'];
type Address = Schemas['ContactAddressView'];

interface IdentityProps {
  readonly id: string;
  readonly addresses: readonly Address[];
}

/** How sure it is who a person is, why, and what makes it sure. */
export function Identity({ id, addresses }: IdentityProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const kindName = useAddressKind();
  const shown = useAddressShown();
  const known = useQuery(identificationsQuery(id));
  const [asking, setAsking] = useState<'document' | { readonly back: Identification }>();
  const [once, setOnce] = useState(onceKey);
  const close = (): void => setAsking(undefined);
  const reads = ['identifications', 'contact'];
  const { items = [], claims = [], assuranceLevel = 0 } = known.data ?? {};
  const isJoined = items.some(({ byLogin, withdrawnAt }) => byLogin && withdrawnAt === undefined);
  const mayWrite = may('case.work');
  const identified = (body: Schemas['IdentifyContact']): Promise<Schemas['ContactIdentifications']> =>
    taken(
      api.POST('/api/contacts/{id}/identifications', {
        params: { path: { id }, header: { 'Idempotency-Key': once } },
        body,
      }),
    );
  const joining = useMutation({
    mutationFn: (caseId: string) => identified({ how: 'strong_login', case: caseId }),
    onSuccess: () => setOnce(onceKey()),
    onSettled: () => known.refetch(),
  });
  if (known.error) return <Problem fault={known.error} />;
  return (
    <Section title={t('identity.title')}>
      <p>{t(`identity.level.l${assuranceLevel}`, { defaultValue: t('identity.level.l0') })}</p>
      <ul className="small">
        {items.map(one => (
          <li key={one.id}>
            {one.documentKind === undefined ? t('identity.byLogin') : t(`identity.document.${one.documentKind}`)} ·{' '}
            {one.operator.name} · {dateTime(one.at)}
            {one.address === undefined ? '' : ` · ${shown(one.address)}`}
            {one.withdrawnAt === undefined
              ? mayWrite && (
                  <Button onPress={() => setAsking({ back: one })}>
                    {t('identity.withdraw')}
                    <span className="hidden">: {dateTime(one.at)}</span>
                  </Button>
                )
              : ` · ${t('identity.withdrawn', { when: day(one.withdrawnAt), why: one.withdrawnReason ?? '' })}`}
          </li>
        ))}
      </ul>
      {claims.map(claim => (
        <p key={`${claim.case.id} ${claim.at}`} className="small">
          {t('identity.claimed', { name: claim.name, number: claim.case.number, level: claim.assuranceLevel })}{' '}
          {mayWrite && !isJoined && (
            <Button disabled={joining.isPending} onPress={() => joining.mutate(claim.case.id)}>
              {t('identity.same')}
            </Button>
          )}
        </p>
      ))}
      {joining.error && <Problem fault={joining.error} />}
      {mayWrite && <Button onPress={() => setAsking('document')}>{t('identity.identify')}</Button>}
      {asking === 'document' && (
        <SubjectForm<IdentityProps>
          one={undefined}
          reads={reads}
          onClose={() => {
            setOnce(onceKey());
            close();
          }}
          subject={{
            title: t('identity.identify'),
            nameOf: () => t('identity.title'),
            fields: () => [
              {
                kind: 'one',
                name: 'documentKind',
                label: t('identity.which'),
                options: DOCUMENTS.map(code => [code, t(`identity.document.${code}`)]),
              },
              { kind: 'text', name: 'fiscalCode', label: t('identity.fiscalCode'), help: t('identity.fiscalCodeHelp') },
              {
                kind: 'one',
                name: 'address',
                label: t('identity.address'),
                help: t('identity.addressHelp'),
                empty: t('identity.noAddress'),
                options: addresses.map((one, index) => [String(index), `${shown(one)} (${kindName(one.kind)})`]),
              },
            ],
            valuesOf: () => ({ documentKind: 'identity_card' }),
            save: values => {
              const fiscalCode = textOrNone(values, 'fiscalCode');
              const address = addresses[Number(textOrNone(values, 'address') ?? NaN)];
              return identified({
                how: 'document',
                documentKind: oneOf(DOCUMENTS, textOf(values, 'documentKind')),
                ...(fiscalCode === undefined ? {} : { fiscalCode }),
                ...(address === undefined ? {} : { address: { kind: address.kind, value: address.value } }),
              });
            },
          }}
        />
      )}
      {typeof asking === 'object' && (
        <SubjectForm<Identification>
          one={asking.back}
          reads={reads}
          onClose={close}
          subject={{
            title: t('identity.withdraw'),
            nameOf: () => t('identity.title'),
            fields: () => [{ kind: 'lines', name: 'reason', label: t('supervision.reason'), lines: 2, required: true }],
            valuesOf: () => ({}),
            save: values =>
              taken(
                api.POST('/api/contact-identifications/{id}/withdrawal', {
                  params: { path: { id: asking.back.id } },
                  body: { reason: textOf(values, 'reason') },
                }),
              ),
          }}
        />
      )}
    </Section>
  );
}
