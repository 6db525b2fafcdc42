import type { Page } from 'playwright-core';

/** One page as it is shown in the papers. */
export interface Screen {
  readonly name: string;
  /** Who looks at it in the console; absent: a citizen, at the portal. */
  readonly person?: string;
  readonly path: string;
  readonly prepare?: (page: Page) => Promise<void>;
  /** How the papers show it. */
  readonly shown?: readonly { readonly width: number; readonly scheme: 'light' | 'dark' }[];
}

const LIGHT = { width: 1440, scheme: 'light' } as const;
const DARK = { width: 1440, scheme: 'dark' } as const;
const SMALL = { width: 390, scheme: 'light' } as const;

const ROW = '[data-place="list"] [role="option"]';

const openFirst = async (page: Page): Promise<void> => {
  await page.locator(ROW).first().click();
  await page.locator('[data-place="case"]').waitFor();
};

export const CONSOLE_SCREENS: readonly Screen[] = [
  {
    name: 'console-list',
    person: 'Giulia Ferri',
    path: '/console/cases/office',
    prepare: page => page.locator(ROW).first().waitFor(),
    shown: [SMALL],
  },
  {
    name: 'console-case',
    person: 'Giulia Ferri',
    path: '/console/cases/office',
    prepare: openFirst,
    shown: [LIGHT, DARK, SMALL],
  },
  {
    name: 'console-palette',
    person: 'Giulia Ferri',
    path: '/console/cases/office',
    prepare: async page => {
      await openFirst(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
    shown: [LIGHT],
  },
  { name: 'console-search', person: 'Giulia Ferri', path: '/console/search?q=lampione' },
  {
    name: 'console-supervision',
    person: 'Paolo Santini',
    path: '/console/supervision',
    prepare: page => page.locator('canvas').nth(1).waitFor(),
    shown: [LIGHT, DARK],
  },
  { name: 'console-backlog', person: 'Paolo Santini', path: '/console/supervision/ageing' },
  { name: 'console-administration', person: 'Amministrazione', path: '/console/administration', shown: [LIGHT] },
];

const report = async (page: Page): Promise<void> => {
  await page.getByRole('checkbox').first().check();
  await page.locator('main form button[type="submit"], main form button:not([type])').last().click();
  await page.locator('[name="luogo"]').waitFor();
};

export const PORTAL_SCREENS: readonly Screen[] = [
  { name: 'portal-home', path: '/', shown: [LIGHT, SMALL] },
  { name: 'portal-report', path: '/segnalazione' },
  { name: 'portal-report-data', path: '/segnalazione', prepare: report, shown: [LIGHT, SMALL] },
  { name: 'portal-assistance', path: '/assistenza' },
  { name: 'portal-follow', path: '/pratica' },
  { name: 'portal-own-data', path: '/i-miei-dati' },
  { name: 'portal-accessibility', path: '/accessibilita' },
];
