import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView, ContactConsents, OfficeDetail } from '@filodiretto/contracts';
import { EICAR } from '@filodiretto/simulators';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { address, loggedIn } from './console-page.js';
import { faults, inBrowser, launched, why } from './in-browser.js';
import { offices } from './office.js';
import { CitizenAt, Desk, eventually, marked, messagesOf, running, textOf } from './world.js';

const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PDF = Buffer.from('%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n');
const INFECTED = Buffer.concat([PHOTO, Buffer.from(EICAR)]);
/** On a machine that may be busy. */
const PATIENCE_MS = 40_000;
/** Whose mail the demonstration reads. */
const ANNA = 'anna.lisi@posta.example';
const site = (path = ''): string => `${running().urls.citizen}/sito${path}`;

/** The widget, on a page of the site. */
class Widget {
  constructor(readonly page: Page) {}
  get button(): Locator {
    return this.page.getByRole('button', { name: /^(Scrivi al Comune|Write to us)/ });
  }
  get panel(): Locator {
    return this.page.getByRole('dialog', { name: /^(Come possiamo aiutarti|How can we help)/ });
  }
  get text(): Locator {
    return this.panel.getByRole('textbox', { name: /^(Il tuo messaggio|Your message)/ });
  }
  get log(): Locator {
    return this.panel.getByRole('log');
  }
  /** How often some words stand in the conversation. */
  times(words: string): Promise<number> {
    return this.log.locator('.line').filter({ hasText: words }).count();
  }
  async say(words: string): Promise<void> {
    await this.text.fill(words);
    await this.text.press('Enter');
  }
  hears(words: string): Promise<void> {
    return this.log.getByText(words).waitFor();
  }
}

