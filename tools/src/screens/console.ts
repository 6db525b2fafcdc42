import type { CasePage } from '@filodiretto/contracts';
import type { Page } from 'playwright-core';
import { DARK, LIGHT, SMALL, type Around, type Screen } from './screen.js';

const ROW = '[data-place="list"] [role="option"]';
const OPERATOR = 'Giulia Ferri';
const LEADER = 'Paolo Santini';
const ADMINISTRATOR = 'Amministrazione';
const OFFICER = 'Silvia Moretti';

/** A list of what a filter finds, as its address says it. */
const found = (filter: object): string =>
  `/console/cases/found-${Buffer.from(encodeURIComponent(JSON.stringify(filter))).toString('base64url')}`;

const openFirst = async (page: Page): Promise<void> => {
  await page.locator(ROW).first().click();
  await page.locator('[data-place="case"]').waitFor();
};

const dialogOf =
  (button: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: button }).first().click();
    await page.getByRole('dialog').waitFor();
  };

const heading = (page: Page): Promise<void> => page.locator('main h1').first().waitFor();

const onMap = (page: Page): Promise<void> => page.locator('.case-mark').first().waitFor();

const incident = async (page: Page): Promise<void> => {
  await onMap(page);
  await page
    .getByRole('button', { name: /^Fanne un evento/ })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByText(/Entrerebbero/)
    .waitFor();
};

const ruleTried = async (page: Page): Promise<void> => {
  await dialogOf('Nuova regola')(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nome').fill('Lampioni spenti');
  await dialog.getByLabel('Almeno una di queste parole').fill('lampione');
  await dialog.getByLabel('Con priorità').selectOption('high');
  await dialog.getByRole('button', { name: 'Prova sulle pratiche passate' }).click();
  await dialog.locator('[data-trial="done"]').waitFor();
  await dialog.locator('[data-trial="done"]').scrollIntoViewIfNeeded();
};

const contact = async (page: Page, { urls, desk }: Around): Promise<void> => {
  const { items } = await desk.ask<CasePage>(OPERATOR, '/cases?open=true&limit=50');
  const known = items.find(one => one.contact?.name !== undefined)?.contact;
  await page.goto(`${urls.crm}/console/contacts/${known?.id ?? ''}`);
  await page.locator('.contact h1').waitFor();
};

export const CONSOLE_SCREENS: readonly Screen[] = [
  {
    name: 'console-list',
    person: OPERATOR,
    path: '/console/cases/office',
    prepare: page => page.locator(ROW).first().waitFor(),
    shown: [SMALL],
  },
  {
    name: 'console-case',
    person: OPERATOR,
    path: '/console/cases/office',
    prepare: openFirst,
    shown: [LIGHT, DARK, SMALL],
  },
  { name: 'console-case-en', person: OPERATOR, path: '/console/cases/office', language: 'en', prepare: openFirst },
  {
    name: 'console-call',
    person: OPERATOR,
    path: found({ channel: 'phone' }),
    prepare: openFirst,
    shown: [LIGHT],
  },
  {
    name: 'console-palette',
    person: OPERATOR,
    path: '/console/cases/office',
    prepare: async page => {
      await openFirst(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
    shown: [LIGHT],
  },
  { name: 'console-search', person: OPERATOR, path: '/console/search?q=lampione', prepare: heading },
  { name: 'console-contact', person: OPERATOR, path: '/console/cases/office', prepare: contact, shown: [LIGHT] },
  {
    name: 'console-supervision',
    person: LEADER,
    path: '/console/supervision',
    prepare: page => page.locator('canvas').nth(1).waitFor(),
    shown: [LIGHT, DARK],
  },
  { name: 'console-backlog', person: LEADER, path: '/console/supervision/ageing', prepare: heading },
  { name: 'console-map', person: LEADER, path: '/console/supervision/map', prepare: onMap, shown: [LIGHT] },
  { name: 'console-incident', person: LEADER, path: '/console/supervision/map', prepare: incident, shown: [LIGHT] },
  {
    name: 'console-nothing-lost',
    person: LEADER,
    path: '/console/supervision/nothing-lost',
    prepare: heading,
    shown: [LIGHT],
  },
  {
    name: 'console-administration',
    person: ADMINISTRATOR,
    path: '/console/administration',
    prepare: heading,
    shown: [LIGHT],
  },
  { name: 'console-people', person: ADMINISTRATOR, path: '/console/administration/people', prepare: heading },
  {
    name: 'console-import',
    person: ADMINISTRATOR,
    path: '/console/administration/people',
    prepare: dialogOf('Da un file'),
  },
  {
    name: 'console-rule',
    person: ADMINISTRATOR,
    path: '/console/administration/rules',
    prepare: ruleTried,
    shown: [LIGHT],
  },
  { name: 'console-channels', person: ADMINISTRATOR, path: '/console/administration/channels', prepare: heading },
  {
    name: 'console-channels-en',
    person: ADMINISTRATOR,
    path: '/console/administration/channels',
    language: 'en',
    prepare: heading,
  },
  {
    name: 'console-register',
    person: OFFICER,
    path: '/console/administration/register',
    prepare: heading,
    shown: [LIGHT],
  },
  { name: 'console-rights', person: OFFICER, path: '/console/administration/rights', prepare: heading },
];
