import type { Page } from 'playwright-core';
import { pause } from '../runtime/program.js';
import { resolved } from './story.js';
import { LIGHT, SMALL, type Around, type Screen } from './screen.js';

/** Under this, a form is filled in too fast for a person. */
const A_PERSON_TAKES_MS = 4_500;

const agreed = async (page: Page): Promise<void> => {
  await page.locator('#f-informativa').check();
  await page.locator('form[action="/segnalazione/privacy"] button').click();
  await page.locator('#f-luogo').waitFor();
};

const written = async (page: Page): Promise<void> => {
  await agreed(page);
  await page.locator('#f-luogo').fill('Via dei Tigli 3');
  await page.locator('#f-categoria').selectOption('illuminazione');
  await page.locator('#f-oggetto').fill('Lampione spento davanti alla scuola');
  await page.locator('#f-descrizione').fill('È spento da una settimana: la sera non si vede il marciapiede.');
  await page.locator('#f-nome').fill('Anna Verdi');
  await page.locator('#f-email').fill('anna.verdi@posta.example');
};

const summed = async (page: Page): Promise<void> => {
  await written(page);
  await pause(A_PERSON_TAKES_MS);
  await page.locator('button.btn-primary[value=avanti]').click();
  await page.locator('form[action="/segnalazione/invio"] button').waitFor();
};

const sent = async (page: Page): Promise<void> => {
  await summed(page);
  await page.locator('form[action="/segnalazione/invio"] button').click();
  await page.locator('.code').waitFor();
};

const followed = async (page: Page): Promise<string> => {
  await sent(page);
  for (let tries = 0; ; tries += 1) {
    await page.locator('form[action="/pratica"] button').first().click();
    const number = /\d{4}-\d{6,}-\d/.exec((await page.locator('h1').textContent()) ?? '')?.[0];
    if (number !== undefined) return number;
    if (tries === 10) throw new Error('what was reported did not become a case');
    await pause(1_000);
    await page.goBack();
  }
};

const followable = async (page: Page): Promise<void> => {
  await followed(page);
};

const rateable = async (page: Page, { desk }: Around): Promise<void> => {
  const number = await followed(page);
  await resolved(desk, number);
  await page.goto(page.url());
  await page.locator('form[action="/pratica/valutazione"]').waitFor();
};

const atProvider =
  (door: 'spid' | 'cie') =>
  async (page: Page): Promise<void> => {
    await page.locator(`a[href="/i-miei-dati/accesso/${door}"]`).click();
    await page.locator('input[name=acr]').first().waitFor();
  };

const loggedIn = async (page: Page): Promise<void> => {
  await atProvider('spid')(page);
  await page.locator('input[name=acr][value$=SpidL2]').check();
  await page.locator('button[value="rosa.marchetti"]').click();
  await page.locator('#pratiche').waitFor();
};

export const CITIZEN_SCREENS: readonly Screen[] = [
  { name: 'portal-home', path: '/', shown: [LIGHT, SMALL] },
  { name: 'portal-home-en', path: '/', language: 'en' },
  { name: 'portal-report', path: '/segnalazione' },
  { name: 'portal-report-data', path: '/segnalazione', prepare: agreed, shown: [LIGHT, SMALL] },
  { name: 'portal-report-summary', path: '/segnalazione', prepare: summed },
  { name: 'portal-receipt', path: '/segnalazione', prepare: sent, shown: [SMALL] },
  { name: 'portal-assistance', path: '/assistenza' },
  { name: 'portal-assistance-en', path: '/assistenza', language: 'en' },
  { name: 'portal-follow', path: '/pratica' },
  { name: 'portal-case', path: '/segnalazione', prepare: followable, shown: [LIGHT] },
  { name: 'portal-case-plain', path: '/segnalazione', plain: true, prepare: followable },
  { name: 'portal-rating', path: '/segnalazione', prepare: rateable, shown: [SMALL] },
  { name: 'portal-own-data', path: '/i-miei-dati' },
  { name: 'portal-login', path: '/i-miei-dati', prepare: atProvider('spid') },
  { name: 'portal-login-cie', path: '/i-miei-dati', prepare: atProvider('cie') },
  { name: 'portal-kept', path: '/i-miei-dati', prepare: loggedIn, shown: [LIGHT] },
  { name: 'portal-accessibility', path: '/accessibilita' },
  { name: 'portal-accessibility-en', path: '/accessibilita', language: 'en' },
];
