import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { api, onceKey, taken, type Schemas } from '../api/client.js';
import { categoriesQuery, macrosQuery, type ListSource } from '../api/queries.js';
import { place } from '../app/routes.js';
import { OUTCOMES, REASONS_OF, type Outcome } from '../case/commands.js';
import { OfficePick, OperatorPick } from '../case/step-form.js';
import { it } from '../i18n/it.js';
import { useChange } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { FormEnd } from '../ui/form-end.js';
import { Dialog } from '../ui/dialog.js';
import { Select, TextInput } from '../ui/field.js';
import { Pick } from '../ui/pick.js';
import { Problem, whyNot } from '../ui/problem.js';
import { Wait } from '../ui/wait.js';

type Bulk = Schemas['BulkActionView'];
type Asked = Omit<Schemas['PrepareBulkAction'], 'cases' | 'view' | 'filter'>;
type Priority = Schemas['CaseView']['priority'];

const WHATS = ['assign', 'priority', 'category', 'take', 'resolve', 'macro'] as const;
type What = (typeof WHATS)[number];
const PRIORITIES = Object.keys(it.priority) as readonly Priority[];
/** How often one asks how far it came. */
const LOOK_MS = 700;

interface BulkDialogProps {
  readonly chosen: readonly string[];
  readonly source: ListSource;
  /** Told whether something was let run. */
  readonly onClose: (ran: boolean) => void;
}

/** The same asked of many cases: first what would be refused, then how far it came, then what became of it. */
export function BulkDialog({ chosen, source, onClose }: BulkDialogProps) {
  const { t } = useTranslation();
  const [prepared, setPrepared] = useState<string>();
  const [ran, setRan] = useState(false);
  return (
    <Dialog title={t('work.bulk.title')} onClose={() => onClose(ran)} wide>
      {prepared === undefined ? (
        <Prepare chosen={chosen} source={source} onPrepared={setPrepared} onCancel={() => onClose(ran)} />
      ) : (
        <Prepared
          id={prepared}
          onStarted={() => setRan(true)}
          onAnew={() => setPrepared(undefined)}
          onClose={() => onClose(ran)}
        />
      )}
    </Dialog>
  );
}

interface PrepareProps {
  readonly chosen: readonly string[];
  readonly source: ListSource;
  readonly onPrepared: (id: string) => void;
  readonly onCancel: () => void;
}

function Prepare({ chosen, source, onPrepared, onCancel }: PrepareProps) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(chosen.length === 0);
  const [what, setWhat] = useState<What>('assign');
  const [asked, setAsked] = useState<Asked>();
  const cases =
    !whole && chosen.length > 0
      ? { cases: [...chosen] }
      : source.type === 'view'
        ? { view: source.view }
        : { filter: source.filter };
  const prepare = useChange({
    run: () =>
      taken(
        api.POST('/api/bulk-actions', {
          // Each preview is another: the cases may have changed.
          params: { header: { 'Idempotency-Key': onceKey() } },
          body: { ...asked, ...cases },
        }),
      ),
    reads: [],
    then: ({ id }) => onPrepared(id),
  });
  return (
    <form
      className="form"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        if (asked && !prepare.isPending) prepare.mutate(undefined);
      }}
    >
      {chosen.length > 0 && (
        <Select<'chosen' | 'list'>
          label={t('work.bulk.which')}
          value={whole ? 'list' : 'chosen'}
          options={[
            ['chosen', t('work.bulk.theChosen', { count: chosen.length })],
            ['list', t('work.bulk.theList')],
          ]}
          onChange={one => setWhole(one === 'list')}
        />
      )}
      {chosen.length === 0 && <p className="notice">{t('work.bulk.theList')}</p>}
      <Select<What>
        label={t('work.bulk.what')}
        value={what}
        options={WHATS.map(one => [one, t(`work.bulk.${one}`)])}
        onChange={one => {
          setWhat(one);
          setAsked(one === 'take' ? { move: { command: 'takeCharge' } } : undefined);
        }}
      />
      <WhatFields key={what} what={what} onAsked={setAsked} />
      {prepare.error && <Problem fault={prepare.error} />}
      <FormEnd
        button={t('work.bulk.prepare')}
        busy={prepare.isPending}
        lacks={[asked === undefined && what !== 'take' && t(NEEDS[what])]}
        onCancel={onCancel}
      />
    </form>
  );
}

