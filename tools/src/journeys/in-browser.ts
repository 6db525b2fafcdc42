import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { browserHere, openBrowser } from '../browser/browser.js';

/** WCAG 2.2 A and AA, as axe names them. */
export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
type Test = (name: string, run: () => void | Promise<void>, milliseconds?: number) => void;

/** A test that needs a browser; where there is none it is skipped, and its name says so. */
export const inBrowser: Test = browserHere() === undefined ? it.skip : it;
export const why = browserHere() === undefined ? ' (skipped: no chromium on this machine)' : '';

/** A browser of its own, where there is one. */
export const launched = async (): Promise<Browser | undefined> =>
  browserHere() === undefined ? undefined : openBrowser();

/** What axe finds wrong with WCAG 2.2 AA once nothing moves any more, one line for each rule and element. */
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
