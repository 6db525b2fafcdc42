import type { ReactNode } from 'react';
import type { Mistake, OwnData, Provider } from '../http/forms.js';
import { dayIn, instantIn, type Texts } from '../text/texts.js';
import { Row, Summary, TextField, Trouble } from './form.js';
import { Icon, Page, unbroken, type Around } from './layout.js';

export const RIGHTS = ['access', 'rectification', 'restriction', 'objection', 'erasure'] as const;
const SENT = 'alert alert-success';
/** As many looks as are told at once; the others behind one press. */
const LOOKS = 20;

const Done = ({ words }: { readonly words: string | undefined }): ReactNode =>
  words === undefined ? undefined : (
    <p className={SENT} role="status" tabIndex={-1} data-focus="yes">
      {words}
    </p>
  );

/** Asks where to send a one-time code. */
export const AskCodePage = ({
  around,
  address,
  told,
  trouble,
  mistakes = [],
  providers = [],
  leave,
}: {
  readonly around: Around;
  /** Where one may log in. */
  readonly providers?: readonly Provider[];
  /** Where to log out of the provider too. */
  readonly leave?: string | undefined;
  readonly address?: string | undefined;
  readonly told?: string | undefined;
  readonly trouble?: string | undefined;
  readonly mistakes?: readonly Mistake[];
}): ReactNode => {
  const { t } = around;
  const { own } = t;
  return (
    <Page around={around} title={own.title} wrong={mistakes.length > 0 || trouble !== undefined}>
      <Trouble words={trouble} />
      <Done words={told} />
      {leave === undefined ? undefined : (
        <p>
          <a href={leave} rel="noreferrer">
            {own.login.leaveToo}
          </a>
        </p>
      )}
      <p className="lead">{providers.length === 0 ? own.lead : own.login.lead}</p>
      {providers.length === 0 ? undefined : <Logins around={around} providers={providers} />}
      {providers.length === 0 ? undefined : <h2>{own.login.orCode}</h2>}
      {providers.length === 0 ? undefined : <p className="measure">{own.lead}</p>}
      <Summary t={t} mistakes={mistakes} />
      <form method="post" action="/i-miei-dati" noValidate data-once={t.report.sending}>
        <TextField
          name="recapito"
          label={own.address}
          help={own.addressHelp}
          t={t}
          value={address}
          mistakes={mistakes}
          maxLength={320}
          autoComplete="email"
          required
        />
        <p className="actions">
          <button className="btn btn-primary">{own.sendCode}</button>
        </p>
      </form>
      <p>
        <a href="/i-miei-dati/entra">{own.haveCode}</a>
      </p>
    </Page>
  );
};

