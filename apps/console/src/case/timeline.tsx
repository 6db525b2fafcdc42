import { memo, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { dateTime, longDay, time } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Icon, type IconName } from '../ui/icon.js';
import { factWords, reasonOf, type Names } from './facts.js';
import { Message, useChannelName } from './message.js';
import { useNames } from './names.js';
import { citizenOf, writerOf } from './person.js';
import { usePersonName } from './person-name.js';
import { piecesOf } from './pieces.js';
import { TaskCard } from './task-card.js';
import { useLatestInView } from './use-latest-in-view.js';

type Entry = Schemas['TimelineEntry'];
type Fact = Schemas['JournalEntryView'];

/** So many pieces are shown at first: the latest ones. */
const SHOWN = 120;

/** Everything that happened in a case, across its channels, oldest first. */
export function Timeline({ view }: { readonly view: Schemas['CaseView'] }) {
  const { t } = useTranslation();
  const names = useNames();
  const channelName = useChannelName();
  const personName = usePersonName();
  const citizen = personName(citizenOf(view));
  const pieces = useMemo(() => piecesOf(view.timeline), [view.timeline]);
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : Math.max(0, pieces.length - SHOWN);
  const end = useRef<HTMLDivElement>(null);
  useLatestInView(end, pieces.length);
  let dayBefore = '';
  return (
    <section className="timeline" aria-label={t('case.timeline')}>
      {hidden > 0 && (
        <Button className="earlier" onPress={() => setAll(true)}>
          {t('case.earlier', { count: hidden })}
        </Button>
      )}
      <ol>
        {pieces.slice(hidden).map(piece => {
          const day = longDay(piece.at);
          const newDay = day !== dayBefore;
          dayBefore = day;
          return (
            <li key={piece.key} className="piece">
              {newDay && <h3 className="day">{day}</h3>}
              {piece.type === 'machine' ? (
                <Machine facts={piece.facts} names={names} citizen={citizen} />
              ) : (
                <Told
                  entry={piece.entry}
                  view={view}
                  names={names}
                  citizen={citizen}
                  writer={piece.entry.message && personName(writerOf(piece.entry.message, view))}
                  channel={channelName(piece.entry.message?.channel)}
                />
              )}
            </li>
          );
        })}
      </ol>
      <div ref={end} />
    </section>
  );
}

interface ToldProps {
  readonly entry: Entry;
  readonly view: Schemas['CaseView'];
  readonly names: Names;
  /** What the citizen is called. */
  readonly citizen: string;
  /** What whoever wrote the message from outside is called. */
  readonly writer: string | undefined;
  /** How the channel of the message calls itself. */
  readonly channel: string;
}

const Told = memo(function Told({ entry, view, names, citizen, writer = '', channel }: ToldProps) {
  const { message, note, fact } = entry;
  if (message) return <Message message={message} caseId={view.id} writer={writer} channel={channel} />;
  if (note) return <Note note={note} />;
  if (!fact) return null;
  const task = fact.fact === 'asked' ? view.tasks.find(({ id }) => id === fact.data.task) : undefined;
  return (
    <>
      <FactLine fact={fact} names={names} citizen={citizen} />
      {task && <TaskCard task={task} />}
    </>
  );
});

function Note({ note }: { readonly note: Schemas['InternalNoteView'] }) {
  const { t } = useTranslation();
  const name = note.operator?.name ?? note.office?.name ?? note.body;
  return (
    <article className="said note" aria-label={t('message.noteBy', { name: name ?? t('actor.office') })}>
      <header className="row small">
        <Icon name="note" />
        <strong>{name}</strong>
        <span className="badge">{t('message.note')}</span>
        <time className="soft" dateTime={note.createdAt} title={dateTime(note.createdAt)}>
          {time(note.createdAt)}
        </time>
      </header>
      <p className="words">{note.text}</p>
    </article>
  );
}

const ICONS: Partial<Record<Fact['fact'], IconName>> = {
  opened: 'inbox',
  assigned: 'office',
  reassigned: 'office',
  taken_in_charge: 'check',
  competence_refused: 'back',
  resolved: 'checks',
  closed: 'check',
  rejected: 'cross',
  asked: 'question',
  task_answered: 'reply',
  deadline_breached: 'alert',
  deadline_warned: 'clock',
  deadline_recounted: 'clock',
  escalated: 'alert',
  extended: 'clock',
  suspended: 'wait',
  paused: 'wait',
  chased: 'bell',
  delivery_failed: 'alert',
  located: 'pin',
  tagged: 'tag',
  linked: 'link',
  merged: 'link',
};
const ALARMS = new Set<Fact['fact']>(['deadline_breached', 'escalated', 'delivery_failed', 'chased']);

interface FactProps {
  readonly fact: Fact;
  readonly names: Names;
  /** What the person of the case is called. */
  readonly citizen: string;
}

function FactLine({ fact, names, citizen }: FactProps) {
  const { t } = useTranslation();
  const reason = reasonOf(fact);
  return (
    <p className={`fact small ${ALARMS.has(fact.fact) ? 'alarm' : ''}`}>
      <Icon name={ICONS[fact.fact] ?? 'more'} />
      <span>
        <strong>{fact.actor.name ?? (fact.actor.kind === 'contact' ? citizen : t(`actor.${fact.actor.kind}`))}</strong>{' '}
        {factWords(t, fact, names)}
        {reason !== undefined && <q>{reason}</q>}
      </span>
      <time className="soft" dateTime={fact.at} title={dateTime(fact.at)}>
        {time(fact.at)}
      </time>
    </p>
  );
}

type MachineProps = Omit<FactProps, 'fact'> & { readonly facts: readonly Fact[] };

/** What the machinery did, folded: whoever wants to know opens it. */
function Machine({ facts, names, citizen }: MachineProps) {
  const { t } = useTranslation();
  return (
    <details className="machine small">
      <summary>{t('case.machine', { count: facts.length })}</summary>
      {facts.map(fact => (
        <FactLine key={fact.id} fact={fact} names={names} citizen={citizen} />
      ))}
    </details>
  );
}
