import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where this machine has a browser that can be driven; nothing when it has none. */
export const browserHere = (): string | undefined => PLACES.find(path => existsSync(path));

/** A browser of its own, with nothing in it. Throws when the machine has none. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = browserHere();
  if (executablePath === undefined) throw new Error(`no browser is at ${PLACES.join(' or ')}`);
  return chromium.launch({
    executablePath,
    // The words of the browser's own controls are those of who looks.
    env: { ...process.env, LANGUAGE: 'it' },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--lang=it-IT',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
}
