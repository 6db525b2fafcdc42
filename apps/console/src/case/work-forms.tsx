import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api, onceKey, taken, versionTag, type Schemas } from '../api/client.js';
import { categoriesQuery, levelsQuery, relationsQuery } from '../api/queries.js';
import { place } from '../app/routes.js';
import { dateTime } from '../i18n/format.js';
import { Select, TextInput } from '../ui/field.js';
import { Pick } from '../ui/pick.js';
import { toast } from '../ui/said.js';
import { ActForm, type ActFormProps } from './act-form.js';
import { CasePick } from './case-pick.js';
import { useNames } from './names.js';
import { writerOf } from './person.js';
import { usePersonName } from './person-name.js';
import { OfficePick } from './step-form.js';

/** Says who may know of the case: who they are is shown before anything is done. */
export function LevelForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const names = useNames();
  const { data } = useQuery(levelsQuery);
  const [code, setCode] = useState(view.confidentiality ?? '');
  const [reason, setReason] = useState('');
  const level = data?.items.find(one => one.code === code);
  const offices = level?.offices.map(id => names.office(id) ?? id) ?? [];
  const roles = level?.roles.map(role => t(`administration.role.${role}`)) ?? [];
  return (
    <ActForm
      view={view}
      onClose={onClose}
      lacks={[reason.trim() === '' && t('work.level.reason')]}
      blocked={code === (view.confidentiality ?? '') ? t('form.nothingChanged') : undefined}
      act={{
        name: 'level',
        words: reason,
        run: async version => {
          const after = await taken(
            api.PUT('/api/cases/{id}/confidentiality', {
              params: { path: { id: view.id }, header: { 'If-Match': versionTag(version) } },
              body: { ...(code === '' ? {} : { level: code }), reason: reason.trim() },
            }),
          );
          if ((after as Schemas['CaseView'] | undefined)?.id === undefined) toast(t('work.level.unseen'));
        },
      }}
    >
      <Select
        label={t('work.level.level')}
        value={code}
        options={[['', t('work.level.none')], ...(data?.items ?? []).map(one => [one.code, one.name] as const)]}
        onChange={setCode}
      />
      <div className="notice" role="status">
        <div>
          <strong>{t('work.level.seen')}</strong>
          {level ? (
            <ul className="plain-list">
              <li>{t('work.level.holder')}</li>
              <li>{t('work.level.holding')}</li>
              {offices.length > 0 && <li>{t('work.level.offices', { names: offices.join(', ') })}</li>}
              {roles.length > 0 && <li>{t('work.level.roles', { names: roles.join(', ') })}</li>}
            </ul>
          ) : (
            <p>{t('work.level.open')}</p>
          )}
          {level && <p className="small">{t('work.level.warn')}</p>}
        </div>
      </div>
      <TextInput label={t('work.level.reason')} lines={2} value={reason} onChange={setReason} required />
    </ActForm>
  );
}

/** The first words of what was said. */
const beginning = ({ content, subject }: Schemas['MessageView'], file: string): string => {
  const words = content.flatMap(part => (part.type === 'text' ? [part.text] : []))[0];
  return (words ?? subject ?? file).slice(0, 160);
};

