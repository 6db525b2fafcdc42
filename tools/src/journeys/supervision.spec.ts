import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CitizenAt, Desk, marked, running } from './world.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path =>
  existsSync(path),
);
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SUPERVISION = ['wallboard', 'nothing-lost'];
const ADMINISTRATION = ['offices', 'people', 'rules', 'channels', 'settings', 'roles', 'retention', 'trail'];
const MANY_PAGES_MS = 120_000;

const inBrowser = CHROMIUM ? it : it.skip;
const why = CHROMIUM ? '' : ' (skipped: no chromium on this machine)';

/** What axe finds wrong, one line for each rule and element. */
async function faults(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  return page.evaluate(async rules => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run({ runOnly: rules });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }, RULES);
}

describe('who supervises and who administers, in a browser', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (CHROMIUM)
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
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

  inBrowser(`cannot switch a rule on before it was tried on past cases${why}`, async () => {
    const { page, complaints } = await loggedIn('Amministrazione di sistema', '/administration/rules');
    await page.getByRole('button', { name: 'Nuova regola' }).click();
    const dialog = page.getByRole('dialog');
    const name = marked('Prova');
    await dialog.getByLabel('Nome').fill(name);
    await dialog.getByLabel('Almeno una di queste parole').fill(marked('parolachenessunoscrive'));
    await dialog.getByLabel('Con priorità').selectOption('high');
    await dialog.getByLabel('Accesa: decide da subito').check();
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

  inBrowser(`is shown no page that their role does not open${why}`, async () => {
    const { page } = await loggedIn('Giulia Ferri', '/administration/offices');
    expect(await page.getByRole('link', { name: 'Amministrazione' }).count()).toBe(0);
    await page.context().close();
  });

  for (const [name, part, pages] of [
    ['Paolo Santini', 'supervision', SUPERVISION],
    ['Amministrazione di sistema', 'administration', ADMINISTRATION],
  ] as const)
    inBrowser(
      `has no fault of accessibility (WCAG 2.2 AA) on any page of ${part}, light and dark, in Italian and English${why}`,
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
