import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { CaseView } from '@filodiretto/contracts';
import type { Browser } from 'playwright-core';
import { address, DIALOG, loggedIn } from './console-page.js';
import { faults, inBrowser, launched, why } from './in-browser.js';
import { CitizenAt, Desk, eventually, marked, running } from './world.js';

const LONG_MS = 240_000;
/** Not Anna, who is to be acknowledged elsewhere: nobody is more than three times an hour. */
const CITIZENS = ['karim', 'rosa'] as const;

const deskOf = (name: string): Desk => new Desk(running().operators.find(one => one.name === name)?.token);

/** Citizens who write of the same, each case with its category and its place in the old town. */
async function reports(count: number): Promise<string[]> {
  const desk = deskOf('Paolo Santini');
  const { items } = await desk.ask<{ items: { id: string; code: string }[] }>('/categories');
  const category = items.find(({ code }) => code === 'verde')?.id;
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const words = marked('Albero caduto nel giardino');
    await new CitizenAt(CITIZENS[n % CITIZENS.length] ?? 'rosa').act('email', {
      to: 'urp@comune.poggioverde.example',
      subject: words,
      text: 'Blocca il sentiero.',
    });
    const { id } = await desk.caseSaying(words, 'email');
    await changed(desk, id, 'PATCH', '', { category });
    await changed(desk, id, 'PUT', '/place', { latitude: 44.6005 + n / 20_000, longitude: 11.2005 });
    ids.push(id);
  }
  return ids;
}

/** Asked again where the core itself changed the case in between. */
const changed = (desk: Desk, id: string, method: string, path: string, body: object): Promise<unknown> =>
  eventually(`case ${id} takes ${method} ${path}`, async () => {
    const { version } = await desk.case(id);
    return desk
      .ask<CaseView>(`/cases/${id}${path}`, { method, body, headers: { 'if-match': `"${version}"` } })
      .catch((fault: unknown) => {
        if (/answers 412/.test(String(fault))) return undefined;
        throw fault;
      });
  });

describe('the map of reports, in a browser', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  inBrowser(
    `leads from what is suddenly more than usual to an incident, and to one answer that reaches everybody${why}`,
    async () => {
      const ids = await reports(6);
      const { page, context, mistakes } = await loggedIn(browser, 'Paolo Santini');
      await page.goto(address('supervision/wallboard'));
      await page.getByRole('link', { name: /^Picco: Verde pubblico, Centro storico: [6-9]/ }).click();
      const spike = page.locator('.spike', { hasText: 'Verde pubblico · Centro storico' });
      await spike.waitFor();
      await page.locator('.case-mark').first().waitFor();
      expect(await faults(page)).toEqual([]);

      // A mark is pressed by key: its cases alone are listed, and the list has the focus.
      await page.locator('.case-mark.many').first().focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /pratiche in questo punto/ }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('map-cases');
      await page.getByRole('button', { name: 'Mostrale tutte' }).click();
      await page.getByRole('heading', { name: /sulla mappa/ }).waitFor();

      await spike.getByRole('button', { name: /^Fanne un evento/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Fanne un evento' });
      await dialog.getByText(/Entrerebbero [5-9] pratiche/).waitFor();
      expect(await faults(page)).toEqual([]);
      for (const id of ids)
        expect((await deskOf('Paolo Santini').case(id)).timeline.some(one => one.fact?.fact === 'attached')).toBe(
          false,
        );
      await dialog.getByRole('button', { name: /^Fanne un evento di/ }).click();
      await page.locator(DIALOG).waitFor({ state: 'detached' });
      await page.waitForURL('**/cases/open/*');

      const actions = page.getByRole('toolbar', { name: 'Azioni' });
      await actions.getByRole('button', { name: 'Altro' }).click();
      await page.getByRole('menuitem', { name: 'Scrivi a tutti quelli dell’evento' }).click();
      const answer = page.getByRole('dialog', { name: 'Scrivi a tutti quelli dell’evento' });
      await answer.getByText(/Arriva ai cittadini di [5-9] pratiche/).waitFor();
      expect(await faults(page)).toEqual([]);
      const words = marked('L’albero è stato tolto.');
      await answer.getByLabel('La risposta a tutti').fill(words);
      await answer.getByRole('button', { name: 'Scrivi a tutti quelli dell’evento' }).click();
      await page.locator(DIALOG).waitFor({ state: 'detached' });
      for (const citizen of CITIZENS) await new CitizenAt(citizen).hears('email', words);
      expect(mistakes).toEqual([]);
      await context.close();
    },
    LONG_MS,
  );

  inBrowser(
    `takes what is shown away as a file for spreadsheets${why}`,
    async () => {
      const { page, context, mistakes } = await loggedIn(browser, 'Paolo Santini');
      await page.goto(address('supervision/map'));
      const kept = page.waitForEvent('download');
      await page.getByRole('button', { name: /^Esporta XLSX/ }).click();
      expect((await kept).suggestedFilename()).toBe('filodiretto-mappa.xlsx');
      expect(mistakes).toEqual([]);
      await context.close();
    },
    LONG_MS,
  );
});
