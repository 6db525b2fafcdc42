import type { ReactNode } from 'react';
import type { Mistake, TrackedCase } from '../http/forms.js';
import { dayIn, instantIn } from '../text/texts.js';
import { FilesField, LongField, Row, Summary, TextField, Trouble } from './form.js';
import { Page, type Around } from './layout.js';
import { Rating, type Given } from './rating.js';

/** Asks for the number and the code. */
export const FollowPage = ({
  around,
  number,
  words,
  mistakes = [],
  left = false,
  held = false,
}: {
  readonly around: Around;
  readonly number?: string | undefined;
  /** What was written and not sent: it goes on with the code. */
  readonly words?: string | undefined;
  readonly mistakes?: readonly Mistake[];
  readonly left?: boolean;
  /** What was sent is held, and no case yet: a person looks at it first. */
  readonly held?: boolean;
}): ReactNode => {
  const { t } = around;
  const { follow } = t;
  return (
    <Page around={around} title={follow.title} wrong={mistakes.length > 0} element="personal-area-login">
      <p className="lead">{follow.lead}</p>
      {left ? (
        <p className="alert alert-success" role="status">
          {follow.left}
        </p>
      ) : undefined}
      {held ? (
        <p className="alert alert-info" role="status" data-held="yes">
          {follow.held}
        </p>
      ) : undefined}
      <Summary t={t} mistakes={mistakes} />
      <form method="post" action="/pratica" noValidate data-link="yes">
        {words ? <input type="hidden" name="testo" value={words} /> : undefined}
        <TextField
          name="codice"
          label={follow.code}
          help={follow.codeHelp}
          t={t}
          mistakes={mistakes}
          maxLength={40}
          autoComplete="off"
          required
        />
        <TextField
          name="numero"
          label={follow.number}
          help={follow.numberHelp}
          t={t}
          value={number}
          mistakes={mistakes}
          maxLength={40}
          autoComplete="off"
        />
        <p className="actions">
          <button className="btn btn-primary">{follow.show}</button>
        </p>
      </form>
    </Page>
  );
};

/** A rating that waits until the other side answers, as it was written. */
export const RatingPage = ({ around, given }: { readonly around: Around; readonly given: Given }): ReactNode => (
  <Page around={around} title={around.t.rating.title} wrong>
    <Trouble words={around.t.rating.away} />
    <Rating t={around.t} rating={given} mistakes={[]} />
  </Page>
);

