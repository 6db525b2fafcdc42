import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import { api, onceKey, taken, versionTag, type Schemas } from '../api/client.js';
import { operatorsQuery } from '../api/queries.js';
import { dateTime, number } from '../i18n/format.js';
import { Confirm } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Edit, listed, orNothing, said, useDraft } from '../ui/edit.js';
import { Select, TextInput } from '../ui/field.js';
import { Pick } from '../ui/pick.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { ROLES, useChoices, type Role } from './choices.js';
import { ImportDialog } from './import-dialog.js';
import { ActiveMark, FactPair } from './offices.js';

type Person = Schemas['OperatorDetail'];
const READS = ['operators', 'operator', 'office'] as const;

const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['operator', id],
    queryFn: ({ signal }) => taken(api.GET('/api/operators/{id}', { params: { path: { id } }, signal })),
  });

export function PeoplePage() {
  const { id } = useParams<{ id?: string }>();
  return id === undefined ? <PeopleList /> : <PersonPage key={id} id={id} />;
}

function PeopleList() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { roleName } = useChoices();
  const [making, setMaking] = useState(false);
  const [taking, setTaking] = useState(false);
  const people = useQuery(operatorsQuery);
  return (
    <Page
      title={t('administration.people.title')}
      lead={t('administration.people.lead')}
      actions={
        <>
          <Button icon="file" onPress={() => setTaking(true)}>
            {t('administration.import.button')}
          </Button>
          <Button kind="primary" onPress={() => setMaking(true)}>
            {t('administration.people.make')}
          </Button>
        </>
      }
    >
      <Read query={people}>
        {({ items }) => (
          <Table
            caption={t('administration.people.title')}
            hideCaption
            file="filodiretto-persone"
            empty={t('administration.people.none')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                id: 'name',
                title: t('administration.name'),
                value: ({ name }) => name,
                show: ({ id, name }) => <Link href={`/administration/people/${id}`}>{name}</Link>,
              },
              { id: 'code', title: t('administration.code'), value: ({ code }) => code },
              { id: 'role', title: t('administration.people.role'), value: ({ role }) => roleName(role) },
              { id: 'office', title: t('supervision.office'), value: ({ office }) => office.name },
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
      {taking && <ImportDialog what="operators" onClose={() => setTaking(false)} />}
      {making && (
        <PersonForm onClose={() => setMaking(false)} onMade={({ id }) => go(`/administration/people/${id}`)} />
      )}
    </Page>
  );
}

const roleOf = (role: string | undefined): Role => ROLES.find(one => one === role) ?? 'tier1_operator';

interface PersonFormProps {
  readonly person?: Person;
  readonly onClose: () => void;
  readonly onMade?: (person: Person) => void;
}

function PersonForm({ person, onClose, onMade }: PersonFormProps) {
  const { t } = useTranslation();
  const { offices, roles } = useChoices();
  const { values, set, bind } = useDraft(() => ({
    code: person?.code ?? '',
    name: person?.name ?? '',
    role: roleOf(person?.role),
    office: person?.office.id,
    email: person?.email ?? '',
    phone: person?.phone ?? '',
    languages: person?.languages.join(', ') ?? '',
    others: (person?.memberships ?? [])
      .filter(({ main, fromProvider }) => !main && !fromProvider)
      .map(({ office, role, tier }) => ({ office: office.id, name: office.name, role: roleOf(role), tier })),
  }));
  const main = person?.memberships.find(one => one.main);
  const body = (): Schemas['WriteOperator'] =>
    said({
      name: values.name.trim(),
      role: values.role,
      office: values.office ?? '',
      email: orNothing(values.email),
      phone: orNothing(values.phone),
      languages: listed(values.languages),
      memberships: [
        ...(main && main.office.id === values.office
          ? [{ office: main.office.id, role: values.role, tier: main.tier }]
          : []),
        ...values.others.map(({ office, role, tier }) => ({ office, role, tier })),
      ],
    });
  return (
    <Edit
      title={person ? t('administration.people.change', { name: person.name }) : t('administration.people.make')}
      wide
      onClose={onClose}
      reads={READS}
      done={t('administration.saved')}
      {...(onMade ? { then: onMade } : {})}
      run={() =>
        person
          ? taken(
              api.PUT('/api/operators/{id}', {
                params: { path: { id: person.id }, header: { 'If-Match': versionTag(person.version) } },
                body: body(),
              }),
            )
          : taken(
              api.POST('/api/operators', {
                params: { header: { 'Idempotency-Key': onceKey() } },
                body: { ...body(), code: values.code.trim() },
              }),
            )
      }
    >
      {mistake => (
        <>
          <TextInput label={t('administration.name')} required error={mistake('/name')} {...bind('name')} />
          {!person && (
            <TextInput
              label={t('administration.code')}
              hint={t('administration.codeHint')}
              required
              error={mistake('/code')}
              {...bind('code')}
            />
          )}
          <div className="columns">
            {person?.roleFromProvider ? (
              <p>
                {t('administration.people.role')}:{' '}
                <strong>{roles.find(([code]) => code === person.role)?.[1] ?? person.role}</strong>{' '}
                <span className="soft">{t('administration.people.fromProvider')}</span>
              </p>
            ) : (
              <Select
                label={t('administration.people.role')}
                options={roles}
                error={mistake('/role')}
                {...bind('role')}
              />
            )}
            <Pick
              label={t('administration.people.mainOffice')}
              items={offices}
              value={values.office}
              onChange={id => set('office', id)}
              required
              error={mistake('/office')}
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
            <TextInput
              label={t('administration.people.languages')}
              hint={t('administration.people.languagesHint')}
              optional
              error={mistake('/languages')}
              {...bind('languages')}
            />
          </div>
          <h3>{t('administration.people.others')}</h3>
          {mistake('/memberships') !== undefined && <p className="error">{mistake('/memberships')}</p>}
          {person?.memberships
            .filter(({ fromProvider }) => fromProvider)
            .map(({ office }) => (
              <p key={office.id}>
                <strong>{office.name}</strong> <span className="soft">{t('administration.people.fromProvider')}</span>
              </p>
            ))}
          {values.others.map((one, index) => (
            <div key={one.office} className="row wrap">
              <strong className="grow">{one.name}</strong>
              <Select
                label={t('administration.people.role')}
                options={roles}
                value={one.role}
                onChange={role =>
                  set(
                    'others',
                    values.others.map((other, at) => (at === index ? { ...other, role } : other)),
                  )
                }
              />
              <Button
                icon="cross"
                label={t('facts.remove', { name: one.name })}
                onPress={() =>
                  set(
                    'others',
                    values.others.filter((_, at) => at !== index),
                  )
                }
              />
            </div>
          ))}
          <Pick
            key={values.others.length}
            label={t('administration.people.addOffice')}
            items={offices.filter(
              ({ id }) => id !== values.office && !values.others.some(({ office }) => office === id),
            )}
            value={undefined}
            onChange={id => {
              const chosen = offices.find(one => one.id === id);
              if (chosen)
                set('others', [
                  ...values.others,
                  { office: chosen.id, name: chosen.name, role: values.role, tier: main?.tier ?? 2 },
                ]);
            }}
          />
        </>
      )}
    </Edit>
  );
}

type Over = 'edit' | 'absence' | 'off' | 'on' | 'out';

function PersonPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useQuery(personQuery(id));
  const [over, setOver] = useState<Over>();
  const shut = (): void => setOver(undefined);
  const atVersion = { path: { id }, header: { 'If-Match': versionTag(query.data?.version ?? 0) } };
  return (
    <Page
      title={query.data?.name ?? t('administration.people.title')}
      actions={
        <>
          <Link className="button quiet" href="/administration/people">
            {t('administration.people.all')}
          </Link>
          {query.data && (
            <>
              <Button icon="pencil" kind="primary" onPress={() => setOver('edit')}>
                {t('administration.edit')}
              </Button>
              <Button onPress={() => setOver(query.data.active ? 'off' : 'on')}>
                {t(query.data.active ? 'administration.deactivate' : 'administration.activate')}
              </Button>
            </>
          )}
        </>
      }
    >
      <Read query={query}>
        {person => (
          <>
            <PersonFacts person={person} />
            <Absences person={person} onAdd={() => setOver('absence')} />
            <Skills id={id} />
            <Sessions id={id} onOut={() => setOver('out')} />
            {over === 'edit' && <PersonForm person={person} onClose={shut} />}
            {over === 'absence' && <AbsenceForm id={id} onClose={shut} />}
            {over === 'off' && (
              <Confirm
                title={t('administration.people.offTitle', { name: person.name })}
                button={t('administration.deactivate')}
                danger
                run={() => taken(api.POST('/api/operators/{id}/deactivations', { params: atVersion }))}
                reads={READS}
                done={t('administration.saved')}
                onClose={shut}
              >
                <p>{t('administration.people.offLead', { count: person.openCases })}</p>
              </Confirm>
            )}
            {over === 'on' && (
              <Confirm
                title={t('administration.people.onTitle', { name: person.name })}
                button={t('administration.activate')}
                run={() => taken(api.POST('/api/operators/{id}/activations', { params: atVersion }))}
                reads={READS}
                done={t('administration.saved')}
                onClose={shut}
              />
            )}
            {over === 'out' && (
              <Confirm
                title={t('administration.sessions.endAll')}
                button={t('administration.sessions.endAll')}
                danger
                run={() => taken(api.DELETE('/api/operators/{id}/sessions', { params: { path: { id } } }))}
                reads={['sessions']}
                done={t('administration.sessions.ended')}
                onClose={shut}
              >
                <p>{t('administration.sessions.endLead', { name: person.name })}</p>
              </Confirm>
            )}
          </>
        )}
      </Read>
    </Page>
  );
}

