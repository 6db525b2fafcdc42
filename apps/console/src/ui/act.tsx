import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/client.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { TextInput } from './field.js';
import { mistakeWords } from './mistake.js';
import { Problem } from './problem.js';
import { toast } from './said.js';

interface Change<T, R> {
  readonly run: (given: T) => Promise<R>;
  /** What is read again after it: the beginnings of the queries' keys. */
  readonly reads: readonly string[];
  readonly done?: string;
  readonly then?: (answer: R) => void;
}

/** A change asked of the API: told when it is done, and what it touches is read again. */
export function useChange<T, R>({ run, reads, done, then }: Change<T, R>) {
  const client = useQueryClient();
  return useMutation<R, Error, T>({
    mutationFn: run,
    onSuccess: answer => {
      if (done !== undefined) toast(done);
      then?.(answer);
    },
    onSettled: (_, fault) => {
      // What somebody else changed is read again too: the next try is of what is there now.
      if (fault && !(fault instanceof Refusal && [404, 409, 412].includes(fault.status))) return;
      for (const key of reads) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}

const REASON: ReadonlySet<string> = new Set(['/reason']);

interface ConfirmProps {
  readonly title: string;
  /** What will happen, in words. */
  readonly children?: ReactNode;
  readonly button: string;
  readonly danger?: boolean;
  /** Asks why, under this label; `run` is given the words. */
  readonly reason?: string;
  /** Words that must be written before it can be done. */
  readonly typed?: string;
  readonly run: (reason: string) => Promise<unknown>;
  readonly reads: readonly string[];
  readonly done: string;
  readonly onClose: () => void;
}

/** Asks once more before something that is hard to take back, having said what will happen. */
export function Confirm({
  title,
  children,
  button,
  danger = false,
  reason,
  typed,
  run,
  reads,
  done,
  onClose,
}: ConfirmProps) {
  const { t } = useTranslation();
  const [why, setWhy] = useState('');
  const [words, setWords] = useState('');
  const [tried, setTried] = useState(false);
  const change = useChange({ run: () => run(why.trim()), reads, done, then: onClose });
  const lacksReason = reason !== undefined && why.trim() === '';
  const lacksWords = typed !== undefined && words.trim() !== typed;
  const refusal = change.error instanceof Refusal ? change.error : undefined;
  const reasonMistake = refusal?.mistakeOf('/reason');
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="form"
        noValidate
        onSubmit={event => {
          event.preventDefault();
          setTried(true);
          if (!lacksReason && !lacksWords && !change.isPending) change.mutate(undefined);
        }}
      >
        {children}
        {reason !== undefined && (
          <TextInput
            label={reason}
            value={why}
            onChange={setWhy}
            lines={2}
            required
            autoFocus
            error={
              (reasonMistake === undefined ? undefined : mistakeWords(t, reasonMistake)) ??
              (tried && lacksReason ? t('app.required') : undefined)
            }
          />
        )}
        {typed !== undefined && (
          <TextInput
            label={t('supervision.typeToConfirm', { words: typed })}
            value={words}
            onChange={setWords}
            required
            error={tried && lacksWords ? t('supervision.typeExactly') : undefined}
          />
        )}
        {change.error && <Problem fault={change.error} besides={REASON} />}
        <div className="buttons">
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind={danger ? 'danger' : 'primary'} submit disabled={change.isPending}>
            {button}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface SwitchesProps {
  readonly label: string;
  readonly options: readonly (readonly [string, string])[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  readonly error?: string | undefined;
}

/** Any of several. */
export function Switches({ label, options, value, onChange, error }: SwitchesProps) {
  const id = useId();
  return (
    <fieldset className="field" aria-describedby={error === undefined ? undefined : id}>
      <legend>{label}</legend>
      <div className="switches">
        {options.map(([code, name]) => (
          <label key={code} className="check">
            <input
              type="checkbox"
              checked={value.includes(code)}
              onChange={event => onChange(event.target.checked ? [...value, code] : value.filter(one => one !== code))}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <span className="error" id={id}>
          {error}
        </span>
      )}
    </fieldset>
  );
}
