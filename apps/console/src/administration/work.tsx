import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, onceKey, taken, versionTag, type Schemas } from '../api/client.js';
import { channelsQuery, templatesQuery } from '../api/queries.js';
import { number } from '../i18n/format.js';
import { Mark } from '../supervision/wallboard.js';
import { Button } from '../ui/button.js';
import {
  chosenOf,
  chosenOrNone,
  isOn,
  numberOrNone,
  rowsOf,
  textOf,
  textOrNone,
  type Described,
  type Values,
} from '../ui/described.js';
import { listed, said } from '../ui/edit.js';
import { Read } from '../ui/read.js';
import { Table } from '../ui/table.js';
import { oneOf, useChoices } from './choices.js';
import { ActiveMark } from './offices.js';
import { SubjectForm, SubjectPage, type Subject } from './subject.js';

type Macro = Schemas['MacroView'];
type Automation = Schemas['AutomationView'];
type Actions = Schemas['CaseActions'];
type Policy = Schemas['DeadlinePolicyView'];

/** What is done to a case, field by field. What stands in `before` and in no field stays as it is. */
function useActions() {
  const { t } = useTranslation();
  const { offices, priorities, tags, categories } = useChoices();
  const templates = useQuery(templatesQuery).data?.items ?? [];
  const tagsHere = useQuery({
    queryKey: ['tags'],
    queryFn: ({ signal }) => taken(api.GET('/api/tags', { signal })),
  }).data?.items;
  const tagOptions = (tagsHere ?? []).filter(({ retired }) => !retired).map(({ id, label }) => [id, label] as const);
  const unchanged = t('administration.rules.unchanged');
  const fields: readonly Described[] = [
    {
      kind: 'one',
      name: 'priority',
      label: t('administration.rules.toPriority'),
      options: priorities,
      empty: unchanged,
      pointer: '/actions/change/priority',
    },
    {
      kind: 'one',
      name: 'category',
      label: t('administration.rules.toCategory'),
      options: categories,
      empty: unchanged,
      pointer: '/actions/change/category',
    },
    {
      kind: 'pick',
      name: 'office',
      label: t('administration.rules.toOffice'),
      items: offices,
      pointer: '/actions/change/office',
    },
    {
      kind: 'many',
      name: 'tags',
      label: t('administration.actions.tags'),
      options: tagOptions,
      pointer: '/actions/tags',
      when: () => tags.length > 0,
    },
    { kind: 'lines', name: 'note', label: t('administration.actions.note'), lines: 2, pointer: '/actions/note' },
    {
      kind: 'one',
      name: 'textTemplate',
      label: t('administration.actions.template'),
      options: templates
        .filter(({ retired }) => !retired)
        .map(({ id, name, language }) => [id, `${name} (${language})`]),
      empty: t('administration.actions.nothingSaid'),
      pointer: '/actions/textTemplate',
    },
  ];
  const valuesOf = (actions: Actions | undefined): Values => ({
    priority: actions?.change?.priority,
    category: actions?.change?.category,
    office: actions?.change?.office,
    tags: actions?.tags ?? [],
    note: actions?.note ?? '',
    textTemplate: actions?.textTemplate,
  });
  const written = (values: Values, before: Actions | undefined): Actions => {
    const change = said({
      ...before?.change,
      priority: priorities.map(([code]) => code).find(code => code === textOf(values, 'priority')),
      category: textOrNone(values, 'category'),
      office: textOrNone(values, 'office'),
    });
    return said({
      ...before,
      change: Object.keys(change).length > 0 ? change : undefined,
      tags: chosenOrNone(values, 'tags'),
      note: textOrNone(values, 'note'),
      textTemplate: textOrNone(values, 'textTemplate'),
    });
  };
  return { fields, valuesOf, written };
}

const SHARINGS = ['nobody', 'office', 'administration'] as const;

