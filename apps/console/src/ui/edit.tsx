import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client.js';
import { useChange } from './act.js';
import { Dialog } from './dialog.js';
import { FormEnd } from './form-end.js';
import { mistakeWords } from './mistake.js';
import { Problem } from './problem.js';

/** What is being written, field by field. */
export function useDraft<V extends object>(start: V | (() => V)) {
  const [values, setValues] = useState(start);
  const set = <K extends keyof V>(name: K, value: V[K]): void => setValues(now => ({ ...now, [name]: value }));
  /** What a field shows and does. */
  const bind = <K extends keyof V>(name: K): { value: V[K]; onChange: (value: V[K]) => void } => ({
    value: values[name],
    onChange: value => set(name, value),
  });
  return { values, set, bind };
}

interface FormProps<R> {
  readonly run: () => Promise<R>;
  readonly reads: readonly string[];
  /** What is told once it is done; without words nothing is. */
  readonly done?: string;
  readonly then?: (answer: R) => void;
  readonly onCancel?: () => void;
  readonly button?: string;
  /** The fields; given what the API said is wrong with the field of a JSON pointer. */
  readonly children: (mistake: (pointer: string) => string | undefined) => ReactNode;
  /** What stands beside the button, such as a trial. */
  readonly beside?: ReactNode;
  /** Why it cannot be saved yet. */
  readonly blocked?: string | undefined;
}

/** Fields that are saved together. What the API finds wrong is told beside each; what somebody else changed meanwhile is not written over. */
export function Form<R>({ run, reads, done, then, onCancel, button, children, beside, blocked }: FormProps<R>) {
  const { t } = useTranslation();
  const change = useChange({ run: () => run(), reads, ...said({ done, then }) });
  const refusal = change.error instanceof Refusal ? change.error : undefined;
  const besides = new Set<string>();
  // What a field asks about is said beside it, in words; the rest is said below, once.
  const mistake = (pointer: string): string | undefined => {
    besides.add(pointer);
    const detail = refusal?.mistakeOf(pointer);
    return detail === undefined ? undefined : mistakeWords(t, detail);
  };
  const fields = children(mistake);
  return (
    <form
      className="form"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        if (!change.isPending && blocked === undefined) change.mutate(undefined);
      }}
    >
      {fields}
      {change.error && <Problem fault={change.error} besides={besides} />}
      {refusal?.problem === 'version-stale' && <p className="notice warning">{t('administration.stale')}</p>}
      <FormEnd
        button={button ?? t('app.save')}
        busy={change.isPending}
        blocked={blocked}
        beside={beside}
        onCancel={onCancel}
      />
    </form>
  );
}

interface EditProps<R> extends Omit<FormProps<R>, 'onCancel'> {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
}

/** A dialog with fields; shut when they are saved. */
export function Edit<R>({ title, onClose, wide = false, then, ...form }: EditProps<R>) {
  return (
    <Dialog title={title} onClose={onClose} wide={wide}>
      <Form
        {...form}
        onCancel={onClose}
        then={answer => {
          then?.(answer);
          onClose();
        }}
      />
    </Dialog>
  );
}

/** Words as they are, or nothing where there are none. */
export const orNothing = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** Without the fields that say nothing. */
export function said<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** Words between commas. */
export const listed = (text: string): string[] =>
  text
    .split(',')
    .map(one => one.trim())
    .filter(one => one !== '');
