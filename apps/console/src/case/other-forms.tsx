import type { TFunction } from 'i18next';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, onceKey, taken, versionTag, type Schemas } from '../api/client.js';
import { categoriesQuery, macrosQuery, tagsQuery } from '../api/queries.js';
import { it } from '../i18n/it.js';
import { Check, Select, TextInput } from '../ui/field.js';
import { Pick } from '../ui/pick.js';
import { Problem, whyNot } from '../ui/problem.js';
import { ActForm, type ActFormProps } from './act-form.js';
import { CasePick } from './case-pick.js';

type CaseView = Schemas['CaseView'];
type IncidentSuggestion = Schemas['IncidentSuggestion'];
type Kind = CaseView['kind'];
type Priority = CaseView['priority'];

const KINDS = Object.keys(it.kind) as readonly Kind[];
const PRIORITIES = Object.keys(it.priority) as readonly Priority[];

/** Puts a tag on the case. */
export function TagForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const { data } = useQuery(tagsQuery);
  const [tag, setTag] = useState<string>();
  const on = new Set(view.tags.map(({ id }) => id));
  const items = data?.items.filter(({ id, retired }) => !retired && !on.has(id)) ?? [];
  return (
    <ActForm
      view={view}
      onClose={onClose}
      lacks={[tag === undefined && t('form.tag')]}
      act={{
        name: 'tag',
        run: () =>
          taken(api.POST('/api/cases/{id}/tags', { params: { path: { id: view.id } }, body: { tag: tag ?? '' } })),
      }}
    >
      <Pick
        label={t('form.tag')}
        items={items.map(({ id, label, code }) => ({ id, name: label, more: code }))}
        value={tag}
        onChange={setTag}
        autoFocus
      />
    </ActForm>
  );
}

/** Changes priority, kind and category. */
export function ChangeForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const { data } = useQuery(categoriesQuery);
  const [priority, setPriority] = useState(view.priority);
  const [kind, setKind] = useState(view.kind);
  const [category, setCategory] = useState(view.category?.id);
  const [reason, setReason] = useState('');
  const change: Schemas['ChangeCase'] = {
    ...(priority === view.priority ? {} : { priority }),
    ...(kind === view.kind ? {} : { kind }),
    ...(category === undefined || category === view.category?.id ? {} : { category }),
  };
  return (
    <ActForm
      view={view}
      onClose={onClose}
      blocked={Object.keys(change).length === 0 ? t('form.nothingChanged') : undefined}
      act={{
        name: 'change',
        words: reason,
        run: version =>
          taken(
            api.PATCH('/api/cases/{id}', {
              params: { path: { id: view.id }, header: { 'If-Match': versionTag(version) } },
              body: { ...change, ...(reason.trim() === '' ? {} : { reason }) },
            }),
          ),
      }}
    >
      <Select
        label={t('form.priority')}
        value={priority}
        options={PRIORITIES.map(code => [code, t(`priority.${code}`)])}
        onChange={setPriority}
      />
      <Select
        label={t('form.kind')}
        value={kind}
        options={KINDS.map(code => [code, t(`kind.${code}`)])}
        onChange={setKind}
      />
      <Pick
        label={t('form.category')}
        items={(data?.items ?? [])
          .filter(({ active }) => active)
          .map(({ id, label, code }) => ({ id, name: label, more: code }))}
        value={category}
        onChange={setCategory}
      />
      <TextInput label={t('form.reason')} optional lines={2} value={reason} onChange={setReason} />
    </ActForm>
  );
}

/** Says where it is. */
export function PlaceForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const [address, setAddress] = useState(view.place?.address ?? '');
  const [latitude, setLatitude] = useState(view.place?.latitude?.toString() ?? '');
  const [longitude, setLongitude] = useState(view.place?.longitude?.toString() ?? '');
  const point = latitude !== '' && longitude !== '';
  return (
    <ActForm
      view={view}
      onClose={onClose}
      blocked={address.trim() === '' && !point ? t('form.placeMissing') : undefined}
      act={{
        name: 'place',
        words: address,
        run: version =>
          taken(
            api.PUT('/api/cases/{id}/place', {
              params: { path: { id: view.id }, header: { 'If-Match': versionTag(version) } },
              body: {
                ...(address.trim() === '' ? {} : { address: address.trim() }),
                ...(point ? { latitude: Number(latitude), longitude: Number(longitude) } : {}),
              },
            }),
          ),
      }}
    >
      <TextInput label={t('form.address')} value={address} onChange={setAddress} autoFocus />
      <TextInput label={t('form.latitude')} type="number" optional value={latitude} onChange={setLatitude} />
      <TextInput label={t('form.longitude')} type="number" optional value={longitude} onChange={setLongitude} />
    </ActForm>
  );
}