/** A case: its state and dates, who holds it, what was answered; and the place to add something. */
export const CasePage = ({
  around,
  found,
  attempt,
  text,
  trouble,
  mistakes = [],
  sent = false,
  rated = false,
  given,
}: {
  readonly around: Around;
  readonly found: TrackedCase;
  /** Under which a message is sent. */
  readonly attempt: string;
  readonly text?: string | undefined;
  /** Why a message could not be sent just now. */
  readonly trouble?: string | undefined;
  readonly mistakes?: readonly Mistake[];
  readonly sent?: boolean;
  readonly rated?: boolean;
  /** A rating that could not be handed in just now, as it was written. */
  readonly given?: Given | undefined;
}): ReactNode => {
  const { t } = around;
  const { follow, report } = t;
  return (
    <Page around={around} title={follow.caseTitle(found.number)} wrong={mistakes.length > 0 || trouble !== undefined}>
      <Trouble words={trouble} />
      {sent ? (
        <p className="alert alert-success" role="status" data-focus="yes" tabIndex={-1}>
          {follow.messageSent}
        </p>
      ) : undefined}
      {rated ? (
        <p className="alert alert-success" role="status" data-focus="yes" tabIndex={-1}>
          {t.rating.thanks}
        </p>
      ) : undefined}
      <Summary t={t} mistakes={mistakes} />
      <p className="on-paper">{follow.asOf(instantIn(t, new Date().toISOString()))}</p>
      <dl className="receipt" id="stato">
        <Row label={follow.state}>
          <strong>{t.ofCore[found.stateCode] ?? found.state}</strong>
        </Row>
        <Row label={found.sorting ? follow.sorts : follow.holds}>{found.office}</Row>
        <Row label={follow.since}>{instantIn(t, found.since)}</Row>
        {found.takenInChargeAt === undefined ? undefined : (
          <Row label={follow.inCharge}>{dayIn(t, found.takenInChargeAt)}</Row>
        )}
        {found.takeChargeBy === undefined ? undefined : (
          <Row label={found.sorting ? follow.sortedBy : follow.inChargeBy}>{instantIn(t, found.takeChargeBy)}</Row>
        )}
        {found.until === undefined ? undefined : <Row label={follow.until}>{dayIn(t, found.until)}</Row>}
        {found.outcome === undefined ? undefined : (
          <Row label={follow.outcome}>
            {t.ofCore[`outcome ${found.outcomeCode}`] ?? found.outcome}
            {found.outcomeReason === undefined
              ? undefined
              : ` (${t.ofCore[`reason ${found.outcomeReasonCode}`] ?? found.outcomeReason})`}
          </Row>
        )}
      </dl>
      <section aria-labelledby="risposte">
        <h2 id="risposte">{follow.answers}</h2>
        {found.answers.length === 0 ? (
          <p>{follow.noAnswers}</p>
        ) : (
          <ol className="answers">
            {found.answers.map(answer => (
              <li key={answer.id}>
                <p className="help">{[answer.office, instantIn(t, answer.at)].filter(Boolean).join(' · ')}</p>
                {answer.text.split('\n').map((line, index) => (
                  <p key={`${answer.id} ${index}`}>{line}</p>
                ))}
              </li>
            ))}
          </ol>
        )}
      </section>
      {found.rating === undefined ? undefined : (
        <Rating t={t} rating={{ ...found.rating, ...given }} mistakes={mistakes} />
      )}
      <section aria-labelledby="parole">
        <h2 id="parole">{follow.said}</h2>
        <ol className="answers own">
          {found.said.map(one => (
            <li key={one.id}>
              <p className="help">{instantIn(t, one.at)}</p>
              {one.text === undefined ? undefined : <p className="words">{one.text}</p>}
              {one.files.length === 0 ? undefined : (
                <p className="help">
                  {t.own.files}: {one.files.map(file => file.name ?? file.mediaType).join(', ')}
                </p>
              )}
            </li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="fatti">
        <h2 id="fatti">{follow.milestones}</h2>
        <ol className="milestones">
          {found.milestones.map((one, index) => (
            <li key={`${one.at} ${index}`}>
              <strong>{t.ofCore[`fact ${one.fact}`] ?? one.label}</strong>{' '}
              <span className="soft">{instantIn(t, one.at)}</span>
            </li>
          ))}
        </ol>
      </section>
      {found.fields.length === 0 ? undefined : (
        <section aria-labelledby="dati">
          <h2 id="dati">{follow.data}</h2>
          <dl>
            {found.fields.map(one => (
              <Row key={one.label} label={one.label}>
                {one.value}
              </Row>
            ))}
          </dl>
        </section>
      )}
      <section aria-labelledby="scrivi" className="no-print">
        <h2 id="scrivi">{follow.write}</h2>
        <p className="help">{found.writable ? follow.writeHelp : follow.writeThere}</p>
        {found.writable ? (
          <form
            method="post"
            action="/pratica/messaggio"
            encType="multipart/form-data"
            noValidate
            data-once={report.sending}
          >
            <input type="hidden" name="tentativo" value={attempt} />
            <LongField
              name="testo"
              label={follow.message}
              t={t}
              value={text}
              mistakes={mistakes}
              maxLength={5_000}
              required
            />
            <FilesField t={t} label={follow.attach} mistakes={mistakes} />
            <p className="actions">
              <button className="btn btn-primary">{follow.sendMessage}</button>
            </p>
          </form>
        ) : undefined}
      </section>
      <p className="actions">
        <button type="button" className="btn btn-outline-primary" data-print="yes" hidden>
          {follow.print}
        </button>
      </p>
      <form method="post" action="/pratica/chiudi">
        <p className="actions">
          <a className="btn btn-outline-primary" href="/pratica">
            {follow.refresh}
          </a>
          <button className="btn btn-outline-primary">{follow.leave}</button>
        </p>
      </form>
    </Page>
  );
};
