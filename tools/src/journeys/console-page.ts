import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { it } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { running } from './world.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path =>
  existsSync(path),
);
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
type Test = (name: string, run: () => Promise<void>, milliseconds?: number) => void;
/** A test that needs a browser; where there is none it is skipped, and says so. */
export const inBrowser: Test = CHROMIUM ? it : it.skip;
export const why = CHROMIUM ? '' : ' (skipped: no chromium on this machine)';
export const DIALOG = '[role="dialog"]';
/** Under what a test has, so that a step that never comes is named. */
const STEP_MS = 40_000;

export const launched = async (): Promise<Browser | undefined> =>
  CHROMIUM ? chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] }) : undefined;

/** What axe finds wrong, one line for each rule and element. */
export async function faults(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // Through the debugger, which the page's own policy does not bind.
  await page.evaluate(source);
  return page.evaluate(async rules => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> };
    };
    // Colours on their way are nobody's.
    const moving = document.getAnimations().filter(one => one instanceof CSSTransition);
    await Promise.allSettled(moving.map(one => one.finished));
    const { violations } = await axe.run({ runOnly: rules });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
  }, RULES);
}

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
