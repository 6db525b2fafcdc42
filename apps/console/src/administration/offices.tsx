import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import { api, onceKey, taken, versionTag, type Schemas } from '../api/client.js';
import { officesQuery } from '../api/queries.js';
import { day, number } from '../i18n/format.js';
import { Mark } from '../supervision/wallboard.js';
import { Confirm } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Edit, orNothing, said, useDraft } from '../ui/edit.js';
import { Check, Select, TextInput } from '../ui/field.js';
import { Pick } from '../ui/pick.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { useChoices } from './choices.js';
import { HoursDialog } from './hours.js';
import { ImportDialog } from './import-dialog.js';
import { treeOf } from './tree.js';

type Office = Schemas['OfficeDetail'];

const OFFICE_KINDS = ['administration', 'department', 'office', 'team'] as const;
const TIERS = ['1', '2', '3'] as const;
const READS = ['offices', 'office'] as const;

const officeQuery = (id: string) =>
  queryOptions({
    queryKey: ['office', id],
    queryFn: ({ signal }) => taken(api.GET('/api/offices/{id}', { params: { path: { id } }, signal })),
  });

export function OfficesPage() {
  const { id } = useParams<{ id?: string }>();
  return id === undefined ? <OfficeList /> : <OfficePage key={id} id={id} />;
}

function OfficeList() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [making, setMaking] = useState(false);
  const [taking, setTaking] = useState(false);
  const offices = useQuery(officesQuery);
  return (
    <Page
      title={t('administration.offices.title')}
      lead={t('administration.offices.lead')}
      actions={
        <>
          <Button icon="file" onPress={() => setTaking(true)}>
            {t('administration.import.button')}
          </Button>
          <Button kind="primary" onPress={() => setMaking(true)}>
            {t('administration.offices.make')}
          </Button>
        </>
      }
    >
      <Read query={offices}>
        {({ items }) => (
          <Table
            caption={t('administration.offices.title')}
            hideCaption
            file="filodiretto-organigramma"
            empty={t('administration.offices.none')}
            rows={treeOf(items)}
            keyOf={({ id }) => id}
            columns={[
              {
                id: 'name',
                title: t('supervision.office'),
                value: ({ name }) => name,
                show: ({ id, name, depth }) => (
                  <Link href={`/administration/offices/${id}`} className={`tree depth-${Math.min(depth, 5)}`}>
                    {name}
                  </Link>
                ),
              },
              { id: 'code', title: t('administration.code'), value: ({ code }) => code },
              {
                id: 'kind',
                title: t('administration.offices.kind'),
                value: ({ kind }) => t(`administration.officeKind.${kind}`),
              },
              { id: 'tier', title: t('administration.offices.tier'), value: ({ tier }) => tier, numeric: true },
              {
                id: 'active',
                title: t('supervision.wallboard.state'),
                value: ({ active }) => t(active ? 'administration.active' : 'administration.inactive'),
                show: ({ active }) => <ActiveMark active={active} />,
              },
            ]}
          />
        )}
      </Read>
      {taking && <ImportDialog what="offices" onClose={() => setTaking(false)} />}
      {making && (
        <OfficeForm onClose={() => setMaking(false)} onMade={({ id }) => go(`/administration/offices/${id}`)} />
      )}
    </Page>
  );
}

export function ActiveMark({ active }: { readonly active: boolean }) {
  const { t } = useTranslation();
  return active ? (
    <Mark kind="success" icon="check" words={t('administration.active')} />
  ) : (
    <Mark kind="" icon="cross" words={t('administration.inactive')} />
  );
}

interface OfficeFormProps {
  readonly office?: Office;
  readonly onClose: () => void;
  readonly onMade?: (office: Office) => void;
}

