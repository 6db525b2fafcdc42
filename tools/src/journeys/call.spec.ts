import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { CaseView } from '@filodiretto/contracts';
import type { Browser } from 'playwright-core';
import { loggedIn } from './console-page.js';
import { faults, inBrowser, launched, why } from './in-browser.js';
import { CitizenAt, Desk, marked, running } from './world.js';

const LONG_MS = 240_000;
const KARIM = '+393471000002';

describe('a call that comes in, in a browser', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  inBrowser(
    `tells whoever is to answer it who calls, which cases they have and what they pressed, while it rings${why}`,
    async () => {
      const karim = new CitizenAt('karim');
      const desk = new Desk(running().operators.find(({ name }) => name === 'Giulia Ferri')?.token);
      const words = marked('Cestino pieno al parco');
      await karim.act('sms', { text: words });
      const { contact } = await desk.caseSaying(words, 'phone');
      const subject = marked('Rimborso della mensa');
      const { id, number } = await desk.ask<CaseView>('/cases', {
        method: 'POST',
        body: { subject, contact: contact?.id },
      });
      const { page, context, mistakes } = await loggedIn(browser, 'Giulia Ferri');
      // Whoever is not seen for a while is taken to be gone: said when she is there, and kept so by her page.
      await desk.ask('/operators/me/presence', { method: 'PUT', body: { status: 'available' } });
      await page.reload();
      await page.getByRole('button', { name: /Disponibile/ }).waitFor();

      await karim.act('call');
      const notice = page.locator('[data-call]').first();
      await notice.getByText('Chiamata in arrivo').waitFor();
      await notice.getByText(KARIM).first().waitFor();
      await notice.getByRole('link', { name: new RegExp(subject) }).waitFor();
      const heard = await karim.callWhen(
        'a key may be pressed, or a message left',
        call => call.keys || call.listening,
      );
      // At night the offices are closed: a key would only end the message that is left.
      if (heard.keys && !heard.listening) {
        await karim.act('press', { keys: '8' });
        await notice.getByText(/ha premuto 8/).waitFor();
      }
      expect(await faults(page)).toEqual([]);
      await notice.getByRole('link', { name: new RegExp(number) }).click();
      await page.waitForURL(`**/cases/open/${id}`);
      await karim.act('hang-up');
      await notice.waitFor({ state: 'detached' });
      expect(mistakes).toEqual([]);
      await context.close();
    },
    LONG_MS,
  );
});
