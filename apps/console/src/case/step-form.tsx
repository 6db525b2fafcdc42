import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { officesQuery, operatorsQuery } from '../api/queries.js';
import { useSession } from '../app/session.js';
import { Check, Select, TextInput } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { Pick } from '../ui/pick.js';
import { ActForm, type ActFormProps } from './act-form.js';
import { CasePick } from './case-pick.js';
import { OnDutyPick } from './on-duty.js';
import { OUTCOMES, REASONS_OF, REJECT_REASONS, type AskedStep, type Outcome } from './commands.js';
import { step } from './step.js';

type Body = Omit<Schemas['MoveCase'], 'command'>;

interface StepFormProps extends ActFormProps {
  readonly name: AskedStep;
}

/** Which questions a step asks. */
const ASKS: Readonly<Record<AskedStep, readonly (keyof Body)[]>> = {
  assign: ['office', 'assignee', 'reason'],
  resolve: ['outcome', 'outcomeReason', 'text', 'spoken', 'leavingTasksOpen'],
  refuseCompetence: ['reason', 'office'],
  askCitizen: ['text', 'reason'],
  askThird: ['reason'],
  schedule: ['plannedDate', 'reason'],
  extend: ['dueDate', 'reason'],
  suspend: ['legalBasis', 'reason'],
  interrupt: ['legalBasis', 'reason'],
  reject: ['reason', 'text', 'spoken', 'leavingTasksOpen'],
  markDuplicate: ['leading', 'leavingTasksOpen'],
  withdraw: ['reason'],
  reopen: ['reason'],
  close: ['reason'],
};

/** What the fields are called that a step may need. */
const NAMES = {
  office: 'form.office',
  outcome: 'form.outcome',
  outcomeReason: 'form.outcomeReason',
  reason: 'form.reason',
  text: 'form.tellCitizen',
  plannedDate: 'form.plannedDate',
  dueDate: 'form.dueDate',
  legalBasis: 'form.legalBasis',
  leading: 'form.leading',
} as const satisfies Partial<Record<keyof Body, string>>;

/** Those without which the step cannot be asked. */
const NEEDS: Readonly<Record<AskedStep, readonly (keyof typeof NAMES)[]>> = {
  assign: ['office'],
  resolve: ['outcome', 'outcomeReason'],
  refuseCompetence: ['reason'],
  askCitizen: ['text'],
  askThird: [],
  schedule: ['plannedDate'],
  extend: ['dueDate', 'reason'],
  suspend: ['legalBasis'],
  interrupt: ['legalBasis'],
  reject: ['reason'],
  markDuplicate: ['leading'],
  withdraw: [],
  reopen: [],
  close: [],
};

const without = (body: Body, ...keys: readonly string[]): Body =>
  Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)));

/** The steps that end a case: asked of what another office holds, they say so first. */
const ENDS: readonly AskedStep[] = ['resolve', 'reject', 'markDuplicate', 'withdraw', 'close'];

