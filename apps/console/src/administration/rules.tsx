import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, onceKey, taken, type Schemas } from '../api/client.js';
import { number } from '../i18n/format.js';
import { Mark } from '../supervision/wallboard.js';
import { Confirm, Switches, useChange } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Edit, listed, orNothing, said, useDraft } from '../ui/edit.js';
import { Check, Select, TextInput } from '../ui/field.js';
import { Pick } from '../ui/pick.js';
import { Problem, useProblemWords } from '../ui/problem.js';
import { Read } from '../ui/read.js';
import { toast } from '../ui/said.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { useChoices, type Kind, type Priority } from './choices.js';
import { conditionWords } from './conditions.js';

type Rule = Schemas['RoutingRuleView'];
type Written = Schemas['WriteRoutingRule'];

const READS = ['rules'] as const;
const TRIED_CASES = 500;

/** A rule as it is written, from the one that is shown. */
const writtenOf = (rule: Rule): Written =>
  said({
    name: rule.name,
    enabled: rule.enabled,
    when: rule.when,
    office: rule.office?.id,
    kind: rule.kind,
    priority: rule.priority,
    category: rule.category?.id,
    skills: rule.skills,
    deadlinePolicy: rule.deadlinePolicy,
    confidentiality: rule.confidentiality,
    tags: rule.tags,
  });

/** The rules by which cases find their office, in their order; each can be tried on past cases before it decides. */
export function RulesPage() {
  const { t } = useTranslation();
  const words = useProblemWords();
  const said = useConditionWords();
  const [editing, setEditing] = useState<Rule | 'new'>();
  const [removing, setRemoving] = useState<Rule>();
  const rules = useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => taken(api.GET('/api/routing-rules', { signal })),
  });
  const order = useChange({
    run: (ids: readonly string[]) => taken(api.PUT('/api/routing-rules/order', { body: { rules: [...ids] } })),
    reads: READS,
    done: t('administration.saved'),
  });
  const all = rules.data?.items ?? [];
  const swap = (at: number, to: number): void => {
    const ids = all.map(({ id }) => id);
    const [moved] = ids.splice(at, 1);
    if (moved === undefined) return;
    ids.splice(to, 0, moved);
    order.mutate(ids, { onError: fault => toast(words(fault), { kind: 'danger' }) });
  };
  return (
    <Page
      title={t('administration.rules.title')}
      lead={t('administration.rules.lead')}
      actions={
        <Button kind="primary" onPress={() => setEditing('new')}>
          {t('administration.rules.make')}
        </Button>
      }
    >
      <Read query={rules}>
        {({ items }) => (
          <Table
            caption={t('administration.rules.title')}
            hideCaption
            file="filodiretto-regole"
            empty={t('administration.rules.none')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { id: 'order', title: t('administration.rules.order'), value: ({ position }) => position },
              // Where no rule has a name there is nothing to show.
              ...(items.some(({ name }) => name !== undefined)
                ? [{ id: 'name', title: t('administration.name'), value: ({ name }: Rule) => name ?? '–' }]
                : []),
              { id: 'sentence', title: t('administration.rules.when'), value: ({ when }) => said(when) },
              { id: 'office', title: t('administration.rules.toOffice'), value: ({ office }) => office?.name ?? '–' },
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
              {
                id: 'missing',
                title: t('supervision.channel.trouble'),
                value: ({ missing }) =>
                  missing
                    .map(what =>
                      what === 'office'
                        ? t('administration.rules.officeGone')
                        : t('administration.rules.never', { what: t(`administration.rules.missing.${what}`) }),
                    )
                    .join('. ') || '–',
              },
            ]}
            actions={rule => {
              const at = items.findIndex(({ id }) => id === rule.id);
              const name = rule.name ?? said(rule.when);
              return (
                <>
                  <Button
                    disabled={at === 0 || order.isPending}
                    label={t('administration.rules.up', { name })}
                    onPress={() => swap(at, at - 1)}
                  >
                    <span aria-hidden="true">↑</span>
                  </Button>
                  <Button
                    disabled={at === items.length - 1 || order.isPending}
                    label={t('administration.rules.down', { name })}
                    onPress={() => swap(at, at + 1)}
                  >
                    <span aria-hidden="true">↓</span>
                  </Button>
                  <Button icon="pencil" onPress={() => setEditing(rule)}>
                    {t('administration.edit')}
                    <span className="hidden"> {name}</span>
                  </Button>
                  <Button onPress={() => setRemoving(rule)}>{t('administration.remove')}</Button>
                </>
              );
            }}
          />
        )}
      </Read>
      {editing !== undefined && (
        <RuleForm {...(editing === 'new' ? {} : { rule: editing })} all={all} onClose={() => setEditing(undefined)} />
      )}
      {removing && (
        <Confirm
          title={t('administration.rules.removeTitle')}
          button={t('administration.remove')}
          danger
          run={() => taken(api.DELETE('/api/routing-rules/{id}', { params: { path: { id: removing.id } } }))}
          reads={READS}
          done={t('administration.saved')}
          onClose={() => setRemoving(undefined)}
        >
          <p>{t('administration.rules.removeLead', { sentence: said(removing.when) })}</p>
        </Confirm>
      )}
    </Page>
  );
}

