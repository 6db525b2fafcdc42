import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api, onceKey, Refusal, taken, versionTag, type Schemas } from '../api/client.js';
import { caseQuery, categoriesQuery, channelsQuery, fieldsQuery, officesQuery } from '../api/queries.js';
import { place } from '../app/routes.js';
import { it } from '../i18n/it.js';
import { useChange } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Select, TextInput } from '../ui/field.js';
import { Pick } from '../ui/pick.js';
import { mistakeWords } from '../ui/mistake.js';
import { Problem, useProblemWords } from '../ui/problem.js';
import { toast } from '../ui/said.js';
import { CategoryField } from './category-field.js';
import { ContactPick } from './contact-pick.js';
import { bodyOf, CAME, lacking, NOTHING, WHO, type Lack, type Opening } from './written.js';

type Kind = NonNullable<Schemas['OpenCaseByHand']['kind']>;
type Priority = NonNullable<Schemas['OpenCaseByHand']['priority']>;

const KINDS = Object.keys(it.kind) as readonly Kind[];
const PRIORITIES = Object.keys(it.priority) as readonly Priority[];

/** What was being written when the dialog was shut, so that nothing is lost by a key pressed by mistake. */
let left: Opening | undefined;

interface OpenCaseProps {
  readonly onClose: () => void;
  /** Who asks, when that is known already. */
  readonly contact?: NonNullable<Opening['contact']>;
}

/** Opens a case for somebody at the desk or on the telephone, and goes to it. */
export function OpenCase({ onClose, contact }: OpenCaseProps) {
  const { t } = useTranslation();
  const [start] = useState(() => (contact ? undefined : left));
  const [round, setRound] = useState(0);
  const first = round === 0 ? start : undefined;
  return (
    <Dialog title={t('desk.opening.title')} onClose={onClose} wide>
      <p className="soft">{t('desk.opening.lead')}</p>
      {first && (
        <div className="notice">
          <span className="grow">{t('desk.opening.found')}</span>
          <Button
            onPress={() => {
              left = undefined;
              setRound(round + 1);
            }}
          >
            {t('desk.opening.anew')}
          </Button>
        </div>
      )}
      <OpeningForm key={round} start={first ?? { ...NOTHING, contact }} onClose={onClose} />
    </Dialog>
  );
}

interface FormProps {
  readonly start: Opening;
  readonly onClose: () => void;
}