/** The fields of an office, for a new one or one that is there. */
function OfficeForm({ office, onClose, onMade }: OfficeFormProps) {
  const { t } = useTranslation();
  const { offices, operators } = useChoices();
  const { values, set, bind } = useDraft({
    code: office?.code ?? '',
    parent: office?.parent,
    name: office?.name ?? '',
    kind: office?.kind ?? ('office' as const),
    tier: String(office?.tier ?? 2) as (typeof TIERS)[number],
    email: office?.email ?? '',
    phone: office?.phone ?? '',
    address: office?.address ?? '',
    responsible: office?.responsible?.id,
    substitutePowerHolder: office?.substitutePowerHolder?.id,
    patronSaint: office?.patronSaint ?? '',
    openOnHolidays: office?.openOnHolidays ?? false,
    letters: office?.letters ?? true,
  });
  const body = (): Schemas['WriteOffice'] =>
    said({
      name: values.name.trim(),
      kind: values.kind,
      tier: Number(values.tier),
      email: orNothing(values.email),
      phone: orNothing(values.phone),
      address: orNothing(values.address),
      ipaCode: office?.ipaCode,
      responsible: values.responsible,
      substitutes: office?.substitutes.map(({ id }) => id),
      substitutePowerHolder: values.substitutePowerHolder,
      supplier: office?.supplier?.id,
      lot: office?.lot?.id,
      topics: office?.topics.map(({ id }) => id),
      patronSaint: orNothing(values.patronSaint),
      openOnHolidays: values.openOnHolidays,
      letters: values.letters,
    });
  return (
    <Edit
      title={office ? t('administration.offices.change', { name: office.name }) : t('administration.offices.make')}
      wide
      onClose={onClose}
      reads={READS}
      done={t('administration.saved')}
      {...(onMade ? { then: onMade } : {})}
      run={() =>
        office
          ? taken(
              api.PUT('/api/offices/{id}', {
                params: { path: { id: office.id }, header: { 'If-Match': versionTag(office.version) } },
                body: body(),
              }),
            )
          : taken(
              api.POST('/api/offices', {
                params: { header: { 'Idempotency-Key': onceKey() } },
                body: { ...body(), code: values.code.trim(), parent: values.parent ?? '' },
              }),
            )
      }
    >
      {mistake => (
        <>
          <TextInput label={t('administration.name')} required error={mistake('/name')} {...bind('name')} />
          {!office && (
            <div className="columns">
              <TextInput
                label={t('administration.code')}
                hint={t('administration.codeHint')}
                required
                error={mistake('/code')}
                {...bind('code')}
              />
              <Pick
                label={t('administration.offices.parent')}
                items={offices}
                value={values.parent}
                onChange={parent => set('parent', parent)}
                required
                error={mistake('/parent')}
              />
            </div>
          )}
          <div className="columns">
            <Select
              label={t('administration.offices.kind')}
              options={OFFICE_KINDS.map(code => [code, t(`administration.officeKind.${code}`)])}
              error={mistake('/kind')}
              {...bind('kind')}
            />
            <Select
              label={t('administration.offices.tier')}
              options={TIERS.map(code => [code, code])}
              error={mistake('/tier')}
              {...bind('tier')}
            />
          </div>
          <div className="columns">
            <TextInput
              type="email"
              label={t('administration.email')}
              optional
              error={mistake('/email')}
              {...bind('email')}
            />
            <TextInput label={t('administration.phone')} optional error={mistake('/phone')} {...bind('phone')} />
          </div>
          <TextInput label={t('administration.address')} optional error={mistake('/address')} {...bind('address')} />
          <div className="columns">
            <Pick
              label={t('administration.offices.responsible')}
              items={operators}
              value={values.responsible}
              onChange={id => set('responsible', id)}
              error={mistake('/responsible')}
            />
            <Pick
              label={t('administration.offices.powerHolder')}
              items={operators}
              value={values.substitutePowerHolder}
              onChange={id => set('substitutePowerHolder', id)}
              error={mistake('/substitutePowerHolder')}
            />
          </div>
          <TextInput
            label={t('administration.offices.patronSaint')}
            hint={t('administration.offices.patronSaintHint')}
            optional
            error={mistake('/patronSaint')}
            {...bind('patronSaint')}
          />
          <Check
            label={t('administration.offices.openOnHolidays')}
            checked={values.openOnHolidays}
            onChange={on => set('openOnHolidays', on)}
          />
          <Check
            label={t('administration.offices.letters')}
            checked={values.letters}
            onChange={on => set('letters', on)}
          />
        </>
      )}
    </Edit>
  );
}

type Over = 'edit' | 'hours' | 'closure' | 'move' | 'off' | 'on';

