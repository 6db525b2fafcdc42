import type { ReactNode } from 'react';
import type { Draft } from '../draft/drafts.js';
import { DETAILS } from '../http/answers.js';
import type { Form, Mistake, TrackedCase } from '../http/forms.js';
import { dayIn, type Texts } from '../text/texts.js';
import { Box, ChoiceField, FilesField, LongField, Proof, Row, Summary, TextField, Trouble } from './form.js';
import { Page, unbroken, type Around } from './layout.js';

const MEGABYTE = 1_000_000;

/** The three steps, and which one this is. */
function Steps({ t, now }: { readonly t: Texts; readonly now: 1 | 2 | 3 }): ReactNode {
  return (
    <>
      <p className="lead">{t.step(now, t.steps.length, t.steps[now - 1] ?? '')}</p>
      <ol className="steps" aria-label={t.stepsOf}>
        {t.steps.map((name, index) => (
          <li
            key={name}
            className={index + 1 === now ? 'now' : index + 1 < now ? 'past' : undefined}
            aria-current={index + 1 === now ? 'step' : undefined}
          >
            {name}
            {index + 1 < now ? <span className="visually-hidden"> ({t.done})</span> : undefined}
          </li>
        ))}
      </ol>
    </>
  );
}

/** Step 1: what is done with the data. */
export const PrivacyStep = ({
  around,
  resume,
  mistakes = [],
}: {
  readonly around: Around;
  /** A report of this browser was begun before. */
  readonly resume: boolean;
  readonly mistakes?: readonly Mistake[];
}): ReactNode => {
  const { t } = around;
  const { report } = t;
  return (
    <Page around={around} title={report.title} wrong={mistakes.length > 0} element="report-inefficiency">
      <Steps t={t} now={1} />
      <p>{report.lead}</p>
      <p>{t.emergency}</p>
      {resume ? (
        <div className="callout">
          <p>
            {report.resume} <a href="/segnalazione/dati">{report.resumeLink}</a>
          </p>
          <form method="post" action="/segnalazione/elimina" data-clear="segnalazione">
            <button className="btn btn-outline-primary">{report.discard}</button>
          </form>
        </div>
      ) : undefined}
      <Summary t={t} mistakes={mistakes} />
      <form method="post" action="/segnalazione/privacy" noValidate>
        <h2>{report.privacyTitle}</h2>
        <p className="measure">{report.privacyText}</p>
        <p>
          <a href={around.privacyUrl}>{report.privacyLink}</a>
        </p>
        <Box name="informativa" label={report.privacyBox} mistakes={mistakes} />
        <p className="actions">
          <button className="btn btn-primary">{report.next}</button>
        </p>
      </form>
    </Page>
  );
};