describe('the widget on the site of the administration', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());
  const desk = new Desk();

  const begin = async (
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ context: BrowserContext; widget: Widget; wrong: string[] }> => {
    if (!browser) throw new Error('no browser');
    const context = await browser.newContext({ locale: 'it-IT', viewport: { width: 1_280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const wrong: string[] = [];
    page.on('pageerror', error => wrong.push(error.message));
    page.on('console', message => {
      if (/Content Security Policy/.test(message.text())) wrong.push(message.text());
    });
    await page.goto(site());
    return { context, widget: new Widget(page), wrong };
  };
  const reaching = (caseId: string, words: string): Promise<string> =>
    eventually(`«${words}» is known to have been read`, async () => {
      const found = messagesOf(await desk.case(caseId)).find(
        message => message.direction === 'out' && textOf(message).includes(words),
      );
      return found?.send?.state === 'read' ? found.send.state : undefined;
    });

  inBrowser(
    `a citizen writes, the case is answered, and all of it is there after the page changes${why}`,
    async () => {
      const { context, widget, wrong } = await begin();
      const { page } = widget;
      await widget.button.press('Enter');
      await widget.text.waitFor();
      expect(await faults(page)).toEqual([]);
      const words = marked('Quando passa il camion del vetro?');
      const first = page.waitForRequest(request => request.url().endsWith('/public/chats/messages'));
      await widget.say(words);
      // The machine does its part, and nobody is asked anything.
      expect((await first).postDataJSON()).toMatchObject({ text: words, proof: expect.any(String) });
      const { id, number } = await desk.caseSaying(words, 'webchat');
      await widget.hears(`/pratica#${number}.`);
      const answer = marked('Il martedì mattina.');
      await desk.reply(id, answer);
      await widget.hears(answer);
      expect(await reaching(id, answer)).toBe('read');
      await page.goto(site('/biblioteca'));
      await widget.hears(words);
      await widget.hears(answer);
      expect(await widget.times(words)).toBe(1);
      // The room is the conversation's: the links are folded under one line, and open again by it.
      expect((await widget.log.boundingBox())?.height).toBeGreaterThan(200);
      const report = widget.panel.getByRole('link', { name: 'Segnala un problema' });
      expect(await report.isVisible()).toBe(false);
      await widget.panel.getByText('Servizi del Comune').click();
      await report.waitFor();
      await widget.panel.getByText('Servizi del Comune').click();
      expect(await faults(page)).toEqual([]);
      // Escape gives the page back, where one was; what comes meanwhile is counted.
      await widget.text.press('Escape');
      await widget.panel.waitFor({ state: 'hidden' });
      const more = marked('E il giovedì pomeriggio.');
      await desk.reply(id, more);
      await page.getByRole('button', { name: /1 messaggio nuovo/ }).click();
      await widget.hears(more);
      expect(messagesOf(await desk.case(id)).filter(one => textOf(one).includes(words))).toHaveLength(1);
      expect(wrong).toEqual([]);
      await context.close();
    },
    240_000,
  );

  inBrowser(
    `a connection that is cut loses and doubles nothing, of what is said and of what is answered${why}`,
    async () => {
      const { context, widget } = await begin();
      await widget.button.click();
      const first = marked('C’è una perdita d’acqua');
      await widget.say(first);
      const { id, number } = await desk.caseSaying(first, 'webchat');
      await widget.hears(number);
      await context.setOffline(true);
      await widget.panel.getByText(/Sei senza connessione/).waitFor();
      const [second, third] = [marked('In via dei Tigli'), marked('Davanti alla scuola')];
      await widget.say(second);
      await widget.say(third);
      expect(await widget.panel.getByText(/in attesa di invio/).count()).toBe(2);
      const answer = marked('Mandiamo una squadra');
      await desk.reply(id, answer);
      await context.setOffline(false);
      for (const words of [second, third, answer]) await widget.hears(words);
      await desk.caseWhen(id, 'all is there', view => {
        const texts = messagesOf(view).map(textOf);
        return [second, third].every(words => texts.some(text => text.includes(words)));
      });
      await widget.panel.getByText(/in attesa di invio/).waitFor({ state: 'detached' });
      const texts = messagesOf(await desk.case(id)).map(textOf);
      for (const words of [first, second, third]) {
        expect(texts.filter(text => text.includes(words))).toHaveLength(1);
        expect(await widget.times(words)).toBe(1);
      }
      expect(await widget.times(answer)).toBe(1);
      await context.close();
    },
    240_000,
  );

  inBrowser(
    `who writes from a browser that can do no work for the chat is heard all the same${why}`,
    async () => {
      const { context, widget } = await begin();
      await context.addInitScript('Object.defineProperty(crypto, "subtle", { value: undefined })');
      await widget.page.reload();
      await widget.button.click();
      const words = marked('Dal telefono di mio nonno');
      const first = widget.page.waitForRequest(request => request.url().endsWith('/public/chats/messages'));
      await widget.say(words);
      expect((await first).postDataJSON()).not.toHaveProperty('proof');
      const { number } = await desk.caseSaying(words, 'webchat');
      await widget.hears(number);
      await context.close();
    },
    240_000,
  );

  inBrowser(
    `a consent is asked with buttons, which are gone once one is pressed, also in another page of the site${why}`,
    async () => {
      const { context, widget } = await begin({ viewport: { width: 320, height: 700 } });
      await widget.button.click();
      const words = marked('Avete un notiziario?');
      await widget.say(words);
      const opened = await desk.caseSaying(words, 'webchat');
      await widget.hears(opened.number);
      const contact = `/contacts/${opened.contact?.id}`;
      await desk.ask(`${contact}/consent-questions`, {
        method: 'POST',
        body: { purpose: 'newsletter', case: opened.id },
        headers: { 'idempotency-key': randomUUID() },
      });
      const answers = widget.log.getByRole('group', { name: 'Risposte possibili' });
      await answers.waitFor();
      expect(await faults(widget.page)).toEqual([]);
      const other = new Widget(await context.newPage());
      other.page.setDefaultTimeout(PATIENCE_MS);
      await other.page.goto(site('/biblioteca'));
      await other.button.click();
      await other.log.getByRole('group', { name: 'Risposte possibili' }).waitFor();
      await answers.getByRole('button', { name: 'Acconsento', exact: true }).press('Enter');
      await answers.waitFor({ state: 'detached' });
      await other.log.getByRole('group', { name: 'Risposte possibili' }).waitFor({ state: 'detached' });
      await eventually('the newsletter is agreed to', async () => {
        const { items } = await desk.ask<ContactConsents>(`${contact}/consents`);
        return items.some(one => one.purpose === 'newsletter' && one.state === 'given') || undefined;
      });
      await widget.page.reload();
      await widget.hears('Puoi rispondere con un pulsante');
      expect(await answers.count()).toBe(0);
      await context.close();
    },
    240_000,
  );

  inBrowser(
    `each sees that the other writes, at once and as long as they do${why}`,
    async () => {
      const { context, widget } = await begin();
      await widget.button.click();
      const words = marked('Vorrei sapere della mensa');
      await widget.say(words);
      const { id, number } = await desk.caseSaying(words, 'webchat');
      await widget.hears(number);
      const { page, context: office, mistakes } = await loggedIn(browser, 'Giulia Ferri');
      await page.goto(address(`cases/open/${id}`));
      const answer = page.locator('.composer textarea').first();
      await answer.waitFor();
      const citizenWrites = page.getByText('Il cittadino sta scrivendo');
      expect(await citizenWrites.count()).toBe(0);
      await widget.text.pressSequentially('e quanto');
      await citizenWrites.waitFor();
      expect(await faults(page)).toEqual([]);
      // What is said, or taken back, is written no more.
      await widget.text.fill('');
      await citizenWrites.waitFor({ state: 'detached' });
      await answer.pressSequentially('Buongiorno');
      await widget.panel.getByText('Il Comune sta scrivendo').waitFor();
      await answer.fill('');
      expect(mistakes).toEqual([]);
      await office.close();
      await context.close();
    },
    240_000,
  );

  inBrowser(
    `who asks for the conversation by e-mail has it once it is over, although the page is gone${why}`,
    async () => {
      const { context, widget } = await begin();
      await widget.button.click();
      const words = marked('Si può pagare a rate?');
      await widget.say(words);
      const { id, number } = await desk.caseSaying(words, 'webchat');
      await widget.hears(number);
      await widget.panel.getByText('Ricevi la conversazione per e-mail').click();
      await widget.panel.getByRole('textbox', { name: 'Il tuo indirizzo e-mail' }).fill(ANNA);
      await widget.panel.getByRole('button', { name: 'Chiedi' }).click();
      await widget.panel.getByText(/Te la mandiamo quando è finita/).waitFor();
      expect(await faults(widget.page)).toEqual([]);
      const answer = marked('Sì, in tre rate.');
      await desk.reply(id, answer);
      await widget.hears(answer);
      await context.close();
      // Silent for long enough, and looked at again after it: longer than one waits for what happens at once.
      const anna = new CitizenAt('anna');
      const letter = await anna.hears('email', answer).catch(() => anna.hears('email', answer));
      expect(letter.subject).toContain(number);
      expect(letter.text).toContain(words);
      // It stands in the case, as one more message of ours.
      await desk.caseWhen(id, 'the letter is in the case', view =>
        messagesOf(view).some(message => message.channel === 'email' && textOf(message).includes(words)),
      );
    },
    240_000,
  );

  inBrowser(
    `a photo of the citizen is seen by the operator, whose PDF the citizen keeps; what may not be sent is said in words${why}`,
    async () => {
      const { context, widget, wrong } = await begin({ acceptDownloads: true });
      const { page, panel } = widget;
      await widget.button.click();
      const chooser = panel.locator('input[type="file"]');
      const words = marked('Ecco la buca davanti a casa');
      await chooser.setInputFiles([
        { name: 'buca.png', mimeType: 'image/png', buffer: PHOTO },
        { name: 'sbagliata.png', mimeType: 'image/png', buffer: PHOTO },
      ]);
      await panel.getByRole('button', { name: 'Togli sbagliata.png' }).click();
      await panel.getByRole('button', { name: 'Togli buca.png' }).waitFor();
      expect(await faults(page)).toEqual([]);
      await widget.say(words);
      const { id, number } = await desk.caseSaying(words, 'webchat');
      await widget.hears(number);
      await widget.hears('buca.png (1 kB)');
      expect(await widget.times('buca.png')).toBe(1);
      const file = (name: string, view: CaseView): string | undefined =>
        messagesOf(view)
          .flatMap(message => message.content)
          .flatMap(part => (part.type === 'media' && part.filename === name ? (part.attachment ?? []) : []))[0];
      const given = (attachment = ''): Promise<Response> =>
        fetch(`${running().urls.crm}/api/attachments/${attachment}`, {
          headers: { authorization: `Bearer ${running().operators[0]?.token ?? ''}` },
        });
      const seen = await given(file('buca.png', await desk.case(id)));
      expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(Buffer.from(await seen.arrayBuffer()).equals(PHOTO)).toBe(true);
      const { page: office, context: officeContext, mistakes } = await loggedIn(browser, 'Giulia Ferri');
      await office.goto(address(`cases/open/${id}`));
      await office.getByText('buca.png').first().waitFor();
      // The operator answers with a document, from the console.
      const answer = marked('Le mando il modulo');
      const reply = office.locator('.composer textarea').first();
      await reply.fill(answer);
      await office.locator('.composer input[type="file"]').setInputFiles({
        name: 'modulo.pdf',
        mimeType: 'application/pdf',
        buffer: PDF,
      });
      await office.locator('.composer .badge', { hasText: 'modulo.pdf' }).waitFor();
      await reply.press('Control+Enter');
      await widget.hears(answer);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        panel.getByRole('button', { name: /^Scarica modulo\.pdf/ }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('modulo.pdf');
      expect(readFileSync(await download.path()).equals(PDF)).toBe(true);
      expect(await faults(page)).toEqual([]);
      expect(mistakes).toEqual([]);
      await officeContext.close();
      // A virus is held by the house, as it is whichever way it came; the operator does not get it.
      await chooser.setInputFiles({ name: 'infetta.png', mimeType: 'image/png', buffer: INFECTED });
      await panel.getByRole('button', { name: 'Invia' }).click();
      await widget.hears('infetta.png');
      const held = await eventually('the infected file is in the case', async () =>
        file('infetta.png', await desk.case(id)),
      );
      expect((await given(held)).status).toBe(403);
      // What may not be sent comes back, with the reason, and can be left out.
      await chooser.setInputFiles({
        name: 'programma.png',
        mimeType: 'image/png',
        buffer: Buffer.from('MZ\0 programma'),
      });
      await widget.text.fill('E questo?');
      await panel.getByRole('button', { name: 'Invia' }).click();
      await panel.getByText(/«programma\.png»: questo tipo di file non si può allegare/).waitFor();
      expect(await widget.text.inputValue()).toBe('E questo?');
      await panel.getByRole('button', { name: 'Togli programma.png' }).click();
      await chooser.setInputFiles({
        name: 'enorme.png',
        mimeType: 'image/png',
        buffer: Buffer.concat([PHOTO, Buffer.alloc(11_000_000)]),
      });
      await panel.getByRole('button', { name: 'Invia' }).click();
      await panel.getByText(/«enorme\.png»: il file supera 10 MB/).waitFor();
      expect(await faults(page)).toEqual([]);
      expect(messagesOf(await desk.case(id)).filter(({ direction }) => direction === 'in')).toHaveLength(2);
      expect(wrong).toEqual([]);
      await context.close();
    },
    240_000,
  );

  inBrowser(
    `closed hours say when they end, and take the message all the same; dark, at 320 pixels${why}`,
    async () => {
      const admin = new Desk(running().operators.find(({ role }) => role === 'admin')?.token);
      const root = [...(await offices(desk)).values()].find(({ kind }) => kind === 'administration');
      const hours = async (change: (were: OfficeDetail['hours']) => object[]): Promise<OfficeDetail['hours']> => {
        const office = await admin.ask<OfficeDetail>(`/offices/${root?.id ?? ''}`);
        await admin.ask(`/offices/${office.id}/hours`, {
          method: 'PUT',
          body: { hours: change(office.hours) },
          headers: { 'if-match': `"${office.version}"` },
        });
        return office.hours;
      };
      // The day after tomorrow, at whatever hour and wherever this runs.
      const weekday = ((new Date().getDay() + 1) % 7) + 1;
      const before = await hours(were => [
        ...were.filter(({ channel }) => channel !== 'webchat'),
        { channel: 'webchat', opening: [{ weekday, from: '09:00', to: '10:00' }] },
      ]);
      await eventually('the chat knows that it is closed', async () => {
        const answer = await fetch(`${running().urls.channels.webchat}/public/attendance`);
        const { open } = (await answer.json()) as { open?: boolean };
        return open === false ? true : undefined;
      });
      const { context, widget, wrong } = await begin({ viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
      try {
        await widget.button.click();
        await widget.panel.getByText(/Ora siamo chiusi/).waitFor();
        expect(await faults(widget.page)).toEqual([]);
        const sideways = await widget.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(Math.max(0, sideways)).toBe(0);
        const words = marked('Vi scrivo di notte');
        await widget.say(words);
        const { number } = await desk.caseSaying(words, 'webchat');
        await widget.hears(number);
        expect(wrong).toEqual([]);
      } finally {
        await hours(() => [...before]);
        await context.close();
      }
    },
    240_000,
  );

  it('is small, and may be loaded by every site', async () => {
    let bytes = 0;
    for (const path of [
      'widget.js',
      ...['panel', 'connection', 'proof', 'words', 'style'].map(name => `widget/${name}.js`),
    ]) {
      const answer = await fetch(`${running().urls.portal}/${path}`, { headers: { 'accept-encoding': 'gzip' } });
      expect([answer.status, answer.headers.get('cross-origin-resource-policy')]).toEqual([200, 'cross-origin']);
      bytes += Number(answer.headers.get('content-length'));
      await answer.arrayBuffer();
    }
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(20_000);
  });
});
