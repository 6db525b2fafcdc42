import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { faults, inBrowser, launched, why } from './in-browser.js';
import { CitizenAt, Desk, marked, running } from './world.js';

const SUPERVISION = ['wallboard', 'ageing', 'map', 'nothing-lost'];
const ADMINISTRATION = [
  ['offices', 'people', 'categories', 'rules', 'queues', 'policies', 'automations'],
  ['templates', 'macros', 'tags', 'rights', 'purposes', 'monitoring', 'retention'],
  ['holds', 'glass', 'trail', 'channels', 'settings', 'roles', 'levels'],
] as const;
const MANY_PAGES_MS = 240_000;
const LONG_MS = 60_000;

describe('who supervises and who administers, in a browser', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  /** A page of the console for somebody who logged in by one click; what it complains of is gathered. */
  const loggedIn = async (name: string, path: string): Promise<{ page: Page; complaints: string[] }> => {
    if (!browser) throw new Error('no browser');
    const page = await (await browser.newContext({ locale: 'it-IT' })).newPage();
    const complaints: string[] = [];
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => {
      if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(`${running().urls.crm}/auth/login?return_to=/console/`);
    await page.getByRole('button', { name }).click();
    await page.waitForURL(`${running().urls.crm}/console/**`);
    await page.goto(`${running().urls.crm}/console${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return { page, complaints };
  };

  const figure = async (page: Page, name: string): Promise<string> =>
    (await page.locator(`[data-figure="${name}"] .figure-value`).textContent()) ?? '';

  inBrowser(`sees a figure of the wallboard change when a message comes in, without a reload${why}`, async () => {
    const { page, complaints } = await loggedIn('Paolo Santini', '/supervision/wallboard');
    await page.locator('[data-figure="open"]').waitFor();
    const before = await figure(page, 'open');
    const words = marked('La lampada del cimitero è spenta');
    await new CitizenAt('rosa').act('email', {
      to: 'urp@comune.poggioverde.example',
      subject: words,
      text: 'Da tre giorni.',
    });
    await new Desk().caseSaying(words, 'email');
    await page.waitForFunction(
      was => document.querySelector('[data-figure="open"] .figure-value')?.textContent !== was,
      before,
      { timeout: 5_000 },
    );
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  inBrowser(`changes an office, and is told beside the field what is wrong with it${why}`, async () => {
    const { page, complaints } = await loggedIn('Amministrazione di sistema', '/administration/offices');
    await page.getByRole('link', { name: 'Servizi cimiteriali' }).click();
    await page.getByRole('button', { name: 'Modifica', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('non è un indirizzo');
    await dialog.getByRole('button', { name: 'Salva' }).click();
    await dialog.locator('.field .error').first().waitFor();
    expect(await dialog.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true');
    const phone = `055 ${Math.floor(Math.random() * 900_000 + 100_000)}`;
    await dialog.getByLabel('E-mail').fill('');
    await dialog.getByLabel('Telefono').fill(phone);
    await dialog.getByRole('button', { name: 'Salva' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(phone).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  inBrowser(
    `takes offices in from a file: what is wrong is told line by line, what changes before it does${why}`,
    async () => {
      const { page, complaints } = await loggedIn('Amministrazione di sistema', '/administration/offices');
      await page.getByRole('button', { name: 'Da un file' }).click();
      const dialog = page.getByRole('dialog', { name: 'Uffici da un file' });
      const name = marked('Sportello');
      const code = name.replaceAll(/[^A-Za-z0-9]/g, '_').toLowerCase();
      const given = (parent: string) => ({
        name: 'uffici.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`code;name;kind;parent;tier\n${code};${name};office;${parent};1\n`),
      });
      const file = dialog.getByLabel('File CSV');
      await file.setInputFiles(given('non_esiste'));
      await dialog.getByRole('row').filter({ hasText: 'parent' }).waitFor();
      expect(await dialog.getByRole('button', { name: 'Fai tutto' }).getAttribute('aria-disabled')).toBe('true');
      expect(await faults(page)).toEqual([]);
      await file.setInputFiles(given('urp'));
      await dialog.getByRole('row').filter({ hasText: code }).waitFor();
      await dialog.getByRole('button', { name: 'Fai tutto' }).click();
      await dialog.getByText(/^Fatto\./).waitFor();
      await dialog.getByRole('button', { name: 'Chiudi' }).last().click();
      await page.getByRole('link', { name }).waitFor();
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    MANY_PAGES_MS,
  );

  inBrowser(`cannot switch a rule on before it was tried on past cases${why}`, async () => {
    const { page, complaints } = await loggedIn('Amministrazione di sistema', '/administration/rules');
    await page.getByRole('button', { name: 'Nuova regola' }).click();
    const dialog = page.getByRole('dialog');
    const name = marked('Prova');
    await dialog.getByLabel('Nome').fill(name);
    await dialog.getByLabel('Almeno una di queste parole').fill(marked('parolachenessunoscrive'));
    await dialog.getByLabel('Con priorità').selectOption('high');
    await dialog.getByLabel('Attiva: decide da subito').check();
    const save = dialog.getByRole('button', { name: 'Salva' });
    expect(await save.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('button', { name: 'Prova sulle pratiche passate' }).click();
    await dialog.locator('[data-trial="done"]').waitFor();
    expect(await save.getAttribute('aria-disabled')).toBeNull();
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    const row = page.getByRole('row').filter({ hasText: name });
    await row.getByRole('button', { name: 'Togli' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Togli' }).click();
    await row.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  inBrowser(
    `draws the hours of today and the age of what is open, with the figures in a table behind${why}`,
    async () => {
      const { page, complaints } = await loggedIn('Paolo Santini', '/supervision/wallboard');
      await page.locator('.chart canvas').nth(1).waitFor({ timeout: LONG_MS });
      const hours = page.getByRole('figure').filter({ hasText: 'Oggi, ora per ora' });
      await hours.getByText('I numeri in tabella').click();
      await hours.getByRole('columnheader', { name: 'Arrivate' }).waitFor();
      await page.getByRole('button', { name: 'Soglie degli avvisi' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Minuti di attesa').fill('-1');
      await dialog.getByRole('button', { name: 'Salva' }).click();
      await dialog.locator('.error').first().waitFor();
      await dialog.getByLabel('Minuti di attesa').fill('7');
      await dialog.getByRole('button', { name: 'Salva' }).click();
      await page.locator('[data-figure="longest"]').getByText('soglia 7 minuti').waitFor();
      await page.reload();
      await page.locator('[data-figure="longest"]').getByText('soglia 7 minuti').waitFor({ timeout: LONG_MS });
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    MANY_PAGES_MS,
  );

  inBrowser(
    `gives the cases of an office to another, having seen what would happen${why}`,
    async () => {
      const admin = new Desk(running().operators.find(({ name }) => name === 'Amministrazione di sistema')?.token);
      const offices = await admin.ask<{ items: { id: string; kind: string; name: string }[] }>('/offices');
      const name = marked('Ufficio che tace');
      const made = await admin.ask<{ id: string }>('/offices', {
        method: 'POST',
        body: {
          name,
          code: marked('tace')
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, '_'),
          kind: 'office',
          tier: 2,
          parent: offices.items.find(({ kind }) => kind === 'administration')?.id,
        },
      });
      const words = marked('La fontana perde');
      await new CitizenAt('rosa').act('email', {
        to: 'urp@comune.poggioverde.example',
        subject: words,
        text: 'Da ieri.',
      });
      const desk = new Desk();
      const { id, version } = await desk.caseSaying(words, 'email');
      await desk.ask(`/cases/${id}/transitions`, {
        method: 'POST',
        body: { command: 'assign', office: made.id },
        headers: { 'if-match': `"${version}"` },
      });
      const { page, complaints } = await loggedIn('Paolo Santini', '/supervision/ageing');
      await page.getByRole('row').filter({ hasText: name }).getByRole('button', { name: 'Riassegna' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox', { name: 'A quale ufficio' }).fill('Ambiente');
      await page.getByRole('option', { name: /Ambiente e Rifiuti/ }).click();
      await dialog.getByRole('button', { name: 'Guarda che cosa succederebbe' }).click();
      await dialog.locator('[data-bulk="previewed"]').waitFor({ timeout: LONG_MS });
      await dialog.getByRole('button', { name: 'Riassegna 1 pratica' }).click();
      await dialog.locator('[data-bulk="done"]').waitFor({ timeout: LONG_MS });
      const moved = await desk.ask<{ office?: { name: string } }>(`/cases/${id}`);
      expect(moved.office?.name).toBe('Ambiente e Rifiuti');
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    MANY_PAGES_MS,
  );

  inBrowser(
    `makes a template having seen which channels take it, and a category with a field${why}`,
    async () => {
      const { page, complaints } = await loggedIn('Amministrazione di sistema', '/administration/templates');
      await page.getByRole('button', { name: 'Nuovo modello' }).click();
      const dialog = page.getByRole('dialog');
      const name = marked('Modello');
      const code = name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
      await dialog.getByLabel('Nome').fill(name);
      await dialog.getByLabel('Codice').fill('Non Va Bene');
      await dialog
        .getByLabel('Testo', { exact: true })
        .fill('Gentile utente, la pratica {{ case.number }} è conclusa.');
      await dialog.getByRole('button', { name: 'Anteprima' }).click();
      await dialog
        .locator('[data-trial="done"]')
        .getByText(/la pratica \d{4}-/)
        .waitFor({ timeout: LONG_MS });
      await dialog.getByRole('button', { name: 'Salva' }).click();
      await dialog.locator('.field .error').first().waitFor({ timeout: LONG_MS });
      await dialog.getByLabel('Codice').fill(code);
      await dialog.getByRole('button', { name: 'Salva' }).click();
      await dialog.waitFor({ state: 'detached', timeout: LONG_MS });
      await page.getByRole('row').filter({ hasText: name }).waitFor({ timeout: LONG_MS });

      await page.getByRole('link', { name: 'Categorie' }).click();
      await page.getByRole('button', { name: 'Nuova categoria' }).click();
      const label = marked('Fontane');
      await dialog.getByLabel('Come si legge').fill(label);
      await dialog.getByLabel('Codice').fill(label.toLowerCase().replace(/[^a-z0-9]+/g, '_'));
      await dialog.getByRole('button', { name: 'Salva' }).click();
      await dialog.waitFor({ state: 'detached', timeout: LONG_MS });
      await page.getByRole('row').filter({ hasText: label }).getByRole('button', { name: 'Campi' }).click();
      await dialog.getByRole('button', { name: 'Aggiungi un campo' }).click();
      await dialog.getByLabel('Come si legge').fill('Tipo di fontana');
      await dialog.getByLabel('Codice').fill('tipo_fontana');
      await dialog.getByRole('button', { name: 'Salva' }).click();
      await dialog.waitFor({ state: 'detached', timeout: LONG_MS });
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    MANY_PAGES_MS,
  );

  inBrowser(
    `switches an automation on only once it was tried on past cases${why}`,
    async () => {
      const { page, complaints } = await loggedIn('Amministrazione di sistema', '/administration/automations');
      await page.getByRole('button', { name: 'Nuova automazione' }).click();
      const dialog = page.getByRole('dialog');
      const name = marked('Automazione');
      await dialog.getByLabel('Nome').fill(name);
      await dialog.getByLabel('la pratica si apre').check();
      await dialog.getByLabel('Almeno una di queste parole').fill(marked('parolachenessunoscrive'));
      await dialog.getByLabel('Con priorità').selectOption('high');
      await dialog.getByLabel('Attiva: agisce da subito').check();
      const save = dialog.getByRole('button', { name: 'Salva' });
      expect(await save.getAttribute('aria-disabled')).toBe('true');
      await dialog.getByRole('button', { name: 'Prova sulle pratiche passate' }).click();
      await dialog.locator('[data-trial="done"]').waitFor({ timeout: LONG_MS });
      await save.click();
      await dialog.waitFor({ state: 'detached', timeout: LONG_MS });
      const row = page.getByRole('row').filter({ hasText: name });
      await row.getByText('Attiva', { exact: true }).waitFor({ timeout: LONG_MS });
      await row.getByRole('button', { name: `Modifica ${name}` }).click();
      await dialog.getByLabel('Attiva: agisce da subito').uncheck();
      await save.click();
      await dialog.waitFor({ state: 'detached', timeout: LONG_MS });
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    MANY_PAGES_MS,
  );

  inBrowser(`is shown no page that their role does not open${why}`, async () => {
    const { page } = await loggedIn('Giulia Ferri', '/administration/offices');
    expect(await page.getByRole('link', { name: 'Amministrazione' }).count()).toBe(0);
    await page.context().close();
  });

  for (const [name, part, pages] of [
    ['Paolo Santini', 'supervision', SUPERVISION],
    ...ADMINISTRATION.map(pages => ['Amministrazione di sistema', 'administration', pages] as const),
  ] as const)
    inBrowser(
      `has no fault of accessibility (WCAG 2.2 AA) on ${pages.join(', ')} of ${part}, light and dark, in Italian and English${why}`,
      async () => {
        const { page, complaints } = await loggedIn(name, `/${part}/${pages[0] ?? ''}`);
        for (const [theme, language] of [
          ['light', 'it'],
          ['dark', 'en'],
        ] as const) {
          await page.evaluate(
            ([look, words]) => {
              localStorage.setItem('filodiretto.theme', look);
              localStorage.setItem('filodiretto.language', words);
            },
            [theme, language] as const,
          );
          for (const one of pages) {
            await page.goto(`${running().urls.crm}/console/${part}/${one}`);
            await page.getByRole('heading', { level: 1 }).waitFor();
            await page.locator('.wait').first().waitFor({ state: 'detached' });
            expect({ one, theme, faults: await faults(page) }).toEqual({ one, theme, faults: [] });
          }
        }
        expect(complaints).toEqual([]);
        await page.context().close();
      },
      MANY_PAGES_MS,
    );
});
