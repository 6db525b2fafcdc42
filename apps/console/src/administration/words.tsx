import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, onceKey, taken, versionTag, type Schemas } from '../api/client.js';
import { fieldsQuery, topicsQuery } from '../api/queries.js';
import { useChannelName } from '../case/message.js';
import { languageName, number } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import {
  Fields,
  isOn,
  numberOrNone,
  rowsOf,
  textOf,
  textOrNone,
  type Described,
  type Values,
} from '../ui/described.js';
import { Edit, said } from '../ui/edit.js';
import { Read } from '../ui/read.js';
import { Mark } from '../supervision/wallboard.js';
import { oneOf, useChoices, type Kind } from './choices.js';
import { ActiveMark } from './offices.js';
import { SubjectPage, type Subject } from './subject.js';

type Tag = Schemas['TagView'];
type Category = Schemas['CategoryView'];
type Template = Schemas['TemplateView'];

/** The words that staff put on cases. */
export function TagsPage() {
  const { t } = useTranslation();
  const subject: Subject<Tag> = {
    key: 'tags',
    title: t('administration.tags.title'),
    lead: t('administration.tags.lead'),
    make: t('administration.tags.make'),
    file: 'filodiretto-etichette',
    empty: t('administration.tags.none'),
    read: async signal => (await taken(api.GET('/api/tags', { signal }))).items,
    idOf: ({ id }) => id,
    nameOf: ({ label }) => label,
    columns: [
      { id: 'label', title: t('administration.label'), value: ({ label }) => label },
      { id: 'code', title: t('administration.code'), value: ({ code }) => code },
      {
        id: 'active',
        title: t('supervision.wallboard.state'),
        value: ({ retired }) => t(retired ? 'administration.inactive' : 'administration.active'),
        show: ({ retired }) => <ActiveMark active={!retired} />,
      },
    ],
    fields: one => [
      { kind: 'text', name: 'label', label: t('administration.label'), required: true },
      ...(one
        ? [{ kind: 'flag', name: 'retired', label: t('administration.retired') } as const]
        : [
            {
              kind: 'text',
              name: 'code',
              label: t('administration.code'),
              hint: t('administration.codeHint'),
            } as const,
          ]),
    ],
    valuesOf: one => ({ label: one?.label ?? '', code: '', retired: one?.retired ?? false }),
    save: (values, one) =>
      one
        ? taken(
            api.PATCH('/api/tags/{id}', {
              params: { path: { id: one.id }, header: { 'If-Match': versionTag(one.version) } },
              body: { label: textOf(values, 'label'), retired: isOn(values, 'retired') },
            }),
          )
        : taken(
            api.POST('/api/tags', {
              params: { header: { 'Idempotency-Key': onceKey() } },
              body: { label: textOf(values, 'label'), code: textOf(values, 'code') },
            }),
          ),
  };
  return <SubjectPage subject={subject} />;
}