/** Sets of changes that operators make at once. Each is changed by whose it is. */
export function MacrosPage() {
  const { t } = useTranslation();
  const actions = useActions();
  const subject: Subject<Macro> = {
    key: 'macros',
    title: t('administration.macros.title'),
    lead: t('administration.macros.lead'),
    make: t('administration.macros.make'),
    file: 'filodiretto-macro',
    empty: t('administration.macros.none'),
    read: async signal => (await taken(api.GET('/api/macros', { signal }))).items,
    idOf: ({ id }) => id,
    nameOf: ({ name }) => name,
    columns: [
      { id: 'name', title: t('administration.name'), value: ({ name }) => name },
      { id: 'owner', title: t('administration.macros.owner'), value: ({ owner }) => owner.name },
      {
        id: 'shared',
        title: t('administration.macros.shared'),
        value: ({ sharedWith }) => t(`administration.macros.sharing.${sharedWith}`),
      },
    ],
    mayChange: ({ mine }) => mine,
    fields: () => [
      { kind: 'text', name: 'name', label: t('administration.name'), required: true },
      {
        kind: 'one',
        name: 'sharedWith',
        label: t('administration.macros.shared'),
        options: SHARINGS.map(code => [code, t(`administration.macros.sharing.${code}`)]),
      },
      ...actions.fields,
    ],
    valuesOf: one => ({
      name: one?.name ?? '',
      sharedWith: one?.sharedWith ?? 'administration',
      ...actions.valuesOf(one?.actions),
    }),
    save: (values, one) => {
      const body = {
        name: textOf(values, 'name'),
        sharedWith: oneOf(SHARINGS, textOf(values, 'sharedWith')),
        actions: actions.written(values, one?.actions),
      };
      return one
        ? taken(
            api.PUT('/api/macros/{id}', {
              params: { path: { id: one.id }, header: { 'If-Match': versionTag(one.version) } },
              body,
            }),
          )
        : taken(api.POST('/api/macros', { params: { header: { 'Idempotency-Key': onceKey() } }, body }));
    },
    remove: {
      lead: t('administration.macros.removeLead'),
      may: ({ mine }) => mine,
      run: ({ id }) => taken(api.DELETE('/api/macros/{id}', { params: { path: { id } } })),
    },
  };
  return <SubjectPage subject={subject} />;
}

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
      { id: 'trouble', title: t('supervision.channel.trouble'), value: ({ trouble }) => trouble ?? '–' },
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

const CLOCKS = ['acknowledgement', 'take_charge', 'first_reply', 'resolution', 'task'] as const;
const UNITS = ['working_minutes', 'working_hours', 'working_days', 'calendar_days', 'calendar_months'] as const;
const EFFECTS = ['none', 'silent_consent', 'silent_refusal', 'silent_failure'] as const;
const STEPS = ['assignee', 'office_head', 'director', 'substitute_power_holder'] as const;