function OfficePage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useQuery(officeQuery(id));
  const [over, setOver] = useState<Over>();
  const shut = (): void => setOver(undefined);
  return (
    <Page
      title={query.data?.name ?? t('administration.offices.title')}
      actions={
        <>
          <Link className="button quiet" href="/administration/offices">
            {t('administration.offices.all')}
          </Link>
          {query.data && (
            <>
              <Button icon="pencil" kind="primary" onPress={() => setOver('edit')}>
                {t('administration.edit')}
              </Button>
              <Button onPress={() => setOver('move')}>{t('administration.offices.move')}</Button>
              <Button onPress={() => setOver(query.data.active ? 'off' : 'on')}>
                {t(query.data.active ? 'administration.deactivate' : 'administration.activate')}
              </Button>
            </>
          )}
        </>
      }
    >
      <Read query={query}>
        {office => (
          <>
            <OfficeFacts office={office} />
            <Members office={office} />
            <OpeningHours office={office} onChange={() => setOver('hours')} />
            <Closures office={office} onAdd={() => setOver('closure')} />
            {over === 'edit' && <OfficeForm office={office} onClose={shut} />}
            {over === 'hours' && <HoursDialog office={office} onClose={shut} />}
            {over === 'closure' && <ClosureForm office={office} onClose={shut} />}
            {over === 'move' && <MoveForm office={office} onClose={shut} />}
            {over === 'off' && <DeactivateForm office={office} onClose={shut} />}
            {over === 'on' && (
              <Confirm
                title={t('administration.offices.onTitle', { name: office.name })}
                button={t('administration.activate')}
                run={() =>
                  taken(
                    api.POST('/api/offices/{id}/activations', {
                      params: { path: { id }, header: { 'If-Match': versionTag(office.version) } },
                    }),
                  )
                }
                reads={READS}
                done={t('administration.saved')}
                onClose={shut}
              >
                <p>{t('administration.offices.onLead')}</p>
              </Confirm>
            )}
          </>
        )}
      </Read>
    </Page>
  );
}

function OfficeFacts({ office }: { readonly office: Office }) {
  const { t } = useTranslation();
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('administration.code'), office.code],
    [t('administration.offices.kind'), t(`administration.officeKind.${office.kind}`)],
    [t('administration.offices.tier'), String(office.tier)],
    [t('administration.email'), office.email],
    [t('administration.phone'), office.phone],
    [t('administration.address'), office.address],
    [t('administration.offices.head'), office.head?.operator.name],
    [t('administration.offices.powerHolder'), office.substitutePowerHolder?.name],
    [t('administration.offices.topics'), office.answersFor.map(({ label }) => label).join(', ')],
    [t('administration.offices.openCases'), number(office.openCases)],
    [t('administration.offices.successor'), office.successor?.name],
  ];
  return (
    <div className="card">
      <p className="row wrap">
        <ActiveMark active={office.active} />
        <Mark
          kind={office.open ? 'success' : ''}
          icon="clock"
          words={t(office.open ? 'administration.offices.openNow' : 'administration.offices.closedNow')}
        />
      </p>
      <dl className="pairs">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <FactPair key={label} label={label} value={value ?? ''} />
          ))}
      </dl>
    </div>
  );
}

