import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, taken, type Schemas } from '../api/client.js';
import { contactQuery, consentsQuery, identificationsQuery, relationsQuery } from '../api/queries.js';
import { place } from '../app/routes.js';
import { useSession } from '../app/session.js';
import { brief, dateTime, day, distance, term } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { useNow } from '../ui/now.js';
import { useProblemWords } from '../ui/problem.js';
import { toast } from '../ui/said.js';
import { Section } from './fact-section.js';
import { Looks } from './looks.js';
import { TaskCard } from './task-card.js';
import { useAddressKind, useAddressShown } from './address-kind.js';
import { useChannelName } from './message.js';
import { citizenOf } from './person.js';
import { usePersonName } from './person-name.js';
import { usePurposeName } from './purpose-name.js';
import { urgencyOf } from './urgency.js';

type CaseView = Schemas['CaseView'];

interface AsideProps {
  readonly view: CaseView;
  readonly onHide: () => void;
}

/** What is known of the case and of who it is of, beside its story. */
export function CaseAside({ view, onHide }: AsideProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <aside className="facts" aria-label={t('nav.facts')}>
      <div className="facts-close no-print">
        <Button icon="cross" kind="quiet" label={t('nav.hideFacts')} onPress={onHide} />
      </div>
      <Deadlines deadlines={view.deadlines} />
      <Citizen view={view} />
      <CaseFacts view={view} />
      <Tasks tasks={view.tasks} />
      <Relations caseId={view.id} />
      {may('trail.read') && <Looks caseId={view.id} />}
    </aside>
  );
}