/** What is promised and by when: each change is a version, for what begins from then on. */
export function PoliciesPage() {
  const { t } = useTranslation();
  const { kinds, offices, categories } = useChoices();
  const units = UNITS.map(code => [code, t(`administration.policies.units.${code}`)] as const);
  const lengthOf = ({ amount, unit }: Schemas['TermView']): string =>
    `${number(amount)} ${t(`administration.policies.units.${unit}`)}`;
  const lengthIn = (values: Values, name: string): Schemas['TermView'] | undefined => {
    const amount = numberOrNone(values, name);
    return amount === undefined ? undefined : { amount, unit: oneOf(UNITS, textOf(values, `${name}Unit`)) };
  };
  const length = (name: string, label: string, pointer: string): readonly Described[] => [
    { kind: 'number', name, label, pointer: `${pointer}/amount`, half: true },
    {
      kind: 'one',
      name: `${name}Unit`,
      label: t('administration.policies.unit', { of: label }),
      options: units,
      pointer: `${pointer}/unit`,
      half: true,
    },
  ];
  const lengthValues = (name: string, term: Schemas['TermView'] | undefined): Values => ({
    [name]: term === undefined ? '' : String(term.amount),
    [`${name}Unit`]: term?.unit ?? 'working_days',
  });
  const subject: Subject<Policy> = {
    key: 'policies',
    title: t('administration.policies.title'),
    lead: t('administration.policies.lead'),
    make: t('administration.policies.make'),
    file: 'filodiretto-termini',
    empty: t('administration.policies.none'),
    read: async signal => latest((await taken(api.GET('/api/deadline-policies', { signal }))).items),
    idOf: ({ id }) => id,
    nameOf: ({ name }) => name,
    columns: [
      { id: 'name', title: t('administration.name'), value: ({ name }) => name },
      { id: 'code', title: t('administration.code'), value: ({ code }) => code },
      {
        id: 'clock',
        title: t('administration.policies.clock'),
        value: ({ clock }) => t(`administration.policies.clocks.${clock}`),
      },
      { id: 'term', title: t('administration.policies.term'), value: ({ term }) => lengthOf(term) },
      { id: 'version', title: t('administration.policies.version'), value: ({ version }) => version, numeric: true },
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
        : [
            {
              kind: 'text',
              name: 'code',
              label: t('administration.code'),
              hint: t('administration.codeHint'),
            } as const,
          ]),
      {
        kind: 'one',
        name: 'clock',
        label: t('administration.policies.clock'),
        options: CLOCKS.map(code => [code, t(`administration.policies.clocks.${code}`)]),
      },
      ...length('term', t('administration.policies.term'), '/term'),
      ...length('warnBefore', t('administration.policies.warnBefore'), '/warnBefore'),
      ...length('extension', t('administration.policies.extension'), '/extension'),
      { kind: 'many', name: 'kinds', label: t('administration.policies.kinds'), options: kinds },
      {
        kind: 'one',
        name: 'category',
        label: t('administration.policies.category'),
        options: categories,
        empty: t('administration.policies.all'),
      },
      { kind: 'pick', name: 'office', label: t('administration.policies.office'), items: offices },
      {
        kind: 'one',
        name: 'effectOnExpiry',
        label: t('administration.policies.effect'),
        options: EFFECTS.map(code => [code, t(`administration.policies.effects.${code}`)]),
      },
      {
        kind: 'rows',
        name: 'ladder',
        label: t('administration.policies.ladder'),
        add: t('administration.policies.addStep'),
        fresh: { to: 'office_head', when: 'after', after: '0', afterUnit: 'working_days', reassign: false },
        row: place => t('administration.policies.step', { place }),
        fields: [
          {
            kind: 'one',
            name: 'to',
            label: t('administration.policies.to'),
            options: STEPS.map(code => [code, t(`administration.policies.steps.${code}`)]),
          },
          {
            kind: 'one',
            name: 'when',
            label: t('administration.policies.when'),
            options: (['before', 'after'] as const).map(code => [code, t(`administration.policies.${code}`)]),
          },
          ...length('after', t('administration.policies.by'), '/after'),
          { kind: 'flag', name: 'reassign', label: t('administration.policies.reassign') },
        ],
      },
      { kind: 'flag', name: 'legal', label: t('administration.policies.legal') },
      { kind: 'flag', name: 'promised', label: t('administration.policies.promised') },
      { kind: 'flag', name: 'endsOnWorkingDay', label: t('administration.policies.endsOnWorkingDay') },
      { kind: 'flag', name: 'onlyByRule', label: t('administration.policies.onlyByRule') },
      { kind: 'text', name: 'source', label: t('administration.policies.source') },
      ...(one ? [{ kind: 'flag', name: 'retired', label: t('administration.retired') } as const] : []),
    ],
    valuesOf: one => ({
      name: one?.name ?? '',
      code: one?.code ?? '',
      clock: one?.clock ?? 'take_charge',
      ...lengthValues('term', one?.term),
      ...lengthValues('warnBefore', one?.warnBefore),
      ...lengthValues('extension', one?.extension),
      kinds: one?.kinds ?? [],
      category: one?.category,
      office: one?.office,
      effectOnExpiry: one?.effectOnExpiry ?? 'none',
      ladder: (one?.ladder ?? []).map(({ to, when, after, reassign }) => ({
        to,
        when,
        reassign: reassign ?? false,
        ...lengthValues('after', after),
      })),
      legal: one?.legal ?? false,
      promised: one?.promised ?? false,
      endsOnWorkingDay: one?.endsOnWorkingDay ?? false,
      onlyByRule: one?.onlyByRule ?? false,
      source: one?.source ?? '',
      retired: one?.retired ?? false,
    }),
    save: (values, one) => {
      const chosen = kinds.map(([code]) => code).filter(code => chosenOf(values, 'kinds').includes(code));
      return taken(
        api.POST('/api/deadline-policies', {
          params: { header: { 'If-Match': versionTag(one?.version ?? 0) } },
          body: said({
            code: one?.code ?? textOf(values, 'code'),
            name: textOf(values, 'name'),
            clock: oneOf(CLOCKS, textOf(values, 'clock')),
            term: lengthIn(values, 'term') ?? { amount: Number.NaN, unit: 'working_days' as const },
            warnBefore: lengthIn(values, 'warnBefore'),
            extension: lengthIn(values, 'extension'),
            suspension: one?.suspension,
            kinds: chosen.length > 0 ? chosen : undefined,
            category: textOrNone(values, 'category'),
            office: textOrNone(values, 'office'),
            effectOnExpiry: oneOf(EFFECTS, textOf(values, 'effectOnExpiry')),
            ladder: rowsOf(values, 'ladder').map(row =>
              said({
                to: oneOf(STEPS, textOf(row, 'to')),
                when: oneOf(['before', 'after'] as const, textOf(row, 'when')),
                after: lengthIn(row, 'after') ?? { amount: 0, unit: 'working_days' as const },
                reassign: isOn(row, 'reassign') ? true : undefined,
              }),
            ),
            legal: isOn(values, 'legal'),
            promised: isOn(values, 'promised'),
            endsOnWorkingDay: isOn(values, 'endsOnWorkingDay'),
            onlyByRule: isOn(values, 'onlyByRule'),
            source: textOrNone(values, 'source'),
            retired: isOn(values, 'retired'),
          }),
        }),
      );
    },
  };
  return <SubjectPage subject={subject} />;
}

