import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { CaseSummary, CaseView } from '@filodiretto/contracts';
import { SCRIPTS } from '@filodiretto/simulators';
import type { Browser, Page } from 'playwright-core';
import { pause } from '../runtime/program.js';
import { address, loggedIn } from './console-page.js';
import { inBrowser, launched, why } from './in-browser.js';
import { linkOf, Mailbox, offices } from './office.js';
import { Desk, eventually, marked, messagesOf, running } from './world.js';

const URP = 'urp@comune.poggioverde.example';
/** Under this, a form is filled in too fast for a person. */
const A_PERSON_TAKES_MS = 4_500;
const AT_ONCE = 4;
/** Answers of a form that hold one shape each, and how many lines its long one has. */
const LINES = 12;
const LONG_MS = 600_000;

const desk = new Desk();
const posted = async (url: string, body: object): Promise<void> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
};
/** As `eventually`, while a machine is busy with hundreds of messages. */
async function patiently<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let times = 1; ; times += 1)
    try {
      return await eventually(what, look);
    } catch (error) {
      if (times >= 8) throw error;
    }
}
/** Does something for each of them, some at once. */
async function each<T>(items: readonly T[], does: (item: T, index: number) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE)
    await Promise.all(items.slice(at, at + AT_ONCE).map((item, index) => does(item, at + index)));
}
const inGroups = (size: number): string[][] =>
  Array.from({ length: Math.ceil(SCRIPTS.length / size) }, (_, index) =>
    SCRIPTS.slice(index * size, (index + 1) * size),
  );

const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
const oneLine = (shape: string): string => shape.replaceAll(/[\r\n]/g, ' ');
/** A mail whose sender, subject, words, rich text and file all are called like a shape. */
const mailOf = (shape: string, from: string): string => {
  const name = encodeURIComponent(oneLine(shape)).replaceAll(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16)}`);
  return [
    `From: ${word(oneLine(shape))} <${from}>`,
    `To: ${URP}`,
    `Subject: ${word(oneLine(shape))}`,
    `Message-ID: <${randomUUID()}@posta.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    ...['text/plain', 'text/html'].flatMap(type => [
      '--inner',
      `Content-Type: ${type}; charset=utf-8`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(shape).toString('base64'),
    ]),
    '--inner--',
    '--outer',
    `Content-Type: application/octet-stream; name*=utf-8''${name}`,
    `Content-Disposition: attachment; filename*=utf-8''${name}`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('x').toString('base64'),
    '--outer--',
    '',
  ].join('\r\n');
};

/** Of every document of a page: whether something ran, and what there is that would, had the page's policy let it. */
const LOOK = `(() => {
  const found = self.ran === 1 ? ['it ran'] : [];
  for (const one of document.querySelectorAll('*'))
    for (const { name, value } of one.attributes)
      if (/^on/i.test(name) || (/^(src|href|srcset|data|action|formaction|poster|background|ping|xlink:href|values|to)$/i.test(name) &&
          (/^[\\s\\x00-\\x1f]*(javascript|vbscript):/i.test(value) || value.includes('ran.invalid'))))
        found.push(one.outerHTML.slice(0, 200));
  for (const one of document.scripts) if (/self\\.ran/.test(one.textContent ?? '')) found.push(one.outerHTML.slice(0, 200));
  return found;
})()`;

/** Looks at pages: what they hold that runs, and what they ask of who wrote. */
class Look {
  readonly found: unknown[] = [];
  looks = 0;
  watch(page: Page): void {
    page.on('request', request => {
      if (request.url().includes('ran.invalid')) this.found.push(['asked', page.url(), request.url()]);
    });
    page.on('dialog', dialog => {
      this.found.push(['dialog', page.url(), dialog.message()]);
      void dialog.dismiss();
    });
  }
  async at(page: Page): Promise<void> {
    this.looks += 1;
    for (const frame of page.frames()) {
      // A frame that goes away while it is looked at shows nothing to anybody.
      const found = await frame.evaluate<string[]>(LOOK).catch((error: unknown) => {
        if (frame.isDetached()) return [];
        throw error;
      });
      if (found.length > 0) this.found.push([page.url(), ...found]);
    }
  }
}