export function FactPair({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

function Members({ office }: { readonly office: Office }) {
  const { t } = useTranslation();
  const { roleName } = useChoices();
  return (
    <Table
      caption={t('administration.offices.members')}
      empty={t('administration.offices.noMembers')}
      rows={office.members}
      keyOf={({ operator }) => operator.id}
      columns={[
        {
          id: 'name',
          title: t('administration.name'),
          value: ({ operator }) => operator.name,
          show: ({ operator }) => <Link href={`/administration/people/${operator.id}`}>{operator.name}</Link>,
        },
        { id: 'role', title: t('administration.people.role'), value: ({ role }) => roleName(role) },
        { id: 'tier', title: t('administration.offices.tier'), value: ({ tier }) => tier, numeric: true },
        {
          id: 'away',
          title: t('supervision.wallboard.state'),
          value: ({ away }) => t(away ? 'administration.people.awayNow' : 'administration.people.here'),
        },
      ]}
    />
  );
}

function OpeningHours({ office, onChange }: { readonly office: Office; readonly onChange: () => void }) {
  const { t } = useTranslation();
  const inherited = office.hours.length === 0;
  return (
    <section className="card" aria-label={t('administration.hours.title')}>
      <div className="row">
        <h2 className="grow">{t('administration.hours.title')}</h2>
        <Button icon="pencil" onPress={onChange}>
          {t('administration.hours.change')}
        </Button>
      </div>
      {inherited && <p className="soft">{t('administration.hours.inherited')}</p>}
      <ul>
        {office.opening.map(({ weekday, from, to }) => (
          <li key={`${weekday} ${from}`}>
            {t(`administration.weekday.d${weekdayOf(weekday)}`)}: {from}–{to}
          </li>
        ))}
      </ul>
    </section>
  );
}

const weekdayOf = (weekday: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 =>
  ([1, 2, 3, 4, 5, 6, 7] as const).find(one => one === weekday) ?? 7;

function Closures({ office, onAdd }: { readonly office: Office; readonly onAdd: () => void }) {
  const { t } = useTranslation();
  const [removing, setRemoving] = useState<Schemas['ClosureView']>();
  return (
    <>
      <Table
        caption={t('administration.closures.title')}
        empty={t('administration.closures.none')}
        rows={office.closures}
        keyOf={({ id }) => id}
        columns={[
          { id: 'from', title: t('supervision.from'), value: one => one.from, show: one => day(one.from) },
          { id: 'to', title: t('supervision.to'), value: one => one.to, show: one => day(one.to) },
          { id: 'reason', title: t('supervision.reason'), value: one => one.reason },
        ]}
        actions={one => <Button onPress={() => setRemoving(one)}>{t('administration.remove')}</Button>}
      />
      <p>
        <Button onPress={onAdd}>{t('administration.closures.add')}</Button>
      </p>
      {removing && (
        <Confirm
          title={t('administration.closures.removeTitle')}
          button={t('administration.remove')}
          danger
          run={() =>
            taken(
              api.DELETE('/api/offices/{id}/closures/{closure}', {
                params: { path: { id: office.id, closure: removing.id } },
              }),
            )
          }
          reads={READS}
          done={t('administration.saved')}
          onClose={() => setRemoving(undefined)}
        >
          <p>{t('administration.closures.removeLead', { reason: removing.reason })}</p>
        </Confirm>
      )}
    </>
  );
}

interface OfOffice {
  readonly office: Office;
  readonly onClose: () => void;
}

function ClosureForm({ office, onClose }: OfOffice) {
  const { t } = useTranslation();
  const { values, bind } = useDraft({ from: '', to: '', reason: '' });
  return (
    <Edit
      title={t('administration.closures.add')}
      onClose={onClose}
      reads={READS}
      done={t('administration.saved')}
      run={() =>
        taken(
          api.POST('/api/offices/{id}/closures', {
            params: { path: { id: office.id }, header: { 'Idempotency-Key': onceKey() } },
            body: { from: values.from, to: values.to === '' ? values.from : values.to, reason: values.reason.trim() },
          }),
        )
      }
    >
      {mistake => (
        <>
          <p className="soft">{t('administration.closures.lead')}</p>
          <TextInput type="date" label={t('supervision.from')} required error={mistake('/from')} {...bind('from')} />
          <TextInput type="date" label={t('supervision.to')} error={mistake('/to')} {...bind('to')} />
          <TextInput label={t('supervision.reason')} required error={mistake('/reason')} {...bind('reason')} />
        </>
      )}
    </Edit>
  );
}

function MoveForm({ office, onClose }: OfOffice) {
  const { t } = useTranslation();
  const { offices } = useChoices();
  const [parent, setParent] = useState(office.parent);
  return (
    <Edit
      title={t('administration.offices.moveTitle', { name: office.name })}
      onClose={onClose}
      reads={READS}
      done={t('administration.saved')}
      button={t('administration.offices.move')}
      run={() =>
        taken(
          api.POST('/api/offices/{id}/moves', {
            params: { path: { id: office.id }, header: { 'If-Match': versionTag(office.version) } },
            body: { parent: parent ?? '' },
          }),
        )
      }
    >
      {mistake => (
        <>
          <p>{t('administration.offices.moveLead')}</p>
          <Pick
            label={t('administration.offices.parent')}
            items={offices.filter(({ id }) => id !== office.id)}
            value={parent}
            onChange={setParent}
            required
            error={mistake('/parent')}
          />
        </>
      )}
    </Edit>
  );
}

function DeactivateForm({ office, onClose }: OfOffice) {
  const { t } = useTranslation();
  const { offices } = useChoices();
  const { values, set, bind } = useDraft({ reason: '', successor: undefined as string | undefined });
  return (
    <Edit
      title={t('administration.offices.offTitle', { name: office.name })}
      onClose={onClose}
      reads={READS}
      done={t('administration.saved')}
      button={t('administration.deactivate')}
      blocked={
        office.openCases > 0 && values.successor === undefined ? t('administration.offices.needsSuccessor') : undefined
      }
      run={() =>
        taken(
          api.POST('/api/offices/{id}/deactivations', {
            params: { path: { id: office.id }, header: { 'If-Match': versionTag(office.version) } },
            body: said({ reason: values.reason.trim(), successor: values.successor }),
          }),
        )
      }
    >
      {mistake => (
        <>
          <p className="notice warning">{t('administration.offices.offLead', { count: office.openCases })}</p>
          <Pick
            label={t('administration.offices.successor')}
            items={offices.filter(({ id }) => id !== office.id)}
            value={values.successor}
            onChange={successor => set('successor', successor)}
            required={office.openCases > 0}
            error={mistake('/successor')}
          />
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
