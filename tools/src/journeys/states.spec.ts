import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest } from '@jest/globals';
import { EICAR } from '@filodiretto/simulators';
import type { Browser, Page } from 'playwright-core';
import { address, loggedIn } from './console-page.js';
import { faults, inBrowser, launched, why } from './in-browser.js';
import { CitizenAt, Desk, eventually, marked, messagesOf, running, told } from './world.js';

jest.setTimeout(180_000);

const desk = new Desk();
const SCHEMES = ['light', 'dark'] as const;
const LANGUAGES = ['it', 'en'] as const;
const INFECTED = Buffer.concat([
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  Buffer.from(EICAR),
]);

/** What is wrong with a page, light and dark, at its width and on a telephone; nothing when nothing is. */
async function wrong(page: Page): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const width of [1_440, 390])
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      const all = [...(await faults(page)), ...(sideways > 0 ? [`${sideways} pixels stand out sideways`] : [])];
      if (all.length > 0) found[`${width} ${colorScheme}`] = all;
    }
  return found;
}

describe('what is seldom seen', () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  inBrowser(`can be read by everybody: what a channel’s provider answers when it is asked now${why}`, async () => {
    const { page, context, mistakes } = await loggedIn(browser, 'Amministrazione di sistema');
    const words = {
      it: { ask: 'Verifica il collegamento: WhatsApp', works: 'Il collegamento funziona.' },
      en: { ask: 'Check the connection: WhatsApp', works: 'The connection works.' },
    };
    for (const language of LANGUAGES) {
      await page.evaluate(to => localStorage.setItem('filodiretto.language', to), language);
      await page.goto(address('administration/channels'));
      const check = page.getByRole('button', { name: words[language].ask });
      await check.click();
      await page.getByText(words[language].works).waitFor();
      expect({ language, wrong: await wrong(page) }).toEqual({ language, wrong: {} });
    }
    expect(mistakes).toEqual([]);
    await context.close();
  });

  inBrowser(`can be read by everybody: a file that is held, of somebody without a name${why}`, async () => {
    const control = `${running().urls.simulators.meta}/_control/messenger`;
    const psid = `${randomInt(1_000_000, 9_999_999)}${randomInt(1_000_000, 9_999_999)}`;
    const said = marked('Ecco la foto');
    await told(`${control}/people`, { name: 'Ada Neri', psid });
    await told(`${control}/messages`, { from: psid, text: said });
    // The case has its name from what came first.
    const { id } = await desk.caseSaying(said, 'facebook');
    await told(`${control}/messages`, {
      from: psid,
      media: 'image',
      mediaType: 'image/png',
      base64: INFECTED.toString('base64'),
    });
    await eventually('the file has come', async () =>
      messagesOf(await desk.case(id))
        .flatMap(({ content }) => content)
        .find(part => part.type === 'media' && part.fetch === 'done'),
    );
    const { page, context, mistakes } = await loggedIn(browser, 'Giulia Ferri');
    await page.goto(address(`cases/open/${id}`));
    await page.getByRole('heading', { level: 2, name: said }).waitFor();
    const head = page.locator('.case-head');
    await head.getByText('Senza nome · Facebook').waitFor();
    // Nobody is called by a number of the provider; where they are reached, it stands.
    expect(await page.locator('.case-head, .timeline, [data-place="list"]').allTextContents()).not.toContainEqual(
      expect.stringContaining(psid),
    );
    expect(await wrong(page)).toEqual({});
    expect(mistakes).toEqual([]);
    await context.close();
  });

  inBrowser(`can be read by everybody: a form that waits for a person, since its file is a virus${why}`, async () => {
    const words = marked('Con un virus');
    const data = new FormData();
    for (const [name, value] of Object.entries({
      oggetto: words,
      descrizione: words,
      luogo: 'Via Roma 12',
      nome: 'Ada',
      email: 'ada@posta.example',
    }))
      data.set(name, value);
    data.append('files', new Blob([new Uint8Array(INFECTED)]), 'foto.png');
    const before = new Set((await desk.parked()).items.map(({ id }) => id));
    const response = await fetch(`${running().urls.channels.webform}/public/forms/segnalazione/submissions`, {
      method: 'POST',
      body: data,
      headers: { 'idempotency-key': randomUUID() },
    });
    expect([response.status, await response.text()]).toEqual([201, expect.any(String)]);
    const parked = await eventually('it waits for a person', async () =>
      (await desk.parked()).items.find(({ id }) => !before.has(id)),
    );
    const { page, context, mistakes } = await loggedIn(browser, 'Paolo Santini');
    await page.goto(address('supervision/nothing-lost'));
    await page.getByRole('button', { name: 'Metti da parte' }).first().waitFor();
    expect(await wrong(page)).toEqual({});
    expect(mistakes).toEqual([]);
    await context.close();
    const supervisor = new Desk(running().operators.find(({ name }) => name === 'Paolo Santini')?.token);
    await supervisor.ask(`/parked-items/${parked.id}/discards`, { method: 'POST', body: { reason: 'Un virus' } });
  });

  inBrowser(
    `is drawn in the colours of the look that is chosen while one looks, also without motion${why}`,
    async () => {
      const { page, context, mistakes } = await loggedIn(browser, 'Paolo Santini', { reducedMotion: 'reduce' });
      await page.goto(address('supervision/wallboard'));
      for (const colorScheme of [...SCHEMES, ...SCHEMES]) {
        await page.emulateMedia({ colorScheme });
        await page.waitForFunction(() => {
          const chart = document.querySelector('.chart-place');
          const canvas = chart?.querySelector('canvas');
          const ink = chart?.querySelector('.chart-ink.bars');
          const drawn = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
          if (!ink || !drawn) return false;
          const wanted = (getComputedStyle(ink).color.match(/\d+/g) ?? []).map(Number);
          return drawn.some((_, at) => at % 4 === 0 && [...wanted, 255].every((value, of) => drawn[at + of] === value));
        });
      }
      expect(mistakes).toEqual([]);
      await context.close();
    },
  );

  inBrowser(
    `opens a case at what was said last, and always says which case it is, also in little room${why}`,
    async () => {
      const words = marked(
        'La biblioteca della frazione alta, quella accanto alla scuola media, è ancora chiusa la sera',
      );
      await new CitizenAt('anna').act('webform', { subject: words, description: 'Che orario fa adesso? '.repeat(60) });
      const { id } = await desk.caseSaying(words, 'webform');
      await desk.reply(id, marked('Stiamo verificando. '.repeat(30)));
      const { page, context, mistakes } = await loggedIn(browser, 'Giulia Ferri');
      const box = async (selector: string) => {
        const found = await page.locator(selector).last().boundingBox();
        if (!found) throw new Error(`${selector} has no room on the page`);
        return { ...found, right: found.x + found.width, bottom: found.y + found.height };
      };
      const apart = async (one: string, other: string): Promise<boolean> => {
        const [a, b] = [await box(one), await box(other)];
        return a.right <= b.x || b.right <= a.x || a.bottom <= b.y || b.bottom <= a.y;
      };
      for (const [width, height] of [
        [1_440, 900],
        [1_024, 768],
        [390, 844],
        [320, 640],
      ] as const) {
        await page.setViewportSize({ width, height });
        await page.goto(address(`cases/open/${id}`));
        await page.getByRole('toolbar', { name: 'Azioni' }).waitFor();
        await page.locator('.said.out').first().waitFor();
        const seen = async () => {
          const [title, last, original] = [await box('.case-title'), await box('.said'), await box('.said footer a')];
          const below = width > 760 ? (await box('.composer')).y : height;
          return {
            title: title.y >= 0 && title.bottom <= height,
            last: last.bottom > title.bottom && last.bottom <= below,
            touched: original.height >= 24,
          };
        };
        const all = { title: true, last: true, touched: true };
        await eventually(`the title and the end of what was said last are seen at ${width}`, async () =>
          JSON.stringify(await seen()) === JSON.stringify(all) ? true : undefined,
        );
        // What is written takes its room from the story, and hides nothing of its end.
        await page.locator('[data-place="case"]').focus();
        await page.keyboard.press('n');
        await page.locator('.composer.note textarea:focus').waitFor();
        if (width > 760)
          await eventually(`the end is seen above the note at ${width}`, async () =>
            (await seen()).last ? true : undefined,
          );
        expect({ width, wrong: await faults(page) }).toEqual({ width, wrong: [] });
        await page.keyboard.type(marked('Sentita la frazione.'));
        await page.keyboard.press('Control+Enter');
        await page.locator('.toast').waitFor();
        for (const other of ['.case-title', '.composer textarea'])
          expect({ width, other, apart: await apart('.toast', other) }).toEqual({ width, other, apart: true });
      }
      expect(mistakes).toEqual([]);
      await context.close();
    },
  );

  inBrowser(`can be read by everybody: lists of what is administered, on a telephone${why}`, async () => {
    const { page, context, mistakes } = await loggedIn(browser, 'Amministrazione di sistema');
    for (const name of ['rules', 'people', 'categories', 'trail']) {
      await page.goto(address(`administration/${name}`));
      await page.locator('.table tbody tr').first().waitFor();
      expect({ name, wrong: await wrong(page) }).toEqual({ name, wrong: {} });
    }
    // What can be done with one stands where it is seen, without moving the list sideways.
    await page.goto(address('administration/rules'));
    const button = page.locator('.table .acts button').last();
    for (const width of [1_440, 1_024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await button.scrollIntoViewIfNeeded();
      const box = await button.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? width)).toBeLessThanOrEqual(width);
    }
    // Nor does it stand over what is beside it.
    await page.setViewportSize({ width: 1_024, height: 768 });
    for (const name of ['rules', 'policies', 'categories']) {
      await page.goto(address(`administration/${name}`));
      await page.locator('.table .acts button').last().waitFor();
      const outside = await page.locator('.table-scroll').evaluate(one => one.scrollWidth - one.clientWidth);
      expect({ name, outside }).toEqual({ name, outside: 0 });
    }
    expect(mistakes).toEqual([]);
    await context.close();
  });
});
