import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { CaseView, JournalView, MeView, OfficeList } from '@filodiretto/contracts';
import type { Browser } from 'playwright-core';
import { address, loggedIn } from './console-page.js';
import { faults, inBrowser, launched, why } from './in-browser.js';
import { Desk, eventually, marked, running } from './world.js';

const ADMINISTRATOR = 'Amministrazione di sistema';
const LONG_MS = 180_000;

const deskOf = (name: string): Desk => {
  const found = running().operators.find(one => one.name === name);
  if (!found) throw new Error(`the demonstration has no ${name}`);
  return new Desk(found.token);
};

describe('who is let in, in a browser', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  inBrowser(
    `is seen by who administers, and is out at once when their sessions are ended${why}`,
    async () => {
      const works = await loggedIn(browser, 'Simone Fabbri');
      const { id } = await deskOf('Simone Fabbri').ask<MeView>('/operators/me');
      const { page, context, mistakes } = await loggedIn(browser, ADMINISTRATOR);
      await page.goto(address(`administration/people/${id}`));
      const sessions = page.getByRole('table', { name: 'Accessi aperti' });
      await sessions.getByText('Chrome').first().waitFor();
      expect(await faults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Chiudi tutti gli accessi' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Simone Fabbri dovrà accedere di nuovo').waitFor();
      await dialog.getByRole('button', { name: 'Chiudi tutti gli accessi' }).click();
      await page.getByText('Nessun accesso aperto.').waitFor();
      expect(mistakes).toEqual([]);

      const answer = await works.context.request.get(`${running().urls.crm}/api/operators/me`);
      expect(answer.status()).toBe(401);
      await works.page.goto(address());
      await works.page.getByRole('link', { name: 'Accedi' }).waitFor();
      await Promise.all([context.close(), works.context.close()]);
    },
    LONG_MS,
  );

  inBrowser(
    `logs in again before ending the sessions of others, when their login is a while ago, and is back where they were${why}`,
    async () => {
      const administrator = running().operators.find(({ name }) => name === ADMINISTRATOR);
      const aged = await fetch(`${running().urls.simulators.identity}/_control/ages`, {
        method: 'POST',
        body: JSON.stringify({ person: administrator?.person, seconds: 3_600 }),
      });
      expect(aged.status).toBe(200);
      const works = await loggedIn(browser, 'Simone Fabbri');
      const { id } = await deskOf('Simone Fabbri').ask<MeView>('/operators/me');
      const { page, context } = await loggedIn(browser, ADMINISTRATOR);
      const dialog = page.getByRole('dialog');
      const endsAll = async (): Promise<void> => {
        await page.getByRole('table', { name: 'Accessi aperti' }).getByText('Chrome').first().waitFor();
        await page.getByRole('button', { name: 'Chiudi tutti gli accessi' }).click();
        await dialog.getByText('Simone Fabbri dovrà accedere di nuovo').waitFor();
        await dialog.getByRole('button', { name: 'Chiudi tutti gli accessi' }).click();
      };
      await page.goto(address(`administration/people/${id}`));
      await endsAll();
      await dialog.getByRole('alert').getByText('Per questo devi accedere di nuovo.').waitFor();
      expect(await faults(page)).toEqual([]);
      expect((await works.context.request.get(`${running().urls.crm}/api/operators/me`)).status()).toBe(200);
      await dialog.getByRole('link', { name: 'Accedi di nuovo' }).click();
      await page.getByRole('button', { name: ADMINISTRATOR }).click();
      await page.waitForURL(address(`administration/people/${id}`));
      await endsAll();
      await page.getByText('Nessun accesso aperto.').waitFor();
      expect((await works.context.request.get(`${running().urls.crm}/api/operators/me`)).status()).toBe(401);
      await Promise.all([context.close(), works.context.close()]);
    },
    LONG_MS,
  );

  inBrowser(
    `opens in an emergency what they may not know of, for a reason that the journal keeps and that who answers for it is told${why}`,
    async () => {
      const social = deskOf('Francesca Neri');
      const { items } = await social.ask<OfficeList>('/offices');
      const { office } = running().operators.find(one => one.name === 'Francesca Neri') ?? {};
      const subject = marked('Affido familiare');
      const made = await social.ask<CaseView>('/cases', {
        method: 'POST',
        body: { subject, office: items.find(one => one.name === office)?.id },
      });
      await social.ask(`/cases/${made.id}/confidentiality`, {
        method: 'PUT',
        body: { level: 'minors', reason: 'Riguarda un minore' },
        headers: { 'if-match': `"${made.version}"` },
      });

      const { page, context, mistakes } = await loggedIn(browser, 'Paolo Santini');
      await page.goto(address(`cases/open/${made.id}`));
      await page.getByText('È un’emergenza?').waitFor();
      expect(await page.getByText(subject).count()).toBe(0);
      await page.getByRole('button', { name: 'Apri in emergenza' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Numero della pratica').fill(made.number);
      await dialog.getByLabel('Perché devi vederla adesso').fill('Serve');
      await dialog.getByRole('button', { name: 'Apri la pratica' }).click();
      await dialog.getByText('Spiega in almeno venti caratteri').waitFor();
      expect(await faults(page)).toEqual([]);
      const reason = 'La Procura chiede chi segue il minore';
      await dialog.getByLabel('Perché devi vederla adesso').fill(reason);
      await dialog.getByRole('button', { name: 'Apri la pratica' }).click();
      await page.locator('[data-glass="broken"]').waitFor();
      await page.getByText(subject).first().waitFor();
      // That there was no such case for them is written down by the browser as a fault.
      expect(mistakes.filter(one => !one.includes('404'))).toEqual([]);
      await context.close();

      const { items: facts } = await social.ask<JournalView>(`/cases/${made.id}/journal`);
      const broken = facts.filter(({ fact }) => fact === 'glass_broken');
      expect(broken).toHaveLength(1);
      expect(JSON.stringify(broken)).toContain(reason);
      const letters = await eventually('a letter says that the glass was broken', async () => {
        const answer = await fetch(`${running().urls.simulators.mail.http}/_control/mails`);
        const mails = (await answer.json()) as { to: string[]; subject: string; text: string }[];
        const found = mails.filter(mail => mail.subject === `Accesso d'emergenza alla pratica ${made.number}`);
        return found.length > 1 ? found : undefined;
      });
      // Who heads the office, and who protects data.
      expect(letters.map(({ to }) => to.join().replace(/ <.*/, '')).sort()).toEqual([
        'Francesca Neri',
        'Silvia Moretti',
      ]);
      expect(letters.filter(({ text }) => text.includes(reason))).toHaveLength(2);
      expect(JSON.stringify(letters)).not.toContain(subject);

      // Who protects data works on no case: they come straight here.
      const watches = await browser?.newContext({ locale: 'it-IT' });
      const watched = await watches?.newPage();
      if (!watches || !watched) throw new Error('no browser');
      await watched.goto(`${running().urls.crm}/auth/login?return_to=/console/administration/glass`);
      await watched.getByRole('button', { name: 'Silvia Moretti' }).click();
      const row = watched.getByRole('row').filter({ hasText: made.number });
      await row.getByText(reason).waitFor();
      expect(await row.textContent()).toContain('Paolo Santini');
      await watches.close();
    },
    LONG_MS,
  );
});