/** What cases are about, who usually answers, and the fields that they have. */
export function CategoriesPage() {
  const { t } = useTranslation();
  const { kinds, offices } = useChoices();
  const [fieldsOf, setFieldsOf] = useState<Category>();
  const levels = useQuery({
    queryKey: ['levels'],
    queryFn: ({ signal }) => taken(api.GET('/api/confidentiality-levels', { signal })),
  });
  const topics = useQuery(topicsQuery);
  const subject: Subject<Category> = {
    key: 'categories',
    reads: ['fields'],
    title: t('administration.categories.title'),
    lead: t('administration.categories.lead'),
    make: t('administration.categories.make'),
    file: 'filodiretto-categorie',
    empty: t('administration.categories.none'),
    read: async signal => (await taken(api.GET('/api/categories', { signal }))).items,
    idOf: ({ id }) => id,
    nameOf: ({ label }) => label,
    columns: [
      { id: 'label', title: t('administration.label'), value: ({ label }) => label },
      { id: 'code', title: t('administration.code'), value: ({ code }) => code },
      { id: 'kind', title: t('administration.categories.kind'), value: ({ kind }) => t(`kind.${kind}`) },
      { id: 'office', title: t('administration.categories.office'), value: ({ office }) => office?.name ?? '–' },
      {
        id: 'active',
        title: t('supervision.wallboard.state'),
        value: ({ active }) => t(active ? 'administration.active' : 'administration.inactive'),
        show: ({ active }) => <ActiveMark active={active} />,
      },
    ],
    fields: one => [
      { kind: 'text', name: 'label', label: t('administration.label'), required: true },
      ...(one
        ? []
        : [
            {
              kind: 'text',
              name: 'code',
              label: t('administration.code'),
              hint: t('administration.codeHint'),
            } as const,
          ]),
      { kind: 'one', name: 'kind', label: t('administration.categories.kind'), options: kinds },
      { kind: 'pick', name: 'office', label: t('administration.categories.office'), items: offices },
      {
        kind: 'one',
        name: 'topic',
        label: t('administration.categories.topic'),
        options: (topics.data?.items ?? []).map(({ id, label }) => [id, label]),
        empty: '–',
      },
      {
        kind: 'one',
        name: 'confidentiality',
        label: t('administration.categories.level'),
        options: (levels.data?.items ?? []).map(({ code, name }) => [code, name]),
        empty: t('administration.categories.open'),
      },
      ...(one ? [{ kind: 'flag', name: 'active', label: t('administration.categories.active') } as const] : []),
    ],
    valuesOf: one => ({
      label: one?.label ?? '',
      code: '',
      kind: one?.kind ?? 'report',
      office: one?.office?.id,
      topic: one?.topic?.id,
      confidentiality: one?.confidentiality,
      active: one?.active ?? true,
    }),
    save: (values, one) => {
      const body = said({
        label: textOf(values, 'label'),
        kind: oneOf<Kind>(
          kinds.map(([code]) => code),
          textOf(values, 'kind'),
        ),
        office: textOrNone(values, 'office'),
        topic: textOrNone(values, 'topic'),
        confidentiality: textOrNone(values, 'confidentiality'),
      });
      return one
        ? taken(
            api.PUT('/api/categories/{id}', {
              params: { path: { id: one.id }, header: { 'If-Match': versionTag(one.version) } },
              body: { ...body, active: isOn(values, 'active') },
            }),
          )
        : taken(
            api.POST('/api/categories', {
              params: { header: { 'Idempotency-Key': onceKey() } },
              body: { ...body, code: textOf(values, 'code') },
            }),
          );
    },
    actions: one => (
      <Button onPress={() => setFieldsOf(one)}>
        {t('administration.categories.fields')}
        <span className="hidden">: {one.label}</span>
      </Button>
    ),
  };
  return (
    <>
      <SubjectPage subject={subject} />
      {fieldsOf && <FieldsOfCategory category={fieldsOf} onClose={() => setFieldsOf(undefined)} />}
    </>
  );
}

interface FieldsOfCategoryProps {
  readonly category: Category;
  readonly onClose: () => void;
}

function FieldsOfCategory({ category, onClose }: FieldsOfCategoryProps) {
  const query = useQuery({ ...fieldsQuery(category.id), staleTime: 0 });
  return <Read query={query}>{data => <FieldsForm category={category} fields={data} onClose={onClose} />}</Read>;
}

const FIELD_TYPES = ['text', 'number', 'date', 'choice', 'choices', 'yes_no'] as const;
const FIELD_REQUIRED = ['never', 'opening', 'closing'] as const;
const hasChoices = (row: Values): boolean => ['choice', 'choices'].includes(textOf(row, 'type'));
const hasBounds = (row: Values): boolean => ['text', 'number'].includes(textOf(row, 'type'));

interface FieldsFormProps extends FieldsOfCategoryProps {
  readonly fields: Schemas['CategoryFields'];
}