function PersonFacts({ person }: { readonly person: Person }) {
  const { t } = useTranslation();
  const { roleName } = useChoices();
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('administration.code'), person.code],
    [t('administration.people.role'), roleName(person.role)],
    [
      t('administration.people.memberships'),
      person.memberships.map(({ office, role }) => `${office.name} (${roleName(role)})`).join(', '),
    ],
    [t('administration.people.responsibleFor'), person.responsibleFor.map(({ name }) => name).join(', ')],
    [t('administration.email'), person.email],
    [t('administration.phone'), person.phone],
    [t('administration.people.languages'), person.languages.join(', ')],
    [t('administration.offices.openCases'), number(person.openCases)],
  ];
  return (
    <div className="card">
      <p>
        <ActiveMark active={person.active} />
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

function Absences({ person, onAdd }: { readonly person: Person; readonly onAdd: () => void }) {
  const { t } = useTranslation();
  const [removing, setRemoving] = useState<Schemas['AbsenceView']>();
  return (
    <>
      <Table
        caption={t('administration.absences.title')}
        empty={t('administration.absences.none')}
        rows={person.absences}
        keyOf={({ id }) => id}
        columns={[
          { id: 'from', title: t('supervision.from'), value: one => one.from, show: one => dateTime(one.from) },
          { id: 'to', title: t('supervision.to'), value: one => one.to, show: one => dateTime(one.to) },
          {
            id: 'substitute',
            title: t('administration.absences.substitute'),
            value: one => one.substitute?.name ?? '–',
          },
        ]}
        actions={one => <Button onPress={() => setRemoving(one)}>{t('administration.remove')}</Button>}
      />
      <p>
        <Button onPress={onAdd}>{t('administration.absences.add')}</Button>
      </p>
      {removing && (
        <Confirm
          title={t('administration.absences.removeTitle')}
          button={t('administration.remove')}
          danger
          run={() =>
            taken(
              api.DELETE('/api/operators/{id}/absences/{absence}', {
                params: { path: { id: person.id, absence: removing.id } },
              }),
            )
          }
          reads={READS}
          done={t('administration.saved')}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}

interface OfPerson {
  readonly id: string;
  readonly onClose: () => void;
}

/** The beginning of a day here, as an instant. */
const instant = (date: string, days = 0): string => {
  const at = new Date(`${date}T00:00:00`);
  if (Number.isNaN(at.getTime())) return '';
  at.setDate(at.getDate() + days);
  return at.toISOString();
};

function AbsenceForm({ id, onClose }: OfPerson) {
  const { t } = useTranslation();
  const { operators } = useChoices();
  const { values, set, bind } = useDraft({ from: '', to: '', substitute: undefined as string | undefined });
  return (
    <Edit
      title={t('administration.absences.add')}
      onClose={onClose}
      reads={READS}
      done={t('administration.saved')}
      run={() =>
        taken(
          api.POST('/api/operators/{id}/absences', {
            params: { path: { id }, header: { 'Idempotency-Key': onceKey() } },
            body: said({
              from: instant(values.from),
              to: instant(values.to === '' ? values.from : values.to, 1),
              substitute: values.substitute,
            }),
          }),
        )
      }
    >
      {mistake => (
        <>
          <TextInput
            type="date"
            label={t('administration.absences.from')}
            required
            error={mistake('/from')}
            {...bind('from')}
          />
          <TextInput type="date" label={t('administration.absences.to')} error={mistake('/to')} {...bind('to')} />
          <Pick
            label={t('administration.absences.substitute')}
            items={operators.filter(one => one.id !== id)}
            value={values.substitute}
            onChange={substitute => set('substitute', substitute)}
            error={mistake('/substitute')}
          />
        </>
      )}
    </Edit>
  );
}

function Skills({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<Schemas['OperatorSkills']>();
  const skills = useQuery({
    queryKey: ['skills', id],
    queryFn: ({ signal }) => taken(api.GET('/api/operators/{id}/skills', { params: { path: { id } }, signal })),
  });
  return (
    <section className="card" aria-label={t('administration.skills.title')}>
      <Read query={skills}>
        {data => (
          <>
            <div className="row">
              <h2 className="grow">{t('administration.skills.title')}</h2>
              <Button icon="pencil" onPress={() => setEditing(data)}>
                {t('administration.skills.change')}
              </Button>
            </div>
            <p>{t('administration.skills.capacity', { count: data.capacity })}</p>
            {data.skills.length === 0 && <p className="soft">{t('administration.skills.none')}</p>}
            <ul className="chips">
              {data.skills.map(({ skill, level }) => (
                <li key={skill} className="badge">
                  {skill} · {level}
                </li>
              ))}
            </ul>
          </>
        )}
      </Read>
      {editing && <SkillsForm id={id} skills={editing} onClose={() => setEditing(undefined)} />}
    </section>
  );
}

function SkillsForm({ id, skills, onClose }: OfPerson & { readonly skills: Schemas['OperatorSkills'] }) {
  const { t } = useTranslation();
  const { values, bind } = useDraft({
    capacity: String(skills.capacity),
    skills: skills.skills.map(({ skill, level }) => `${skill} ${level}`).join('\n'),
  });
  return (
    <Edit
      title={t('administration.skills.title')}
      onClose={onClose}
      reads={['skills']}
      done={t('administration.saved')}
      run={() =>
        taken(
          api.PUT('/api/operators/{id}/skills', {
            params: { path: { id } },
            body: {
              capacity: Number(values.capacity),
              skills: values.skills
                .split('\n')
                .map(line => line.trim())
                .filter(line => line !== '')
                .map(line => {
                  const [, skill = line, level = '3'] = /^(\S+)\s+(\d+)$/.exec(line) ?? [];
                  return { skill, level: Number(level) };
                }),
            },
          }),
        )
      }
    >
      {mistake => (
        <>
          <TextInput
            type="number"
            min="0"
            label={t('administration.skills.capacityLabel')}
            error={mistake('/capacity')}
            {...bind('capacity')}
          />
          <TextInput
            label={t('administration.skills.title')}
            hint={t('administration.skills.hint')}
            lines={6}
            error={mistake('/skills')}
            {...bind('skills')}
          />
        </>
      )}
    </Edit>
  );
}

function Sessions({ id, onOut }: { readonly id: string; readonly onOut: () => void }) {
  const { t } = useTranslation();
  const sessions = useQuery({
    queryKey: ['sessions', id],
    queryFn: ({ signal }) => taken(api.GET('/api/operators/{id}/sessions', { params: { path: { id } }, signal })),
  });
  return (
    <>
      <Read query={sessions}>
        {({ items, most }) => (
          <>
            <Table
              caption={t('administration.sessions.title')}
              empty={t('administration.sessions.none')}
              rows={items}
              keyOf={one => one.id}
              columns={[
                {
                  id: 'began',
                  title: t('administration.sessions.began'),
                  value: one => one.beganAt,
                  kind: 'instant',
                  show: one => dateTime(one.beganAt),
                },
                {
                  id: 'used',
                  title: t('administration.sessions.used'),
                  value: one => one.usedAt,
                  kind: 'instant',
                  show: one => dateTime(one.usedAt),
                },
                {
                  id: 'with',
                  title: t('administration.sessions.with'),
                  value: one => one.userAgent ?? '–',
                  show: one => <span className="clamp">{one.userAgent ?? '–'}</span>,
                },
              ]}
            />
            <p className="small">{t('administration.sessions.most', { count: most })}</p>
            {items.length > 0 && (
              <p>
                <Button onPress={onOut}>{t('administration.sessions.endAll')}</Button>
              </p>
            )}
          </>
        )}
      </Read>
    </>
  );
}
