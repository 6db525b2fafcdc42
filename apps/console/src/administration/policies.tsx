import { useTranslation } from 'react-i18next';
import { api, taken, versionTag, type Schemas } from '../api/client.js';
import { number } from '../i18n/format.js';
import {
  chosenOf,
  isOn,
  numberOrNone,
  rowsOf,
  textOf,
  textOrNone,
  type Described,
  type Values,
} from '../ui/described.js';
import { said } from '../ui/edit.js';
import { oneOf, useChoices } from './choices.js';
import { ActiveMark } from './offices.js';
import { SubjectPage, type Subject } from './subject.js';

type Policy = Schemas['DeadlinePolicyView'];

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
    t(`administration.policies.length.${unit}`, { count: amount, amount: number(amount) });
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
        value: ({ clock }) => t(`clock.${clock}`),
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
        options: CLOCKS.map(code => [code, t(`clock.${code}`)]),
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
