import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../browser/browser.js';
import { logIn } from '../browser/console.js';
import { argumentsOf, command } from '../runtime/command.js';
import { ROOT } from '../runtime/places.js';
import { pause } from '../runtime/program.js';
import { untilStopped } from '../runtime/until-stopped.js';
import { CannotGoOn, tell } from '../runtime/words.js';
import { freePorts } from '../system/addresses.js';
import { everySystem, System } from '../system/system.js';
import { SCREENS } from './list.js';
import type { Around, Screen } from './screen.js';
import { Desk, heard, storm } from './story.js';

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
/** What was written last is a case by then. */
const SETTLED_MS = 4_000;
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
  const missing: string[] = [];
  let browser: Browser | undefined;
  try {
    await system.start();
    system.startTraffic(CONTACTS_A_DAY);
    await pause(ALIVE_MS);
    system.stopTraffic();
    const around = { urls: system.urls, desk: new Desk(system.urls.crm, system.operators) };
    await storm(around.desk);
    await heard(system.urls.citizen);
    await pause(SETTLED_MS);
    browser = await openBrowser();
    for (const screen of SCREENS.filter(asked))
      for (const [width, height] of WIDTHS) {
        const schemes = SCHEMES.filter(
          scheme => values.all || screen.shown?.some(one => one.width === width && one.scheme === scheme),
        );
        if (schemes.length === 0) continue;
        const failed = await photograph(browser, around, screen, { width, height, schemes, to });
        if (failed !== undefined) {
          tell(`  ${failed}`);
          missing.push(failed);
        }
      }
    if (missing.length > 0) throw new CannotGoOn(missing.join('\n'));
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
  readonly schemes: readonly ('light' | 'dark')[];
  readonly to: string;
}

/** Photographs a screen at one width; answers why it could not be. */
async function photograph(
  browser: Browser,
  around: Around,
  screen: Screen,
  { width, height, schemes, to }: Frame,
): Promise<string | undefined> {
  const { urls } = around;
  const context = await browser.newContext({
    locale: screen.language === 'en' ? 'en-GB' : 'it-IT',
    timezoneId: 'Europe/Rome',
    viewport: { width, height },
    reducedMotion: 'reduce',
    javaScriptEnabled: screen.plain !== true,
  });
  try {
    const page = await context.newPage();
    if (screen.person === undefined) await page.goto(`${urls.portal}${screen.path}`);
    else {
      await logIn(page, urls.crm, screen.person);
      if (screen.language) await page.evaluate(to => localStorage.setItem('filodiretto.language', to), screen.language);
      await page.goto(`${urls.crm}${screen.path}`);
    }
    await screen.prepare?.(page, around);
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme });
      if (screen.plain !== true) await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await pause(1_200);
      const path = join(to, `${screen.name}-${width}-${scheme}.png`);
      // What a citizen reads is one long page; the console is as high as its window.
      await page.screenshot({ path, fullPage: screen.person === undefined });
      tell(`  ${path}`);
    }
    return undefined;
  } catch (error) {
    return `${screen.name} at ${width} pixels: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await context.close();
  }
}
