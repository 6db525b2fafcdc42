import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { address, commanded, DIALOG, loggedIn as loggedInTo, typed } from './console-page.js';
import { faults, inBrowser, launched, why } from './in-browser.js';
import { CitizenAt, Desk, eventually, marked, messagesOf, textOf } from './world.js';

/** Some twenty pages and dialogs, each looked through by axe, on a machine that may be busy. */
const MANY_PAGES_MS = 300_000;

describe('the operators’ console', () => {
  let browser: Browser | undefined;
  const mistakes: string[] = [];
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  /** A page of the console, at which somebody logged in by one click. */
  const loggedIn = async (
    name: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ page: Page; context: BrowserContext }> => loggedInTo(browser, name, options, mistakes);

  /** A case that a citizen just opened by writing, where the answer is heard too. */
  const written = async (): Promise<{ id: string; words: string }> => {
    const words = marked('Vorrei rinnovare la carta d’identità');
    await new CitizenAt('karim').act('whatsapp', { text: words });
    const { id } = await new Desk().caseSaying(words, 'whatsapp');
    return { id, words };
  };

  /** A case of its own, whatever the citizen asked before; how it is called. */
  const fresh = async (): Promise<{ id: string; words: string }> => {
    const words = marked('Panchina rotta ai giardini');
    await new CitizenAt('rosa').act('webform', { subject: words, description: 'Lo schienale è a terra.' });
    const { id } = await new Desk().caseSaying(words, 'webform');
    return { id, words };
  };

  inBrowser(`is worked on by keyboard alone: from the list to the answer and to the outcome${why}`, async () => {
    const { id, words } = await written();
    const { page, context } = await loggedIn('Giulia Ferri');
    await page.goto(address(`cases/open/${id}`));
    await page.locator('[data-place="case"]').waitFor();
    await page.getByText(words).first().waitFor();
    // A key does what is offered: until then it does nothing.
    await page.getByRole('button', { name: 'Prendi in carico' }).waitFor();
    await page.keyboard.press('c');
    await new Desk().caseWhen(id, 'it is in charge', ({ state }) => state === 'in_charge');
    await page.keyboard.press('r');
    await page.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement);
    const answer = marked('Può venire senza appuntamento dalle 9.');
    await typed(page, answer);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article', { name: 'Giulia Ferri ha risposto' }).getByText(answer).waitFor();
    await new CitizenAt('karim').hears('whatsapp', answer);
    // Out of the text, so that keys of one letter act again.
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-place'))).toBe('case');
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: 'Dai l’esito' }).waitFor();
    await page.getByLabel('Motivo dell’esito').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.getByLabel('Gliel’ho detto').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const ended = await new Desk().caseWhen(id, 'it has its outcome', ({ state }) => state === 'resolved');
    expect(ended.outcome).toBe('positive');
    await page.locator(DIALOG).waitFor({ state: 'detached' });
    expect(mistakes).toEqual([]);
    await context.close();
  });

  inBrowser(`finds every command by the palette, and goes through the list by J and K${why}`, async () => {
    await fresh();
    const { words } = await fresh();
    const { page, context } = await loggedIn('Marco Benassi');
    // A key that is pressed before there is a list goes nowhere.
    await page.getByRole('option', { name: new RegExp(words.slice(-8)) }).waitFor();
    await page.keyboard.press('j');
    await page.waitForURL(/cases\/open\/[\w-]+/);
    const first = page.url();
    await page.keyboard.press('j');
    await page.waitForURL(url => url.toString() !== first);
    await page.keyboard.press('k');
    await page.waitForURL(first);
    await page.locator('[data-place="case"]').getByText(words).first().waitFor();
    await page.getByRole('toolbar', { name: 'Azioni' }).waitFor();
    await commanded(page, 'nota int', 'Nota interna');
    await page.locator('.composer.note textarea').waitFor();
    const note = marked('Sentita l’anagrafe.');
    await page.waitForFunction(() => document.activeElement?.closest('.composer.note') !== null);
    await typed(page, note);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article', { name: 'Nota interna di Marco Benassi' }).getByText(note).waitFor();
    expect(mistakes).toEqual([]);
    await context.close();
  });

  inBrowser(
    `shows at once what arrives, and heals after the connection was cut without missing anything${why}`,
    async () => {
      const { page, context } = await loggedIn('Chiara Lodi');
      const first = await fresh();
      await page.getByRole('option', { name: new RegExp(first.words.slice(-8)) }).waitFor();
      await context.setOffline(true);
      await page.getByText('Collegamento perso').first().waitFor();
      const missed = await fresh();
      await context.setOffline(false);
      await page.getByRole('option', { name: new RegExp(missed.words.slice(-8)) }).waitFor();
      await page.locator('[data-connection="lost"]').waitFor({ state: 'detached' });
      await context.close();
      // That nothing could be asked while it was cut is in the browser's log, and is meant.
      mistakes.splice(0);
    },
  );

  inBrowser(`shows both versions to who was second, and loses nothing of what they wrote${why}`, async () => {
    const { id } = await fresh();
    const { page, context } = await loggedIn('Giulia Ferri');
    await page.goto(address(`cases/open/${id}`));
    await page.getByRole('toolbar', { name: 'Azioni' }).waitFor();
    await page.getByRole('button', { name: 'Assegna o passa' }).click();
    await page.getByRole('combobox', { name: 'Ufficio' }).fill('Anagrafe');
    await page
      .locator('.popover')
      .getByRole('option', { name: /Anagrafe/ })
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.popover [role="option"]').first().waitFor({ state: 'detached' });
    await page.getByLabel(/Perché/).fill('Serve chi rilascia i documenti');
    // What is told of the change does not reach this page: it acts on what it had read.
    await page.route('**/api/cases/*', route => (route.request().method() === 'GET' ? undefined : route.continue()));
    const before = await new Desk().case(id);
    await new Desk().ask(`/cases/${id}`, {
      method: 'PATCH',
      body: { priority: 'high' },
      headers: { 'if-match': `"${before.version}"` },
    });
    await page.getByRole('dialog').getByRole('button', { name: 'Assegna o passa' }).click();
    const both = page.getByRole('dialog', { name: 'Qualcuno l’ha cambiata prima' });
    await both.getByText('ha portato la priorità a alta').waitFor();
    await both.getByText('Serve chi rilascia i documenti').waitFor();
    await page.unroute('**/api/cases/*');
    await both.getByRole('button', { name: 'Procedi comunque' }).click();
    await new Desk().caseWhen(id, 'it went to the other office', ({ office }) => /Anagrafe/.test(office?.name ?? ''));
    await context.close();
    // The refusal itself is in the browser's log.
    mistakes.splice(0);
  });

  inBrowser(`keeps a draft over a reload, and sees a colleague who writes${why}`, async () => {
    const { id } = await fresh();
    const [one, other] = [await loggedIn('Giulia Ferri'), await loggedIn('Paolo Santini')];
    await one.page.goto(address(`cases/open/${id}`));
    await other.page.goto(address(`cases/open/${id}`));
    await other.page.locator('[data-attention="viewing"]', { hasText: 'Giulia Ferri' }).waitFor();
    const words = marked('Le scrivo appena so.');
    await one.page.getByLabel('Testo della risposta').fill(words);
    await other.page.locator('[data-attention="writing"]', { hasText: 'Giulia Ferri' }).waitFor();
    await one.page.getByText('Bozza conservata', { exact: true }).waitFor();
    await one.page.reload();
    await eventually('the draft is there again', async () =>
      (await one.page.getByLabel('Testo della risposta').inputValue()) === words ? true : undefined,
    );
    expect(messagesOf(await new Desk().case(id)).map(textOf)).not.toContain(words);
    await one.context.close();
    await other.context.close();
    expect(mistakes).toEqual([]);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    inBrowser(
      `has no fault of accessibility (WCAG 2.2 AA) on any page or dialog, ${colorScheme}${why}`,
      async () => {
        const { id } = await fresh();
        const { page, context } = await loggedIn('Giulia Ferri', { colorScheme, reducedMotion: 'reduce' });
        const found: Record<string, string[]> = {};
        const look = async (what: string): Promise<void> => {
          const all = await faults(page);
          const sideways = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (all.length > 0 || sideways > 0) found[what] = [...all, ...(sideways > 0 ? [`sideways ${sideways}`] : [])];
        };
        await look('list');
        await page.goto(address(`cases/open/${id}`));
        await page.getByRole('toolbar', { name: 'Azioni' }).waitFor();
        await look('case');
        for (const key of ['a', 'e', 'w', 'q', 't', 'd', 'l', 'm', 'u', 'o']) {
          await page.keyboard.press(key);
          const dialog = page.locator(DIALOG);
          const opened = await dialog.waitFor({ timeout: 5_000 }).then(
            () => true,
            () => false,
          );
          if (!opened) continue;
          await look(`dialog of ${key}`);
          await dialog.getByRole('button', { name: 'Chiudi' }).click();
          await dialog.waitFor({ state: 'detached' });
        }
        await page.keyboard.press('r');
        await page.getByLabel('Testo della risposta').fill('/');
        await page.locator('.templates [role="option"]').first().waitFor();
        await look('templates');
        await page.keyboard.press('Backspace');
        await page.keyboard.press('Escape');
        await page.keyboard.press('n');
        await look('note');
        await page.keyboard.press('Escape');
        for (const key of ['Control+k', '?']) {
          await page.keyboard.press(key);
          await page.locator(DIALOG).waitFor();
          await look(key);
          await page.keyboard.press('Escape');
          await page.locator(DIALOG).waitFor({ state: 'detached' });
        }
        for (const path of ['search?q=via', 'tasks', 'mentions', 'cases/late', 'nowhere']) {
          await page.goto(address(path));
          await page.locator('#content :is(h1, h2)').first().waitFor();
          await look(path);
        }
        for (const width of [1_024, 390, 320]) {
          await page.setViewportSize({ width, height: 800 });
          await page.goto(address(`cases/open/${id}`));
          await page.getByRole('toolbar', { name: 'Azioni' }).waitFor();
          await look(`case at ${width}`);
        }
        expect(found).toEqual({});
        expect(mistakes).toEqual([]);
        await context.close();
      },
      MANY_PAGES_MS,
    );

  inBrowser(
    `opens a case by hand for somebody at the desk, says what lacks beside it, and goes to the case${why}`,
    async () => {
      const { page, context } = await loggedIn('Giulia Ferri');
      const subject = marked('Chiede il certificato di residenza');
      await page.keyboard.press('o');
      const dialog = page.getByRole('dialog', { name: 'Apri una pratica' });
      await dialog.waitFor();
      await dialog.getByRole('button', { name: 'Apri la pratica' }).click();
      await dialog.getByText('Scegli la persona').waitFor();
      await dialog.getByText('Campo necessario').waitFor();
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
      expect(await faults(page)).toEqual([]);
      await dialog.getByLabel('Chi chiede').selectOption('new');
      const name = marked('Ada');
      await dialog.getByLabel('Nome e cognome').fill(name);
      await dialog.getByLabel('Che cosa è chiesto').fill(subject);
      await dialog.getByLabel('Che cosa è stato detto').fill('Le serve entro venerdì.');
      await dialog.getByLabel('Come è arrivata').selectOption('phone');
      // Shut by mistake: what was written is there again.
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await commanded(page, 'apri una', 'Apri una pratica');
      expect(await dialog.getByLabel('Che cosa è chiesto').inputValue()).toBe(subject);
      await dialog.getByRole('button', { name: 'Apri la pratica' }).click();
      await page.getByRole('heading', { level: 2, name: subject }).waitFor();
      const id = /cases\/open\/([\w-]+)/.exec(page.url())?.[1] ?? '';
      const opened = await new Desk().case(id);
      expect([opened.contact?.name, opened.subject]).toEqual([name, subject]);
      await page.getByText('Le serve entro venerdì.').waitFor();
      await page.getByText('Per telefono').first().waitFor();
      expect(mistakes).toEqual([]);
      await context.close();
    },
  );

  inBrowser(`opens a case by hand for a person who is known, found by a part of their name${why}`, async () => {
    const name = marked('Ada');
    const opened = await new Desk().ask<{ contact?: { id: string } }>('/cases', {
      method: 'POST',
      body: { subject: marked('Certificato'), newContact: { name } },
    });
    const { page, context } = await loggedIn('Giulia Ferri');
    const subject = marked('Chiede il certificato');
    await page.getByRole('button', { name: 'Apri una pratica' }).click();
    const dialog = page.getByRole('dialog', { name: 'Apri una pratica' });
    await dialog.getByRole('combobox', { name: 'La persona' }).fill(name);
    await page.locator('.popover [role="option"]', { hasText: name }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Che cosa è chiesto').fill(subject);
    await dialog.getByRole('button', { name: 'Apri la pratica' }).click();
    await page.getByRole('heading', { level: 2, name: subject }).waitFor();
    const again = await new Desk().case(/cases\/open\/([\w-]+)/.exec(page.url())?.[1] ?? '');
    expect(again.contact?.id).toBe(opened.contact?.id);
    expect(mistakes).toEqual([]);
    await context.close();
  });

  inBrowser(`puts a citizen straight through to who is on duty for the topic, by keyboard${why}`, async () => {
    const { id } = await fresh();
    const specialist = await loggedIn('Valeria Conti');
    await commanded(specialist.page, 'disponib', 'Disponibile');
    await specialist.page.getByRole('button', { name: 'La tua presenza: Disponibile' }).waitFor();
    const { page, context } = await loggedIn('Giulia Ferri');
    await page.goto(address(`cases/open/${id}`));
    await page.getByRole('button', { name: 'Assegna o passa' }).click();
    await page.getByLabel('Chi è reperibile ora, per materia').selectOption({ label: 'Sosta, multe e viabilità' });
    const person = page.getByRole('button', { name: 'Scegli Valeria Conti' });
    await person.focus();
    await page.keyboard.press('Enter');
    await page.locator('.on-duty [aria-pressed="true"]').waitFor();
    expect(await page.getByRole('combobox', { name: 'Ufficio' }).inputValue()).toBe('Polizia locale');
    expect(await page.getByRole('combobox', { name: 'Operatore' }).inputValue()).toBe('Valeria Conti');
    expect(await faults(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Assegna o passa' }).click();
    const passed = await new Desk().caseWhen(id, 'it is the specialist’s', ({ assignee }) => assignee !== undefined);
    expect([passed.office?.name, passed.assignee?.name]).toEqual(['Polizia locale', 'Valeria Conti']);
    expect(mistakes).toEqual([]);
    await context.close();
    await commanded(specialist.page, 'assent', 'Assente');
    await specialist.context.close();
  });

  inBrowser(`sends a reply only after a moment in which it can be taken back${why}`, async () => {
    const { id } = await fresh();
    const { page, context } = await loggedIn('Paolo Santini');
    await page.goto(address(`cases/open/${id}`));
    const text = page.getByLabel('Testo della risposta');
    const words = marked('Mandiamo una squadra.');
    await text.fill(words);
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-send="held"]').waitFor();
    await page.getByRole('button', { name: 'Annulla l’invio' }).click();
    await page.locator('[data-send="withdrawn"]').waitFor();
    expect(await text.inputValue()).toBe(words);
    const [withdrawn] = messagesOf(await new Desk().case(id)).filter(message => textOf(message) === words);
    expect(withdrawn?.send?.state).toBe('withdrawn');
    expect(mistakes).toEqual([]);
    await context.close();
  });

  inBrowser(`sends at most 250 kB of scripts for its first view${why}`, async () => {
    const { page, context } = await loggedIn('Giulia Ferri');
    await page.reload();
    await page.getByRole('listbox', { name: /Tutte le aperte/ }).waitFor();
    const bytes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry): entry is PerformanceResourceTiming => entry.name.endsWith('.js'))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    );
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(250 * 1_024);
    await context.close();
  });

  inBrowser(`speaks English as well, and remembers it${why}`, async () => {
    const { page, context } = await loggedIn('Giulia Ferri');
    await commanded(page, 'lingua', 'Cambia lingua');
    await page.getByRole('listbox', { name: 'Cases: All open' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.reload();
    await page.getByRole('listbox', { name: 'Cases: All open' }).waitFor();
    expect(mistakes).toEqual([]);
    await context.close();
    // Whoever asks for it by their browser has it from the first page on.
    const english = await browser?.newContext({ locale: 'en-GB' });
    const first = await english?.newPage();
    await first?.goto(address());
    await first?.getByRole('link', { name: 'Log in' }).waitFor();
    await english?.close();
  });

  inBrowser(`lets its keys of one letter be changed and switched off${why}`, async () => {
    const { page, context } = await loggedIn('Giulia Ferri');
    await page.keyboard.press('?');
    await page.getByRole('button', { name: /Cambia il tasto di «Pratica seguente»/ }).click();
    await page.keyboard.press('5');
    await page.keyboard.press('Escape');
    await page.locator(DIALOG).waitFor({ state: 'detached' });
    await page.keyboard.press('5');
    await page.waitForURL(/cases\/open\/[\w-]+/);
    const here = page.url();
    await page.keyboard.press('?');
    await page.getByLabel(/I tasti di una lettera sola/).uncheck();
    await page.keyboard.press('Escape');
    await page.locator(DIALOG).waitFor({ state: 'detached' });
    await page.keyboard.press('5');
    await page.keyboard.press('5');
    await page.waitForTimeout(400);
    expect(page.url()).toBe(here);
    await context.close();
  });
});