/** Says when a rule holds, in the language and with the names that are read here. */
function useConditionWords(): (when: Rule['when']) => string {
  const { t } = useTranslation();
  const { categoryCodes, channels, kinds, weekdays } = useChoices();
  const among =
    (pairs: readonly (readonly [string, string])[]) =>
    (code: string | number): string | undefined =>
      pairs.find(([one]) => one === String(code))?.[1];
  const names = {
    channel: among(channels),
    category: among(categoryCodes),
    kind: among(kinds),
    weekday: among(weekdays),
  };
  return when => conditionWords(t, when, names);
}

interface RuleFormProps {
  readonly rule?: Rule;
  readonly all: readonly Rule[];
  readonly onClose: () => void;
}

interface Fields {
  readonly name: string;
  readonly enabled: boolean;
  readonly channel: readonly string[];
  readonly kinds: readonly string[];
  readonly category: readonly string[];
  readonly words: string;
  readonly office: string | undefined;
  readonly kind: Kind | '';
  readonly priority: Priority | '';
  readonly gives: string;
}

function RuleForm({ rule, all, onClose }: RuleFormProps) {
  const { t } = useTranslation();
  const { offices, categories, categoryCodes, channels, kinds, priorities } = useChoices();
  const { values, set, bind } = useDraft<Fields>(() => ({
    name: rule?.name ?? '',
    enabled: rule?.enabled ?? false,
    channel: rule?.when.channel ?? [],
    kinds: rule?.when.kind ?? [],
    category: rule?.when.category ?? [],
    words: rule?.when.words?.any?.join(', ') ?? '',
    office: rule?.office?.id,
    kind: rule?.kind ?? '',
    priority: rule?.priority ?? '',
    gives: rule?.category?.id ?? '',
  }));
  const [triedWords, setTriedWords] = useState<string>();
  const written = (): Written => {
    const before = rule ? writtenOf(rule) : undefined;
    const any = listed(values.words);
    const wordsThen = said({ ...rule?.when.words, any: any.length > 0 ? any : undefined });
    const many = (list: readonly string[]): string[] | undefined => (list.length > 0 ? [...list] : undefined);
    return said({
      ...before,
      name: orNothing(values.name),
      enabled: values.enabled,
      when: said({
        ...rule?.when,
        channel: many(values.channel),
        kind: many(values.kinds),
        category: many(values.category),
        words: Object.keys(wordsThen).length > 0 ? wordsThen : undefined,
      }),
      office: values.office,
      kind: values.kind === '' ? undefined : values.kind,
      priority: values.priority === '' ? undefined : values.priority,
      category: values.gives === '' ? undefined : values.gives,
    });
  };
  const trial = useMutation({
    mutationFn: (tried: Written) =>
      taken(
        api.POST('/api/routing-rules/simulate', {
          body: {
            // As if it decided, with the others as they are now.
            rules: rule
              ? all.map(one => (one.id === rule.id ? { ...tried, enabled: true } : writtenOf(one)))
              : [...all.map(writtenOf), { ...tried, enabled: true }],
            cases: TRIED_CASES,
          },
        }),
      ),
    onSuccess: (_, tried) => setTriedWords(shapeOf(tried)),
  });
  const untried = values.enabled && triedWords !== shapeOf(written());
  return (
    <Edit
      title={rule ? t('administration.rules.change') : t('administration.rules.make')}
      wide
      onClose={onClose}
      reads={READS}
      done={t('administration.saved')}
      blocked={untried ? t('administration.rules.tryFirst') : undefined}
      beside={
        <Button disabled={trial.isPending} onPress={() => trial.mutate(written())}>
          {t('administration.rules.try')}
        </Button>
      }
      run={() =>
        rule
          ? taken(api.PUT('/api/routing-rules/{id}', { params: { path: { id: rule.id } }, body: written() }))
          : taken(
              api.POST('/api/routing-rules', {
                params: { header: { 'Idempotency-Key': onceKey() } },
                body: written(),
              }),
            )
      }
    >
      {mistake => (
        <>
          <TextInput label={t('administration.name')} error={mistake('/name')} {...bind('name')} />
          <h3>{t('administration.rules.when')}</h3>
          <Switches
            label={t('administration.rules.anyChannel')}
            options={channels}
            error={mistake('/when/channel')}
            {...bind('channel')}
          />
          <Switches
            label={t('administration.rules.anyKind')}
            options={kinds}
            error={mistake('/when/kind')}
            {...bind('kinds')}
          />
          <Switches
            label={t('administration.rules.anyCategory')}
            options={categoryCodes}
            error={mistake('/when/category')}
            {...bind('category')}
          />
          <TextInput
            label={t('administration.rules.words')}
            hint={t('administration.rules.wordsHint')}
            error={mistake('/when/words/any')}
            {...bind('words')}
          />
          <h3>{t('administration.rules.then')}</h3>
          <Pick
            label={t('administration.rules.toOffice')}
            items={offices}
            value={values.office}
            onChange={office => set('office', office)}
            error={mistake('/office')}
          />
          <div className="columns">
            <Select
              label={t('administration.rules.toKind')}
              options={kinds}
              empty={t('administration.rules.unchanged')}
              {...bind('kind')}
            />
            <Select
              label={t('administration.rules.toPriority')}
              options={priorities}
              empty={t('administration.rules.unchanged')}
              {...bind('priority')}
            />
            <Select
              label={t('administration.rules.toCategory')}
              options={categories}
              empty={t('administration.rules.unchanged')}
              {...bind('gives')}
            />
          </div>
          <Check
            label={t('administration.rules.enabled')}
            checked={values.enabled}
            onChange={on => set('enabled', on)}
          />
          {trial.error && <Problem fault={trial.error} />}
          {trial.data && <Trial trial={trial.data} />}
        </>
      )}
    </Edit>
  );
}

