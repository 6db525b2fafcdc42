import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ROOT } from '../runtime/places.js';
import { pause } from '../runtime/program.js';
import { faults, inBrowser, launched, RULES, why } from './in-browser.js';
import { Mailbox } from './office.js';
import { Desk, eventually, marked, messagesOf, running, textOf, told } from './world.js';

/** What an officer's own camera would send, in small. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
/** Under this, a form is filled in too fast for a person. */
const A_PERSON_TAKES_MS = 4_500;

/** What the statement of accessibility tells: the pages and states that were looked at here, and nothing else. */
const STATEMENT = `${ROOT}/apps/portal/accessibility.json`;
const looked = new Set<string>();
/** Looks at what is shown: for axe, and for whether anything stands out sideways. */
async function lookAt(page: Page, what: string): Promise<void> {
  looked.add(what);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect({ what, faults: await faults(page), sideways: Math.max(0, sideways) }).toEqual({
    what,
    faults: [],
    sideways: 0,
  });
}

/** What is printed: what is to be kept and nothing to press, dark on white whatever the screen shows; `one`: on one page. */
async function onPaper(
  page: Page,
  {
    shown,
    hidden = [],
    one = false,
  }: { readonly shown: readonly string[]; readonly hidden?: readonly string[]; readonly one?: boolean },
): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  const seen = async (selector: string): Promise<boolean> => page.locator(selector).first().isVisible();
  for (const selector of [...shown, 'p.on-paper']) expect([selector, await seen(selector)]).toEqual([selector, true]);
  for (const selector of [...hidden, 'header', 'footer', '.way', 'button', 'a.btn'])
    expect([selector, await seen(selector)]).toEqual([selector, false]);
  expect(await page.locator('h1').evaluate(title => getComputedStyle(title).color)).toBe('rgb(0, 0, 0)');
  const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
  if (one) expect(pages).toHaveLength(1);
  await page.emulateMedia({ media: null });
}

/** The address in what somebody was told where the case of a number is followed. */
const linkIn = (heard: string, number: string): string | undefined =>
  new RegExp(`https?://[^\\s"\\\\]+/pratica#${number}\\.[0-9A-Z]{12}`).exec(heard)?.[0];

/** Ways to write for the first time; each gives where it is read what was answered. */
const WRITERS = [
  {
    name: 'e-mail',
    channel: 'email',
    write: async (text: string): Promise<string> => {
      const { http } = running().urls.simulators.mail;
      const from = `${randomUUID()}@posta.example`;
      await told(`${http}/_control/send`, { from, to: 'urp@comune.poggioverde.example', subject: 'Cestino', text });
      return `${http}/_control/mails?to=${from}`;
    },
  },
  {
    name: 'WhatsApp',
    channel: 'whatsapp',
    write: async (text: string): Promise<string> => {
      const meta = running().urls.simulators.meta;
      const waId = `39347${randomInt(1_000_000, 9_999_999)}`;
      await told(`${meta}/_control/whatsapp/citizens`, { waId, name: 'Ada Neri' });
      await told(`${meta}/_control/whatsapp/messages`, { from: waId, text });
      return `${meta}/_control/whatsapp/conversation?citizen=${waId}`;
    },
  },
  {
    name: 'text message',
    channel: 'phone',
    write: async (body: string): Promise<string> => {
      const { twilio } = running().urls.simulators;
      const from = `+39347${randomInt(1_000_000, 9_999_999)}`;
      await told(`${twilio}/_control/sms`, { from, body });
      return `${twilio}/_control/sms?number=${encodeURIComponent(from)}`;
    },
  },
] as const;

