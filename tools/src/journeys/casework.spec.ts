import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { address, commanded, DIALOG, loggedIn, typed } from './console-page.js';
import { faults, inBrowser, launched, why } from './in-browser.js';
import { CitizenAt, Desk, eventually, marked, messagesOf, running, textOf } from './world.js';

const LONG_MS = 180_000;

/** An operator at the API, by the name they are shown with. */
const deskOf = (name: string): Desk => new Desk(running().operators.find(one => one.name === name)?.token);

/** A case of its own, whatever the citizen asked before; how it is called. */
async function fresh(subject = 'Panchina rotta ai giardini'): Promise<{ id: string; words: string }> {
  const words = marked(subject);
  await new CitizenAt('rosa').act('webform', { subject: words, description: 'Lo schienale è a terra.' });
  const { id } = await new Desk().caseSaying(words, 'webform');
  return { id, words };
}

const opened = async (page: Page, id: string): Promise<void> => {
  await page.goto(address(`cases/open/${id}`));
  await page.getByRole('toolbar', { name: 'Azioni' }).waitFor();
};

/** Chooses what is found first in a field where one finds by typing. */
async function picked(page: Page, field: string | RegExp, words: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: field }).fill(words);
  await page.locator('.popover [role="option"]', { hasText: words }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.popover [role="option"]').first().waitFor({ state: 'detached' });
}

/** Shuts what is asked by its button, by keyboard. */
async function confirmed(page: Page, button: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).focus();
  await page.keyboard.press('Enter');
}

