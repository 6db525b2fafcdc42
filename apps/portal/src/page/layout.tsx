import type { ReactNode } from 'react';
import type { Language, Texts } from '../text/texts.js';

/** What every page is made with. */
export interface Around {
  readonly language: Language;
  readonly t: Texts;
  /** Where the files of the pages are, with the version of what they hold. */
  readonly assets: string;
  readonly administration: string;
  readonly site: string | undefined;
  readonly privacyUrl: string;
  readonly legalUrl: string;
  /** Name of who logged in. */
  readonly who: string | undefined;
  /** Path of this page, without its question. */
  readonly path: string;
}

interface PageProps {
  readonly around: Around;
  readonly title: string;
  readonly wrong?: boolean;
  readonly children: ReactNode;
  /** `data-element` of the page, by which the services of a municipal site are recognised. */
  readonly element?: string;
}

/** Words as they are, the numbers of cases in them each on one line. */
export const unbroken = (words: string): ReactNode =>
  words.split(/(\d{4}-\d{6,}-\d)/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span className="number" key={index}>
        {part}
      </span>
    ),
  );

/** A page: header, way back, content, footer. */
export function Page({ around, title, wrong = false, children, element }: PageProps): ReactNode {
  const { t, assets, language, administration } = around;
  const other = language === 'it' ? 'en' : 'it';
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${wrong ? t.error : ''}${title} – ${administration}`}</title>
        <meta name="robots" content={around.path === '/' ? 'index' : 'noindex'} />
        <link rel="icon" href={`${assets}/icon.svg`} type="image/svg+xml" />
        <link rel="stylesheet" href={`${assets}/italia.css`} />
        <link rel="stylesheet" href={`${assets}/portal.css`} />
        <script type="module" src={`${assets}/enhance.js`} />
      </head>
      <body data-assets={assets} data-element={element}>
        <div className="visually-hidden-focusable skip">
          <a href="#contenuto">{t.skip}</a>
        </div>
        <header className="it-header-wrapper">
          <div className="it-header-slim-wrapper">
            <div className="container bar">
              {around.site === undefined ? (
                <span className="text-white">{administration}</span>
              ) : (
                <a className="text-white" href={around.site}>
                  {administration}
                </a>
              )}
              <div className="bar-end">
                <a className="text-white" href="/i-miei-dati" data-element="personal-area-login">
                  {around.who ?? t.enter}
                </a>
                <nav aria-label={t.languages}>
                  <a
                    className="text-white"
                    href={`/lingua/${other}?da=${encodeURIComponent(around.path)}`}
                    lang={other}
                    hrefLang={other}
                  >
                    {t.otherLanguage}
                  </a>
                </nav>
              </div>
            </div>
          </div>
          <div className="it-header-center-wrapper">
            <div className="container">
              <a href="/" className="brand">
                <Icon name="it-pa" assets={assets} size="icon-xl" />
                <span className="h3 m-0 text-white">{t.service}</span>
              </a>
            </div>
          </div>
          <nav className="it-header-navbar-wrapper menu" aria-label={t.menu}>
            <ul className="container">
              {(
                [
                  ['/segnalazione', t.cards.report[0], 'report-inefficiency'],
                  ['/assistenza', t.cards.assistance[0], 'contacts'],
                  ['/pratica', t.cards.follow[0], undefined],
                ] as const
              ).map(([path, words, hook]) => (
                <li key={path}>
                  <a href={path} data-element={hook} aria-current={around.path.startsWith(path) ? 'page' : undefined}>
                    {words}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </header>
        <p id="linea" className="offline" role="status" data-offline={t.offline} data-online={t.online} />
        <main id="contenuto" tabIndex={-1} className="container my-4">
          {around.path === '/' ? undefined : (
            <nav aria-label={t.you} className="way">
              <a href="/">{t.home}</a> <span aria-hidden="true">/</span> <span aria-current="page">{title}</span>
            </nav>
          )}
          <p className="on-paper">
            {administration} – {t.service}
          </p>
          <h1>{unbroken(title)}</h1>
          {children}
        </main>
        <Footer around={around} />
      </body>
    </html>
  );
}

function Footer({ around }: { readonly around: Around }): ReactNode {
  const { t } = around;
  return (
    <footer className="it-footer">
      <div className="it-footer-main">
        <div className="container">
          <p className="h4 text-white">{around.administration}</p>
          <nav aria-label={t.footer.links}>
            <ul className="links">
              <li>
                <a href={around.privacyUrl} data-element="privacy-policy-link">
                  {t.footer.privacy}
                </a>
              </li>
              <li>
                <a href={around.legalUrl} data-element="legal-notes">
                  {t.footer.legal}
                </a>
              </li>
              <li>
                <a href="/accessibilita" data-element="accessibility-link">
                  {t.footer.accessibility}
                </a>
              </li>
              <li>
                <a href="/i-miei-dati">{t.own.title}</a>
              </li>
              <li>
                <a href="/assistenza" data-element="contacts">
                  {t.footer.contacts}
                </a>
              </li>
              {around.site === undefined ? undefined : (
                <li>
                  <a href={around.site}>{t.footer.site}</a>
                </li>
              )}
            </ul>
          </nav>
        </div>
      </div>
    </footer>
  );
}

/** An icon of the design system; it says nothing by itself. */
export const Icon = ({
  name,
  assets,
  size = '',
}: {
  readonly name: string;
  readonly assets: string;
  readonly size?: string;
}): ReactNode => (
  <svg className={`icon ${size}`} aria-hidden="true" focusable="false">
    <use href={`${assets}/sprites.svg#${name}`} />
  </svg>
);

/** A page of words alone. */
export const Words = ({
  around,
  title,
  paragraphs,
  wrong = false,
}: {
  readonly around: Around;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly wrong?: boolean;
}): ReactNode => (
  <Page around={around} title={title} wrong={wrong}>
    {paragraphs.map(words => (
      <p key={words} className="measure">
        {words}
      </p>
    ))}
    <p>
      <a href="/">{around.t.backHome}</a>
    </p>
  </Page>
);