/** The field without which it cannot be asked. */
const NEEDS = {
  assign: 'form.office',
  priority: 'form.priority',
  category: 'form.category',
  resolve: 'form.outcomeReason',
  macro: 'form.macro',
} as const satisfies Record<Exclude<What, 'take'>, string>;

interface FieldsProps {
  readonly what: What;
  /** What is asked, as soon as nothing lacks. */
  readonly onAsked: (asked: Asked | undefined) => void;
}

function WhatFields({ what, onAsked }: FieldsProps) {
  switch (what) {
    case 'assign':
      return <AssignFields onAsked={onAsked} />;
    case 'priority':
      return <PriorityFields onAsked={onAsked} />;
    case 'category':
      return <CategoryFields onAsked={onAsked} />;
    case 'resolve':
      return <ResolveFields onAsked={onAsked} />;
    case 'macro':
      return <MacroFields onAsked={onAsked} />;
    case 'take':
      return null;
  }
}

type OneProps = Pick<FieldsProps, 'onAsked'>;

function AssignFields({ onAsked }: OneProps) {
  const { t } = useTranslation();
  const [move, setMove] = useState<{ readonly office?: string; readonly assignee?: string }>({});
  const set = (next: typeof move): void => {
    setMove(next);
    onAsked(next.office === undefined ? undefined : { move: { command: 'assign', ...next } });
  };
  return (
    <>
      <OfficePick
        label={t('form.office')}
        value={move.office}
        onChange={office => set(office === undefined ? {} : { office })}
      />
      <OperatorPick
        office={move.office}
        value={move.assignee}
        onChange={assignee =>
          set({
            ...(move.office === undefined ? {} : { office: move.office }),
            ...(assignee === undefined ? {} : { assignee }),
          })
        }
      />
    </>
  );
}

function PriorityFields({ onAsked }: OneProps) {
  const { t } = useTranslation();
  const [priority, setPriority] = useState<Priority>();
  return (
    <Select<Priority>
      label={t('form.priority')}
      empty={t('form.choose')}
      value={priority ?? ''}
      options={PRIORITIES.map(one => [one, t(`priority.${one}`)])}
      onChange={one => {
        setPriority(one);
        onAsked({ change: { priority: one } });
      }}
    />
  );
}

function CategoryFields({ onAsked }: OneProps) {
  const { t } = useTranslation();
  const { data } = useQuery(categoriesQuery);
  const [category, setCategory] = useState<string>();
  return data ? (
    <Pick
      label={t('form.category')}
      items={data.items.filter(({ active }) => active).map(({ id, label, code }) => ({ id, name: label, more: code }))}
      value={category}
      onChange={one => {
        setCategory(one);
        onAsked(one === undefined ? undefined : { change: { category: one } });
      }}
    />
  ) : null;
}

function ResolveFields({ onAsked }: OneProps) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<Outcome>('positive');
  const [reason, setReason] = useState('');
  const [text, setText] = useState('');
  const tell = (next: { readonly outcome: Outcome; readonly reason: string; readonly text: string }): void => {
    setOutcome(next.outcome);
    setReason(next.reason);
    setText(next.text);
    onAsked(
      next.reason === ''
        ? undefined
        : {
            move: {
              command: 'resolve',
              outcome: next.outcome,
              outcomeReason: next.reason,
              ...(next.text.trim() === '' ? {} : { text: next.text }),
            },
          },
    );
  };
  return (
    <>
      <Select<Outcome>
        label={t('form.outcome')}
        value={outcome}
        options={OUTCOMES.map(one => [one, t(`outcome.${one}`)])}
        onChange={one => tell({ outcome: one, reason: '', text })}
      />
      <Select
        label={t('form.outcomeReason')}
        empty={t('form.choose')}
        value={reason}
        options={REASONS_OF[outcome].map(one => [one as string, t(`outcomeReason.${one}`)])}
        onChange={one => tell({ outcome, reason: one, text })}
      />
      <TextInput
        label={t('form.tellCitizen')}
        hint={t('form.tellHint')}
        optional
        lines={3}
        value={text}
        onChange={words => tell({ outcome, reason, text: words })}
      />
    </>
  );
}

function MacroFields({ onAsked }: OneProps) {
  const { t } = useTranslation();
  const { data } = useQuery(macrosQuery);
  const [macro, setMacro] = useState<string>();
  return data ? (
    <Pick
      label={t('form.macro')}
      items={data.items.map(({ id, name, owner }) => ({ id, name, more: owner.name }))}
      value={macro}
      onChange={one => {
        setMacro(one);
        onAsked(one === undefined ? undefined : { macro: one });
      }}
    />
  ) : null;
}

