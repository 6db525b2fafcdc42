import type { ReactNode } from 'react';
import type { Checked } from '../http/checked.js';
import type { Fields } from '../http/answers.js';
import type { Form, Mistake } from '../http/forms.js';
import { dayIn } from '../text/texts.js';
import { Box, LongField, Proof, Summary, TextField, Trouble } from './form.js';
import { Page, type Around } from './layout.js';

export const FEEDBACK = '/accessibilita/segnala';
/** How browsers ask for what is not any text. */
const INPUTS: Readonly<Record<string, 'email' | 'tel'>> = { email: 'email', phone: 'tel' };

/** The statement: what was looked at and what was found, as the tests wrote it down, and where to say what they did not find. */
export const StatementPage = ({
  around,
  checked,
}: {
  readonly around: Around;
  readonly checked: Checked;
}): ReactNode => {
  const { t } = around;
  const { accessibility } = t;
  return (
    <Page around={around} title={accessibility.title}>
      {accessibility.paragraphs.map(words => (
        <p key={words} className="measure">
          {words}
        </p>
      ))}
      <h2>{accessibility.found}</h2>
      <p className="measure">
        {accessibility.foundWords(checked.states.length, checked.violations, dayIn(t, checked.on), checked.axe)}
      </p>
      <details>
        <summary>{accessibility.states}</summary>
        <ul>
          {checked.states.map(state => (
            <li key={state} lang="en">
              {state}
            </li>
          ))}
        </ul>
      </details>
      <h2>{accessibility.tell}</h2>
      <p className="measure">{accessibility.tellHelp}</p>
      <p>
        <a className="btn btn-primary" href={FEEDBACK}>
          {accessibility.tell}
        </a>
      </p>
    </Page>
  );
};

/** The form by which somebody says what they cannot use, with the questions that the forms are configured with. */
export const FeedbackPage = ({
  around,
  form,
  fields,
  attempt,
  token,
  trouble,
  mistakes = [],
}: {
  readonly around: Around;
  readonly form: Form;
  readonly fields: Fields;
  readonly attempt: string;
  readonly token: string;
  readonly trouble?: string | undefined;
  readonly mistakes?: readonly Mistake[];
}): ReactNode => {
  const { t } = around;
  const { accessibility, report } = t;
  return (
    <Page around={around} title={accessibility.tell} wrong={mistakes.length > 0 || trouble !== undefined}>
      <Trouble words={trouble} />
      <p className="lead">{accessibility.tellHelp}</p>
      <Summary t={t} mistakes={mistakes} />
      <p>{t.required}</p>
      <form
        method="post"
        action={FEEDBACK}
        noValidate
        data-once={report.sending}
        data-keep="accessibilita"
        data-restored={t.restored}
      >
        <input type="hidden" name="tentativo" value={attempt} />
        <input type="hidden" name="contrassegno" value={token} />
        <Proof form={form} />
        {form.fields.map(({ name, label, type, required = false, maxLength }) => {
          const about = { name, label, t, value: fields[name], mistakes, required };
          return type === 'long_text' ? (
            <LongField key={name} {...about} maxLength={maxLength ?? 5_000} />
          ) : (
            <TextField key={name} {...about} type={INPUTS[type] ?? 'text'} maxLength={maxLength ?? 200} />
          );
        })}
        <p className="measure">
          {report.privacyText} <a href={around.privacyUrl}>{report.privacyLink}</a>
        </p>
        <Box name="informativa" label={report.privacyBox} mistakes={mistakes} />
        <p className="actions">
          <button className="btn btn-primary">{report.send}</button>
        </p>
      </form>
    </Page>
  );
};
