import type { InventedCitizen } from './invented-citizens.js';
import type { Person } from './people.js';

const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="it">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
body { color: #17324d; background: #f4f7fa; }
button { font: inherit; width: 100%; margin: .2rem 0; padding: .5rem 1rem; text-align: left; cursor: pointer; color: inherit; background: #fff; border: 1px solid #5c6f82; border-radius: 4px; }
button:hover { background: #e6eef8; }
:focus-visible { outline: 3px solid #f90; outline-offset: 1px; }
small { color: #455; }
</style></head>
<body>${body}</body></html>`;

/** Where somebody says who they are: each person is one button. `strong`: the application asked for a second factor. */
export function choicePage(people: readonly Person[], action: string, strong: boolean): string {
  const buttons = people.map(({ subject, name, office, post }) => {
    const beside = [post, office].filter(Boolean).join(' · ');
    return `<button name="person" value="${escaped(subject)}">${escaped(name)}${beside ? ` <small>${escaped(beside)}</small>` : ''}</button>`;
  });
  return page(
    'Chi sei?',
    `<h1>Chi sei?</h1>
<p>Questo fornitore di identità serve solo a provare: qui nessuno ha una password.${strong ? ' Chi scegli entra come con un secondo fattore.' : ''}</p>
<form method="post" action="${escaped(action)}">${buttons.join('\n')}</form>`,
  );
}

/** Where a citizen says who they are. `levels`: how strong the login may be; the first of those that are asked is chosen already. */
export function citizensPage(
  citizens: readonly InventedCitizen[],
  action: string,
  levels: readonly string[],
  asked: readonly string[],
): string {
  const chosen = levels.find(level => asked.includes(level)) ?? levels[0];
  const choices = levels.map(
    level =>
      `<label><input type="radio" name="acr" value="${escaped(level)}"${level === chosen ? ' checked' : ''}> ${escaped(level.split('/').at(-1) ?? level)}</label>`,
  );
  const buttons = citizens.map(
    ({ subject, givenName, familyName, fiscalCode }) =>
      `<button name="person" value="${escaped(subject)}">${escaped(`${givenName} ${familyName}`)} <small>${escaped(fiscalCode ?? 'nessun codice fiscale')}</small></button>`,
  );
  return page(
    'Identità digitale di prova',
    `<h1>Identità digitale di prova</h1>
<p>Questo gestore serve solo a provare: le persone sono inventate e nessuna ha una password.</p>
<form method="post" action="${escaped(action)}"><fieldset><legend>Livello dell’accesso</legend>${choices.join(' ')}</fieldset>
${buttons.join('\n')}
<button name="no" value="1">Non voglio entrare</button></form>`,
  );
}

/** A page of words alone. */
export const wordsPage = (title: string, words: string): string =>
  page(title, `<h1>${escaped(title)}</h1><p>${escaped(words)}</p>`);

/** The provider's own form of logout, sent by itself. */
export const logoutPage = (form: string): string =>
  page(
    'Uscita',
    `<h1>Vuoi uscire?</h1>${form}<button form="op.logoutForm" name="logout" value="yes" autofocus>Sì, esci</button>`,
  );