/** The version of each that holds, or will last. */
const latest = (items: readonly Policy[]): Policy[] => [
  ...items
    .reduce((known, one) => {
      const before = known.get(one.code);
      return before && before.version > one.version ? known : known.set(one.code, one);
    }, new Map<string, Policy>())
    .values(),
];

type Queue = Schemas['QueueView'];
/** What a contact of a channel weighs, and at which version all of them were read. */
interface Weight extends Weighed {
  readonly version: number;
}
type Weighed = Schemas['ChannelWeight'];
const STRATEGIES = ['pull', 'longest_idle', 'least_loaded', 'round_robin', 'best_skill', 'first_to_accept'] as const;
const NUMBERS = [
  'targetSeconds',
  'leaseSeconds',
  'excludeSeconds',
  'missesBeforeAway',
  'wrapUpSeconds',
  'offersAtOnce',
  'stickyDays',
  'stickyWaitSeconds',
  'endOfShiftMinutes',
] as const;

/** How each office gives out its work, and what a contact of each channel weighs. */
export function QueuesPage() {
  const { t } = useTranslation();
  const [setting, setSetting] = useState<Schemas['OfficeRef']>();
  const offices = useQuery({
    queryKey: ['offices'],
    queryFn: ({ signal }) => taken(api.GET('/api/offices', { signal })),
  });
  const queues = useQuery({ queryKey: ['queues'], queryFn: ({ signal }) => taken(api.GET('/api/queues', { signal })) });
  const strategyOf = (id: string): Queue['strategy'] =>
    queues.data?.items.find(({ office }) => office.id === id)?.strategy ?? 'pull';
  const channels = useQuery(channelsQuery);
  const weights: Subject<Weight> = {
    key: 'channel-weights',
    title: t('administration.queues.title'),
    lead: t('administration.queues.lead'),
    file: 'filodiretto-pesi',
    empty: t('administration.queues.noWeights'),
    read: async signal => {
      const { items, version } = await taken(api.GET('/api/channel-weights', { signal }));
      const usual = (channels.data?.items ?? [])
        .filter(({ manifest }) => !items.some(({ channel }) => channel === manifest.id))
        .map(({ manifest }): Weighed => ({
          channel: manifest.id,
          weight: 10,
          live: false,
          exclusive: false,
          interruptible: true,
        }));
      return [...items, ...usual].map(one => ({ ...one, version }));
    },
    idOf: ({ channel }) => channel,
    nameOf: ({ channel }) =>
      channels.data?.items.find(({ manifest }) => manifest.id === channel)?.manifest.name ?? channel,
    columns: [
      {
        id: 'channel',
        title: t('supervision.channel.name'),
        value: ({ channel }) =>
          channels.data?.items.find(({ manifest }) => manifest.id === channel)?.manifest.name ?? channel,
      },
      { id: 'weight', title: t('administration.queues.weight'), value: ({ weight }) => weight, numeric: true },
      { id: 'most', title: t('administration.queues.maxAtOnce'), value: ({ maxAtOnce }) => maxAtOnce, numeric: true },
      { id: 'live', title: t('administration.queues.live'), value: ({ live }) => t(live ? 'app.yes' : 'app.no') },
    ],
    fields: () => [
      {
        kind: 'number',
        name: 'weight',
        label: t('administration.queues.weight'),
        hint: t('administration.queues.weightHint'),
      },
      { kind: 'number', name: 'maxAtOnce', label: t('administration.queues.maxAtOnce') },
      { kind: 'flag', name: 'live', label: t('administration.queues.live') },
      { kind: 'flag', name: 'exclusive', label: t('administration.queues.exclusive') },
      { kind: 'flag', name: 'interruptible', label: t('administration.queues.interruptible') },
    ],
    valuesOf: one => ({
      weight: String(one?.weight ?? 10),
      maxAtOnce: one?.maxAtOnce === undefined ? '' : String(one.maxAtOnce),
      live: one?.live ?? false,
      exclusive: one?.exclusive ?? false,
      interruptible: one?.interruptible ?? true,
    }),
    save: async (values, one) => {
      const { items } = await taken(api.GET('/api/channel-weights'));
      if (!one) return;
      const changed = said({
        channel: one.channel,
        weight: numberOrNone(values, 'weight') ?? Number.NaN,
        maxAtOnce: numberOrNone(values, 'maxAtOnce'),
        live: isOn(values, 'live'),
        exclusive: isOn(values, 'exclusive'),
        interruptible: isOn(values, 'interruptible'),
      });
      await taken(
        api.PUT('/api/channel-weights', {
          params: { header: { 'If-Match': versionTag(one.version) } },
          body: { items: [...items.filter(({ channel }) => channel !== one.channel), changed] },
        }),
      );
    },
    below: (
      <Read query={offices}>
        {({ items }) => (
          <Table
            caption={t('administration.queues.offices')}
            file="filodiretto-code"
            empty="–"
            rows={items.filter(({ active }) => active)}
            keyOf={({ id }) => id}
            columns={[
              { id: 'name', title: t('supervision.office'), value: ({ name }) => name },
              {
                id: 'strategy',
                title: t('administration.queues.strategy'),
                value: ({ id }) => t(`administration.queues.strategies.${strategyOf(id)}`),
              },
            ]}
            actions={({ id, name }) => (
              <Button icon="pencil" onPress={() => setSetting({ id, name })}>
                {t('administration.edit')}
                <span className="hidden"> {name}</span>
              </Button>
            )}
          />
        )}
      </Read>
    ),
  };
  return (
    <>
      {channels.data && <SubjectPage subject={weights} />}
      {setting && <QueueOfOffice office={setting} onClose={() => setSetting(undefined)} />}
    </>
  );
}