/** What a trial is of: everything but whether it is on and what it is called. */
const shapeOf = ({ name: _, enabled: __, ...rest }: Written): string => JSON.stringify(rest);

function Trial({ trial }: { readonly trial: Schemas['SimulationView'] }) {
  const { t } = useTranslation();
  return (
    <section className="card" role="status" data-trial="done" aria-label={t('administration.rules.verdict')}>
      <h3>{t('administration.rules.tried', { count: trial.cases })}</h3>
      <dl className="pairs">
        <dt>{t('administration.rules.same')}</dt>
        <dd>{number(trial.same)}</dd>
        <dt>{t('administration.rules.mended')}</dt>
        <dd>{number(trial.mended)}</dd>
        <dt>{t('administration.rules.other')}</dt>
        <dd>{number(trial.other)}</dd>
      </dl>
      <Table
        caption={t('administration.rules.other')}
        hideCaption
        empty={t('administration.rules.nothingOther')}
        rows={trial.items.filter(({ verdict }) => verdict !== 'same')}
        keyOf={one => one.case}
        columns={[
          { id: 'number', title: t('supervision.case'), value: one => one.number },
          { id: 'subject', title: t('administration.rules.subject'), value: one => one.subject },
          { id: 'went', title: t('administration.rules.went'), value: one => one.went?.name ?? '–' },
          { id: 'now', title: t('administration.rules.isNow'), value: one => one.isNow?.name ?? '–' },
          { id: 'would', title: t('administration.rules.would'), value: one => one.would?.name ?? '–' },
          {
            id: 'verdict',
            title: t('administration.rules.verdict'),
            value: one => t(`administration.rules.verdicts.${one.verdict}`),
          },
        ]}
      />
    </section>
  );
}