/** Asks what a step of the life cycle needs to know, and takes it. */
export function StepForm({ name, view, onClose }: StepFormProps) {
  const { t } = useTranslation();
  const { me } = useSession();
  const hasOpenTasks = view.tasks.some(({ state }) => state === 'open');
  const asks = ASKS[name].filter(field => field !== 'leavingTasksOpen' || hasOpenTasks);
  const needs = NEEDS[name];
  const [body, setBody] = useState<Body>(() =>
    name === 'assign' && view.office ? { office: view.office.id } : name === 'resolve' ? { outcome: 'positive' } : {},
  );
  const set = <Key extends keyof Body>(key: Key, value: Body[Key] | undefined): void =>
    setBody(now => {
      const kept = without(now, key);
      return value === undefined || value === '' || value === false ? kept : { ...kept, [key]: value };
    });
  const ofOthers =
    ENDS.includes(name) && view.office !== undefined && view.office.id !== me.office.id && view.assignee?.id !== me.id;
  const optional = (field: keyof Body): boolean => !needs.some(one => one === field);
  return (
    <ActForm
      view={view}
      onClose={onClose}
      lacks={needs.map(field => body[field] === undefined && t(NAMES[field]))}
      act={{
        name,
        words: body.text ?? body.reason,
        run: version => step(view.id, version, { ...body, command: name }),
      }}
    >
      {ofOthers && (
        <p className="notice warning">
          <Icon name="alert" />
          {t('form.ofOthers', { office: view.office?.name })}
        </p>
      )}
      {asks.includes('outcome') && (
        <Select<Outcome>
          label={t('form.outcome')}
          value={body.outcome ?? ''}
          options={OUTCOMES.map(code => [code, t(`outcome.${code}`)])}
          onChange={outcome => setBody(now => ({ ...without(now, 'outcomeReason'), outcome }))}
        />
      )}
      {asks.includes('outcomeReason') && body.outcome !== undefined && (
        <Select
          label={t('form.outcomeReason')}
          value={body.outcomeReason ?? ''}
          empty={t('form.choose')}
          options={REASONS_OF[body.outcome].map(code => [code, t(`outcomeReason.${code}`)])}
          onChange={code => set('outcomeReason', code)}
        />
      )}
      {asks.includes('office') && (
        <OfficePick
          label={t(name === 'assign' ? 'form.office' : 'form.suggestedOffice')}
          value={body.office}
          onChange={office =>
            setBody(now => ({ ...without(now, 'office', 'assignee'), ...(office === undefined ? {} : { office }) }))
          }
        />
      )}
      {asks.includes('assignee') && (
        <OperatorPick office={body.office} value={body.assignee} onChange={assignee => set('assignee', assignee)} />
      )}
      {name === 'assign' && (
        <OnDutyPick
          category={view.category?.id}
          chosen={{ office: body.office, operator: body.assignee }}
          onChoose={(office, assignee) =>
            setBody(now => ({
              ...without(now, 'assignee'),
              office,
              ...(assignee === undefined ? {} : { assignee }),
            }))
          }
        />
      )}
      {asks.includes('leading') && (
        <CasePick label={t('form.leading')} except={view.id} onChange={leading => set('leading', leading)} />
      )}
      {asks.includes('legalBasis') && (
        <TextInput
          label={t('form.legalBasis')}
          value={body.legalBasis ?? ''}
          required
          onChange={basis => set('legalBasis', basis)}
        />
      )}
      {asks.includes('plannedDate') && (
        <TextInput
          label={t('form.plannedDate')}
          type="date"
          value={body.plannedDate ?? ''}
          required
          onChange={date => set('plannedDate', date)}
        />
      )}
      {asks.includes('dueDate') && (
        <TextInput
          label={t('form.dueDate')}
          type="date"
          value={body.dueDate ?? ''}
          required
          onChange={date => set('dueDate', date)}
        />
      )}
      {asks.includes('text') && (
        <TextInput
          label={t('form.tellCitizen')}
          hint={name === 'resolve' ? t('form.tellHint') : undefined}
          lines={5}
          optional={optional('text')}
          value={body.text ?? ''}
          onChange={text => set('text', text)}
        />
      )}
      {asks.includes('spoken') && (
        <Check label={t('form.spoken')} checked={body.spoken ?? false} onChange={spoken => set('spoken', spoken)} />
      )}
      {asks.includes('reason') &&
        (name === 'reject' ? (
          <Select
            label={t('form.reason')}
            value={body.reason ?? ''}
            empty={t('form.choose')}
            options={REJECT_REASONS.map(code => [code, t(`rejectReason.${code}`)])}
            onChange={reason => set('reason', reason)}
          />
        ) : (
          <TextInput
            label={t('form.reason')}
            lines={2}
            optional={optional('reason')}
            value={body.reason ?? ''}
            onChange={reason => set('reason', reason)}
          />
        ))}
      {asks.includes('leavingTasksOpen') && (
        <TextInput
          label={t('form.leavingTasksOpen')}
          value={body.leavingTasksOpen ?? ''}
          onChange={why => set('leavingTasksOpen', why)}
        />
      )}
    </ActForm>
  );
}

interface OfficePickProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (office: string | undefined) => void;
  /** False where something else is written first. */
  readonly focus?: boolean;
}

/** One of the offices that answer. */
export function OfficePick({ label, value, onChange, focus = true }: OfficePickProps) {
  const { data } = useQuery(officesQuery);
  const items = data?.items.filter(({ active }) => active).map(({ id, name, code }) => ({ id, name, more: code }));
  return items ? <Pick label={label} items={items} value={value} onChange={onChange} autoFocus={focus} /> : null;
}

interface OperatorPickProps {
  readonly office: string | undefined;
  readonly value: string | undefined;
  readonly onChange: (operator: string | undefined) => void;
}

/** One of those who work here, of an office first. */
export function OperatorPick({ office, value, onChange }: OperatorPickProps) {
  const { t } = useTranslation();
  const { data } = useQuery(operatorsQuery);
  const items = (data?.items ?? [])
    .filter(({ active }) => active)
    // Those of the office first; who belongs to it besides is found by name.
    .sort((a, b) => Number(b.office.id === office) - Number(a.office.id === office))
    .map(({ id, name, office: main }) => ({ id, name, more: main.name }));
  return (
    <Pick
      key={office}
      label={t('form.operator')}
      hint={t('form.anyone')}
      items={items}
      value={value}
      onChange={onChange}
    />
  );
}