function OpeningForm({ start, onClose }: FormProps) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [written, setWritten] = useState(start);
  const [tries, setTries] = useState(0);
  const categories = useQuery(categoriesQuery);
  const offices = useQuery(officesQuery);
  const channels = useQuery(channelsQuery);
  const schema = useQuery({ ...fieldsQuery(written.category ?? ''), enabled: written.category !== undefined });
  const fields = (written.category === undefined ? undefined : schema.data?.fields) ?? [];
  const lacks = lacking(written, fields);
  const open = useOpening(written, () => bodyOf(written, fields, it.desk.opening[written.came]), onClose);
  const refusal = open.error instanceof Refusal ? open.error : undefined;
  const set = (more: Partial<Opening>): void => {
    const next = { ...written, ...more };
    left = next;
    setWritten(next);
  };
  const besides = new Set<string>();
  const mistake = (pointer: string): string | undefined => {
    const lack = tries > 0 ? lacks.get(pointer) : undefined;
    besides.add(pointer);
    const detail = refusal?.mistakeOf(pointer);
    return lack ? t(LACKS[lack]) : detail === undefined ? undefined : mistakeWords(t, detail);
  };
  useEffect(() => {
    // Whoever tried is taken to the first thing that is not right.
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries, open.error]);
  const text = (name: 'subject' | 'text' | 'name' | 'address' | 'place') => ({
    value: written[name],
    onChange: (value: string) => set({ [name]: value }),
  });
  const waitsForFields = written.category !== undefined && schema.isPending;
  return (
    <form
      ref={form}
      className="form"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        setTries(tries + 1);
        if (lacks.size === 0 && !open.isPending && !waitsForFields) open.mutate(undefined);
      }}
    >
      <Select
        label={t('desk.opening.who')}
        value={written.who}
        options={WHO.map(one => [one, t(`desk.opening.${one}`)])}
        onChange={who => set({ who })}
      />
      {written.who === 'known' && (
        <ContactPick
          label={t('desk.opening.person')}
          chosen={written.contact}
          error={mistake('/contact')}
          onChange={contact => set({ contact })}
        />
      )}
      {written.who === 'new' && (
        <>
          <TextInput label={t('desk.opening.name')} error={mistake('/newContact/name')} {...text('name')} />
          <div className="pair">
            <Select
              label={t('desk.opening.addressKind')}
              value={written.addressKind}
              empty={t('form.choose')}
              options={kindsOf(channels.data?.items ?? [])}
              error={mistake('/newContact/addresses/0/kind')}
              onChange={addressKind => set({ addressKind })}
            />
            <TextInput
              label={t('desk.opening.address')}
              error={mistake('/newContact/addresses/0/value')}
              {...text('address')}
            />
          </div>
        </>
      )}
      <TextInput label={t('form.subjectOfCase')} required error={mistake('/subject')} {...text('subject')} />
      <TextInput label={t('form.said')} optional lines={4} error={mistake('/text')} {...text('text')} />
      <Select
        label={t('desk.opening.came')}
        hint={t('desk.opening.cameHint')}
        value={written.came}
        options={CAME.map(one => [one, t(`desk.opening.${one}`)])}
        onChange={came => set({ came })}
      />
      <Pick
        label={t('form.category')}
        items={(categories.data?.items ?? [])
          .filter(({ active }) => active)
          .map(({ id, label, code }) => ({ id, name: label, more: code }))}
        value={written.category}
        error={mistake('/category')}
        onChange={category => set({ category })}
      />
      {fields.length > 0 && (
        <fieldset className="field form">
          <legend>{t('desk.opening.fields')}</legend>
          {fields.map(field => (
            <CategoryField
              key={field.code}
              field={field}
              value={written.fields[field.code]}
              error={mistake(`/fields/${field.code}`)}
              onChange={value => set({ fields: { ...written.fields, [field.code]: value } })}
            />
          ))}
        </fieldset>
      )}
      {schema.error && <Problem fault={schema.error} onRetry={() => void schema.refetch()} />}
      <div className="pair">
        <Select
          label={t('form.kind')}
          value={written.kind}
          empty={t('desk.opening.kindOfCategory')}
          options={KINDS.map(code => [code, t(`kind.${code}`)])}
          error={mistake('/kind')}
          onChange={kind => set({ kind })}
        />
        <Select
          label={t('form.priority')}
          value={written.priority}
          options={PRIORITIES.map(code => [code, t(`priority.${code}`)])}
          onChange={priority => set({ priority })}
        />
      </div>
      <Pick
        label={t('desk.opening.office')}
        hint={t('desk.opening.officeHint')}
        items={(offices.data?.items ?? [])
          .filter(({ active }) => active)
          .map(({ id, name, code }) => ({ id, name, more: code }))}
        value={written.office}
        error={mistake('/office')}
        onChange={office => set({ office })}
      />
      <TextInput label={t('desk.opening.place')} optional {...text('place')} />
      {open.error && <Problem fault={open.error} besides={besides} />}
      <div className="buttons">
        <Button onPress={onClose}>{t('app.cancel')}</Button>
        <Button kind="primary" submit disabled={open.isPending || waitsForFields}>
          {t('desk.opening.button')}
        </Button>
      </div>
    </form>
  );
}

const LACKS = {
  required: 'app.required',
  person: 'desk.opening.personMissing',
  new: 'desk.opening.newMissing',
  address: 'desk.opening.addressMissing',
  number: 'desk.opening.wrongNumber',
} as const satisfies Record<Lack, string>;

/** The kinds of addresses that some channel reaches, each with the channels that do. */
function kindsOf(channels: readonly Schemas['ChannelView'][]): (readonly [string, string])[] {
  const kinds = new Map<string, string[]>();
  for (const { manifest } of channels)
    for (const kind of manifest.capabilities.addressKinds ?? [])
      kinds.set(kind, [...(kinds.get(kind) ?? []), manifest.name]);
  return [...kinds].map(([kind, names]) => [kind, `${kind} (${names.join(', ')})`]);
}

/** Asks for the case, then says where it is; the same words asked again are the same case. */
function useOpening(written: Opening, body: () => Schemas['OpenCaseByHand'], onClose: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useProblemWords();
  const [, go] = useLocation();
  const attempt = useRef<{ readonly asked: string; readonly key: string }>(undefined);
  return useChange({
    run: async (): Promise<Schemas['CaseView'] | undefined> => {
      const asked = body();
      const same = JSON.stringify(asked);
      if (attempt.current?.asked !== same) attempt.current = { asked: same, key: onceKey() };
      const opened = (await taken(
        api.POST('/api/cases', { params: { header: { 'Idempotency-Key': attempt.current.key } }, body: asked }),
      )) as Schemas['CaseView'] | undefined;
      if (!opened || written.place.trim() === '') return opened;
      try {
        await taken(
          api.PUT('/api/cases/{id}/place', {
            params: { path: { id: opened.id }, header: { 'If-Match': versionTag(opened.version) } },
            body: { address: written.place.trim() },
          }),
        );
      } catch (fault) {
        toast(t('desk.opening.placeRefused', { why: words(fault) }), { kind: 'danger' });
      }
      return opened;
    },
    reads: ['cases', 'count', 'queues', 'contact'],
    then: opened => {
      left = undefined;
      toast(opened ? t('desk.opening.opened', { number: opened.number }) : t('desk.opening.unseen'));
      onClose();
      if (!opened) return;
      void client.invalidateQueries({ queryKey: caseQuery(opened.id).queryKey });
      go(place.case('open', opened.id));
    },
  });
}