/** Applies a macro, after it said what it would do and what the citizen would read. */
export function MacroForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const macros = useQuery(macrosQuery);
  const [macro, setMacro] = useState<string>();
  const [key] = useState(onceKey);
  const preview = useQuery({
    queryKey: ['macro-preview', view.id, view.version, macro],
    enabled: macro !== undefined,
    queryFn: () =>
      taken(
        api.POST('/api/cases/{id}/macro-previews', {
          params: { path: { id: view.id } },
          body: { macro: macro ?? '' },
        }),
      ),
  });
  const name = macros.data?.items.find(({ id }) => id === macro)?.name ?? '';
  const refused =
    preview.data?.problem === undefined
      ? undefined
      : t('form.macroRefused', { why: whyNot(t, preview.data.problem, preview.data.detail) });
  return (
    <ActForm
      view={view}
      onClose={onClose}
      lacks={[macro === undefined && t('form.macro')]}
      blocked={refused}
      act={{
        name: 'macro',
        words: name,
        run: version =>
          taken(
            api.POST('/api/cases/{id}/macro-applications', {
              params: { path: { id: view.id }, header: { 'If-Match': versionTag(version), 'Idempotency-Key': key } },
              body: { macro: macro ?? '' },
            }),
          ),
      }}
    >
      <Pick
        label={t('form.macro')}
        items={(macros.data?.items ?? []).map(({ id, name: called, owner }) => ({
          id,
          name: called,
          more: owner.name,
        }))}
        value={macro}
        onChange={setMacro}
        autoFocus
      />
      {preview.error && <Problem fault={preview.error} />}
      {preview.data?.told !== undefined && (
        <div>
          <h3>{t('form.macroTells')}</h3>
          <p className="words task-card">{preview.data.told}</p>
        </div>
      )}
    </ActForm>
  );
}

/** Takes another case into this one. */
export function MergeForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const [from, setFrom] = useState<string>();
  const [reason, setReason] = useState('');
  const [differentPeople, setDifferentPeople] = useState(false);
  const [key] = useState(onceKey);
  return (
    <ActForm
      view={view}
      onClose={onClose}
      lacks={[from === undefined && t('form.otherCase')]}
      act={{
        name: 'merge',
        words: reason,
        run: version =>
          taken(
            api.POST('/api/cases/{id}/merges', {
              params: { path: { id: view.id }, header: { 'If-Match': versionTag(version), 'Idempotency-Key': key } },
              body: {
                from: from ?? '',
                ...(reason.trim() === '' ? {} : { reason }),
                ...(differentPeople ? { differentPeople } : {}),
              },
            }),
          ),
      }}
    >
      <CasePick label={t('form.otherCase')} except={view.id} onChange={setFrom} />
      <TextInput label={t('form.reason')} optional value={reason} onChange={setReason} />
      <Check label={t('form.differentPeople')} checked={differentPeople} onChange={setDifferentPeople} />
    </ActForm>
  );
}

/** Why a case may be on the same matter, in words. */
const whyAlike = (t: TFunction, { sameCategory, alikeWords, meters, near, hoursApart }: IncidentSuggestion): string =>
  [
    near && meters !== undefined ? t('form.alike.near', { meters }) : undefined,
    sameCategory ? t('form.alike.category') : undefined,
    alikeWords ? t('form.alike.words') : undefined,
    hoursApart === 0 ? t('form.alike.now') : t('form.alike.hours', { count: hoursApart }),
  ]
    .filter(Boolean)
    .join(', ');

/** Puts the case among those of an incident. */
export function IncidentForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const [head, setHead] = useState<string>();
  const suggestions = useQuery({
    queryKey: ['incident-suggestions', view.id],
    queryFn: ({ signal }) =>
      taken(api.GET('/api/cases/{id}/incident-suggestions', { params: { path: { id: view.id } }, signal })),
  });
  const likely = suggestions.data?.items ?? [];
  return (
    <ActForm
      view={view}
      onClose={onClose}
      lacks={[head === undefined && t('form.headOfIncident')]}
      act={{
        name: 'incident',
        run: () =>
          taken(
            api.POST('/api/cases/{id}/members', { params: { path: { id: head ?? '' } }, body: { cases: [view.id] } }),
          ),
      }}
    >
      {likely.length > 0 && (
        <Select
          label={t('form.results')}
          empty={t('form.choose')}
          value={likely.some(({ case: one }) => one.id === head) ? (head ?? '') : ''}
          options={likely.map(one => [one.case.id, `${one.case.number} ${one.case.subject} (${whyAlike(t, one)})`])}
          onChange={setHead}
        />
      )}
      <CasePick label={t('form.headOfIncident')} except={view.id} onChange={setHead} />
    </ActForm>
  );
}

/** Calls the person: the operator's telephone rings first. */
export function CallForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const [operatorAddress, setOperatorAddress] = useState('');
  const [announcement, setAnnouncement] = useState('');
  const [key] = useState(onceKey);
  return (
    <ActForm
      view={view}
      onClose={onClose}
      lacks={[operatorAddress.trim() === '' && t('call.operatorAddress')]}
      act={{
        name: 'call',
        words: operatorAddress,
        run: () =>
          taken(
            api.POST('/api/cases/{id}/calls', {
              params: { path: { id: view.id }, header: { 'Idempotency-Key': key } },
              body: {
                operatorAddress: operatorAddress.trim(),
                ...(announcement.trim() === '' ? {} : { announcement }),
              },
            }),
          ),
      }}
    >
      <TextInput
        label={t('call.operatorAddress')}
        value={operatorAddress}
        onChange={setOperatorAddress}
        autoFocus
        required
      />
      <TextInput label={t('call.announcement')} optional lines={2} value={announcement} onChange={setAnnouncement} />
    </ActForm>
  );
}

/** Writes down that the citizen asked again. */
export function ChaseForm({ view, onClose }: ActFormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [key] = useState(onceKey);
  return (
    <ActForm
      view={view}
      onClose={onClose}
      act={{
        name: 'chase',
        words: text,
        run: () =>
          taken(
            api.POST('/api/cases/{id}/chases', {
              params: { path: { id: view.id }, header: { 'Idempotency-Key': key } },
              body: text.trim() === '' ? {} : { text },
            }),
          ),
      }}
    >
      <TextInput label={t('form.chaseText')} optional lines={3} value={text} onChange={setText} autoFocus />
    </ActForm>
  );
}
