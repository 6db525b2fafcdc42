import type { ReactNode } from 'react';
import { Page, type Around } from './layout.js';

/** Where everything begins. */
export const HomePage = ({ around }: { readonly around: Around }): ReactNode => {
  const { t } = around;
  const cards = [
    ['/segnalazione', t.cards.report],
    ['/assistenza', t.cards.assistance],
    ['/pratica', t.cards.follow],
    ['/i-miei-dati', t.cards.own],
  ] as const;
  return (
    <Page around={around} title={t.homeTitle}>
      <p className="lead">{t.homeLead}</p>
      <ul className="cards">
        {cards.map(([path, [title, words]]) => (
          <li key={path} className="card-of">
            <h2 className="h4">
              <a href={path}>{title}</a>
            </h2>
            <p>{words}</p>
          </li>
        ))}
      </ul>
      <p>{t.emergency}</p>
    </Page>
  );
};