/** The buttons by which citizens log in, as the design system has them: one for each provider, with its name in words. */
const Logins = ({
  around,
  providers,
}: {
  readonly around: Around;
  readonly providers: readonly Provider[];
}): ReactNode => {
  const { own } = around.t;
  return (
    <section aria-labelledby="accesso" data-element="personal-area-login">
      <h2 id="accesso">{own.login.title}</h2>
      <p className="measure">{own.login.help}</p>
      <ul className="logins">
        {providers.map(({ code, name }) => (
          <li key={code}>
            <a className="btn btn-primary btn-icon" href={`/i-miei-dati/accesso/${code}`} rel="nofollow">
              <span className="rounded-icon" aria-hidden="true">
                <Icon name="it-user" assets={around.assets} size="icon-primary" />
              </span>
              <span>{own.login.with(name)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Takes a one-time code. Opening this page spends nothing: programs that open links of mail do no harm. */
export const EnterCodePage = ({
  around,
  told,
  trouble,
  mistakes = [],
}: {
  readonly around: Around;
  readonly told?: string | undefined;
  readonly trouble?: string | undefined;
  readonly mistakes?: readonly Mistake[];
}): ReactNode => {
  const { t } = around;
  const { own } = t;
  return (
    <Page around={around} title={own.enterTitle} wrong={mistakes.length > 0 || trouble !== undefined}>
      <Trouble words={trouble} />
      <Done words={told} />
      <Summary t={t} mistakes={mistakes} />
      <form method="post" action="/i-miei-dati/entra" noValidate data-code="yes" data-once={t.report.sending}>
        <TextField
          name="codice"
          label={own.code}
          help={own.codeHelp}
          t={t}
          mistakes={mistakes}
          maxLength={40}
          autoComplete="one-time-code"
          required
        />
        <p className="actions">
          <button className="btn btn-primary">{own.enter}</button>
          <a className="btn btn-outline-primary" href="/i-miei-dati">
            {own.another}
          </a>
        </p>
      </form>
    </Page>
  );
};

/** What is kept of a citizen, and what they may do with it. */
export const OwnDataPage = ({
  around,
  data,
  attempt,
  told,
  trouble,
  mistakes = [],
}: {
  readonly around: Around;
  readonly data: OwnData;
  /** Under which a request is sent. */
  readonly attempt: string;
  readonly told?: string | undefined;
  readonly trouble?: string | undefined;
  readonly mistakes?: readonly Mistake[];
}): ReactNode => {
  const { t } = around;
  const { own } = t;
  return (
    <Page around={around} title={own.title} wrong={mistakes.length > 0 || trouble !== undefined}>
      <Trouble words={trouble} />
      <Done words={told} />
      <Summary t={t} mistakes={mistakes} />
      <p className="measure">
        {data.identity === undefined
          ? own.shown(instantIn(t, data.until))
          : own.login.shown(data.identity.name, instantIn(t, data.until))}
      </p>
      {data.identity === undefined || data.identity.known ? undefined : <Unknown around={around} />}
      {data.restrictedSince === undefined ? undefined : (
        <p className="alert alert-info">{own.rests(dayIn(t, data.restrictedSince))}</p>
      )}
      <Kept t={t} data={data} />
      {data.identity === undefined ? undefined : <Claim t={t} mistakes={mistakes} />}
      <p className="callout">{data.hidesConfidential ? own.confidential : own.login.notes}</p>
      {isKnown(data) ? <Consents around={around} data={data} /> : undefined}
      <Looks t={t} data={data} />
      {isKnown(data) ? <Requests around={around} data={data} attempt={attempt} mistakes={mistakes} /> : undefined}
      <section aria-labelledby="scarica">
        <h2 id="scarica">{own.take}</h2>
        <p>{own.takeHelp}</p>
        <form method="post" action="/i-miei-dati/scarica">
          <p className="actions">
            <button className="btn btn-outline-primary" name="forma" value="html">
              {own.takePage}
            </button>
            <button className="btn btn-outline-primary" name="forma" value="json">
              {own.takeMachine}
            </button>
          </p>
        </form>
      </section>
      <form method="post" action="/i-miei-dati/esci">
        <p className="actions">
          <button className="btn btn-primary">{own.leave}</button>
        </p>
      </form>
    </Page>
  );
};

/** Whether it is certain which person of ours somebody is: of others there is nothing to agree to, nor to ask for here. */
const isKnown = ({ identity }: OwnData): boolean => identity?.known !== false;

/** Nothing is kept under who logged in, as far as it is certain: what they can do. */
const Unknown = ({ around }: { readonly around: Around }): ReactNode => {
  const { login } = around.t.own;
  return (
    <div className="callout">
      <p>
        <strong>{login.unknown}</strong>
      </p>
      <p>{login.unknownWhy}</p>
      <ul>
        <li>{login.unknownCode}</li>
        <li>{login.unknownDesk}</li>
        <li>
          {login.unknownWrite} <a href="/segnalazione">{around.t.cards.report[0]}</a>,{' '}
          <a href="/assistenza">{around.t.cards.assistance[0]}</a>.
        </li>
      </ul>
    </div>
  );
};

/** Adds a case by its code. */
const Claim = ({ t, mistakes }: { readonly t: Texts; readonly mistakes: readonly Mistake[] }): ReactNode => (
  <form
    method="post"
    action="/i-miei-dati/pratica"
    className="card-of own-case"
    noValidate
    data-once={t.report.sending}
  >
    <h3 className="h5">{t.own.login.claim}</h3>
    <TextField
      name="codice"
      label={t.own.login.claimCode}
      help={t.own.login.claimHelp}
      t={t}
      mistakes={mistakes}
      maxLength={40}
      required
    />
    <button className="btn btn-outline-primary">{t.own.login.claimDo}</button>
  </form>
);

/** Who they are to us, and their cases with what was said in them. */
function Kept({ t, data }: { readonly t: Texts; readonly data: OwnData }): ReactNode {
  const { own } = t;
  return (
    <>
      <section aria-labelledby="recapiti">
        <h2 id="recapiti">{own.who}</h2>
        <dl>
          <Row label={own.name}>{data.name ?? data.identity?.name ?? own.unknown}</Row>
          {data.addresses.map(one => (
            <Row key={`${one.kind} ${one.value}`} label={own.kinds[one.kind] ?? one.kind}>
              {one.value}
              {one.verified ? ` (${own.verified})` : ''}, {own.since(dayIn(t, one.since))}
            </Row>
          ))}
        </dl>
      </section>
      <section aria-labelledby="pratiche">
        <h2 id="pratiche">{own.cases}</h2>
        {data.cases.length === 0 ? <p>{data.identity === undefined ? own.noCases : own.login.noCases}</p> : undefined}
        {data.cases.map(one => (
          <article key={one.number} className="card-of own-case">
            <h3 className="h5">
              {unbroken(one.number)} – {one.subject}
            </h3>
            <dl>
              <Row label={t.follow.state}>{t.ofCore[one.stateCode] ?? one.state}</Row>
              {one.office === undefined ? undefined : <Row label={t.follow.holds}>{one.office}</Row>}
              <Row label={own.opened}>{dayIn(t, one.openedAt)}</Row>
              <Row label={own.kept}>{keptWords(t, one)}</Row>
            </dl>
            <details>
              <summary>{own.words(one.messages.length)}</summary>
              <Said t={t} messages={one.messages} />
            </details>
          </article>
        ))}
      </section>
    </>
  );
}

const keptWords = (t: Texts, { keptUntil, held, endedAt }: OwnData['cases'][number]): string =>
  keptUntil === undefined ? (held && endedAt !== undefined ? t.own.keptHeld : t.own.keptOpen) : dayIn(t, keptUntil);

const Said = ({
  t,
  messages,
}: {
  readonly t: Texts;
  readonly messages: OwnData['cases'][number]['messages'];
}): ReactNode => (
  <ol className="answers">
    {messages.map((one, index) => (
      <li key={`${one.at} ${index}`}>
        <p className="help">
          {one.by === 'you' ? t.own.byYou : t.own.byUs}, {instantIn(t, one.at)}
        </p>
        {one.text === undefined ? undefined : <p className="words">{one.text}</p>}
        {one.files.length === 0 ? undefined : (
          <p className="help">
            {t.own.files}: {one.files.map(file => file.name ?? file.mediaType).join(', ')}
          </p>
        )}
      </li>
    ))}
  </ol>
);

function Consents({ around, data }: { readonly around: Around; readonly data: OwnData }): ReactNode {
  const { t } = around;
  const { own } = t;
  return (
    <section aria-labelledby="consensi">
      <h2 id="consensi">{own.consents}</h2>
      <p>{own.consentsHelp}</p>
      {data.consents.map(one => (
        <article key={one.purpose} className="card-of own-case">
          <h3 className="h5" lang={one.language}>
            {one.name}
          </h3>
          <p lang={one.language}>{one.text}</p>
          <p>
            <strong>{own.consentStates[one.state]}</strong>
            {one.since === undefined ? '' : `, ${own.since(dayIn(t, one.since))}`}
          </p>
          <form method="post" action="/i-miei-dati/consenso">
            <input type="hidden" name="finalita" value={one.purpose} />
            <input type="hidden" name="versione" value={one.textVersion} />
            <button
              className={`btn ${one.state === 'given' ? 'btn-outline-primary' : 'btn-primary'}`}
              name="atto"
              value={one.state === 'given' ? 'withdrawn' : 'given'}
            >
              {one.state === 'given' ? own.withdraw : own.agree}
              <span className="visually-hidden">: {one.name}</span>
            </button>
          </form>
        </article>
      ))}
    </section>
  );
}

function Looks({ t, data }: { readonly t: Texts; readonly data: OwnData }): ReactNode {
  const { own } = t;
  const list = (looks: OwnData['looks']): ReactNode => (
    <ul>
      {looks.map((one, index) => (
        <li key={`${one.at} ${index}`}>
          {instantIn(t, one.at)}: {one.role} ({one.office}), {own.acts[one.act]}
        </li>
      ))}
    </ul>
  );
  return (
    <section aria-labelledby="sguardi">
      <h2 id="sguardi">{own.looks}</h2>
      {data.looks.length === 0 ? <p>{own.noLooks}</p> : list(data.looks.slice(0, LOOKS))}
      {data.looks.length <= LOOKS ? undefined : (
        <details>
          <summary>{own.moreLooks(data.looks.length - LOOKS)}</summary>
          {list(data.looks.slice(LOOKS))}
        </details>
      )}
    </section>
  );
}

function Requests({
  around,
  data,
  attempt,
  mistakes,
}: {
  readonly around: Around;
  readonly data: OwnData;
  readonly attempt: string;
  readonly mistakes: readonly Mistake[];
}): ReactNode {
  const { t } = around;
  const { own } = t;
  const isOpen = (kind: string): boolean => data.requests.some(one => one.kind === kind && one.state === 'open');
  return (
    <section aria-labelledby="diritti">
      <h2 id="diritti">{own.rights}</h2>
      <p>{own.rightsHelp}</p>
      {data.requests.length === 0 ? undefined : (
        <ul>
          {data.requests.map(one => (
            <li key={one.number}>
              {own.rightNames[one.kind]}: {own.requestStates[one.state]}. {own.number} {unbroken(one.number)},{' '}
              {dayIn(t, one.at)}
              {one.state === 'open' && one.dueDate !== undefined ? `; ${own.by(dayIn(t, one.dueDate))}` : ''}
            </li>
          ))}
        </ul>
      )}
      {RIGHTS.filter(kind => !isOpen(kind)).map(kind => (
        <form
          key={kind}
          method="post"
          action="/i-miei-dati/richiesta"
          className="card-of own-case"
          noValidate
          data-once={t.report.sending}
        >
          <input type="hidden" name="tentativo" value={attempt} />
          <h3 className="h5">{own.rightNames[kind]}</h3>
          <p>{own.rightHelp[kind]}</p>
          {kind === 'rectification' ? (
            <TextField
              name="nome"
              label={own.rightName}
              t={t}
              value=""
              mistakes={mistakes}
              maxLength={300}
              autoComplete="name"
              required
            />
          ) : undefined}
          <button className="btn btn-outline-primary" name="diritto" value={kind}>
            {own.ask}
            <span className="visually-hidden">: {own.rightNames[kind]}</span>
          </button>
        </form>
      ))}
    </section>
  );
}

/** The same to be kept: a file that needs nothing else. */
export const OwnDataDocument = ({ around, data }: { readonly around: Around; readonly data: OwnData }): ReactNode => {
  const { t, language, administration } = around;
  const { own } = t;
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <title>{`${own.title} – ${administration}`}</title>
      </head>
      <body>
        <main>
          <h1>{`${own.title} – ${administration}`}</h1>
          <Kept t={t} data={data} />
          <p>{data.hidesConfidential ? own.confidential : own.login.notes}</p>
          <h2>{own.consents}</h2>
          <ul>
            {data.consents.map(one => (
              <li key={one.purpose}>
                {one.name}: {own.consentStates[one.state]}
                {one.since === undefined ? '' : `, ${own.since(dayIn(t, one.since))}`}
              </li>
            ))}
          </ul>
          <Looks t={t} data={data} />
        </main>
      </body>
    </html>
  );
};
