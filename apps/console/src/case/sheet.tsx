import './sheet.css';
import { useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { useSession } from '../app/session.js';
import { dateTime, day, term } from '../i18n/format.js';
import { factWords, reasonOf, type Names } from './facts.js';
import { isShownOtherwise } from './kinds-of-fact.js';
import { useChannelName } from './message.js';
import { useNames } from './names.js';
import { writerOf } from './person.js';
import { usePersonName } from './person-name.js';

type CaseView = Schemas['CaseView'];
type MessageView = Schemas['MessageView'];

interface SheetProps {
  readonly view: CaseView;
}

/** The case as it is printed, by the command of the console or of the browser: there only while something is printed. */
export function SheetHere({ view }: SheetProps) {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes what is there when this returns.
    const before = (): void => flushSync(() => setPrinting(true));
    const after = (): void => setPrinting(false);
    globalThis.addEventListener('beforeprint', before);
    globalThis.addEventListener('afterprint', after);
    return () => {
      globalThis.removeEventListener('beforeprint', before);
      globalThis.removeEventListener('afterprint', after);
    };
  }, []);
  return printing ? createPortal(<Sheet view={view} />, document.body) : null;
}

/** Everything of the case, from its holder to the last word, without anything that could be pressed. A table has its head on every page. */
function Sheet({ view }: SheetProps) {
  const { t } = useTranslation();
  const { me } = useSession();
  const names = useNames();
  return (
    <table className="sheet" role="presentation">
      <thead>
        <tr>
          <th>
            <div className="sheet-head">
              <span>{me.administration.name}</span>
              <strong>{t('work.sheet.title', { number: view.number })}</strong>
            </div>
          </th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>
            <h1>{view.subject}</h1>
            <Pairs view={view} />
            {view.tasks.length > 0 && (
              <>
                <h2>{t('facts.tasks')}</h2>
                {view.tasks.map(task => (
                  <div key={task.id} className="sheet-told">
                    <header>
                      <strong>{task.office?.name ?? task.body?.name}</strong> · {t(`task.${task.state}`)} ·{' '}
                      {t('task.due', { when: day(task.dueDate) })}
                    </header>
                    <p className="words">{task.question}</p>
                    {task.answer !== undefined && <p className="words">→ {task.answer}</p>}
                    {task.reason !== undefined && <p className="words">→ {task.reason}</p>}
                  </div>
                ))}
              </>
            )}
            <h2>{t('work.sheet.story')}</h2>
            {view.timeline.map((entry, index) => (
              <Told key={index} entry={entry} names={names} view={view} />
            ))}
            <p className="sheet-foot">
              {t('work.sheet.printed', { when: dateTime(new Date().toISOString()), name: me.name })}.{' '}
              {t('work.sheet.page')}
            </p>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function Pairs({ view }: SheetProps) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  const { office, sorting, responsible, operator, since, until } = view.holding;
  const pairs: readonly (readonly [string, string | undefined])[] = [
    [t('facts.number'), view.number],
    [t('facts.opened'), dateTime(view.openedAt)],
    [t('facts.citizen'), view.contact?.name],
    [t('facts.channel'), view.channel === undefined ? t('list.byHand') : channelName(view.channel)],
    [t('facts.kind'), t(`kind.${view.kind}`)],
    [t('facts.category'), view.category?.label],
    [t('facts.priority'), t(`priority.${view.priority}`)],
    [t('work.view.standing'), t(`state.${view.state}`)],
    [
      t(sorting ? 'holding.sorts' : 'work.sheet.holder'),
      `${[operator?.name, office.name].filter(Boolean).join(', ')}, ${t('work.sheet.since')} ${day(since)}`,
    ],
    [t('facts.responsible'), view.endedAt === undefined ? responsible?.name : undefined],
    [t('work.sheet.until'), until === undefined ? undefined : term(until)],
    [t('facts.outcome'), view.outcome === undefined ? undefined : t(`outcome.${view.outcome}`)],
    [t('facts.place'), view.place?.address],
    [t('facts.tags'), view.tags.map(({ label }) => label).join(', ') || undefined],
    ...view.fields.map(({ label, shown }) => [label, shown] as const),
    ...view.deadlines
      .filter(({ state }) => state !== 'void')
      .map(
        ({ clock, state, dueAt }) =>
          [
            t(`clock.${clock}`),
            `${t(`deadline.${state}`, { when: '' }).trim()} ${dueAt === undefined ? '' : term(dueAt)}`,
          ] as const,
      ),
  ];
  return (
    <dl>
      {pairs.map(([label, value], index) =>
        value === undefined ? null : (
          <div key={index}>
            <dt>{label}</dt>
            <dd className="breaks">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

interface ToldProps extends SheetProps {
  readonly entry: Schemas['TimelineEntry'];
  readonly names: Names;
}

function Told({ entry: { message, note, fact }, names, view }: ToldProps) {
  const { t } = useTranslation();
  if (message) return <Said message={message} view={view} />;
  if (note)
    return (
      <div className="sheet-told note">
        <header>
          <strong>{t('message.noteBy', { name: note.operator?.name ?? note.office?.name ?? note.body ?? '' })}</strong>{' '}
          · {dateTime(note.createdAt)}
        </header>
        <p className="words">{note.text}</p>
      </div>
    );
  if (!fact || isShownOtherwise(fact)) return null;
  const reason = reasonOf(fact);
  return (
    <p className="sheet-told fact">
      <span className="sheet-soft">{dateTime(fact.at)}</span> {fact.actor.name ?? t(`actor.${fact.actor.kind}`)}{' '}
      {factWords(t, fact, names)}
      {reason !== undefined && ` «${reason}»`}
    </p>
  );
}

function Said({ message, view }: { readonly message: MessageView; readonly view: CaseView }) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  const personName = usePersonName();
  const name =
    message.direction === 'in'
      ? personName(writerOf(message, view))
      : (message.operator?.name ?? message.letter?.office?.name ?? t('message.automatic'));
  const words = message.content.flatMap(part =>
    part.type === 'text'
      ? [part.visible ?? part.text]
      : part.type === 'call' && part.transcription !== undefined
        ? [part.transcription]
        : part.type === 'form'
          ? Object.entries(part.fields).map(([field, value]) => `${field}: ${JSON.stringify(value)}`)
          : part.type === 'location'
            ? [part.name ?? part.address ?? `${part.latitude}, ${part.longitude}`]
            : [],
  );
  const files = message.content.flatMap(part => (part.type === 'media' ? [part.filename ?? part.kind] : []));
  const rich = words.length === 0 && message.content.some(({ type }) => type === 'html');
  return (
    <div className="sheet-told">
      <header>
        <strong>{t(message.direction === 'in' ? 'message.from' : 'message.to', { name })}</strong> ·{' '}
        {channelName(message.channel)} · {dateTime(message.sentAt)}
        {message.send && ` · ${t(`send.${message.send.state}`)}`}
      </header>
      {message.subject !== undefined && <p>{message.subject}</p>}
      {words.map((text, index) => (
        <p key={index} className="words">
          {text}
        </p>
      ))}
      {rich && <p className="sheet-soft">{t('message.richText', { name })}</p>}
      {files.length > 0 && (
        <p className="sheet-soft">
          {t('work.sheet.files')}: {files.join(', ')}
        </p>
      )}
    </div>
  );
}