/** Step 2: where it is, what it is, who says it. */
export const DataStep = ({
  around,
  form,
  draft,
  mistakes = [],
  saved = false,
  trouble,
}: {
  readonly around: Around;
  readonly form: Form;
  readonly draft: Draft;
  readonly mistakes?: readonly Mistake[];
  readonly saved?: boolean;
  /** Why it could not be kept just now. */
  readonly trouble?: string | undefined;
}): ReactNode => {
  const { t } = around;
  const { report } = t;
  const { fields } = draft;
  const options = form.fields.find(field => field.name === 'categoria')?.options ?? [];
  const field = (name: string) => ({ name, t, value: fields[name], mistakes });
  const hasPlace =
    Boolean(fields.latitudine ?? fields.longitudine) ||
    mistakes.some(one => one.field === 'latitudine' || one.field === 'longitudine');
  return (
    <Page around={around} title={report.title} wrong={mistakes.length > 0} element="report-inefficiency">
      <Steps t={t} now={2} />
      <Trouble words={trouble} />
      {saved ? (
        <p className="alert alert-success" role="status">
          {report.saved}
        </p>
      ) : undefined}
      <Summary t={t} mistakes={mistakes} />
      <p>{t.required}</p>
      <form
        method="post"
        action="/segnalazione/dati"
        encType="multipart/form-data"
        noValidate
        data-keep="segnalazione"
        data-restored={t.restored}
      >
        <input type="hidden" name="revisione" value={draft.revision} />
        {/* What Enter does: the first button of a form is pressed by it. */}
        <button name="azione" value="avanti" className="visually-hidden" tabIndex={-1} aria-hidden="true">
          {report.next}
        </button>
        <fieldset>
          <legend className="h3">{report.place}</legend>
          <TextField
            {...field('luogo')}
            label={report.address}
            help={report.addressHelp}
            required
            maxLength={500}
            autoComplete="street-address"
          />
          <div
            id="mappa"
            className="map-place"
            data-hint={report.mapHint}
            data-open={report.mapOpen}
            data-label={report.mapLabel}
            data-chosen={report.mapChosen}
            data-failed={report.mapFailed}
            data-here={report.here}
            data-here-failed={report.hereFailed}
          />
          <details id="coordinate" className="pair" open={hasPlace}>
            <summary>
              {report.coordinates} <span className="soft">({t.optional})</span>
            </summary>
            <p className="help">{report.coordinatesHelp}</p>
            <TextField {...field('latitudine')} label={report.latitude} inputMode="decimal" maxLength={20} />
            <TextField {...field('longitudine')} label={report.longitude} inputMode="decimal" maxLength={20} />
          </details>
        </fieldset>
        <fieldset>
          <legend className="h3">{report.trouble}</legend>
          <ChoiceField {...field('categoria')} label={report.category} options={options} required />
          <TextField {...field('oggetto')} label={report.subject} required />
          <LongField
            {...field('descrizione')}
            label={report.details}
            help={report.detailsHelp(DETAILS.report)}
            maxLength={DETAILS.report}
            required
          />
          <Photos t={t} form={form} draft={draft} mistakes={mistakes} />
        </fieldset>
        <fieldset>
          <legend className="h3">{report.author}</legend>
          <p className="help">{report.authorHelp}</p>
          {around.who === undefined ? undefined : <p className="callout">{t.own.login.asWho(around.who)}</p>}
          <TextField {...field('nome')} label={report.name} autoComplete="name" />
          <TextField {...field('email')} label={report.email} type="email" autoComplete="email" maxLength={254} />
          <TextField {...field('telefono')} label={report.phone} type="tel" autoComplete="tel" maxLength={40} />
        </fieldset>
        <p className="actions">
          <button name="azione" value="indietro" className="btn btn-outline-primary">
            {report.back}
          </button>
          <button name="azione" value="salva" className="btn btn-outline-primary">
            {report.save}
          </button>
          <button name="azione" value="avanti" className="btn btn-primary">
            {report.next}
          </button>
        </p>
      </form>
    </Page>
  );
};

