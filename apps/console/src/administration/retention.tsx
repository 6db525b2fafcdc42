import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, onceKey, taken, versionTag, type Schemas } from '../api/client.js';
import { day, daysLong, number } from '../i18n/format.js';
import { Confirm, useChange } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Edit, useDraft } from '../ui/edit.js';
import { Check, TextInput } from '../ui/field.js';
import { Problem } from '../ui/problem.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { KINDS } from './choices.js';

type Policy = Schemas['RetentionPolicyView'];
type Run = Schemas['RetentionRunView'];

/** What a term of retention is of: a kind of case and a thing by its name, a category by its code. */
function useNameOf(): (code: string) => string {
  const { t } = useTranslation();
  return code => {
    const kind = KINDS.find(one => code === `case.${one}`);
    if (kind !== undefined) return t(`kind.${kind}`);
    return code.startsWith('category.') ? code : t(`administration.retention.things.${code}`, { defaultValue: code });
  };
}

/** Until when each thing is kept; and what is past that, looked at before it is destroyed. */
export function RetentionPage() {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const [editing, setEditing] = useState<Policy>();
  const [run, setRun] = useState<Run>();
  const policies = useQuery({
    queryKey: ['retention'],
    queryFn: ({ signal }) => taken(api.GET('/api/retention/policies', { signal })),
  });
  const prepare = useChange({
    run: () => taken(api.POST('/api/retention/runs', { params: { header: { 'Idempotency-Key': onceKey() } } })),
    reads: [],
    then: setRun,
  });
  return (
    <Page
      title={t('administration.retention.title')}
      lead={t('administration.retention.lead')}
      actions={
        <Button kind="primary" disabled={prepare.isPending} onPress={() => prepare.mutate(undefined)}>
          {t('administration.retention.prepare')}
        </Button>
      }
    >
      {prepare.error && <Problem fault={prepare.error} />}
      {run && <Prepared run={run} onChange={setRun} />}
      <Scheduled />
      <Runs />
      <Read query={policies}>
        {({ items, fixed }) => (
          <>
            <Table
              caption={t('administration.retention.title')}
              hideCaption
              file="filodiretto-conservazione"
              empty="–"
              rows={items}
              keyOf={({ code }) => code}
              columns={[
                { id: 'code', title: t('administration.retention.what'), value: ({ code }) => nameOf(code) },
                { id: 'months', title: t('administration.retention.months'), value: one => one.months, numeric: true },
                { id: 'days', title: t('administration.retention.days'), value: one => one.days, numeric: true },
                {
                  id: 'duty',
                  title: t('administration.retention.duty'),
                  value: ({ duty }) => t(duty ? 'app.yes' : 'app.no'),
                },
                { id: 'basis', title: t('administration.retention.legalBasis'), value: one => one.legalBasis },
              ]}
              actions={policy => (
                <Button icon="pencil" onPress={() => setEditing(policy)}>
                  {t('administration.edit')}
                  <span className="hidden"> {nameOf(policy.code)}</span>
                </Button>
              )}
            />
            <Table
              caption={t('administration.retention.fixed')}
              empty="–"
              rows={fixed}
              keyOf={({ code }) => code}
              columns={[
                { id: 'code', title: t('administration.retention.what'), value: ({ code }) => nameOf(code) },
                {
                  id: 'lasts',
                  title: t('administration.retention.lasts'),
                  value: ({ lasts }) => (lasts === undefined ? t('administration.retention.always') : span(lasts)),
                },
                { id: 'basis', title: t('administration.retention.legalBasis'), value: one => one.legalBasis },
              ]}
            />
          </>
        )}
      </Read>
      {editing && <PolicyForm policy={editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}

/** A span of ISO 8601 in days alone, as a person reads it. */
const span = (lasts: string): string => daysLong(Number(/^P(\d+)D$/.exec(lasts)?.[1] ?? 0));

/** Whether what is over goes every night without being asked, and the switch of it. */
function Scheduled() {
  const { t } = useTranslation();
  const [switching, setSwitching] = useState(false);
  const schedule = useQuery({
    queryKey: ['retention', 'schedule'],
    queryFn: ({ signal }) => taken(api.GET('/api/retention/schedule', { signal })),
  });
  return (
    <Read query={schedule}>
      {({ active, most, version, decidedBy, decidedAt }) => (
        <section className="card" aria-label={t('administration.retention.schedule')}>
          <h2>{t('administration.retention.schedule')}</h2>
          <p>
            {active
              ? t('administration.retention.scheduleOn', { count: most })
              : t('administration.retention.scheduleOff')}{' '}
            {decidedBy &&
              decidedAt !== undefined &&
              t('administration.retention.scheduledBy', { name: decidedBy.name, when: day(decidedAt) })}
          </p>
          <p>
            <Button kind={active ? 'normal' : 'danger'} onPress={() => setSwitching(true)}>
              {t(active ? 'administration.retention.switchOff' : 'administration.retention.switchOn')}
            </Button>
          </p>
          {switching && (
            <Confirm
              title={t('administration.retention.schedule')}
              button={t(active ? 'administration.retention.switchOff' : 'administration.retention.switchOn')}
              danger={!active}
              run={() =>
                taken(
                  api.PUT('/api/retention/schedule', {
                    params: { header: { 'If-Match': versionTag(version) } },
                    body: { active: !active, most },
                  }),
                )
              }
              reads={['retention']}
              done={t('administration.saved')}
              onClose={() => setSwitching(false)}
            >
              {!active && <p className="notice danger">{t('administration.retention.switchOnLead')}</p>}
            </Confirm>
          )}
        </section>
      )}
    </Read>
  );
}

/** The last runs, and how far each is. */
function Runs() {
  const { t } = useTranslation();
  const runs = useQuery({
    queryKey: ['retention', 'runs'],
    queryFn: ({ signal }) => taken(api.GET('/api/retention/runs', { signal })),
  });
  const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
  return (
    <Read query={runs}>
      {({ items }) => (
        <Table
          caption={t('administration.retention.runs')}
          empty={t('administration.retention.noRuns')}
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            {
              id: 'began',
              title: t('administration.retention.began'),
              value: one => one.createdAt,
              show: one => day(one.createdAt),
            },
            {
              id: 'state',
              title: t('supervision.wallboard.state'),
              value: one => t(`administration.retention.states.${one.state}`),
            },
            {
              id: 'byItself',
              title: t('administration.retention.byItself'),
              value: ({ byItself }) => t(byItself ? 'app.yes' : 'app.no'),
            },
            {
              id: 'seen',
              title: t('administration.retention.seen'),
              value: one => sum(one.preview.map(({ count }) => count)),
              numeric: true,
            },
            {
              id: 'gone',
              title: t('administration.retention.gone'),
              value: one => sum(Object.values(one.counts).map(gone => Number(gone))),
              numeric: true,
            },
          ]}
        />
      )}
    </Read>
  );
}

interface PreparedProps {
  readonly run: Run;
  readonly onChange: (run: Run) => void;
}

function Prepared({ run, onChange }: PreparedProps) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const [starting, setStarting] = useState(false);
  const count = run.preview.reduce((total, one) => total + one.count, 0);
  const stop = useChange({
    run: () => taken(api.POST('/api/retention/runs/{id}/stop', { params: { path: { id: run.id } } })),
    reads: [],
    done: t('administration.retention.stopped'),
    then: onChange,
  });
  return (
    <section className="card" aria-label={t('administration.retention.run')}>
      <p>{t(`administration.retention.states.${run.state}`)}</p>
      <Table
        caption={t('administration.retention.run')}
        empty={t('administration.retention.nothingOver')}
        rows={run.preview.filter(one => one.count + one.held > 0)}
        keyOf={({ code }) => code}
        columns={[
          { id: 'code', title: t('administration.retention.what'), value: ({ code }) => nameOf(code) },
          { id: 'over', title: t('administration.retention.over'), value: one => one.count, numeric: true },
          { id: 'held', title: t('administration.retention.held'), value: one => one.held, numeric: true },
          {
            id: 'oldest',
            title: t('administration.retention.oldest'),
            value: one => one.oldest,
            show: ({ oldest }) => (oldest === undefined ? '–' : day(oldest)),
          },
        ]}
      />
      {run.state === 'previewed' && count > 0 && (
        <p>
          <Button kind="danger" onPress={() => setStarting(true)}>
            {t('administration.retention.start')} ({number(count)})
          </Button>
        </p>
      )}
      {run.state === 'running' && (
        <p>
          <Button disabled={stop.isPending} onPress={() => stop.mutate(undefined)}>
            {t('administration.retention.stop')}
          </Button>
        </p>
      )}
      {stop.error && <Problem fault={stop.error} />}
      {starting && (
        <Confirm
          title={t('administration.retention.startTitle')}
          button={t('administration.retention.start')}
          danger
          typed={t('administration.retention.startWord')}
          run={async () =>
            onChange(
              await taken(api.POST('/api/retention/runs/{id}/start', { params: { path: { id: run.id } }, body: {} })),
            )
          }
          reads={['retention']}
          done={t('administration.retention.started')}
          onClose={() => setStarting(false)}
        >
          <p className="notice danger">{t('administration.retention.startLead', { count })}</p>
        </Confirm>
      )}
    </section>
  );
}