/** Makes a new case of some of what was said in this one. */
export function SplitForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const personName = usePersonName();
  const [, go] = useLocation();
  const { data } = useQuery(categoriesQuery);
  const [subject, setSubject] = useState('');
  const [messages, setMessages] = useState<readonly string[]>([]);
  const [tasks, setTasks] = useState<readonly string[]>([]);
  const [category, setCategory] = useState<string>();
  const [office, setOffice] = useState<string>();
  const [key] = useState(onceKey);
  const said = view.timeline.flatMap(({ message }) => (message && message.letter === undefined ? [message] : []));
  const open = view.tasks.filter(({ state }) => state === 'open');
  return (
    <ActForm
      view={view}
      onClose={onClose}
      lacks={[
        subject.trim() === '' && t('work.split.subject'),
        messages.length + tasks.length === 0 && t('work.split.messages'),
      ]}
      act={{
        name: 'split',
        words: subject,
        run: async version => {
          const made = await taken(
            api.POST('/api/cases/{id}/splits', {
              params: { path: { id: view.id }, header: { 'If-Match': versionTag(version), 'Idempotency-Key': key } },
              body: {
                subject: subject.trim(),
                ...(messages.length > 0 ? { messages: [...messages] } : {}),
                ...(tasks.length > 0 ? { tasks: [...tasks] } : {}),
                ...(category === undefined ? {} : { category }),
                ...(office === undefined ? {} : { office }),
              },
            }),
          );
          go(place.case('open', made.id));
        },
      }}
    >
      <p className="soft">{t('work.split.lead')}</p>
      <TextInput label={t('work.split.subject')} value={subject} onChange={setSubject} required autoFocus />
      <Several
        label={t('work.split.messages')}
        options={said.map(message => ({
          id: message.id,
          words: beginning(message, t('work.split.file')),
          more: `${message.direction === 'in' ? personName(writerOf(message, view)) : (message.operator?.name ?? t('actor.system'))} · ${dateTime(message.sentAt)}`,
        }))}
        value={messages}
        onChange={setMessages}
      />
      {open.length > 0 && (
        <Several
          label={t('work.split.tasks')}
          options={open.map(({ id, question, office: asked, body }) => ({
            id,
            words: question.slice(0, 160),
            more: asked?.name ?? body?.name ?? '',
          }))}
          value={tasks}
          onChange={setTasks}
        />
      )}
      {data && (
        <Pick
          label={t('work.split.category')}
          hint={t('work.split.same')}
          items={data.items
            .filter(({ active }) => active)
            .map(({ id, label, code }) => ({ id, name: label, more: code }))}
          value={category}
          onChange={setCategory}
        />
      )}
      <OfficePick label={t('work.split.office')} value={office} onChange={setOffice} focus={false} />
    </ActForm>
  );
}

interface SeveralProps {
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly words: string; readonly more: string }[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Some of what is listed, each with its words. */
function Several({ label, options, value, onChange }: SeveralProps) {
  const id = useId();
  return (
    <fieldset className="field several">
      <legend>{label}</legend>
      {options.map(one => (
        <label key={one.id} className="check several-one" htmlFor={`${id}-${one.id}`}>
          <input
            id={`${id}-${one.id}`}
            type="checkbox"
            checked={value.includes(one.id)}
            onChange={event =>
              onChange(event.target.checked ? [...value, one.id] : value.filter(other => other !== one.id))
            }
          />
          <span className="grow">
            <span className="cut several-words">{one.words}</span>
            <small className="soft">{one.more}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Links two cases that have to do with each other. */
export function LinkForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const [other, setOther] = useState<string>();
  return (
    <ActForm
      view={view}
      onClose={onClose}
      lacks={[other === undefined && t('work.link.other')]}
      act={{
        name: 'link',
        run: () =>
          taken(api.POST('/api/cases/{id}/links', { params: { path: { id: view.id } }, body: { case: other ?? '' } })),
      }}
    >
      <CasePick label={t('work.link.other')} except={view.id} onChange={setOther} />
    </ActForm>
  );
}

/** One answer to everybody of an incident: how many cases it is for is said before it is written. */
export function AnnounceForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const { data } = useQuery(relationsQuery(view.id));
  const [text, setText] = useState('');
  const [key] = useState(onceKey);
  const members = data?.items.filter(({ kind }) => kind === 'incident_member').length ?? 0;
  return (
    <ActForm
      view={view}
      onClose={onClose}
      lacks={[text.trim() === '' && t('work.announce.text')]}
      act={{
        name: 'announce',
        words: text,
        run: async () => {
          const { cases } = await taken(
            api.POST('/api/cases/{id}/announcements', {
              params: { path: { id: view.id }, header: { 'Idempotency-Key': key } },
              body: { text },
            }),
          );
          toast(t('work.announce.done', { count: cases }));
        },
      }}
    >
      <p role="status">{t('work.announce.reaches', { count: members })}</p>
      <TextInput
        label={t('work.announce.text')}
        hint={t('work.announce.hint', { number: '{{ case.number }}', name: '{{ contact.name }}' })}
        lines={7}
        value={text}
        onChange={setText}
        autoFocus
        required
      />
    </ActForm>
  );
}
