import { useMutation } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { useChange } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { knownMistake } from '../ui/mistake.js';
import { Problem } from '../ui/problem.js';
import { Table } from '../ui/table.js';

type Report = Schemas['ImportReport'];
type Mode = Report['mode'];

/** What many can be taken in of at once. */
type Imported = 'offices' | 'operators';

const READS = ['offices', 'office', 'operators', 'operator'] as const;

/** The file in a form, as the API takes it. */
function sent(what: Imported, mode: Mode, file: File): Promise<Report> {
  const asked = {
    params: { query: { mode } },
    body: { file: '' },
    bodySerializer: () => {
      const form = new FormData();
      form.append('file', file, file.name);
      return form;
    },
  };
  return taken(
    what === 'offices' ? api.POST('/api/imports/offices', asked) : api.POST('/api/imports/operators', asked),
  );
}

interface ImportDialogProps {
  readonly what: Imported;
  readonly onClose: () => void;
}

/** Takes a CSV file in: what it would change and what is wrong with it, line by line, is shown first; then all of it is done, or nothing. */
export function ImportDialog({ what, onClose }: ImportDialogProps) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File>();
  const look = useMutation({ mutationFn: (chosen: File) => sent(what, 'preview', chosen) });
  const apply = useChange({
    run: (chosen: File) => sent(what, 'apply', chosen),
    reads: READS,
  });
  const report = apply.data ?? look.data;
  const fault = apply.error ?? look.error;
  const done = apply.data !== undefined && apply.data.problems.length === 0;
  const ready = !done && look.data !== undefined && look.data.problems.length === 0;
  return (
    <Dialog title={t(`administration.import.${what}`)} onClose={onClose} wide>
      <div className="form">
        <p className="soft">{t('administration.import.lead')}</p>
        <p>
          <a href={`/api/exports/${what}`} download>
            {t('administration.import.present')}
          </a>
        </p>
        {!done && (
          <Field label={t('administration.import.file')} hint={t('administration.import.hint')}>
            {ids => (
              <input
                {...ids}
                className="input"
                type="file"
                accept=".csv,text/csv"
                onChange={event => {
                  const chosen = event.target.files?.[0];
                  setFile(chosen);
                  apply.reset();
                  look.reset();
                  if (chosen) look.mutate(chosen);
                }}
              />
            )}
          </Field>
        )}
        <p role="status">{saidOf(t, { report, looking: look.isPending || apply.isPending })}</p>
        {fault && <Problem fault={fault} />}
        {report && <Rows report={report} />}
        <div className="buttons">
          <Button onPress={onClose}>{t(done ? 'app.close' : 'app.cancel')}</Button>
          {!done && (
            <Button
              kind="primary"
              disabled={!ready || file === undefined || apply.isPending || !changes(look.data)}
              onPress={() => file && apply.mutate(file)}
            >
              {t('administration.import.apply')}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

const changes = (report: Report | undefined): boolean => (report ? report.made + report.changed > 0 : false);

function saidOf(
  t: TFunction,
  { report, looking }: { readonly report: Report | undefined; readonly looking: boolean },
): string {
  if (looking) return t('administration.import.looking');
  if (!report) return '';
  if (report.problems.length > 0) return t('administration.import.wrong', { count: report.problems.length });
  const { rows, made, changed, unchanged } = report;
  return t(report.mode === 'apply' ? 'administration.import.did' : 'administration.import.would', {
    rows,
    made,
    changed,
    unchanged,
  });
}

/** What is wrong, or what changes, line by line. */
function Rows({ report: { problems, changes: changed } }: { readonly report: Report }) {
  const { t } = useTranslation();
  const id = useId();
  const line = <Row extends { readonly line: number }>() => ({
    id: 'line',
    title: t('administration.import.line'),
    value: (row: Row) => row.line,
    numeric: true,
  });
  if (problems.length > 0)
    return (
      <Table
        caption={t('administration.import.mistakes')}
        empty="–"
        rows={problems}
        keyOf={({ line: at, column, detail }) => `${id} ${at} ${column ?? ''} ${detail}`}
        columns={[
          line(),
          { id: 'column', title: t('administration.import.column'), value: one => one.column },
          {
            id: 'detail',
            title: t('administration.import.mistake'),
            value: one => knownMistake(t, one.detail) ?? one.detail,
            show: one => knownMistake(t, one.detail) ?? <span lang="en">{one.detail}</span>,
          },
        ]}
      />
    );
  return (
    <Table
      caption={t('administration.import.changes')}
      empty={t('administration.import.nothing')}
      rows={changed}
      keyOf={({ line: at, code }) => `${at} ${code}`}
      columns={[
        line(),
        { id: 'code', title: t('administration.code'), value: one => one.code },
        {
          id: 'change',
          title: t('administration.import.change'),
          value: one => t(`administration.import.as.${one.change}`),
        },
      ]}
    />
  );
}
