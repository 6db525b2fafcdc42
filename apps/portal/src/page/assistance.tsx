import type { ReactNode } from 'react';
import { DETAILS, type Fields } from '../http/answers.js';
import type { Form, Mistake } from '../http/forms.js';
import { Box, ChoiceField, LongField, Proof, Summary, TextField, Trouble } from './form.js';
import { Page, type Around } from './layout.js';

/** One form: who asks, for which service, what they need. */
export const AssistancePage = ({
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
  /** Why it could not be sent just now. */
  readonly trouble?: string | undefined;
  readonly mistakes?: readonly Mistake[];
}): ReactNode => {
  const { t } = around;
  const { assistance, report } = t;
  const options = form.fields.find(field => field.name === 'categoria')?.options ?? [];
  const field = (name: string) => ({ name, t, value: fields[name], mistakes });
  return (
    <Page
      around={around}
      title={assistance.title}
      wrong={mistakes.length > 0 || trouble !== undefined}
      element="contacts"
    >
      <Trouble words={trouble} />
      <p className="lead">{assistance.lead}</p>
      <p>{t.emergency}</p>
      {around.who === undefined ? undefined : <p className="callout">{t.own.login.asWho(around.who)}</p>}
      <Summary t={t} mistakes={mistakes} />
      <p>{t.required}</p>
      <form
        method="post"
        action="/assistenza"
        noValidate
        data-once={report.sending}
        data-keep="assistenza"
        data-restored={t.restored}
      >
        <input type="hidden" name="tentativo" value={attempt} />
        <input type="hidden" name="contrassegno" value={token} />
        <Proof form={form} />
        <TextField {...field('nome')} label={report.name} autoComplete="name" required />
        <TextField
          {...field('email')}
          label={report.email}
          type="email"
          autoComplete="email"
          maxLength={254}
          required
        />
        <TextField {...field('telefono')} label={report.phone} type="tel" autoComplete="tel" maxLength={40} />
        <ChoiceField {...field('categoria')} label={assistance.category} options={options} required />
        <TextField {...field('servizio')} label={assistance.service} required />
        <LongField
          {...field('descrizione')}
          label={report.details}
          help={assistance.detailsHelp(DETAILS.assistance)}
          maxLength={DETAILS.assistance}
          required
        />
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
