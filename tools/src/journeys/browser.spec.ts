import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { faults, inBrowser, launched, why } from './in-browser.js';
import { Desk, eventually, marked, running } from './world.js';

const TABS = ['E-mail', 'WhatsApp', 'Messenger', 'Modulo web', 'Telefono'];

describe("the citizen's side, in a browser", () => {
  let browser: Browser | undefined;
  const mistakes: string[] = [];

  const open = async (width: number): Promise<Page> => {
    if (!browser) throw new Error('no browser');
    const page = await browser.newPage({ viewport: { width, height: 900 }, locale: 'it-IT' });
    page.on('pageerror', error => mistakes.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error') mistakes.push(message.text());
    });
    await page.goto(running().urls.citizen);
    await page.getByText('Collegato').waitFor();
    return page;
  };

  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  inBrowser(`writes a message, and shows the answer when it arrives, without a reload${why}`, async () => {
    const page = await open(1_280);
    await page.getByLabel('Chi sei').selectOption('karim');
    await page.getByRole('tab', { name: 'WhatsApp' }).click();
    const words = marked('Devo rinnovare la carta d’identità');
    await page.getByLabel('Messaggio').and(page.locator('#whatsapp-text')).fill(words);
    await page.locator('form[data-action="whatsapp"] button').click();
    const desk = new Desk();
    const opened = await desk.caseSaying(words, 'whatsapp');
    const answer = marked('Serve un appuntamento.');
    await desk.reply(opened.id, answer);
    const log = page.getByRole('log', { name: 'Messaggi WhatsApp' });
    await log.getByText(answer).waitFor();
    await log.getByText(words, { exact: true }).waitFor();
    expect(mistakes).toEqual([]);
    await page.close();
  });

  inBrowser(`tells, on the tab, what arrived where nobody looks${why}`, async () => {
    const page = await open(1_280);
    await page.getByLabel('Chi sei').selectOption('rosa');
    const subject = marked('Orari del museo');
    await page.getByLabel('Oggetto').fill(subject);
    await page.getByLabel('Testo').fill('A che ora apre il museo?');
    await page.getByRole('button', { name: 'Invia e-mail' }).click();
    await page.getByRole('tab', { name: 'Messenger' }).click();
    const desk = new Desk();
    const opened = await desk.caseSaying(subject, 'email');
    const tab = page.getByRole('tab', { name: 'E-mail' });
    await desk.reply(opened.id, marked('Il museo apre alle 10.'));
    await expect(
      eventually(
        'the tab tells it',
        async () => /messaggi(?:o nuovo| nuovi)/.exec((await tab.textContent()) ?? '')?.[0],
      ),
    ).resolves.toBeTruthy();
    await tab.click();
    expect((await tab.textContent())?.trim()).toBe('E-mail');
    await page.close();
  });

  inBrowser(`moves among the tabs by the arrows of the keyboard${why}`, async () => {
    const page = await open(1_280);
    await page.getByRole('tab', { name: 'E-mail' }).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('tab', { name: 'Telefono' }).getAttribute('aria-selected')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-phone');
    await page.keyboard.press('Home');
    expect(await page.getByRole('tab', { name: 'E-mail' }).getAttribute('aria-selected')).toBe('true');
    await page.close();
  });

  for (const width of [1_280, 320])
    inBrowser(
      `has no fault of accessibility (WCAG 2.2 AA) and no sideways scroll at ${width} pixels, on any tab${why}`,
      async () => {
        const page = await open(width);
        for (const name of TABS) {
          await page.getByRole('tab', { name }).click();
          expect({ name, faults: await faults(page) }).toEqual({ name, faults: [] });
          const sideways = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(sideways).toBeLessThanOrEqual(0);
        }
        await page.close();
      },
    );
});
