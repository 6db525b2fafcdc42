import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChoices } from '../administration/choices.js';
import { api, onceKey, taken, type Schemas } from '../api/client.js';
import { number } from '../i18n/format.js';
import { useChange } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Form, useDraft } from '../ui/edit.js';
import { Select, TextInput } from '../ui/field.js';
import { Pick } from '../ui/pick.js';
import { Problem, useProblemWords, whyNot } from '../ui/problem.js';
import { Table } from '../ui/table.js';

type Bulk = Schemas['BulkActionView'];

const WHICH = ['all', 'late', 'unassigned'] as const;
const READS = ['wallboard', 'dormancy', 'cases'];
const POLL_MS = 1_000;

interface ReassignProps {
  readonly office: Schemas['OfficeRef'];
  readonly onClose: () => void;
}

/** Gives the cases of an office to another: which ones and what would be refused is shown before anything is changed. */
export function Reassign({ office, onClose }: ReassignProps) {
  const { t } = useTranslation();
  const [prepared, setPrepared] = useState<Bulk>();
  return (
    <Dialog title={t('supervision.reassign.title', { office: office.name })} onClose={onClose} wide>
      {prepared ? (
        <Prepared bulk={prepared} onClose={onClose} />
      ) : (
        <Ask office={office} onPrepared={setPrepared} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface AskProps extends ReassignProps {
  readonly onPrepared: (bulk: Bulk) => void;
}

function Ask({ office, onPrepared, onClose }: AskProps) {
  const { t } = useTranslation();
  const { offices } = useChoices();
  const { values, set, bind } = useDraft({
    which: 'all' as (typeof WHICH)[number],
    to: undefined as string | undefined,
    reason: '',
  });
  return (
    <Form
      reads={[]}
      onCancel={onClose}
      button={t('supervision.reassign.look')}
      blocked={values.to === undefined ? t('supervision.reassign.chooseFirst') : undefined}
      then={onPrepared}
      run={() =>
        taken(
          api.POST('/api/bulk-actions', {
            params: { header: { 'Idempotency-Key': onceKey() } },
            body: {
              move: {
                command: 'assign',
                ...(values.to === undefined ? {} : { office: values.to }),
                ...(values.reason.trim() === '' ? {} : { reason: values.reason.trim() }),
              },
              filter: {
                office: office.id,
                open: true,
                ...(values.which === 'late' ? { late: true } : {}),
                ...(values.which === 'unassigned' ? { unassigned: true } : {}),
              },
            },
          }),
        )
      }
    >
      {mistake => (
        <>
          <Select
            label={t('supervision.reassign.which')}
            options={WHICH.map(code => [code, t(`supervision.reassign.${code}`)])}
            {...bind('which')}
          />
          <Pick
            label={t('supervision.reassign.to')}
            items={offices.filter(({ id }) => id !== office.id)}
            value={values.to}
            onChange={to => set('to', to)}
            required
            error={mistake('/move/office')}
          />
          <TextInput label={t('supervision.reason')} lines={2} error={mistake('/move/reason')} {...bind('reason')} />
        </>
      )}
    </Form>
  );
}

interface PreparedProps {
  readonly bulk: Bulk;
  readonly onClose: () => void;
}

/** What it would do; then, let run, how far it has come. */
function Prepared({ bulk: prepared, onClose }: PreparedProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const start = useChange({
    run: () => taken(api.POST('/api/bulk-actions/{id}/start', { params: { path: { id: prepared.id } } })),
    reads: ['bulk'],
  });
  const now = useQuery({
    queryKey: ['bulk', prepared.id],
    enabled: start.isSuccess,
    queryFn: ({ signal }) =>
      taken(api.GET('/api/bulk-actions/{id}', { params: { path: { id: prepared.id } }, signal })),
    refetchInterval: query => (query.state.data?.state === 'running' ? POLL_MS : false),
  });
  const bulk = now.data ?? prepared;
  const over = bulk.state === 'done' || bulk.state === 'stopped';
  const client = useQueryClient();
  useEffect(() => {
    if (over) for (const key of READS) void client.invalidateQueries({ queryKey: [key] });
  }, [over, client]);
  return (
    <>
      <p role="status" data-bulk={bulk.state}>
        {bulk.state === 'previewed'
          ? t('supervision.reassign.would', { count: bulk.total })
          : t('supervision.reassign.far', {
              done: number(bulk.done),
              refused: number(bulk.refused),
              total: number(bulk.total),
            })}
      </p>
      {bulk.refusals.length > 0 && (
        <Table
          caption={t('supervision.reassign.refused')}
          empty="–"
          rows={bulk.refusals}
          keyOf={({ problem, detail }) => problem + detail}
          columns={[
            { id: 'why', title: t('supervision.reason'), value: one => whyNot(t, one.problem, one.detail) },
            { id: 'cases', title: t('supervision.lost.count'), value: one => one.cases, numeric: true },
          ]}
        />
      )}
      {start.error && <Problem fault={start.error} />}
      {now.error && <p className="notice warning">{words(now.error)}</p>}
      <div className="buttons">
        <Button onPress={onClose}>{t(over ? 'app.close' : 'app.cancel')}</Button>
        {bulk.state === 'previewed' && !start.isSuccess && (
          <Button kind="primary" disabled={start.isPending || bulk.total === 0} onPress={() => start.mutate(undefined)}>
            {t('supervision.reassign.run', { count: bulk.total })}
          </Button>
        )}
      </div>
    </>
  );
}
