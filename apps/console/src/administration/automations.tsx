import { useActions } from './case-actions.js';
import { useTranslation } from 'react-i18next';
import { api, onceKey, taken, versionTag, type Schemas } from '../api/client.js';
import { number } from '../i18n/format.js';
import { Mark } from '../supervision/wallboard.js';
import { chosenOf, chosenOrNone, isOn, numberOrNone, textOf, type Values } from '../ui/described.js';
import { listed, said } from '../ui/edit.js';
import { Table } from '../ui/table.js';
import { useChoices } from './choices.js';
import { SubjectPage, type Subject } from './subject.js';

type Automation = Schemas['AutomationView'];

const FACTS = [
  'opened',
  'message_received',
  'assigned',
  'reassigned',
  'competence_refused',
  'chased',
  'deadline_warned',
  'deadline_breached',
  'reopened',
  'resolved',
] as const;

/** What acts by itself; one is tried on the latest cases before it can be kept switched on. */
export function AutomationsPage() {
  const { t } = useTranslation();
  const { kinds, channels, categoryCodes } = useChoices();
  const actions = useActions();
  const written = (values: Values, one: Automation | undefined): Schemas['WriteAutomation'] => {
    const any = listed(textOf(values, 'words'));
    const words = said({ ...one?.when.words, any: any.length > 0 ? any : undefined });
    return said({
      name: textOf(values, 'name'),
      enabled: isOn(values, 'enabled'),
      on: FACTS.filter(fact => chosenOf(values, 'on').includes(fact)),
      quietHours: numberOrNone(values, 'quietHours'),
      when: said({
        ...one?.when,
        kind: kinds.map(([code]) => code).filter(code => chosenOf(values, 'kind').includes(code)),
        channel: chosenOrNone(values, 'channel'),
        category: chosenOrNone(values, 'categoryIs'),
        words: Object.keys(words).length > 0 ? words : undefined,
        olderThanHours: numberOrNone(values, 'olderThanHours'),
      }),
      actions: actions.written(values, one?.actions),
    });
  };
  /** Without the lists that choose nothing: an empty one would hold of no case. */
  const bodyOf = (values: Values, one: Automation | undefined): Schemas['WriteAutomation'] => {
    const { on, when, ...body } = written(values, one);
    const { kind, ...rest } = when;
    return {
      ...body,
      ...(on && on.length > 0 ? { on } : {}),
      when: { ...rest, ...(kind && kind.length > 0 ? { kind } : {}) },
    };
  };
  const subject: Subject<Automation> = {
    key: 'automations',
    title: t('administration.automations.title'),
    lead: t('administration.automations.lead'),
    make: t('administration.automations.make'),
    file: 'filodiretto-automazioni',
    empty: t('administration.automations.none'),
    read: async signal => (await taken(api.GET('/api/automations', { signal }))).items,
    idOf: ({ id }) => id,
    nameOf: ({ name }) => name,
    columns: [
      { id: 'name', title: t('administration.name'), value: ({ name }) => name },
      { id: 'done', title: t('administration.automations.done'), value: ({ done }) => done, numeric: true },
      {
        id: 'trouble',
        title: t('supervision.channel.trouble'),
        value: ({ trouble, missing }) =>
          [
            ...missing.map(what =>
              t('administration.rules.never', { what: t(`administration.rules.missing.${what}`) }),
            ),
            ...(trouble === undefined ? [] : [trouble]),
          ].join('. ') || '–',
      },
      {
        id: 'on',
        title: t('supervision.wallboard.state'),
        value: ({ enabled }) => t(enabled ? 'administration.rules.on' : 'administration.rules.off'),
        show: ({ enabled }) =>
          enabled ? (
            <Mark kind="success" icon="check" words={t('administration.rules.on')} />
          ) : (
            <Mark kind="" icon="cross" words={t('administration.rules.off')} />
          ),
      },
    ],
    fields: () => [
      { kind: 'text', name: 'name', label: t('administration.name'), required: true },
      {
        kind: 'many',
        name: 'on',
        label: t('administration.automations.on'),
        options: FACTS.map(code => [code, t(`administration.automations.facts.${code}`)]),
      },
      {
        kind: 'number',
        name: 'quietHours',
        label: t('administration.automations.quietHours'),
        hint: t('administration.automations.quietHint'),
      },
      { kind: 'many', name: 'kind', label: t('administration.rules.anyKind'), options: kinds, pointer: '/when/kind' },
      {
        kind: 'many',
        name: 'channel',
        label: t('administration.rules.anyChannel'),
        options: channels,
        pointer: '/when/channel',
      },
      {
        kind: 'many',
        name: 'categoryIs',
        label: t('administration.rules.anyCategory'),
        options: categoryCodes,
        pointer: '/when/category',
      },
      {
        kind: 'text',
        name: 'words',
        label: t('administration.rules.words'),
        hint: t('administration.rules.wordsHint'),
        pointer: '/when/words/any',
      },
      {
        kind: 'number',
        name: 'olderThanHours',
        label: t('administration.automations.olderThan'),
        pointer: '/when/olderThanHours',
      },
      ...actions.fields,
      { kind: 'flag', name: 'enabled', label: t('administration.automations.enabled') },
    ],
    valuesOf: one => ({
      name: one?.name ?? '',
      on: one?.on ?? [],
      quietHours: one?.quietHours === undefined ? '' : String(one.quietHours),
      kind: one?.when.kind ?? [],
      channel: one?.when.channel ?? [],
      categoryIs: one?.when.category ?? [],
      words: one?.when.words?.any?.join(', ') ?? '',
      olderThanHours: one?.when.olderThanHours === undefined ? '' : String(one.when.olderThanHours),
      enabled: one?.enabled ?? false,
      ...actions.valuesOf(one?.actions),
    }),
    trial: {
      button: t('administration.rules.try'),
      neededWords: t('administration.automations.tryFirst'),
      isNeeded: values => isOn(values, 'enabled'),
      of: ({ name: _, enabled: __, ...rest }) => rest,
      run: (values, one) => taken(api.POST('/api/automations/simulate', { body: bodyOf(values, one) })),
      show: result => <Simulated simulation={result as Schemas['AutomationSimulation']} />,
    },
    save: (values, one) =>
      one
        ? taken(
            api.PUT('/api/automations/{id}', {
              params: { path: { id: one.id }, header: { 'If-Match': versionTag(one.version) } },
              body: bodyOf(values, one),
            }),
          )
        : taken(
            api.POST('/api/automations', {
              params: { header: { 'Idempotency-Key': onceKey() } },
              body: bodyOf(values, undefined),
            }),
          ),
  };
  return <SubjectPage subject={subject} />;
}

function Simulated({ simulation }: { readonly simulation: Schemas['AutomationSimulation'] }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('administration.automations.would', { acts: number(simulation.acts), cases: number(simulation.cases) })}</p>
      <Table
        caption={t('administration.automations.on')}
        hideCaption
        empty={t('administration.automations.nothingHit')}
        rows={simulation.items}
        keyOf={one => one.case.id}
        columns={[
          { id: 'number', title: t('supervision.case'), value: one => one.case.number },
          {
            id: 'verdict',
            title: t('administration.rules.verdict'),
            value: one => t(`administration.automations.verdict.${one.verdict}`),
          },
        ]}
      />
    </>
  );
}
