import type { Browser, BrowserContext, Page } from 'playwright-core';
import { running } from './world.js';

export const DIALOG = '[role="dialog"]';
/** Under what a test has, so that a step that never comes is named. */
const STEP_MS = 40_000;

/** Types where one is, once one may write there; all of it is there afterwards. */
export async function typed(page: Page, text: string): Promise<void> {
  const field = await page.waitForFunction(() => {
    const at = document.activeElement;
    const writes = at instanceof HTMLTextAreaElement || at instanceof HTMLInputElement;
    return writes && !at.readOnly && !at.disabled ? at : undefined;
  });
  await page.keyboard.type(text);
  await page.waitForFunction(({ at, text }) => at?.value.includes(text), { at: field, text });
}

/** Does what the palette finds first by some letters. */
export async function commanded(page: Page, letters: string, action: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.locator('[role="combobox"]:focus').waitFor();
  await typed(page, letters);
  await page.locator('[role="option"][aria-selected="true"]', { hasText: action }).waitFor();
  await page.keyboard.press('Enter');
}

/** Where a page of the console is. */
export const address = (path = ''): string => `${running().urls.crm}/console/${path}`;

export interface AtConsole {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained of since somebody logged in. */
  readonly mistakes: string[];
}

/** A page of the console, at which somebody logged in by one click. */
export async function loggedIn(
  browser: Browser | undefined,
  name: string,
  options: Parameters<Browser['newContext']>[0] = {},
  mistakes: string[] = [],
): Promise<AtConsole> {
  if (!browser) throw new Error('no browser');
  const context = await browser.newContext({ locale: 'it-IT', viewport: { width: 1_440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_MS);
  page.on('pageerror', error => mistakes.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error') mistakes.push(message.text());
  });
  await page.goto(address());
  await page.getByRole('link', { name: 'Accedi' }).click();
  await page.getByRole('button', { name }).click();
  await page.getByRole('listbox', { name: /Tutte le aperte/ }).waitFor();
  // Whoever is not logged in is told so by the API: the browser writes it down as a fault.
  mistakes.splice(0);
  return { page, context, mistakes };
}