function PolicyForm({ policy, onClose }: { readonly policy: Policy; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const { values, set, bind } = useDraft({
    months: String(policy.months),
    days: String(policy.days),
    duty: policy.duty,
    legalBasis: policy.legalBasis,
  });
  return (
    <Edit
      title={`${t('administration.retention.change')}: ${nameOf(policy.code)}`}
      onClose={onClose}
      reads={['retention']}
      done={t('administration.saved')}
      run={() =>
        taken(
          api.PUT('/api/retention/policies/{code}', {
            params: { path: { code: policy.code }, header: { 'If-Match': versionTag(policy.version) } },
            body: {
              months: Number(values.months),
              days: Number(values.days),
              duty: values.duty,
              legalBasis: values.legalBasis.trim(),
            },
          }),
        )
      }
    >
      {mistake => (
        <>
          <div className="columns">
            <TextInput
              type="number"
              min="0"
              label={t('administration.retention.months')}
              error={mistake('/months')}
              {...bind('months')}
            />
            <TextInput
              type="number"
              min="0"
              label={t('administration.retention.days')}
              error={mistake('/days')}
              {...bind('days')}
            />
          </div>
          <Check label={t('administration.retention.duty')} checked={values.duty} onChange={on => set('duty', on)} />
          <TextInput
            label={t('administration.retention.legalBasis')}
            lines={3}
            required
            error={mistake('/legalBasis')}
            {...bind('legalBasis')}
          />
        </>
      )}
    </Edit>
  );
}