interface QueueOfOfficeProps {
  readonly office: Schemas['OfficeRef'];
  readonly onClose: () => void;
}

function QueueOfOffice({ office, onClose }: QueueOfOfficeProps) {
  const { t } = useTranslation();
  const settings = useQuery({
    queryKey: ['queue-settings', office.id],
    queryFn: ({ signal }) =>
      taken(api.GET('/api/queues/{id}/settings', { params: { path: { id: office.id } }, signal })),
    staleTime: 0,
  });
  const subject: Pick<Subject<Schemas['QueueSettingsView']>, 'title' | 'nameOf' | 'fields' | 'valuesOf' | 'save'> = {
    title: office.name,
    nameOf: () => office.name,
    fields: () => [
      {
        kind: 'one',
        name: 'strategy',
        label: t('administration.queues.strategy'),
        options: STRATEGIES.map(code => [code, t(`administration.queues.strategies.${code}`)]),
      },
      ...NUMBERS.map((name): Described => ({ kind: 'number', name, label: t(`administration.queues.${name}`) })),
      { kind: 'flag', name: 'autoAccept', label: t('administration.queues.autoAccept') },
    ],
    valuesOf: one => ({
      strategy: one?.strategy ?? 'pull',
      autoAccept: one?.autoAccept ?? false,
      ...Object.fromEntries(NUMBERS.map(name => [name, one?.[name] === undefined ? '' : String(one[name])])),
    }),
    save: (values, one) => {
      const { version = 0, ...before } = one ?? {};
      return taken(
        api.PUT('/api/queues/{id}/settings', {
          params: { path: { id: office.id }, header: { 'If-Match': versionTag(version) } },
          body: said({
            ...before,
            strategy: oneOf(STRATEGIES, textOf(values, 'strategy')),
            autoAccept: isOn(values, 'autoAccept'),
            targetSeconds: numberOrNone(values, 'targetSeconds'),
            leaseSeconds: numberOrNone(values, 'leaseSeconds'),
            excludeSeconds: numberOrNone(values, 'excludeSeconds'),
            missesBeforeAway: numberOrNone(values, 'missesBeforeAway'),
            wrapUpSeconds: numberOrNone(values, 'wrapUpSeconds'),
            offersAtOnce: numberOrNone(values, 'offersAtOnce'),
            stickyDays: numberOrNone(values, 'stickyDays'),
            stickyWaitSeconds: numberOrNone(values, 'stickyWaitSeconds'),
            endOfShiftMinutes: numberOrNone(values, 'endOfShiftMinutes'),
          }),
        }),
      );
    },
  };
  return settings.data === undefined ? null : (
    <SubjectForm subject={subject} one={settings.data} reads={['queues', 'queue-settings']} onClose={onClose} />
  );
}
