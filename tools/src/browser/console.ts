import type { Page } from 'playwright-core';

/** Logs a person in at the console, as they do: by the button there and one click at the demonstration's provider. */
export async function logIn(page: Page, core: string, person: string, at = '/console/'): Promise<void> {
  await page.goto(`${core}${at}`);
  await page.locator('a[href^="/auth/login"]').click();
  await page.getByRole('button', { name: person }).click();
  await page.waitForURL(url => url.pathname.startsWith('/console'));
}