describe('the work on a case, in a browser', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  inBrowser(
    `sends a draft once, also from two screens: the other one says that it was sent, and other words wait to be decided upon${why}`,
    async () => {
      const { id } = await fresh();
      const one = await loggedIn(browser, 'Giulia Ferri');
      const other = await loggedIn(browser, 'Giulia Ferri');
      const text = (page: Page) => page.getByLabel('Testo della risposta');
      const words = marked('Passiamo domani.');
      await opened(one.page, id);
      await text(one.page).fill(words);
      await one.page.locator('[data-draft="core"]').waitFor();
      await opened(other.page, id);
      await eventually('the draft is at the other screen', async () =>
        (await text(other.page).inputValue()) === words ? true : undefined,
      );
      await Promise.all([one.page, other.page].map(page => text(page).press('Control+Enter')));
      for (const { page } of [one, other])
        await eventually('the draft is gone', async () => ((await text(page).inputValue()) === '' ? true : undefined));
      const said = messagesOf(await new Desk().case(id)).filter(message => textOf(message) === words);
      expect(said).toHaveLength(1);

      // Begun at one, changed at the other after the first sent it: nothing is sent by itself, nothing is lost.
      const second = marked('Arriviamo venerdì.');
      await text(one.page).fill(second);
      await one.page.locator('[data-draft="core"]').waitFor();
      await other.page.reload();
      await eventually('the second draft is at the other screen', async () =>
        (await text(other.page).inputValue()) === second ? true : undefined,
      );
      await other.context.setOffline(true);
      await text(other.page).fill(`${second} Di mattina.`);
      await other.page.locator('[data-draft="waiting"]').waitFor();
      await text(one.page).press('Control+Enter');
      await eventually('it is sent', async () => ((await text(one.page).inputValue()) === '' ? true : undefined));
      await other.context.setOffline(false);
      await other.page.locator('[data-draft="said"]').waitFor();
      expect(await faults(other.page)).toEqual([]);
      await other.page.getByRole('button', { name: 'Tienile per un altro messaggio' }).click();
      await other.page.locator('[data-draft="core"]').waitFor();
      expect(await text(other.page).inputValue()).toBe(`${second} Di mattina.`);
      await one.context.close();
      await other.context.close();
    },
    LONG_MS,
  );

  inBrowser(
    `splits, links, merges and puts a case in an incident, by keyboard${why}`,
    async () => {
      const { id, words } = await fresh();
      // Something must stay where it is when the rest is split off; citizens who write often are not acknowledged each time.
      await new Desk().reply(id, marked('Verifichiamo.'));
      const { words: others, id: other } = await fresh('Altra panchina rotta');
      const { page, context, mistakes } = await loggedIn(browser, 'Paolo Santini');
      await opened(page, id);

      await commanded(page, 'collega', 'Collega a un’altra pratica');
      await page.getByRole('dialog').waitFor();
      await picked(page, /altra pratica/, others.slice(-8));
      expect(await faults(page)).toEqual([]);
      await confirmed(page, 'Collega a un’altra pratica');
      await page.getByRole('button', { name: /Togli il collegamento/ }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('Collegamento tolto.').first().waitFor();
      // The case as it is now is there: what follows is done to that.
      await page.getByRole('button', { name: /Togli il collegamento/ }).waitFor({ state: 'detached' });

      await page.keyboard.press('2');
      const split = page.getByRole('dialog', { name: 'Dividi in due pratiche' });
      await split.waitFor();
      const subject = marked('Anche il lampione è spento');
      await typed(page, subject);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await split.getByRole('checkbox', { checked: true }).waitFor();
      expect(await faults(page)).toEqual([]);
      await confirmed(page, 'Dividi in due pratiche');
      await page.getByRole('heading', { level: 2, name: subject }).waitFor();
      const part = /cases\/open\/([\w-]+)/.exec(page.url())?.[1] ?? '';
      expect(part).not.toBe(id);

      await page.getByRole('toolbar', { name: 'Azioni' }).waitFor();
      await page.locator('[data-place="case"]').focus();
      await page.keyboard.press('u');
      await page.getByRole('dialog', { name: 'Unisci un’altra pratica' }).waitFor();
      await picked(page, /altra pratica/, words.slice(-8));
      await confirmed(page, 'Unisci un’altra pratica');
      await page.locator(DIALOG).waitFor({ state: 'detached' });
      await new Desk().caseWhen(id, 'it went into the other', ({ mergedInto }) => mergedInto === part);

      await commanded(page, 'evento', 'Metti nell’evento');
      await page.getByRole('dialog', { name: 'Metti nell’evento' }).waitFor();
      await picked(page, /guida/, others.slice(-8));
      expect(await faults(page)).toEqual([]);
      await confirmed(page, 'Metti nell’evento');
      await page.locator(DIALOG).waitFor({ state: 'detached' });
      await eventually('it is of the incident', async () => {
        const { items } = await new Desk().ask<{ items: { case: { id: string } }[] }>(`/cases/${part}/relations`);
        return items.some(relation => relation.case.id === other) ? true : undefined;
      });
      expect(mistakes).toEqual([]);
      await context.close();
    },
    LONG_MS,
  );

  inBrowser(
    `says where a case is, names a colleague in a note, has a macro do what it showed, and sends a file${why}`,
    async () => {
      const { id } = await fresh();
      const { page, context, mistakes } = await loggedIn(browser, 'Giulia Ferri');
      await opened(page, id);
      await page.keyboard.press('l');
      await page.getByRole('dialog', { name: 'Luogo' }).waitFor();
      await typed(page, 'Via dei Mille 4');
      await confirmed(page, 'Luogo');
      await page.locator(DIALOG).waitFor({ state: 'detached' });
      await new Desk().caseWhen(id, 'it has its place', ({ place }) => place?.address === 'Via dei Mille 4');

      await page.locator('[data-place="case"]').focus();
      await page.keyboard.press('n');
      const note = page.locator('.composer.note textarea');
      await note.waitFor();
      await page.waitForFunction(() => document.activeElement?.closest('.composer.note') !== null);
      await typed(page, 'Senti @chi');
      await page.getByRole('option', { name: /Chiara Lodi/ }).waitFor();
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press('Enter');
      expect(await note.inputValue()).toBe('Senti @chiara.lodi ');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('article', { name: /Nota interna di Giulia Ferri/ }).waitFor();
      await eventually('she is told', async () => {
        const { items } = await deskOf('Chiara Lodi').ask<{ items: { case: { id: string } }[] }>('/mentions');
        return items.some(one => one.case.id === id) ? true : undefined;
      });

      await page.keyboard.press('Escape');
      await page.locator('[data-place="case"]').focus();
      await page.keyboard.press('m');
      await page.getByRole('dialog', { name: 'Applica una macro' }).waitFor();
      await page.getByRole('dialog').getByRole('combobox', { name: 'Macro' }).press('ArrowDown');
      await page.locator('.popover [role="option"]').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.locator('.popover [role="option"]').first().waitFor({ state: 'detached' });
      expect(await faults(page)).toEqual([]);
      await confirmed(page, 'Applica una macro');
      await page.locator(DIALOG).waitFor({ state: 'detached' });
      await new Desk().caseWhen(id, 'it is as the macro says', ({ priority }) => priority === 'urgent');

      await page.locator('[data-place="case"]').focus();
      await page.keyboard.press('r');
      // The file is slow to come: nothing goes without it.
      const text = page.getByLabel('Testo della risposta');
      const answer = marked('Le mando il modulo.');
      await text.fill(answer);
      const send = page.getByRole('button', { name: /^Invia/ });
      let arrives = (): void => undefined;
      const arrived = new Promise<void>(resolve => (arrives = resolve));
      await page.route('**/api/uploads', async route => {
        await arrived;
        await route.continue();
      });
      await page.locator('.composer input[type="file"]').setInputFiles({
        name: 'modulo.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('Nome e cognome: …'),
      });
      await page
        .locator('.composer')
        .getByText(/^modulo\.txt:/)
        .waitFor();
      expect(await send.isDisabled()).toBe(true);
      await text.press('Control+Enter');
      arrives();
      await page.locator('.composer .badge', { hasText: 'modulo.txt' }).waitFor();
      expect(await text.inputValue()).toBe(answer);
      await text.press('Control+Enter');
      const said = await eventually('the reply has the file', async () =>
        messagesOf(await new Desk().case(id)).find(message => textOf(message) === answer),
      );
      expect(said.content.map(part => part.type)).toContain('media');
      expect(mistakes).toEqual([]);
      await context.close();
    },
    LONG_MS,
  );

  inBrowser(
    `keeps a filter as a view, renames, shares and deletes it; the view is counted beside${why}`,
    async () => {
      const { words } = await fresh();
      const mark = words.slice(-8);
      const { page, context, mistakes } = await loggedIn(browser, 'Paolo Santini');
      await page.keyboard.press('v');
      await page.getByRole('dialog', { name: 'Filtra le pratiche' }).waitFor();
      await typed(page, mark);
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.waitForURL(/cases\/found-/);
      await page.getByRole('option', { name: new RegExp(mark) }).waitFor();
      await commanded(page, 'salva come', 'Salva come vista');
      const dialog = page.getByRole('dialog', { name: 'Salva come vista' });
      await dialog.waitFor();
      const name = marked('Panchine');
      await typed(page, name);
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.waitForURL(/cases\/view-/);
      const link = page.getByRole('navigation', { name: 'Code e viste' }).getByRole('link', { name: new RegExp(name) });
      await link.getByText('1 pratica').waitFor({ state: 'attached' });
      await commanded(page, 'rinomina', 'Rinomina o condividi la vista');
      await page.getByRole('dialog').getByLabel('Chi la vede').selectOption('office');
      await confirmed(page, 'Salva');
      await page.locator(DIALOG).waitFor({ state: 'detached' });
      const { items } = await deskOf('Giulia Ferri').ask<{ items: { name: string }[] }>('/views');
      expect(items.map(view => view.name)).toContain(name);
      await commanded(page, 'elimina la', 'Elimina la vista');
      await page.getByRole('dialog').waitFor();
      expect(await faults(page)).toEqual([]);
      await confirmed(page, 'Elimina la vista');
      await link.waitFor({ state: 'detached' });
      expect(mistakes).toEqual([]);
      await context.close();
    },
    LONG_MS,
  );

  for (const colorScheme of ['light', 'dark'] as const)
    inBrowser(
      `chooses cases by X and arrows and does the same to all, having seen what is refused, ${colorScheme}${why}`,
      async () => {
        const mark = marked('').trim();
        for (const place of ['al parco', 'in piazza']) {
          const subject = `Altalena rotta ${place} ${mark}`;
          await new CitizenAt('rosa').act('webform', { subject, description: 'Si è staccata.' });
          await new Desk().caseSaying(subject, 'webform');
        }
        const { page, context, mistakes } = await loggedIn(browser, 'Paolo Santini', { colorScheme });
        await page.keyboard.press('v');
        await page.getByRole('dialog', { name: 'Filtra le pratiche' }).waitFor();
        await typed(page, mark);
        await page.keyboard.press('Enter');
        await page
          .getByRole('option', { name: new RegExp(mark) })
          .nth(1)
          .waitFor();
        await page.locator('[data-place="list"]').focus();
        await page.keyboard.press('Home');
        await page.keyboard.press('x');
        await page.getByText('1 pratica scelta').first().waitFor();
        await page.keyboard.press('Shift+ArrowDown');
        await page.getByText('2 pratiche scelte').first().waitFor();
        expect(await faults(page)).toEqual([]);
        await page.keyboard.press('b');
        const dialog = page.getByRole('dialog', { name: 'La stessa cosa a molte pratiche' });
        await dialog.waitFor();
        await dialog.getByLabel('Che cosa', { exact: true }).selectOption('priority');
        await dialog.getByLabel('Priorità').selectOption('urgent');
        expect(await faults(page)).toEqual([]);
        await confirmed(page, 'Guarda che cosa succede');
        await dialog.getByText('Riguarda 2 pratiche').waitFor();
        expect(await faults(page)).toEqual([]);
        await confirmed(page, 'Fallo');
        await page.locator('[data-bulk="done"]').waitFor();
        await dialog.getByText('Finito: 2 fatte, 0 no.').waitFor();
        expect(await faults(page)).toEqual([]);
        await page.keyboard.press('Escape');
        const { items } = await new Desk().ask<{ items: { priority: string }[] }>(`/cases?text=${mark}`);
        expect(items.map(({ priority }) => priority)).toEqual(['urgent', 'urgent']);

        // What is refused is said before and after, in words.
        await page.locator('[data-place="list"]').focus();
        await page.keyboard.press('b');
        await dialog.waitFor();
        await dialog.getByLabel('Che cosa', { exact: true }).selectOption('take');
        await confirmed(page, 'Guarda che cosa succede');
        await dialog.getByText(/Niente è ancora cambiato/).waitFor();
        await page.keyboard.press('Escape');
        expect(mistakes).toEqual([]);
        await context.close();
      },
      LONG_MS,
    );

  inBrowser(
    `makes a case confidential having said who will see it, opens it in an emergency with a reason, and says so while it is open${why}`,
    async () => {
      const { id } = await fresh();
      const { number } = await new Desk().case(id);
      const admin = await loggedIn(browser, 'Amministrazione di sistema', { colorScheme: 'dark' });
      await opened(admin.page, id);
      await admin.page.keyboard.press('8');
      const dialog = admin.page.getByRole('dialog', { name: 'Riservatezza' });
      await dialog.waitFor();
      await dialog.getByLabel('Livello').selectOption('minors');
      await dialog.getByText('la persona che la tiene').waitFor();
      expect(await faults(admin.page)).toEqual([]);
      await dialog.getByLabel('Perché').fill('Riguarda un minore');
      await confirmed(admin.page, 'Riservatezza');
      await admin.page.locator(DIALOG).waitFor({ state: 'detached' });
      await admin.context.close();

      const { page, context } = await loggedIn(browser, 'Paolo Santini');
      const sees = await page.request.get(`${running().urls.crm}/api/cases/${id}`);
      expect(sees.status()).toBe(404);
      await page.goto(address(`cases/open/${id}`));
      await page.getByRole('button', { name: 'Apri in emergenza' }).focus();
      await page.keyboard.press('Enter');
      const glass = page.getByRole('dialog', { name: 'Apri in emergenza' });
      await glass.waitFor();
      await typed(page, number);
      await page.keyboard.press('Tab');
      await typed(page, 'Serve ora');
      await confirmed(page, 'Apri la pratica');
      await glass.getByText(/ne mancano ancora 11/).waitFor();
      expect(await faults(page)).toEqual([]);
      await glass
        .getByLabel('Perché devi vederla adesso')
        .fill('Chiama la Procura: serve il recapito di chi segue il minore');
      await confirmed(page, 'Apri la pratica');
      await page.locator('[data-glass="broken"]').waitFor();
      expect(await faults(page)).toEqual([]);
      await context.close();
    },
    LONG_MS,
  );

  inBrowser(
    `answers a question put to an office, shows who looked, and prints the whole case on clean sheets${why}`,
    async () => {
      const { id, words } = await fresh();
      const desk = new Desk();
      const { items: offices } = await desk.ask<{ items: { id: string; code: string }[] }>('/offices');
      await desk.ask(`/cases/${id}/tasks`, {
        method: 'POST',
        body: { question: 'La panchina è vostra?', office: offices.find(({ code }) => code === 'urp')?.id },
      });
      const { page, context, mistakes } = await loggedIn(browser, 'Amministrazione di sistema');
      await opened(page, id);
      await page.keyboard.press('9');
      const dialog = page.getByRole('dialog', { name: 'Rispondi al quesito' });
      await dialog.waitFor();
      await dialog.getByLabel('La risposta').fill('È nostra, la ripariamo.');
      expect(await faults(page)).toEqual([]);
      await confirmed(page, 'Conferma');
      await page.locator(DIALOG).waitFor({ state: 'detached' });
      await desk.caseWhen(id, 'the question is answered', ({ tasks }) => tasks[0]?.state === 'answered');

      await page.getByRole('button', { name: 'Mostra chi l’ha guardata' }).focus();
      await page.keyboard.press('Enter');
      await page.locator('[data-looks] li', { hasText: 'Amministrazione di sistema' }).first().waitFor();
      expect(await faults(page)).toEqual([]);

      await page.evaluate(() => globalThis.dispatchEvent(new Event('beforeprint')));
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const sheet = page.locator('.sheet');
      await sheet.getByRole('heading', { level: 1, name: words }).waitFor();
      await sheet.getByText('È nostra, la ripariamo.').first().waitFor();
      expect(await sheet.locator('button, input, textarea, a').count()).toBe(0);
      expect(await page.locator('#root').isVisible()).toBe(false);
      await page.emulateMedia({ media: 'screen' });
      await page.evaluate(() => globalThis.dispatchEvent(new Event('afterprint')));
      await sheet.waitFor({ state: 'detached' });
      expect(mistakes).toEqual([]);
      await context.close();
    },
    LONG_MS,
  );
});