function Deadlines({ deadlines }: { readonly deadlines: readonly Schemas['DeadlineView'][] }) {
  const { t } = useTranslation();
  const now = useNow();
  // What comes first stands first; what is over or has no date comes after.
  const order = ({ dueAt, endedAt }: Schemas['DeadlineView']): string =>
    endedAt === undefined ? (dueAt ?? '~') : '~~';
  const shown = deadlines
    .filter(({ state }) => state !== 'void')
    .toSorted((one, other) => order(one).localeCompare(order(other)));
  return (
    <Section title={t('deadline.title')}>
      {shown.length === 0 && <p className="soft small">{t('deadline.none')}</p>}
      <ul className="deadlines">
        {shown.map(({ clock, name, state, startedAt, dueAt, endedAt, legal, promised, effectOnExpiry }) => {
          const runs = state === 'running' || state === 'late';
          const urgency = state === 'late' ? 'late' : state === 'running' ? urgencyOf(dueAt, startedAt, now) : 'quiet';
          return (
            <li key={`${clock} ${name} ${dueAt ?? ''}`} className={`deadline ${urgency}`}>
              <Icon
                name={urgency === 'late' ? 'alert' : state === 'met' ? 'check' : state === 'stopped' ? 'wait' : 'clock'}
              />
              <div className="grow">
                <strong>{t(`clock.${clock}`)}</strong>{' '}
                <span className="small">
                  {runs && dueAt !== undefined
                    ? t(state === 'late' ? 'deadline.late' : 'deadline.running', { when: distance(dueAt, now) })
                    : t(`deadline.${state}`, { when: endedAt === undefined ? '' : dateTime(endedAt) })}
                </span>
                <p className="small soft">
                  {[
                    dueAt === undefined ? undefined : term(dueAt),
                    legal ? t('deadline.legal') : undefined,
                    promised ? t('deadline.promised') : undefined,
                    effectOnExpiry !== 'none' && runs ? t(`deadline.${effectOnExpiry}`) : undefined,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Citizen({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const kindName = useAddressKind();
  const purposeName = usePurposeName();
  const personName = usePersonName();
  const now = useNow();
  const id = view.contact?.id;
  const contact = useQuery({ ...contactQuery(id ?? ''), enabled: id !== undefined });
  const consents = useQuery({ ...consentsQuery(id ?? ''), enabled: id !== undefined });
  const identity = useQuery({ ...identificationsQuery(id ?? ''), enabled: id !== undefined });
  if (id === undefined)
    return (
      <Section title={t('facts.citizen')}>
        <p className="soft small">{t('facts.noContact')}</p>
      </Section>
    );
  const level = identity.data?.assuranceLevel ?? 0;
  const claim = identity.data?.claims.find(one => one.case.id === view.id);
  const given = consents.data?.items.filter(({ state }) => state !== 'none') ?? [];
  const others = contact.data?.cases.filter(other => other.id !== view.id) ?? [];
  return (
    <Section title={t('facts.citizen')}>
      <p>
        <Link href={place.contact(id)} className="strong">
          {personName(contact.data ?? citizenOf(view))}
        </Link>
      </p>
      {level > 1 && <p className="small">{t(`identity.level.l${level}`, { defaultValue: '' })}</p>}
      {claim !== undefined && level < 3 && (
        <p className="small">{t('identity.claimedHere', { name: claim.name, level: claim.assuranceLevel })}</p>
      )}
      {contact.data?.restrictedSince !== undefined && <p className="notice warning small">{t('facts.restricted')}</p>}
      {contact.data?.erasedAt !== undefined && <p className="notice small">{t('facts.erased')}</p>}
      <Addresses addresses={contact.data?.addresses ?? []} />
      <h4>{t('facts.otherCases')}</h4>
      {others.length === 0 ? (
        <p className="soft small">{t('facts.noOtherCases')}</p>
      ) : (
        <ul className="others small">
          {others.slice(0, 6).map(other => (
            <li key={other.id}>
              <Link href={place.case('open', other.id)}>{other.subject}</Link>{' '}
              <span className="soft">
                {t(`state.${other.state}`)} · {brief(other.openedAt, now)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {given.length > 0 && (
        <>
          <h4>{t('facts.consents')}</h4>
          <ul className="small">
            {given.map(({ purpose, addressKind, state }) => (
              <li key={`${purpose} ${addressKind ?? ''}`}>
                {purposeName(purpose)} {addressKind === undefined ? '' : kindName(addressKind)}: {t(`consent.${state}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** Where somebody can be reached. */
export function Addresses({ addresses }: { readonly addresses: readonly Schemas['ContactAddressView'][] }) {
  const { t } = useTranslation();
  const kindName = useAddressKind();
  const shown = useAddressShown();
  return (
    <ul className="small addresses">
      {addresses.map(address => (
        <li key={`${address.kind} ${address.value}`} className="row wrap">
          <span className="soft">{kindName(address.kind)}</span>
          <span className="breaks">{shown(address)}</span>
          {address.verified && (
            <span className="badge success">
              <Icon name="check" />
              {t('facts.verified')}
            </span>
          )}
          {address.undeliverableAt !== undefined && <span className="badge danger">{t('facts.undeliverable')}</span>}
        </li>
      ))}
    </ul>
  );
}

function CaseFacts({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  const { may } = useSession();
  const client = useQueryClient();
  const words = useProblemWords();
  const untag = (tag: string): void => {
    taken(api.DELETE('/api/cases/{id}/tags/{tag}', { params: { path: { id: view.id, tag } } }))
      .then(() => client.invalidateQueries({ queryKey: ['case', view.id] }))
      .catch((fault: unknown) => toast(words(fault), { kind: 'danger' }));
  };
  const pairs: readonly (readonly [string, string | undefined])[] = [
    [t('facts.kind'), t(`kind.${view.kind}`)],
    [t('facts.category'), view.category?.label],
    [t('facts.priority'), t(`priority.${view.priority}`)],
    [t('facts.channel'), view.channel === undefined ? t('list.byHand') : channelName(view.channel)],
    [t('facts.opened'), dateTime(view.openedAt)],
    [t('facts.planned'), view.plannedDate === undefined ? undefined : day(view.plannedDate)],
    [t('facts.outcome'), view.outcome === undefined ? undefined : t(`outcome.${view.outcome}`)],
    [t('facts.place'), view.place?.address ?? pointWords(view.place)],
    [t('facts.area'), view.place?.area?.name],
    [t('facts.followers'), view.followers.map(({ name }) => name).join(', ') || undefined],
    ...view.fields.map(({ label, shown }) => [label, shown] as const),
  ];
  return (
    <Section title={t('facts.case')}>
      <dl className="pairs small">
        {pairs.map(
          ([label, value]) =>
            value !== undefined && (
              <div key={label}>
                <dt>{label}</dt>
                <dd className="breaks">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {view.tags.length > 0 && (
        <ul className="chips" aria-label={t('facts.tags')}>
          {view.tags.map(({ id, label }) => (
            <li key={id} className="badge">
              <Icon name="tag" />
              {label}
              {may('case.work') && (
                <button
                  type="button"
                  className="untag no-print"
                  aria-label={t('facts.remove', { name: label })}
                  onClick={() => untag(id)}
                >
                  <Icon name="cross" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const pointWords = (where: CaseView['place']): string | undefined =>
  where?.latitude === undefined || where.longitude === undefined
    ? undefined
    : `${where.latitude.toFixed(5)}, ${where.longitude.toFixed(5)}`;

function Tasks({ tasks }: { readonly tasks: readonly Schemas['TaskView'][] }) {
  const { t } = useTranslation();
  if (tasks.length === 0) return null;
  return (
    <Section title={t('facts.tasks')}>
      {tasks.map(task => (
        <TaskCard key={task.id} task={task} />
      ))}
    </Section>
  );
}

function Relations({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation();
  const relations = useQuery(relationsQuery(caseId));
  const { may } = useSession();
  const now = useNow();
  const client = useQueryClient();
  const words = useProblemWords();
  const items = relations.data?.items ?? [];
  if (items.length === 0) return null;
  const undo = (merge: string): void => {
    taken(
      api.POST('/api/merges/{id}/reversals', {
        params: { path: { id: merge } },
        body: { reason: t('facts.undoMerge') },
      }),
    )
      .then(() => client.invalidateQueries({ queryKey: ['relations', caseId] }))
      .catch((fault: unknown) => toast(words(fault), { kind: 'danger' }));
  };
  const unlink = (other: string): void => {
    taken(api.DELETE('/api/cases/{id}/links/{other}', { params: { path: { id: caseId, other } } }))
      .then(() => {
        toast(t('work.link.undone'));
        return client.invalidateQueries({ queryKey: ['relations'] });
      })
      .catch((fault: unknown) => toast(words(fault), { kind: 'danger' }));
  };
  return (
    <Section title={t('facts.relations')}>
      <ul className="others small">
        {items.map(({ kind, case: other, merge, undoUntil }) => (
          <li key={`${kind} ${other.id}`}>
            <span className="soft">{t(`relation.${kind}`)}:</span>{' '}
            <Link href={place.case('open', other.id)}>{other.subject}</Link>{' '}
            <span className="soft">{t(`state.${other.state}`)}</span>
            {kind === 'related' && may('case.work') && (
              <Button
                kind="quiet"
                icon="cross"
                label={t('work.link.undo', { number: other.number })}
                onPress={() => unlink(other.id)}
              />
            )}
            {merge !== undefined &&
              undoUntil !== undefined &&
              new Date(undoUntil).getTime() > now &&
              may('case.work') && (
                <Button kind="quiet" onPress={() => undo(merge)}>
                  {t('facts.undoMerge')}
                </Button>
              )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
