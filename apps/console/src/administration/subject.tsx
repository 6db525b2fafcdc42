import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Fields, type Described, type Value, type Values } from '../ui/described.js';
import { Edit } from '../ui/edit.js';
import { Problem } from '../ui/problem.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { Table, type Column } from '../ui/table.js';

/** A look at what would come of what is written, before it is kept. */
interface Trial<T> {
  readonly button: string;
  readonly run: (values: Values, one: T | undefined) => Promise<unknown>;
  readonly show: (result: unknown) => ReactNode;
  /** Whether what is written cannot be kept before it was tried. */
  readonly isNeeded?: (values: Values) => boolean;
  readonly neededWords?: string;
  /** What a trial is of: it holds until this changes. Absent: everything. */
  readonly of?: (values: Values) => unknown;
}

/** Something an administration keeps a list of: how it is read, shown, written and taken away, as data. */
export interface Subject<T> {
  /** Beginning of the keys of what is read. */
  readonly key: string;
  /** What else is read again when it changes. */
  readonly reads?: readonly string[];
  readonly title: string;
  readonly lead: string;
  /** Words of the button that makes one; absent: none are made here. */
  readonly make?: string;
  /** Name of the file of what is shown. */
  readonly file: string;
  readonly empty: string;
  readonly read: (signal: AbortSignal) => Promise<readonly T[]>;
  readonly idOf: (one: T) => string;
  readonly nameOf: (one: T) => string;
  readonly columns: readonly Column<T>[];
  /** Its fields; of none: a new one. Absent: it is not changed here. */
  readonly fields?: (one: T | undefined) => readonly Described[];
  readonly valuesOf?: (one: T | undefined) => Values;
  readonly save?: (values: Values, one: T | undefined) => Promise<unknown>;
  /** Whether this one may be changed; absent: each may. */
  readonly mayChange?: (one: T) => boolean;
  readonly trial?: Trial<T>;
  readonly remove?: {
    readonly lead: string;
    readonly run: (one: T) => Promise<unknown>;
    readonly may?: (one: T) => boolean;
  };
  /** What else can be done with one. */
  readonly actions?: (one: T) => ReactNode;
  /** What stands below the list, by what is in it. */
  readonly below?: (items: readonly T[]) => ReactNode;
}

/** What is read of a subject. */
const subjectQuery = <T,>({ key, read }: Pick<Subject<T>, 'key' | 'read'>) =>
  queryOptions({ queryKey: [key, 'administered'], queryFn: ({ signal }) => read(signal), staleTime: 0 });

/** The page of a subject: its list, and a form for one of it. */
export function SubjectPage<T>({ subject }: { readonly subject: Subject<T> }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<T | 'new'>();
  const [removing, setRemoving] = useState<T>();
  const query = useQuery(subjectQuery(subject));
  const { remove, fields, nameOf } = subject;
  const reads = [subject.key, ...(subject.reads ?? [])];
  return (
    <Page
      title={subject.title}
      lead={subject.lead}
      actions={
        subject.make !== undefined && (
          <Button kind="primary" onPress={() => setEditing('new')}>
            {subject.make}
          </Button>
        )
      }
    >
      <Read query={query}>
        {items => (
          <>
            <Table
              caption={subject.title}
              hideCaption
              file={subject.file}
              empty={subject.empty}
              rows={items}
              keyOf={subject.idOf}
              columns={subject.columns}
              {...(fields || remove || subject.actions
                ? {
                    actions: (one: T) => (
                      <>
                        {subject.actions?.(one)}
                        {fields && (subject.mayChange?.(one) ?? true) && (
                          <Button icon="pencil" onPress={() => setEditing(one)}>
                            {t('administration.edit')}
                            <span className="hidden"> {nameOf(one)}</span>
                          </Button>
                        )}
                        {remove && (remove.may?.(one) ?? true) && (
                          <Button onPress={() => setRemoving(one)}>
                            {t('administration.remove')}
                            <span className="hidden"> {nameOf(one)}</span>
                          </Button>
                        )}
                      </>
                    ),
                  }
                : {})}
            />
            {subject.below?.(items)}
          </>
        )}
      </Read>
      {editing !== undefined && (
        <SubjectForm
          subject={subject}
          one={editing === 'new' ? undefined : editing}
          reads={reads}
          onClose={() => setEditing(undefined)}
        />
      )}
      {removing && remove && (
        <Confirm
          title={t('administration.removeTitle', { name: nameOf(removing) })}
          button={t('administration.remove')}
          danger
          run={() => remove.run(removing)}
          reads={reads}
          done={t('administration.saved')}
          onClose={() => setRemoving(undefined)}
        >
          <p>{remove.lead}</p>
        </Confirm>
      )}
    </Page>
  );
}

interface SubjectFormProps<T> {
  readonly subject: Pick<Subject<T>, 'title' | 'make' | 'nameOf' | 'fields' | 'valuesOf' | 'save' | 'trial'>;
  readonly one: T | undefined;
  readonly reads: readonly string[];
  readonly onClose: () => void;
}

/** The fields of one; with a trial of what is written, where the subject has one. */
export function SubjectForm<T>({ subject, one, reads, onClose }: SubjectFormProps<T>) {
  const { t } = useTranslation();
  const { trial, save, valuesOf } = subject;
  const [values, setValues] = useState<Values>(() => valuesOf?.(one) ?? {});
  const [tried, setTried] = useState<string>();
  const set = (name: string, value: Value): void => setValues(now => ({ ...now, [name]: value }));
  const shapeOf = (of: Values): string => JSON.stringify(trial?.of?.(of) ?? of);
  const trying = useMutation({
    mutationFn: async (given: Values) => trial?.run(given, one),
    onSuccess: (_, given) => setTried(shapeOf(given)),
  });
  const isUntried = trial?.isNeeded?.(values) === true && tried !== shapeOf(values);
  return (
    <Edit
      title={
        one === undefined ? (subject.make ?? subject.title) : t('administration.change', { name: subject.nameOf(one) })
      }
      wide
      onClose={onClose}
      reads={reads}
      done={t('administration.saved')}
      blocked={isUntried ? trial?.neededWords : undefined}
      run={async () => save?.(values, one)}
      beside={
        trial && (
          <Button disabled={trying.isPending} onPress={() => trying.mutate(values)}>
            {trial.button}
          </Button>
        )
      }
    >
      {mistake => (
        <>
          <Fields fields={subject.fields?.(one) ?? []} values={values} set={set} mistake={mistake} />
          {trying.error && <Problem fault={trying.error} />}
          {trial && trying.isSuccess && (
            <section className="card" role="status" data-trial="done" aria-label={trial.button}>
              {trial.show(trying.data)}
            </section>
          )}
        </>
      )}
    </Edit>
  );
}
