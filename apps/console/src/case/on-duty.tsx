import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { categoriesQuery, onDutyQuery, topicsQuery } from '../api/queries.js';
import { languageName, time } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Select } from '../ui/field.js';
import { Problem } from '../ui/problem.js';

type Office = Schemas['OnDutyOffice'];
type Person = Schemas['OnDutyPerson'];

/** An office, and who of it; nobody of it: the office itself. */
interface ChosenOnDuty {
  readonly office: string | undefined;
  readonly operator: string | undefined;
}

interface OnDutyPickProps {
  /** The category of the case: its topic is shown first. */
  readonly category: string | undefined;
  readonly chosen: ChosenOnDuty;
  readonly onChoose: (office: string, operator: string | undefined) => void;
}

/** Who can take a citizen straight through now, for a topic: choosing somebody fills in the office and the person. */
export function OnDutyPick({ category, chosen, onChoose }: OnDutyPickProps) {
  const { t } = useTranslation();
  const topics = useQuery(topicsQuery);
  const categories = useQuery(categoriesQuery);
  const [picked, setPicked] = useState<string>();
  const topic = picked ?? categories.data?.items.find(({ id }) => id === category)?.topic?.code ?? '';
  const duty = useQuery({ ...onDutyQuery(topic), enabled: topic !== '' });
  if (!topics.data || topics.data.items.length === 0) return null;
  return (
    <div className="on-duty">
      <Select
        label={t('desk.onDuty.label')}
        value={topic}
        empty={t('desk.onDuty.choose')}
        options={topics.data.items.filter(({ active }) => active).map(({ code, label }) => [code, label])}
        onChange={setPicked}
      />
      {duty.error && <Problem fault={duty.error} onRetry={() => void duty.refetch()} />}
      {duty.data && (
        <ul aria-label={t('desk.onDuty.list', { topic: duty.data.topic.label })}>
          {duty.data.items.map(office => (
            <OfficeOnDuty key={office.id} office={office} chosen={chosen} onChoose={onChoose} />
          ))}
        </ul>
      )}
      <p className="small soft" role="status">
        {duty.data && free(duty.data.items) === 0 && t('desk.onDuty.nobody')}
        {duty.data && free(duty.data.items) > 0 && t('desk.onDuty.free', { count: free(duty.data.items) })}
      </p>
    </div>
  );
}

const free = (offices: readonly Office[]): number =>
  new Set(offices.flatMap(({ people }) => people.map(({ id }) => id))).size;

interface OfficeOnDutyProps extends Pick<OnDutyPickProps, 'chosen' | 'onChoose'> {
  readonly office: Office;
}

function OfficeOnDuty({ office, chosen, onChoose }: OfficeOnDutyProps) {
  const { t } = useTranslation();
  const id = useId();
  const reach = [office.phone, office.email, office.address].filter(Boolean).join(' · ');
  return (
    <li>
      <div className="row wrap">
        <div className="grow">
          <strong>{office.name}</strong> {!office.open && <span className="badge">{t('desk.onDuty.closed')}</span>}
          <p className="small soft" id={`${id}-office`}>
            {reach}
          </p>
        </div>
        <Button
          label={t('desk.onDuty.toOffice', { office: office.name })}
          describedBy={`${id}-office`}
          pressed={chosen.office === office.id && chosen.operator === undefined}
          onPress={() => onChoose(office.id, undefined)}
        >
          {t('desk.onDuty.office')}
        </Button>
      </div>
      {office.people.map(person => (
        <PersonOnDuty
          key={person.id}
          person={person}
          chosen={chosen.office === office.id && chosen.operator === person.id}
          onChoose={() => onChoose(office.id, person.id)}
        />
      ))}
    </li>
  );
}

interface PersonOnDutyProps {
  readonly person: Person;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function PersonOnDuty({ person, chosen, onChoose }: PersonOnDutyProps) {
  const { t } = useTranslation();
  const id = useId();
  const { name, tier, since, inHand, languages, phone, insteadOf } = person;
  const about = [
    t('desk.onDuty.tier', { tier }),
    t('desk.onDuty.since', { time: time(since) }),
    t('desk.onDuty.inHand', { count: inHand }),
    ...(languages.length > 0 ? [languages.map(languageName).join(', ')] : []),
    ...(insteadOf ? [t('desk.onDuty.insteadOf', { name: insteadOf.name })] : []),
  ];
  return (
    <div className="row wrap">
      <div className="grow">
        <span>{name}</span>
        {phone !== undefined && (
          <>
            {' '}
            <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a>
          </>
        )}
        <p className="small soft" id={`${id}-person`}>
          {about.join(' · ')}
        </p>
      </div>
      <Button
        label={t('desk.onDuty.toPerson', { name })}
        describedBy={`${id}-person`}
        pressed={chosen}
        onPress={onChoose}
      >
        {t('desk.onDuty.person')}
      </Button>
    </div>
  );
}
