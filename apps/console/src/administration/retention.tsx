import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, onceKey, taken, versionTag, type Schemas } from '../api/client.js';
import { day, number } from '../i18n/format.js';
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

/** What a term of retention is of: a kind of case by its name, everything else by its code. */
function useNameOf(): (code: string) => string {
  const { t } = useTranslation();
  return code => {
    const kind = KINDS.find(one => code === `case.${one}`);
    return kind === undefined ? code : t(`kind.${kind}`);
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
      <Read query={policies}>
        {({ items }) => (
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
        )}
      </Read>
      {editing && <PolicyForm policy={editing} onClose={() => setEditing(undefined)} />}
    </Page>
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
  const { values, set, bind } = useDraft({
    months: String(policy.months),
    days: String(policy.days),
    duty: policy.duty,
    legalBasis: policy.legalBasis,
  });
  return (
    <Edit
      title={`${t('administration.retention.change')}: ${policy.code}`}
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