describe("the citizens' pages, in a browser", () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  /** A browser of its own, which writes down what it asks of others, and what its pages do wrong. */
  const begin = async (said: {
    readonly scripts: boolean;
    readonly width: number;
    readonly locale: string;
    readonly dark?: boolean;
  }): Promise<{ context: BrowserContext; page: Page; elsewhere: string[]; wrong: string[] }> => {
    if (!browser) throw new Error('no browser');
    const context = await browser.newContext({
      javaScriptEnabled: said.scripts,
      viewport: { width: said.width, height: 900 },
      locale: said.locale,
      colorScheme: said.dark ? 'dark' : 'light',
    });
    const page = await context.newPage();
    const elsewhere: string[] = [];
    const wrong: string[] = [];
    page.on('request', request => {
      const url = request.url();
      if (!url.startsWith(`${running().urls.portal}/`) && !/^(data|blob):/.test(url)) elsewhere.push(url);
      if (/[?&=/]([0-9A-Z]{12}|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})($|[?&/])/.test(url)) wrong.push(`a code in ${url}`);
    });
    page.on('pageerror', error => wrong.push(error.message));
    page.on('response', response => {
      if (!response.url().startsWith(`${running().urls.portal}/`)) return;
      const policy = response.headers()['content-security-policy'] ?? '';
      const html = (response.headers()['content-type'] ?? '').startsWith('text/html');
      if (html && !/default-src 'none'.*frame-ancestors 'none'/.test(policy))
        wrong.push(`no policy at ${response.url()}`);
      if (/unsafe|https?:|\*/.test(policy)) wrong.push(`a loose policy at ${response.url()}: ${policy}`);
    });
    return { context, page, elsewhere, wrong };
  };

  for (const way of [
    { scripts: true, width: 1_280, locale: 'it-IT' },
    { scripts: true, width: 320, locale: 'en-GB', dark: true },
    { scripts: false, width: 390, locale: 'it-IT' },
  ])
    inBrowser(
      `from a photo to an outcome to a rating, ${way.scripts ? 'with' : 'without'} scripts, at ${way.width} pixels, in ${way.locale}${why}`,
      async () => {
        const { context, page, elsewhere, wrong } = await begin(way);
        const look = async (what: string): Promise<void> => {
          if (way.scripts) await lookAt(page, what);
        };
        await page.goto(running().urls.portal);
        await look('home');
        await page.locator('main a[href="/segnalazione"]').click();
        await page.locator('form[action="/segnalazione/privacy"] button').click();
        expect(await page.title()).toMatch(/^(Errore|Error): /);
        await look('privacy, not agreed');
        await page.locator('#f-informativa').check();
        await page.locator('form[action="/segnalazione/privacy"] button').click();
        await page.locator('button.btn-primary[value=avanti]').click();
        await look('data, all missing');
        if (way.scripts) expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
        const subject = marked('Lampione spento');
        await page.locator('#f-luogo').fill('Via dei Tigli 3');
        await page.locator('#f-categoria').selectOption('illuminazione');
        await page.locator('#f-oggetto').fill(subject);
        await page.locator('#f-descrizione').fill('È spento da una settimana.');
        await page.locator('#f-email').fill('anna.verdi@posta.example');
        await page.locator('#f-files').setInputFiles([{ name: 'foto.png', mimeType: 'image/png', buffer: PHOTO }]);
        await page.locator('button[value=carica]').click();
        await page.locator('.files').getByText('foto.png', { exact: true }).waitFor();
        if (way.scripts) {
          await page.locator('#mappa button').first().click();
          await page.locator('.map').waitFor();
          await eventually('the map has its streets', async () =>
            (await page.locator('.map path').count()) > 10 ? true : undefined,
          );
          await page.locator('.map').press('Enter');
          expect(await page.locator('#f-latitudine').inputValue()).toMatch(/^44\.\d{6}$/);
        } else {
          // Not asked for unless somebody wants it.
          expect(await page.locator('#f-latitudine').isVisible()).toBe(false);
          await page.locator('#coordinate summary').click();
          await page.locator('#f-latitudine').fill('44,6012');
          await page.locator('#f-longitudine').fill('11,2034');
        }
        await look('data');
        await pause(A_PERSON_TAKES_MS);
        await page.locator('button.btn-primary[value=avanti]').click();
        await look('summary');
        // Going back loses nothing; neither does closing the browser's window.
        await page.goto(`${running().urls.portal}/segnalazione/dati`);
        expect(await page.locator('#f-oggetto').inputValue()).toBe(subject);
        await page.locator('button.btn-primary[value=avanti]').click();
        // Pressed twice, sent once.
        await page.locator('form[action="/segnalazione/invio"] button').dblclick();
        await page.locator('.code').waitFor();
        await look('receipt');
        if (way.scripts) await onPaper(page, { shown: ['.code', '.receipt', 'h1'], one: true });
        if (way.scripts) {
          await page.locator('label[for="f-con-codice"]').click();
          await onPaper(page, { shown: ['.code-kept', '.receipt'], hidden: ['.code'], one: true });
        }
        const desk = new Desk();
        const opened = await desk.caseSaying(subject, 'webform');
        const { items } = await desk.ask<{ items: unknown[] }>(
          `/cases?${new URLSearchParams({ channel: 'webform', text: subject, limit: '5' }).toString()}`,
        );
        expect(items).toHaveLength(1);
        await page.locator('form[action="/pratica"] button').first().click();
        expect(await page.locator('h1').textContent()).toContain(opened.number);
        await look('case');
        if (way.scripts) await onPaper(page, { shown: ['h1', '#stato', '#parole', '#fatti'], hidden: ['#scrivi'] });
        const more = marked('Adesso lampeggia.');
        await page.locator('#f-testo').fill(more);
        await page.locator('#f-files').setInputFiles([{ name: 'notte.png', mimeType: 'image/png', buffer: PHOTO }]);
        await page.locator('form[action="/pratica/messaggio"] button').click();
        await look('case, something added');
        expect(await page.locator('#parole ~ ol').textContent()).toContain('È spento da una settimana.');
        await desk.caseWhen(opened.id, 'what was added is there', view =>
          messagesOf(view).some(one => textOf(one) === more),
        );
        const answer = marked('Domani lo ripariamo.');
        await desk.reply(opened.id, answer);
        await eventually('the citizen reads the answer', async () => {
          await page.goto(`${running().urls.portal}/pratica`);
          return (await page.getByText(answer).count()) > 0 ? true : undefined;
        });
        const now = await desk.case(opened.id);
        await desk.ask(`/cases/${opened.id}/transitions`, {
          method: 'POST',
          body: { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: 'Il lampione è riparato.' },
          headers: { 'if-match': `"${now.version}"` },
        });
        await page.goto(`${running().urls.portal}/pratica`);
        await look('case, with its outcome');
        const answered = await page.locator('#risposte ~ ol').first().textContent();
        expect(answered).toContain('Ufficio Relazioni con il Pubblico');
        expect(await page.locator('#stato').textContent()).toMatch(/Positivo \(Fatto\)|Positive \(Done\)/);
        await page.locator('form[action="/pratica/valutazione"] button').click();
        await look('rating, without stars');
        await page.locator('#f-stelle-4').check();
        await page.locator('#f-faccia-good').check();
        expect(await page.locator('#f-motivi-technical_problems').isVisible()).toBe(false);
        await page.locator('#f-motivi-clear_indications').check();
        await page.locator('form[action="/pratica/valutazione"] button').click();
        expect(await page.locator('#f-stelle-4').isChecked()).toBe(true);
        await look('rated');
        await page.locator('form[action="/pratica/chiudi"] button').click();
        await page.locator('form[action="/pratica"] button').click();
        await look('follow, without a code');
        for (const path of ['assistenza', 'privacy', 'note-legali', 'accessibilita', 'nessuna']) {
          await page.goto(`${running().urls.portal}/${path}`);
          await look(path);
        }
        expect([elsewhere, wrong]).toEqual([[], []]);
        await context.close();
      },
      240_000,
    );

  inBrowser(
    `what was pressed without a connection is sent by the next press, and a draft that was thrown away is nowhere${why}`,
    async () => {
      const { context, page, wrong } = await begin({ scripts: true, width: 1_280, locale: 'it-IT' });
      const { portal } = running().urls;
      await page.goto(`${portal}/segnalazione`);
      await page.locator('#f-informativa').check();
      await page.locator('form[action="/segnalazione/privacy"] button').click();
      await page.locator('#f-nome').fill('Anna Verdi');
      await page.goto(`${portal}/segnalazione`);
      await page.locator('form[action="/segnalazione/elimina"] button').click();
      await page.locator('#f-informativa').check();
      await page.locator('form[action="/segnalazione/privacy"] button').click();
      expect(await page.locator('#f-nome').inputValue()).toBe('');
      await page.goto(`${portal}/assistenza`);
      await page.locator('#f-nome').fill('Anna Verdi');
      await page.locator('#f-email').fill('anna.verdi@posta.example');
      await page.locator('#f-categoria').selectOption({ index: 1 });
      await page.locator('#f-servizio').fill('Certificati');
      await page.locator('#f-descrizione').fill(marked('Mi serve un certificato.'));
      await page.locator('#f-informativa').check();
      await pause(A_PERSON_TAKES_MS);
      const button = page.locator('form[action="/assistenza"] button');
      await context.setOffline(true);
      await button.click();
      expect(await page.locator('#linea').textContent()).not.toBe('');
      await context.setOffline(false);
      await button.click();
      await page.locator('.code').waitFor();
      // Whose code is no longer known here loses no word.
      await page.locator('form[action="/pratica"] button').first().click();
      const cookies = await context.cookies();
      await page.locator('#f-testo').fill('Ancora una cosa.');
      await context.clearCookies({ name: /pratica$/ });
      await page.locator('form[action="/pratica/messaggio"] button').click();
      expect(await page.locator('input[name=testo]').inputValue()).toBe('Ancora una cosa.');
      await context.addCookies(cookies);
      await page.locator('form[action="/pratica"] button').click();
      expect(await page.locator('#f-testo').inputValue()).toBe('Ancora una cosa.');
      expect(wrong).toEqual([]);
      await context.close();
    },
  );

  inBrowser(
    `where the connection goes while the proof is made nothing is sent and no word lost, and the next press sends${why}`,
    async () => {
      const { context, page, wrong } = await begin({ scripts: true, width: 1_280, locale: 'it-IT' });
      const kept = () => page.evaluate(() => localStorage.getItem('filodiretto:segnalazione'));
      await page.goto(`${running().urls.portal}/segnalazione`);
      await page.locator('#f-informativa').check();
      await page.locator('form[action="/segnalazione/privacy"] button').click();
      await page.locator('#f-luogo').fill('Via dei Tigli 3');
      await page.locator('#f-categoria').selectOption('illuminazione');
      await page.locator('#f-oggetto').fill(marked('Lampione spento'));
      await page.locator('#f-descrizione').fill('È spento.');
      await page.locator('#f-email').fill('anna.verdi@posta.example');
      let cut = (): void => undefined;
      const held = new Promise<void>(resolve => (cut = resolve));
      await page.route('**/prova/**', route => held.then(() => route.abort()));
      await pause(A_PERSON_TAKES_MS);
      await page.locator('button.btn-primary[value=avanti]').click();
      const form = page.locator('form[action="/segnalazione/invio"]');
      await form.waitFor();
      // The invented town asks the forms for no proof: the page is given the field that it has where one is asked.
      await page.route('**/segnalazione/riepilogo', async route => {
        const response = await route.fetch();
        const field = '<input type="hidden" name="prova" data-proof="segnalazione"/>';
        const body = (await response.text()).replace(/(<form[^>]*action="\/segnalazione\/invio"[^>]*>)/, `$1${field}`);
        await route.fulfill({ response, body });
      });
      await page.reload();
      await form.locator('input[data-proof]').waitFor({ state: 'attached' });
      const words = await form.locator('button').textContent();
      await form.locator('button').click();
      await page.locator('form[data-under=way]').waitFor();
      await context.setOffline(true);
      cut();
      await page.locator('form[action="/segnalazione/invio"]:not([data-under])').waitFor();
      expect(await form.locator('button').textContent()).toBe(words);
      expect(await page.locator('#linea').textContent()).not.toBe('');
      expect(await kept()).toContain('Lampione spento');
      await page.unroute('**/prova/**');
      await context.setOffline(false);
      await form.locator('button').click();
      await page.locator('.code').waitFor();
      expect(await kept()).toBeNull();
      expect(wrong).toEqual([]);
      await context.close();
    },
  );

  for (const way of [
    { scripts: true, width: 1_280, locale: 'it-IT', dark: true },
    { scripts: true, width: 320, locale: 'en-GB' },
    { scripts: false, width: 390, locale: 'it-IT' },
  ])
    inBrowser(
      `a citizen sees what is kept of them and acts on it, ${way.scripts ? 'with' : 'without'} scripts, at ${way.width} pixels, in ${way.locale}${why}`,
      async () => {
        const { context, page, elsewhere, wrong } = await begin(way);
        const look = async (what: string): Promise<void> => {
          if (way.scripts) await lookAt(page, what);
        };
        const { portal } = running().urls;
        const ada = new Mailbox(`${randomUUID().slice(0, 12)}@posta.example`, 'Ada Neri');
        const words = marked('La fontana perde acqua.');
        await ada.writes({ to: 'urp@comune.poggioverde.example', subject: 'Fontana', text: words });
        const desk = new Desk();
        await desk.caseSaying(words, 'email');
        await page.goto(`${portal}/i-miei-dati`);
        await look('own data, asked for');
        await page.locator('form[action="/i-miei-dati"] button').click();
        await look('own data, no address');
        await page.locator('#f-recapito').fill(ada.address);
        await page.locator('form[action="/i-miei-dati"] button').click();
        await look('own data, code on its way');
        const said = (await ada.reads('/i-miei-dati/entra#')).text;
        const code = /entra#([0-9A-Z-]+)/.exec(said)?.[1] ?? '';
        // A program that opens links of mail spends nothing.
        expect((await fetch(`${portal}/i-miei-dati/entra`)).status).toBe(200);
        if (way.scripts) {
          await page.goto(`${portal}/i-miei-dati/entra#${code}`);
          await eventually('the code is in its place and no longer in the address', async () =>
            (await page.locator('#f-codice').inputValue()) === code && !page.url().includes('#') ? true : undefined,
          );
        } else await page.locator('#f-codice').fill(code.toLowerCase().replaceAll('-', ' '));
        await page.locator('form[action="/i-miei-dati/entra"] button').click();
        await page.locator('#pratiche').waitFor();
        await look('own data');
        await page.locator('details summary').first().click();
        expect(await page.locator('main').textContent()).toContain(words);
        await look('own data, words read');
        await page.locator('form[action="/i-miei-dati/consenso"] button').first().click();
        await page.locator('button[value=withdrawn]').waitFor();
        await look('own data, consent given');
        await page.locator('button[value=withdrawn]').click();
        await page.locator('form[action="/i-miei-dati/richiesta"] button[value=rectification]').click();
        await look('own data, correction without a name');
        await page.locator('button[value=access]').click();
        await ada.reads('accesso ai propri dati');
        await look('own data, access asked');
        expect(await page.locator('button[value=access]').count()).toBe(0);
        const [file] = await Promise.all([page.waitForEvent('download'), page.locator('button[value=json]').click()]);
        const kept = JSON.parse(readFileSync(await file.path(), 'utf8')) as { cases: { messages: object[] }[] };
        expect(JSON.stringify(kept.cases)).toContain(words);
        await page.locator('form[action="/i-miei-dati/esci"] button').click();
        await look('own data, left');
        await page.goto(`${portal}/i-miei-dati/entra`);
        await page.locator('#f-codice').fill(code);
        await page.locator('form[action="/i-miei-dati/entra"] button').click();
        await look('own data, code spent');
        expect(await page.locator('#f-codice-wrong').count()).toBe(1);
        expect([elsewhere, wrong]).toEqual([[], []]);
        await context.close();
      },
      120_000,
    );

  for (const way of [
    { scripts: true, width: 1_280, locale: 'it-IT', citizen: 'rosa.marchetti', name: 'Rosa Marchetti', door: 'spid' },
    { scripts: false, width: 390, locale: 'en-GB', citizen: 'luca.neri', name: 'Luca Neri', door: 'cie' },
  ])
    inBrowser(
      `a citizen logs in by ${way.door}, reports, and follows their case without a code, ${way.scripts ? 'with' : 'without'} scripts, in ${way.locale}${why}`,
      async () => {
        const { context, page, elsewhere, wrong } = await begin(way);
        const look = async (what: string): Promise<void> => {
          if (way.scripts) await lookAt(page, what);
        };
        const { portal, simulators } = running().urls;
        const logIn = async (level = 'SpidL2', person = way.citizen): Promise<void> => {
          await page.goto(`${portal}/i-miei-dati`);
          await page.locator(`a[href="/i-miei-dati/accesso/${way.door}"]`).click();
          await page.locator(`input[name=acr][value$=${level}]`).check();
          await page.locator(`button[value="${person}"]`).click();
        };
        await page.goto(`${portal}/i-miei-dati`);
        await look('own data, logins offered');
        await logIn('SpidL1');
        await page.locator('.alert-danger').waitFor();
        await look('own data, login too weak');
        await logIn();
        await page.locator('#pratiche').waitFor();
        expect(new URL(page.url()).search).toBe('');
        expect(await page.locator('main').textContent()).toContain(way.name);
        await look('own data, logged in');
        // What is known is not asked again.
        await page.goto(`${portal}/assistenza`);
        expect(await page.locator('#f-nome').inputValue()).toBe(way.name);
        await look('assistance, logged in');
        const words = marked('Non riesco a prenotare una visita.');
        await page.locator('#f-email').fill(`${way.citizen}@posta.example`);
        await page.locator('#f-categoria').selectOption({ index: 1 });
        await page.locator('#f-servizio').fill('Prenotazioni');
        await page.locator('#f-descrizione').fill(words);
        await page.locator('#f-informativa').check();
        await pause(A_PERSON_TAKES_MS);
        await page.locator('form[action="/assistenza"] button').click();
        await page.locator('.code').waitFor();
        const code = (await page.locator('.code').textContent()) ?? '';
        await new Desk().caseSaying(words, 'webform');
        // Another browser, a code of before: one only logs in.
        await context.clearCookies();
        await logIn('SpidL3');
        await page.locator('details summary').first().click();
        expect(await page.locator('main').textContent()).toContain(words);
        await look('own data, a case of who logged in');
        await page.locator('#f-codice').fill('AAAA-BBBB');
        await page.locator('form[action="/i-miei-dati/pratica"] button').click();
        await look('own data, a code that opens nothing');
        expect(await page.locator('#f-codice-wrong').count()).toBe(1);
        await page.locator('#f-codice').fill(code);
        await page.locator('form[action="/i-miei-dati/pratica"] button').click();
        await page.locator('[role=status]', { hasText: /\w/ }).first().waitFor();
        const before = await context.cookies();
        await page.locator('form[action="/i-miei-dati/esci"] button').click();
        await look('own data, logged out');
        expect(await page.locator(`a[href^="${simulators.citizenIdentity}"]`).count()).toBe(1);
        // The cookie that somebody kept opens nothing any more.
        await context.addCookies(before);
        await page.goto(`${portal}/i-miei-dati`);
        expect(await page.locator('#pratiche').count()).toBe(0);
        expect(elsewhere.filter(url => !url.startsWith(simulators.citizenIdentity))).toEqual([]);
        expect(wrong).toEqual([]);
        await context.close();
      },
      240_000,
    );

  inBrowser(
    `what cannot be used is told, and becomes a case of that kind${why}`,
    async () => {
      const { context, page, elsewhere, wrong } = await begin({ scripts: true, width: 390, locale: 'it-IT' });
      const { portal } = running().urls;
      await page.goto(`${portal}/accessibilita`);
      await page.locator('main a.btn').click();
      await page.locator('form[action="/accessibilita/segnala"] button').click();
      await lookAt(page, 'accessibility feedback, all missing');
      const subject = marked('La mappa non si legge');
      await page.locator('#f-oggetto').fill(subject);
      await page.locator('#f-descrizione').fill('Con il lettore di schermo non sento le vie.');
      await page.locator('#f-email').fill('ada.neri@posta.example');
      await page.locator('#f-informativa').check();
      await pause(A_PERSON_TAKES_MS);
      await page.locator('form[action="/accessibilita/segnala"] button').click();
      await page.locator('.code').waitFor();
      await lookAt(page, 'accessibility feedback, receipt');
      expect((await new Desk().caseSaying(subject, 'webform')).kind).toBe('accessibility_report');
      expect([elsewhere, wrong]).toEqual([[], []]);
      await context.close();
    },
    120_000,
  );

  for (const { name, channel, write } of WRITERS)
    inBrowser(
      `who writes by ${name} is told where to follow the case, and follows it there${why}`,
      async () => {
        const { context, page, elsewhere, wrong } = await begin({ scripts: true, width: 390, locale: 'it-IT' });
        const words = marked('Il cestino è pieno');
        const heard = await write(words);
        const desk = new Desk();
        const opened = await desk.caseSaying(words, channel);
        const link = await eventually('the link comes with the number of the case', async () =>
          linkIn(await (await fetch(heard)).text(), opened.number),
        );
        await page.goto(link);
        await page.locator('#stato').waitFor();
        expect(await page.locator('h1').textContent()).toContain(opened.number);
        await page.getByText(words).waitFor();
        if (opened.office) await page.getByText(opened.office.name).first().waitFor();
        await page.getByText('Rispondi nella conversazione in cui hai ricevuto questo codice').waitFor();
        expect(await page.locator('#f-testo').count()).toBe(0);
        await lookAt(page, 'case, by the link of a message');
        // Who works on the case is not shown the code.
        const { number } = opened;
        expect(JSON.stringify(await desk.case(opened.id))).not.toContain(link.slice(link.indexOf(number)));
        expect([elsewhere, wrong]).toEqual([[], []]);
        await context.close();
      },
      120_000,
    );

  inBrowser(`the statement of accessibility tells what was looked at here${why}`, () => {
    const { version } = createRequire(import.meta.url)('axe-core/package.json') as { version: string };
    const found = { axe: version, rules: RULES, states: [...looked].sort(), violations: 0 };
    if (process.env.WRITE_STATEMENT === 'yes')
      writeFileSync(STATEMENT, `${JSON.stringify({ on: new Date().toISOString().slice(0, 10), ...found }, null, 2)}\n`);
    const told = JSON.parse(readFileSync(STATEMENT, 'utf8')) as object;
    // Where it differs: once more with WRITE_STATEMENT=yes, and the file is committed.
    expect(told).toEqual({ on: expect.any(String), ...found });
  });

  it('refuse what a form of another site sends', async () => {
    const answer = await fetch(`${running().urls.portal}/segnalazione/privacy`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://altrove.example' },
      body: 'informativa=on',
      redirect: 'manual',
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});