/** The fields that cases of a category have, from now on: what was written under an earlier version stays as it was. */
function FieldsForm({ category, fields, onClose }: FieldsFormProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Values>(() => ({
    fields: fields.fields.map(one => ({
      ...one,
      min: one.min === undefined ? '' : String(one.min),
      max: one.max === undefined ? '' : String(one.max),
      confidential: one.confidential ?? false,
      choices: (one.choices ?? []).map(choice => ({ ...choice })),
    })),
  }));
  const described: Described = {
    kind: 'rows',
    name: 'fields',
    label: t('administration.fields.all'),
    add: t('administration.fields.add'),
    fresh: { code: '', label: '', type: 'text', required: 'never', citizen: true, confidential: false, choices: [] },
    row: place => t('administration.fields.one', { place }),
    fields: [
      { kind: 'text', name: 'label', label: t('administration.label'), required: true },
      { kind: 'text', name: 'code', label: t('administration.code'), required: true },
      {
        kind: 'one',
        name: 'type',
        label: t('administration.fields.type'),
        options: FIELD_TYPES.map(code => [code, t(`administration.fields.types.${code}`)]),
      },
      {
        kind: 'one',
        name: 'required',
        label: t('administration.fields.required'),
        options: FIELD_REQUIRED.map(code => [code, t(`administration.fields.requiredWhen.${code}`)]),
      },
      { kind: 'number', name: 'min', label: t('administration.fields.min'), when: hasBounds, half: true },
      { kind: 'number', name: 'max', label: t('administration.fields.max'), when: hasBounds, half: true },
      {
        kind: 'rows',
        name: 'choices',
        label: t('administration.fields.choices'),
        add: t('administration.fields.addChoice'),
        fresh: { code: '', label: '' },
        row: place => t('administration.fields.choice', { place }),
        when: hasChoices,
        fields: [
          { kind: 'text', name: 'label', label: t('administration.label'), required: true },
          { kind: 'text', name: 'code', label: t('administration.code'), required: true },
        ],
      },
      { kind: 'flag', name: 'citizen', label: t('administration.fields.citizen') },
      { kind: 'flag', name: 'confidential', label: t('administration.fields.confidential') },
    ],
  };
  return (
    <Edit
      title={t('administration.fields.of', { name: category.label })}
      wide
      onClose={onClose}
      reads={['fields']}
      done={t('administration.saved')}
      run={() =>
        taken(
          api.PUT('/api/categories/{id}/fields', {
            params: { path: { id: category.id }, header: { 'If-Match': versionTag(fields.version) } },
            body: {
              fields: rowsOf(values, 'fields').map(row =>
                said({
                  code: textOf(row, 'code'),
                  label: textOf(row, 'label'),
                  type: oneOf(FIELD_TYPES, textOf(row, 'type')),
                  required: oneOf(FIELD_REQUIRED, textOf(row, 'required')),
                  citizen: isOn(row, 'citizen'),
                  confidential: isOn(row, 'confidential'),
                  min: hasBounds(row) ? numberOrNone(row, 'min') : undefined,
                  max: hasBounds(row) ? numberOrNone(row, 'max') : undefined,
                  choices: hasChoices(row)
                    ? rowsOf(row, 'choices').map(one => ({ code: textOf(one, 'code'), label: textOf(one, 'label') }))
                    : undefined,
                }),
              ),
            },
          }),
        )
      }
    >
      {mistake => (
        <>
          <p className="soft">{t('administration.fields.lead')}</p>
          <Fields
            fields={[described]}
            values={values}
            set={(name, value) => setValues(now => ({ ...now, [name]: value }))}
            mistake={mistake}
          />
        </>
      )}
    </Edit>
  );
}

const PURPOSES = ['reply', 'outcome', 'notification'] as const;
const OUTCOMES = ['positive', 'partial', 'negative', 'not_applicable'] as const;