interface PreparedProps {
  readonly id: string;
  readonly onStarted: () => void;
  readonly onAnew: () => void;
  readonly onClose: () => void;
}

function Prepared({ id, onStarted, onAnew, onClose }: PreparedProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const params = { path: { id } };
  const bulk = useQuery({
    queryKey: ['bulk', id],
    queryFn: ({ signal }) => taken(api.GET('/api/bulk-actions/{id}', { params, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LOOK_MS : false),
  });
  const start = useChange({
    run: () => taken(api.POST('/api/bulk-actions/{id}/start', { params })),
    reads: ['bulk'],
    then: now => {
      client.setQueryData(['bulk', id], now);
      onStarted();
    },
  });
  const stop = useChange({ run: () => taken(api.POST('/api/bulk-actions/{id}/stop', { params })), reads: ['bulk'] });
  if (bulk.error) return <Problem fault={bulk.error} onRetry={() => void bulk.refetch()} />;
  if (!bulk.data) return <Wait />;
  const { state, total, done, refused, waiting } = bulk.data;
  const fault = start.error ?? stop.error;
  return (
    <div className="form" data-bulk={state}>
      <div role="status">
        {state === 'previewed' ? (
          <p>
            <strong>{t('work.bulk.previewed', { count: total })}</strong>
          </p>
        ) : (
          <>
            <p>
              <strong>
                {state === 'done'
                  ? t('work.bulk.done', { done, refused })
                  : t('work.bulk.progress', { done: total - waiting, total })}
              </strong>
            </p>
            {state === 'stopped' && <p>{t('work.bulk.stopped')}</p>}
          </>
        )}
      </div>
      {state !== 'previewed' && (
        <progress className="bulk-bar" aria-label={t('work.bulk.title')} max={total} value={total - waiting} />
      )}
      <Refusals bulk={bulk.data} />
      {fault && <Problem fault={fault} />}
      <div className="buttons">
        {state === 'previewed' && <Button onPress={onAnew}>{t('work.bulk.anew')}</Button>}
        {state === 'running' && <Button onPress={() => stop.mutate(undefined)}>{t('work.bulk.stop')}</Button>}
        {(state === 'previewed' || state === 'stopped') && (
          <Button kind="primary" disabled={start.isPending || waiting === 0} onPress={() => start.mutate(undefined)}>
            {t(state === 'stopped' ? 'work.bulk.goOn' : 'work.bulk.start')}
          </Button>
        )}
        {state !== 'previewed' && <Button onPress={onClose}>{t('app.close')}</Button>}
      </div>
    </div>
  );
}

/** What is or was refused, and of which cases. */
function Refusals({ bulk }: { readonly bulk: Bulk }) {
  const { t } = useTranslation();
  const items = useQuery({
    queryKey: ['bulk-refused', bulk.id, bulk.state, bulk.refused],
    enabled: bulk.refusals.length > 0,
    queryFn: ({ signal }) =>
      taken(
        api.GET('/api/bulk-actions/{id}/items', { params: { path: { id: bulk.id }, query: { limit: 200 } }, signal }),
      ),
  });
  if (bulk.refusals.length === 0) return null;
  const refused = (items.data?.items ?? []).filter(({ problem }) => problem !== undefined);
  return (
    <section aria-label={t(bulk.state === 'previewed' ? 'work.bulk.wouldRefuse' : 'work.bulk.wereRefused')}>
      <h3>{t(bulk.state === 'previewed' ? 'work.bulk.wouldRefuse' : 'work.bulk.wereRefused')}</h3>
      <ul className="refusals" tabIndex={0}>
        {bulk.refusals.map(({ problem, detail, cases }) => (
          <li key={problem}>
            <strong>{t(`problem.${problem}`)}</strong>{' '}
            <span className="soft">{t('work.bulk.cases', { count: cases })}</span>
            <p className="small soft">{whyNot(t, problem, detail)}</p>
            <p className="small">
              {refused
                .filter(one => one.problem === problem)
                .slice(0, 40)
                .map(({ case: id, number }) => (
                  <span key={id}>
                    <Link href={place.case('open', id)} className="mono">
                      {number}
                    </Link>{' '}
                  </span>
                ))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