function Photos({
  t,
  form,
  draft,
  mistakes,
}: {
  readonly t: Texts;
  readonly form: Form;
  readonly draft: Draft;
  readonly mistakes: readonly Mistake[];
}): ReactNode {
  const { files } = form;
  if (!files) return undefined;
  const { report } = t;
  return (
    <>
      <FilesField
        t={t}
        label={report.photos}
        help={report.photosHelp(files.max, Math.floor(files.maxBytes / MEGABYTE))}
        accept={files.mediaTypes}
        mistakes={mistakes}
      />
      <p className="actions">
        <button name="azione" value="carica" className="btn btn-outline-primary">
          {report.photosAdd}
        </button>
      </p>
      {draft.files.length === 0 ? undefined : (
        <>
          <h3 className="h6" id="caricati">
            {report.photosNow}
          </h3>
          <ul className="files" aria-labelledby="caricati">
            {draft.files.map(file => (
              <li key={file.id}>
                {file.mediaType.startsWith('image/') ? (
                  <img src={`/segnalazione/file/${file.id}`} alt="" width={64} height={64} />
                ) : undefined}
                <span>{file.filename}</span>
                <button name="togli" value={file.id} className="btn btn-outline-primary btn-xs">
                  {report.photoRemove(file.filename)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Step 3: everything in one screen, right before it is sent. */
export const SummaryStep = ({
  around,
  form,
  draft,
  trouble,
}: {
  readonly around: Around;
  readonly form: Form;
  readonly draft: Draft;
  /** Why it could not be sent just now. */
  readonly trouble?: string | undefined;
}): ReactNode => {
  const { t } = around;
  const { report } = t;
  const { fields } = draft;
  const category = form.fields
    .find(field => field.name === 'categoria')
    ?.options?.find(option => option.value === fields.categoria);
  const said = (name: string): string => fields[name] || report.nothing;
  const part = (title: string, rows: readonly (readonly [string, string])[]): ReactNode => (
    <section className="part">
      <h2 className="h4">{title}</h2>
      <dl>
        {rows.map(([label, words]) => (
          <Row key={label} label={label}>
            {words}
          </Row>
        ))}
      </dl>
      <p>
        <a href="/segnalazione/dati">{report.changeWhat(title)}</a>
      </p>
    </section>
  );
  return (
    <Page around={around} title={report.title} wrong={trouble !== undefined} element="report-inefficiency">
      <Steps t={t} now={3} />
      <Trouble words={trouble} />
      <p>{report.summaryLead}</p>
      <p className="alert alert-info">{report.warning}</p>
      {part(report.place, [
        [report.address, said('luogo')],
        [
          report.coordinates,
          fields.latitudine && fields.longitudine ? `${fields.latitudine} ${fields.longitudine}` : report.nothing,
        ],
      ])}
      {part(report.trouble, [
        [report.category, category?.label ?? report.nothing],
        [report.subject, said('oggetto')],
        [report.details, said('descrizione')],
        [report.photos, draft.files.map(file => file.filename).join(', ') || report.nothing],
      ])}
      {part(report.author, [
        [report.name, said('nome')],
        [report.email, said('email')],
        [report.phone, said('telefono')],
      ])}
      <form method="post" action="/segnalazione/invio" data-once={report.sending}>
        <input type="hidden" name="revisione" value={draft.revision} />
        <Proof form={form} />
        <p className="actions">
          <a className="btn btn-outline-primary" href="/segnalazione/dati">
            {report.back}
          </a>
          <button className="btn btn-primary">{report.send}</button>
        </p>
      </form>
    </Page>
  );
};

/** What whoever sent something takes home. */
export const Receipt = ({
  around,
  code,
  found,
  kind,
}: {
  readonly around: Around;
  readonly code: string;
  /** The case, once it is one. */
  readonly found: TrackedCase | undefined;
  readonly kind: 'report' | 'assistance';
}): ReactNode => {
  const { t } = around;
  const { receipt } = t;
  return (
    <Page around={around} title={kind === 'report' ? receipt.title : receipt.titleAssistance}>
      <p className="alert alert-success" role="status" data-focus="yes" tabIndex={-1}>
        {receipt.lead} {receipt.mail}
      </p>
      <dl className="receipt">
        <Row label={receipt.code}>
          <span className="code">{grouped(code)}</span>
          <span className="on-paper code-kept">{receipt.codeNotPrinted}</span>
        </Row>
        <Row label={receipt.number}>{unbroken(found?.number ?? receipt.numberLater)}</Row>
        {found ? <Row label={found.sorting ? t.follow.sorts : receipt.holds}>{found.office}</Row> : undefined}
        {found?.until === undefined ? undefined : <Row label={receipt.until}>{dayIn(t, found.until)}</Row>}
      </dl>
      <p>{receipt.keep}</p>
      <p className="form-check no-print">
        <input id="f-con-codice" type="checkbox" defaultChecked />
        <label htmlFor="f-con-codice">{receipt.withCode}</label>
      </p>
      <p className="on-paper">{receipt.where}</p>
      <form method="post" action="/pratica">
        <input type="hidden" name="codice" value={code} />
        <p className="actions">
          <button className="btn btn-primary">{receipt.follow}</button>
          <a className="btn btn-outline-primary" href={kind === 'report' ? '/segnalazione' : '/assistenza'}>
            {receipt.another}
          </a>
          <button type="button" className="btn btn-outline-primary" data-print="yes" hidden>
            {receipt.print}
          </button>
        </p>
      </form>
    </Page>
  );
};

/** As people read a code. */
export const grouped = (code: string): string => (code.match(/.{1,4}/g) ?? []).join('-');