/** Texts ready to be sent; each channel's fit is looked at before it is kept. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const variables = useQuery({
    queryKey: ['template-variables'],
    queryFn: ({ signal }) => taken(api.GET('/api/template-variables', { signal })),
  });
  const tellsOutcome = (values: Values): boolean => textOf(values, 'purpose') === 'outcome';
  const subject: Subject<Template> = {
    key: 'templates',
    title: t('administration.templates.title'),
    lead: t('administration.templates.lead'),
    make: t('administration.templates.make'),
    file: 'filodiretto-modelli',
    empty: t('administration.templates.none'),
    read: readTemplates,
    idOf: ({ id }) => id,
    nameOf: ({ name }) => name,
    columns: [
      { id: 'name', title: t('administration.name'), value: ({ name }) => name },
      { id: 'code', title: t('administration.code'), value: ({ code }) => code },
      { id: 'language', title: t('administration.language'), value: ({ language }) => languageName(language) },
      {
        id: 'purpose',
        title: t('administration.templates.purpose'),
        value: ({ purpose }) => t(`administration.templates.purposes.${purpose}`),
      },
      {
        id: 'active',
        title: t('supervision.wallboard.state'),
        value: ({ retired }) => t(retired ? 'administration.inactive' : 'administration.active'),
        show: ({ retired }) => <ActiveMark active={!retired} />,
      },
    ],
    fields: one => [
      { kind: 'text', name: 'name', label: t('administration.name'), required: true },
      ...(one
        ? []
        : ([
            {
              kind: 'text',
              name: 'code',
              label: t('administration.code'),
              hint: t('administration.templates.codeHint'),
            },
            {
              kind: 'text',
              name: 'language',
              label: t('administration.language'),
              hint: t('administration.languageHint'),
            },
            {
              kind: 'one',
              name: 'purpose',
              label: t('administration.templates.purpose'),
              options: PURPOSES.map(code => [code, t(`administration.templates.purposes.${code}`)] as const),
            },
            {
              kind: 'one',
              name: 'outcome',
              label: t('administration.templates.outcome'),
              options: OUTCOMES.map(code => [code, t(`outcome.${code}`)] as const),
              empty: '–',
              when: tellsOutcome,
            },
            {
              kind: 'text',
              name: 'outcomeReason',
              label: t('administration.templates.outcomeReason'),
              when: tellsOutcome,
            },
          ] as const)),
      {
        kind: 'lines',
        name: 'text',
        label: t('administration.templates.text'),
        hint: t('administration.templates.textHint', {
          names: (variables.data?.items ?? []).map(({ name }) => `{{ ${name} }}`).join(' · '),
        }),
        lines: 8,
        required: true,
      },
      { kind: 'lines', name: 'shortText', label: t('administration.templates.shortText'), lines: 2 },
      ...(one ? [{ kind: 'flag', name: 'retired', label: t('administration.retired') } as const] : []),
    ],
    valuesOf: one => ({
      name: one?.name ?? '',
      code: one?.code ?? '',
      language: one?.language ?? 'it',
      purpose: one?.purpose ?? 'reply',
      outcome: one?.outcome,
      outcomeReason: one?.outcomeReason ?? '',
      text: one?.text ?? '',
      shortText: one?.shortText ?? '',
      retired: one?.retired ?? false,
    }),
    trial: {
      button: t('administration.templates.preview'),
      run: values =>
        taken(
          api.POST('/api/template-previews', {
            body: said({
              text: textOf(values, 'text'),
              shortText: textOrNone(values, 'shortText'),
              language: textOf(values, 'language'),
            }),
          }),
        ),
      show: result => <Preview preview={result as Schemas['TemplatePreview']} />,
    },
    save: (values, one) =>
      one
        ? taken(
            api.PATCH('/api/templates/{id}', {
              params: { path: { id: one.id }, header: { 'If-Match': versionTag(one.version) } },
              body: {
                name: textOf(values, 'name'),
                text: textOf(values, 'text'),
                shortText: textOf(values, 'shortText'),
                retired: isOn(values, 'retired'),
              },
            }),
          )
        : taken(
            api.POST('/api/templates', {
              params: { header: { 'Idempotency-Key': onceKey() } },
              body: said({
                name: textOf(values, 'name'),
                code: textOf(values, 'code'),
                language: textOf(values, 'language'),
                purpose: oneOf(PURPOSES, textOf(values, 'purpose')),
                outcome: tellsOutcome(values) ? OUTCOMES.find(code => code === textOf(values, 'outcome')) : undefined,
                outcomeReason: tellsOutcome(values) ? textOrNone(values, 'outcomeReason') : undefined,
                text: textOf(values, 'text'),
                shortText: textOrNone(values, 'shortText'),
              }),
            }),
          ),
  };
  return <SubjectPage subject={subject} />;
}

/** All templates, page by page. */
async function readTemplates(signal: AbortSignal): Promise<readonly Template[]> {
  const items: Template[] = [];
  let after: string | undefined;
  do {
    const page: Schemas['TemplatePage'] = await taken(
      api.GET('/api/templates', {
        params: { query: { limit: 200, ...(after === undefined ? {} : { after }) } },
        signal,
      }),
    );
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

/** What a template would say of an invented case, and which channels take it. */
function Preview({ preview }: { readonly preview: Schemas['TemplatePreview'] }) {
  const { t } = useTranslation();
  const name = useChannelName();
  return (
    <>
      <h3>{t('administration.templates.previewTitle')}</h3>
      <pre className="original">{preview.text}</pre>
      {preview.shortText !== undefined && <pre className="original">{preview.shortText}</pre>}
      <ul className="plain">
        {preview.channels.map(({ channel, variant, because, length, maxLength }) => (
          <li key={channel} className="row wrap">
            <strong>{name(channel)}</strong>
            {because === undefined ? (
              <Mark kind="success" icon="check" words={t(`administration.templates.variant.${variant ?? 'full'}`)} />
            ) : (
              <Mark kind="warning" icon="alert" words={t('administration.templates.notTaken')} />
            )}
            <span className="soft small">
              {maxLength === undefined
                ? number(length)
                : t('administration.templates.length', { length: number(length), most: number(maxLength) })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
