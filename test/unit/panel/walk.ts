import type { Page } from 'playwright-core';

export type PlaceName = 'Overview' | 'Episodes' | 'Episode' | 'Group' | 'Task' | 'Tasks' | 'Compare';

/**
 * Goes through every view of the panel, and stops at each.
 *
 * @param inWords what the page says for an English text.
 */
export async function walk(
  page: Page,
  stop: (place: PlaceName) => Promise<void>,
  inWords: (text: string) => string = (text) => text,
): Promise<void> {
  const go = (name: PlaceName) => page.getByRole('tab', { name: inWords(name), exact: true }).click();
  const shown = (selector: string) => page.locator(selector).first().waitFor();
  await go('Overview');
  await shown('run-chart canvas');
  await stop('Overview');
  await go('Episodes');
  await shown('episode-table .body .row');
  await stop('Episodes');
  await page.locator('episode-table .body .row').nth(3).click();
  await shown('.episode h2');
  await stop('Episode');
  await page.getByRole('button', { name: inWords('All tries') }).click();
  await shown('.group h2');
  await stop('Group');
  await page.getByRole('button', { name: inWords('Task'), exact: true }).click();
  await shown('.task h2');
  await stop('Task');
  await go('Tasks');
  await shown('.table');
  await stop('Tasks');
  await go('Compare');
  for (const box of await page.locator('.choice input').all()) await box.check();
  await shown('run-chart canvas');
  await stop('Compare');
}

export const tab = (page: Page, name: PlaceName) => page.getByRole('tab', { name, exact: true }).click();