describe('what is written to make a page run it, in a browser', () => {
  let browser: Browser | undefined;
  const mark = marked('assalto').replace(' ', '-');
  let mails: CaseView[] = [];
  let chat: CaseView;
  const forms: { readonly code: string; readonly subject: string }[] = [];

  const cases = async (query: Record<string, string>): Promise<CaseSummary[]> => {
    const { items } = await desk.ask<{ items: CaseSummary[] }>(`/cases?${new URLSearchParams(query).toString()}`);
    return items;
  };

  beforeAll(async () => {
    browser = await launched();
    if (!browser) return;
    const { simulators, channels } = running().urls;
    const asked = (await (await fetch(`${channels.webform}/public/forms/segnalazione`)).json()) as { token: string };
    const begun = Date.now();

    await each(SCRIPTS, async (shape, index) => {
      const from = `${mark}-${index}@posta.example`;
      const rawBase64 = Buffer.from(mailOf(shape, from)).toString('base64');
      await posted(`${simulators.mail.http}/_control/send`, { from, to: URP, rawBase64 });
    });

    const waId = `39347${randomInt(1_000_000, 9_999_999)}`;
    await posted(`${simulators.meta}/_control/whatsapp/citizens`, { name: oneLine(SCRIPTS[0] ?? ''), waId });
    await posted(`${simulators.meta}/_control/whatsapp/messages`, { from: waId, text: mark });
    chat = await patiently('the first message is a case', () => desk.caseSaying(mark, 'whatsapp'));
    for (const [index, shape] of SCRIPTS.entries())
      await posted(`${simulators.meta}/_control/whatsapp/messages`, {
        from: waId,
        // One in four has a file, whose name the shape is too.
        ...(index % 4 === 0
          ? { media: 'document', mediaType: 'application/pdf', filename: oneLine(shape), caption: shape }
          : { text: shape }),
        ...(index % 4 === 0 ? { base64: Buffer.from(`%PDF-1.4 ${index}`).toString('base64') } : {}),
      });

    await pause(Math.max(0, begun + A_PERSON_TAKES_MS - Date.now()));
    for (const group of inGroups(LINES)) {
      const [first = ''] = group;
      const subject = `${oneLine(first)} ${marked('')}`.slice(-200);
      const data = new FormData();
      const fields = {
        oggetto: subject,
        descrizione: group.join('\n'),
        luogo: group[1] ?? first,
        nome: group[2] ?? first,
      };
      for (const [name, value] of Object.entries(fields))
        data.set(name, value.slice(0, name === 'descrizione' ? 5_000 : 200));
      data.set('email', `${mark}@posta.example`);
      data.set('token', asked.token);
      data.append('files', new Blob(['prova']), `${oneLine(group[3] ?? first).slice(0, 150)}.txt`);
      const url = `${channels.webform}/public/forms/segnalazione/submissions`;
      const answer = await fetch(url, { method: 'POST', body: data, headers: { 'idempotency-key': randomUUID() } });
      const text = await answer.text();
      if (answer.status !== 201) throw new Error(`${url} answers ${answer.status}: ${text}`);
      forms.push({ code: (JSON.parse(text) as { trackingCode: string }).trackingCode, subject });
    }

    const found = new Map<number, CaseSummary>();
    await patiently('every mail is a case', async () => {
      for (let after: string | undefined = ''; after !== undefined;) {
        const query = new URLSearchParams({ channel: 'email', limit: '100', ...(after ? { after } : {}) });
        const page: { items: CaseSummary[]; next?: string } = await desk.ask(`/cases?${query.toString()}`);
        for (const one of page.items) {
          const index = SCRIPTS.findIndex(shape => oneLine(shape).trim() === one.contact?.name?.trim());
          if (index >= 0) found.set(index, one);
        }
        after = page.next;
      }
      return found.size > SCRIPTS.length * 0.9 || undefined;
    });
    mails = await Promise.all([...found.values()].map(({ id }) => desk.case(id)));
    await patiently('every message has come', async () => {
      chat = await desk.case(chat.id);
      return messagesOf(chat).filter(one => one.direction === 'in').length > SCRIPTS.length || undefined;
    });
  }, LONG_MS);
  afterAll(() => browser?.close());

  inBrowser(
    `is seen by this test: put into a page as it is, nearly all of it shows${why}`,
    async () => {
      const page = await browser?.newPage();
      if (!page) throw new Error('no browser');
      let seen = 0;
      for (const shape of SCRIPTS) {
        await page.setContent(shape, { waitUntil: 'commit' }).catch(() => undefined);
        const found = await page.evaluate<string[]>(LOOK).catch(() => []);
        if (found.length > 0) seen += 1;
      }
      await page.close();
      process.stderr.write(`attacks: ${seen} of ${SCRIPTS.length} shapes are seen where nothing is done\n`);
      expect(seen).toBeGreaterThan(SCRIPTS.length * 0.7);
    },
    LONG_MS,
  );

  inBrowser(
    `does not run in the console: as names, subjects, words, rich texts and names of files, in lists and in cases${why}`,
    async () => {
      const { page, context } = await loggedIn(browser, 'Giulia Ferri');
      const look = new Look();
      look.watch(page);
      // Without loading all of the console each time.
      const go = async (path: string): Promise<void> => {
        await page.evaluate(to => {
          history.pushState(null, '', to);
          dispatchEvent(new PopStateEvent('popstate'));
        }, address(path));
      };
      const list = page.getByRole('listbox', { name: /Tutte le aperte/ });
      for (let turn = 0; turn < 10; turn += 1) {
        await look.at(page);
        await list.locator('[role="option"]').last().scrollIntoViewIfNeeded();
        await pause(200);
      }
      const opened = async ({ id, number }: Pick<CaseView, 'id' | 'number'>): Promise<void> => {
        await go(`cases/open/${id}`);
        await page.locator('.case-head', { hasText: number }).waitFor();
        await page.locator('.timeline li.piece').first().waitFor();
        await look.at(page);
      };
      for (const [index, one] of mails.entries()) if (index % 3 === 0) await opened(one);
      for (const { subject } of forms) {
        const one = await patiently(`there is a case of the form «${subject}»`, async () => {
          const [found] = await cases({ channel: 'webform', text: subject.slice(-8), limit: '1' });
          return found;
        });
        await opened(one);
      }
      await opened(chat);
      await page.locator('.timeline button.earlier').click();
      await eventually('the whole conversation is shown', async () =>
        (await page.locator('.timeline li.piece').count()) > 200 ? true : undefined,
      );
      await look.at(page);
      for (const { contact } of mails.slice(0, 20)) {
        await go(`contacts/${contact?.id ?? ''}`);
        await page
          .getByRole('heading', { name: contact?.name ?? '' })
          .first()
          .waitFor();
        await look.at(page);
      }
      await go(`search?q=${encodeURIComponent('ran')}`);
      await page.locator('main mark').first().waitFor();
      await look.at(page);
      await context.close();
      process.stderr.write(
        `attacks: ${look.looks} pages of the console, ${mails.length} mails, ran ${look.found.length}\n`,
      );
      expect(look.found).toEqual([]);
    },
    LONG_MS,
  );

  inBrowser(
    `does not run on the pages of citizens, while they write it and when they follow it${why}`,
    async () => {
      const context = await browser?.newContext({ locale: 'it-IT' });
      const page = await context?.newPage();
      if (!context || !page) throw new Error('no browser');
      page.setDefaultTimeout(20_000);
      const look = new Look();
      look.watch(page);
      for (const { code } of forms) {
        await context.clearCookies();
        await page.goto(`${running().urls.portal}/pratica`);
        await page.locator('#f-codice').fill(code);
        await page.locator('form[action="/pratica"] button').first().click();
        await page.locator('#parole').waitFor();
        await look.at(page);
      }
      await context.close();
      const writes = await browser?.newContext({ locale: 'it-IT' });
      const form = await writes?.newPage();
      if (!writes || !form) throw new Error('no browser');
      look.watch(form);
      await form.goto(`${running().urls.portal}/segnalazione`);
      await form.locator('#f-informativa').check();
      await form.locator('form[action="/segnalazione/privacy"] button').click();
      for (const group of inGroups(LINES)) {
        await form.goto(`${running().urls.portal}/segnalazione/dati`);
        await form.locator('#f-luogo').fill(oneLine(group[0] ?? '').slice(0, 200));
        await form.locator('#f-categoria').selectOption('illuminazione');
        await form.locator('#f-oggetto').fill(oneLine(group[1] ?? group[0] ?? '').slice(0, 200));
        await form.locator('#f-descrizione').fill(group.join('\n'));
        await form.locator('#f-nome').fill(oneLine(group[2] ?? group[0] ?? '').slice(0, 200));
        await form.locator('#f-email').fill('ada@posta.example');
        await form.locator('button.btn-primary[value=avanti]').click();
        await form.locator('form[action="/segnalazione/invio"], [role=alert]').first().waitFor();
        await look.at(form);
      }
      await writes.close();
      process.stderr.write(`attacks: ${look.looks} pages of citizens, ran ${look.found.length}\n`);
      expect(look.found).toEqual([]);
    },
    LONG_MS,
  );

  inBrowser(
    `does not run on the page that a link of a letter opens at an office${why}`,
    async () => {
      const look = new Look();
      const page = await browser?.newPage();
      if (!page) throw new Error('no browser');
      look.watch(page);
      const body = new Mailbox(`${mark}@acquedotto.example`, 'Acquedotto');
      const known = await offices(desk);
      const mailbox = new Mailbox('ambiente@comune.poggioverde.example');
      for (const [index, group] of inGroups(LINES * 2).entries()) {
        const one = mails[index * 9];
        if (!one) throw new Error('too few mails became cases');
        const question = `${marked('Domanda')}\n${group.join('\n')}`.slice(0, 2_000);
        await desk.ask(`/cases/${one.id}/tasks`, {
          method: 'POST',
          body: { question, body: { name: oneLine(group[0] ?? '').slice(0, 100), address: body.address } },
        });
        await page.goto(linkOf(await body.reads(question.split('\n')[0] ?? ''), 'Rispondere al quesito'));
        await page.locator('form').waitFor();
        await look.at(page);
        const { version } = await desk.case(one.id);
        await desk.ask(`/cases/${one.id}/transitions`, {
          method: 'POST',
          body: { command: 'assign', office: known.get('ambiente')?.id },
          headers: { 'if-match': `"${version}"` },
        });
        await page.goto(linkOf(await mailbox.reads(one.number), 'Prendere in carico'));
        await page.locator('form').waitFor();
        await look.at(page);
      }
      await page.close();
      process.stderr.write(`attacks: ${look.looks} pages behind links, ran ${look.found.length}\n`);
      expect(look.found).toEqual([]);
    },
    LONG_MS,
  );
});
