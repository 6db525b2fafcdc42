import type { ReactNode } from 'react';
import type { Form, Mistake } from '../http/forms.js';
import type { Texts } from '../text/texts.js';

/** Why what was written could not be sent just now. */
export const Trouble = ({ words }: { readonly words: string | undefined }): ReactNode =>
  words === undefined ? undefined : (
    <p className="alert alert-danger" role="alert" tabIndex={-1} data-focus="yes">
      {words}
    </p>
  );

/** What is wrong, each line leading to its field. */
export function Summary({ t, mistakes }: { readonly t: Texts; readonly mistakes: readonly Mistake[] }): ReactNode {
  if (mistakes.length === 0) return undefined;
  return (
    <div className="alert alert-danger" role="alert" tabIndex={-1} data-focus="yes">
      <h2 className="h5">{t.toRightOne}</h2>
      <ul>
        {mistakes.map(({ field, detail }) => (
          <li key={`${field} ${detail}`}>
            <a href={`#f-${field}`}>{detail}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly t: Texts;
  readonly value?: string | undefined;
  readonly help?: string;
  readonly required?: boolean;
  readonly mistakes: readonly Mistake[];
}

/** A question with its label above it, help and mistakes tied to it. */
function Labelled({
  name,
  label,
  t,
  help,
  required = false,
  mistakes,
  children,
}: FieldProps & { readonly children: (about: ReturnType<typeof aboutOf>) => ReactNode }): ReactNode {
  const own = mistakes.filter(one => one.field === name);
  return (
    <div className="field">
      <label htmlFor={`f-${name}`}>
        {label}
        {required ? <span aria-hidden="true"> *</span> : <span className="soft"> ({t.optional})</span>}
      </label>
      {help === undefined ? undefined : (
        <p id={`f-${name}-help`} className="help">
          {help}
        </p>
      )}
      {own.map(one => (
        <p key={one.detail} id={`f-${name}-wrong`} className="wrong">
          {one.detail}
        </p>
      ))}
      {children(aboutOf(name, help, required, own.length > 0))}
    </div>
  );
}

const aboutOf = (name: string, help: string | undefined, required: boolean, wrong: boolean) => ({
  id: `f-${name}`,
  name,
  className: `form-control${wrong ? ' is-invalid' : ''}`,
  'aria-required': required || undefined,
  'aria-invalid': wrong || undefined,
  'aria-describedby':
    [...(help === undefined ? [] : [`f-${name}-help`]), ...(wrong ? [`f-${name}-wrong`] : [])].join(' ') || undefined,
});

export const TextField = (
  props: FieldProps & {
    readonly type?: 'text' | 'email' | 'tel';
    readonly autoComplete?: string;
    readonly maxLength?: number;
    readonly inputMode?: 'decimal';
  },
): ReactNode => (
  <Labelled {...props}>
    {about => (
      <input
        {...about}
        type={props.type ?? 'text'}
        defaultValue={props.value ?? ''}
        autoComplete={props.autoComplete}
        maxLength={props.maxLength ?? 200}
        inputMode={props.inputMode}
      />
    )}
  </Labelled>
);

export const LongField = (props: FieldProps & { readonly maxLength: number }): ReactNode => (
  <Labelled {...props}>
    {about => (
      <textarea
        {...about}
        rows={5}
        maxLength={props.maxLength}
        defaultValue={props.value ?? ''}
        data-left={props.t.left(0)}
      />
    )}
  </Labelled>
);

export const ChoiceField = (
  props: FieldProps & { readonly options: readonly { readonly value: string; readonly label: string }[] },
): ReactNode => (
  <Labelled {...props}>
    {about => (
      <select {...about} defaultValue={props.value ?? ''}>
        <option value="">{props.t.report.choose}</option>
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    )}
  </Labelled>
);

/** Where the browser puts the proof of work of a form that asks for one. */
export const Proof = ({ form }: { readonly form: Form }): ReactNode =>
  form.challengeUrl === undefined ? undefined : <input type="hidden" name="prova" data-proof={form.id} />;

/** Where files are chosen: a button in the language of the page, before what the browser says of them. */
export const FilesField = ({
  t,
  label,
  help,
  accept,
  mistakes,
}: {
  readonly t: Texts;
  readonly label: string;
  readonly help?: string;
  /** Media types; all when absent. */
  readonly accept?: readonly string[];
  readonly mistakes: readonly Mistake[];
}): ReactNode => {
  const wrong = mistakes.filter(one => one.field === 'files');
  const described = [...(help === undefined ? [] : ['f-files-help']), ...(wrong.length > 0 ? ['f-files-wrong'] : [])];
  return (
    <div className="field">
      <label htmlFor="f-files">
        {label} <span className="soft">({t.optional})</span>
      </label>
      {help === undefined ? undefined : (
        <p id="f-files-help" className="help">
          {help}
        </p>
      )}
      {wrong.map((one, index) => (
        <p key={one.detail} id={index === 0 ? 'f-files-wrong' : undefined} className="wrong">
          {one.detail}
        </p>
      ))}
      <div className="file" data-none={t.report.photosNone}>
        <label htmlFor="f-files" className="btn btn-outline-primary">
          {t.report.photosChoose}
        </label>
        <input
          id="f-files"
          name="files"
          type="file"
          multiple
          accept={accept?.join(',')}
          aria-describedby={described.join(' ') || undefined}
          aria-invalid={wrong.length > 0 || undefined}
        />
      </div>
    </div>
  );
};

/** The box that must be ticked. */
export const Box = ({
  name,
  label,
  mistakes,
}: {
  readonly name: string;
  readonly label: string;
  readonly mistakes: readonly Mistake[];
}): ReactNode => {
  const [own] = mistakes.filter(one => one.field === name);
  return (
    <div className="field">
      {own ? (
        <p id={`f-${name}-wrong`} className="wrong">
          {own.detail}
        </p>
      ) : undefined}
      <div className="box">
        <input
          type="checkbox"
          id={`f-${name}`}
          name={name}
          value="on"
          aria-required
          aria-invalid={own ? true : undefined}
          aria-describedby={own ? `f-${name}-wrong` : undefined}
        />
        <label htmlFor={`f-${name}`}>
          {label}
          <span aria-hidden="true"> *</span>
        </label>
      </div>
    </div>
  );
};

/** A name and what it is. */
export const Row = ({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode => (
  <div className="row-of">
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);
