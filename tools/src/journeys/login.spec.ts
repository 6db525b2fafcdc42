import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { inBrowser, launched, why } from './in-browser.js';
import { running } from './world.js';

describe('an operator in a browser', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  /** A page of the core, at which somebody logged in by one click. */
  const loggedIn = async (name: string): Promise<Page> => {
    if (!browser) throw new Error('no browser');
    // The page at which one ends is an answer of the API, whose policy lets no script ask anything from there.
    const page = await (await browser.newContext({ locale: 'it-IT', bypassCSP: true })).newPage();
    await page.goto(`${running().urls.crm}/auth/login?return_to=/api/operators/me`);
    await page.getByRole('button', { name }).click();
    await page.waitForURL(`${running().urls.crm}/api/operators/me`);
    return page;
  };

  inBrowser(`logs in by one click, follows what happens, and is out at once when they log out${why}`, async () => {
    const page = await loggedIn('Paolo Santini');
    expect(await page.textContent('body')).toContain('"name":"Paolo Santini"');
    const [cookie] = (await page.context().cookies(running().urls.crm)).filter(({ name }) => /filodiretto$/.test(name));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    const seen = await page.evaluate(async () => {
      const stream = new EventSource('/api/stream');
      await new Promise((resolve, reject) => {
        stream.onopen = resolve;
        stream.onerror = reject;
      });
      const over = new Promise(resolve => {
        stream.onerror = () => stream.readyState === EventSource.CLOSED && resolve('closed');
      });
      const headers = { 'filodiretto-request': '1' };
      const out = await fetch('/auth/logout', { method: 'POST', headers });
      const { location } = (await out.json()) as { location: string };
      const after = (await fetch('/api/operators/me')).status;
      return { script: document.cookie, out: out.status, location, after, stream: await over };
    });
    expect(seen).toMatchObject({ script: '', out: 200, after: 401, stream: 'closed' });
    await page.goto(seen.location);
    await page.getByRole('button', { name: /esci/ }).click();
    await page.waitForURL(`${running().urls.crm}/`);
    await page.goto(`${running().urls.crm}/auth/login`);
    // The provider asks once more: nobody is let in by what is left of them there.
    await page.getByRole('button', { name: 'Paolo Santini' }).waitFor();
    await page.context().close();
  });

  inBrowser(`asks once who one is, and nothing else before they log in${why}`, async () => {
    if (!browser) throw new Error('no browser');
    const page = await (await browser.newContext({ locale: 'it-IT' })).newPage();
    const refused: string[] = [];
    page.on('response', answer => {
      if (answer.status() >= 400) refused.push(`${answer.status()} ${new URL(answer.url()).pathname}`);
    });
    await page.goto(`${running().urls.crm}/console/`, { waitUntil: 'networkidle' });
    await page.getByRole('link', { name: 'Accedi' }).waitFor();
    expect(refused).toEqual(['401 /api/operators/me']);
    await page.context().close();
  });

  inBrowser(`changes nothing by a page of somebody else, however near it is${why}`, async () => {
    const page = await loggedIn('Giulia Ferri');
    const { crm, simulators } = running().urls;
    // Of the same host, so that its requests bring the cookie; and it forbids itself nothing.
    await page.goto(simulators.twilio);
    const answered = page.waitForResponse(response => response.url() === `${crm}/api/cases`);
    await page.evaluate(async address => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', action: `${address}/api/cases` });
      form.append(Object.assign(document.createElement('input'), { name: 'subject', value: 'Buca in via Verdi' }));
      document.body.append(form);
      form.submit();
    }, crm);
    const answer = await answered;
    expect(await answer.request().headerValue('cookie')).toMatch(/filodiretto=/);
    expect(answer.status()).toBe(403);
    // The browser shows the answer before it goes on.
    await page.waitForURL(`${crm}/api/cases`);
    await page.goto(`${crm}/api/operators/me`);
    expect(await page.textContent('body')).toContain('Giulia Ferri');
    await page.context().close();
  });
});
