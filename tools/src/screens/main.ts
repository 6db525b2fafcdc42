import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../browser/browser.js';
import { logIn } from '../browser/console.js';
import { argumentsOf, command } from '../runtime/command.js';
import { ROOT } from '../runtime/places.js';
import { pause } from '../runtime/program.js';
import { untilStopped } from '../runtime/until-stopped.js';
import { CannotGoOn, tell } from '../runtime/words.js';
import { freePorts } from '../system/addresses.js';
import { everySystem, System, type Urls } from '../system/system.js';
import { CONSOLE_SCREENS, PORTAL_SCREENS, type Screen } from './list.js';

const USAGE = `npm run screens -- [--all] [--only NAMES] [--to DIR]
  Photographs the main pages, from a demonstration of its own, for the papers.
  --all   each at 1440, 1024 and 390 pixels, light and dark; else as the papers show them
  --only  the screens whose names begin with one of these, separated by commas
  --to    the folder to write in, unless told docs/screens`;

const WIDTHS = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;
const SCHEMES = ['light', 'dark'] as const;
/** Invented citizens write for so long, fast, before anything is photographed. */
const ALIVE_MS = 20_000;
const CONTACTS_A_DAY = 200_000;

/** `npm run screens`. Gives the exit code. */
export const screens = (args: readonly string[]): Promise<number> =>
  untilStopped(everySystem, () => command(() => photographed(args)));

async function photographed(args: readonly string[]): Promise<number> {
  const { values } = argumentsOf(USAGE, {
    args: [...args],
    options: {
      all: { type: 'boolean' },
      only: { type: 'string' },
      to: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const to = resolve(values.to ?? join(ROOT, 'docs/screens'));
  mkdirSync(to, { recursive: true });
  const only = values.only?.split(',');
  const asked = ({ name }: Screen): boolean => only === undefined || only.some(prefix => name.startsWith(prefix));
  const folder = mkdtempSync(join(tmpdir(), 'filodiretto-screens-'));
  const system = new System({
    folder,
    ports: await freePorts(),
    throwAway: true,
    tell,
    died: program => tell(`${program.name} died.\n${program.lastLines()}`),
  });
  let browser: Browser | undefined;
  try {
    await system.start();
    system.startTraffic(CONTACTS_A_DAY);
    await pause(ALIVE_MS);
    system.stopTraffic();
    browser = await openBrowser();
    for (const screen of [...CONSOLE_SCREENS, ...PORTAL_SCREENS].filter(asked))
      for (const [width, height] of WIDTHS)
        for (const scheme of SCHEMES) {
          const shown = screen.shown?.some(one => one.width === width && one.scheme === scheme) ?? false;
          if (!values.all && !shown) continue;
          await photograph(browser, system.urls, screen, { width, height, scheme, to });
        }
  } finally {
    await browser?.close();
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  readonly to: string;
}

async function photograph(
  browser: Browser,
  urls: Urls,
  screen: Screen,
  { width, height, scheme, to }: Frame,
): Promise<void> {
  const context = await browser.newContext({
    locale: 'it-IT',
    timezoneId: 'Europe/Rome',
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  try {
    const page: Page = await context.newPage();
    if (screen.person === undefined) await page.goto(`${urls.portal}${screen.path}`);
    else {
      await logIn(page, urls.crm, screen.person);
      await page.goto(`${urls.crm}${screen.path}`);
    }
    await screen.prepare?.(page);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await pause(700);
    const path = join(to, `${screen.name}-${width}-${scheme}.png`);
    await page.screenshot({ path });
    tell(`  ${path}`);
  } catch (error) {
    throw new CannotGoOn(
      `${screen.name} at ${width} pixels: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    await context.close();
  }
}
