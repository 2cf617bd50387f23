/** Every control can be come to with Tab alone, and worked with the keyboard. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LoggedRun, linesOf, randomEpisodes } from '../runs/loggedRun.ts';
import { PanelPage, startBrowser } from './panelPage.ts';
import { tab, walk } from './walk.ts';

let browser: Browser;
let run: LoggedRun;

beforeAll(async () => {
  browser = await startBrowser();
  run = await LoggedRun.create(randomEpisodes(120));
  const metrics = { reward: 0.5, kl: 0.1, entropy: 1, clipped: 0.01 };
  await run.write('steps', linesOf([1, 2].map((step) => ({ time: '', step, metrics, timings: {} }))));
});
afterAll(async () => {
  await browser?.close();
  await run?.[Symbol.asyncDispose]();
});

test('Tab comes to every control of every view, and leaves each again', async () => {
  await using panel = await PanelPage.open(browser, run.root);
  const { page } = panel;
  await walk(page, async (place) => {
    const controls = await markControls(page);
    expect(controls.length, place).toBeGreaterThan(2);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const reached = new Set<string>();
    // From wherever the browser begins, round the page and past its edge.
    for (let press = 0; press < controls.length + 4; press++) {
      await page.keyboard.press('Tab');
      const control = await page.evaluate(() => document.activeElement?.getAttribute('data-control') ?? '');
      if (control !== '') reached.add(control);
    }
    expect(
      controls.filter((control) => !reached.has(control)),
      place,
    ).toEqual([]);
  });
});

/** Gives each control that a pointer could use a name, and answers the names. */
function markControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const kinds = 'button, select, input, summary, vscode-button, vscode-textfield, [tabindex="0"]';
    const all = [...document.body.querySelectorAll<HTMLElement>(kinds)];
    // Tabs and rows have one stop each, from which arrows lead on.
    const controls = all.filter(
      (control) =>
        control.checkVisibility() &&
        !control.matches('[tabindex="-1"][role], [disabled]') &&
        control.getClientRects().length > 0,
    );
    return controls.map((control, at) => {
      const words = control.getAttribute('aria-label') ?? control.textContent?.trim().slice(0, 40);
      const name = `${at}: ${control.localName} ${words}`;
      control.setAttribute('data-control', name);
      return name;
    });
  });
}

test('a column is sorted by, a filter set and cleared, a table opened and runs compared without a pointer', async () => {
  await using panel = await PanelPage.open(browser, run.root);
  const { page } = panel;
  const to = async (name: RegExp) => {
    for (let press = 0; press < 80; press++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const { activeElement } = document;
        return `${activeElement?.getAttribute('aria-label') ?? ''}|${activeElement?.textContent?.trim() ?? ''}`;
      });
      if (name.test(focused)) return;
    }
    throw new Error(`Tab never comes to ${name}.`);
  };
  await page.locator('run-chart canvas').first().waitFor();
  await to(/^Table of Reward/);
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Reward, as a table' }).waitFor();
  await to(/^Run\|/);
  await to(/\|Overview$/);
  await page.keyboard.press('ArrowRight');
  await page.locator('episode-table .body .row').first().waitFor();
  await to(/^Verdict\|/);
  await page.keyboard.press('p');
  const count = () => page.locator('.count').innerText();
  await expect.poll(count).toMatch(/^\d+ episodes of 120$/);
  await to(/\|Clear$/);
  await page.keyboard.press('Enter');
  await expect.poll(count).toBe('120 episodes');
  await to(/\|Reward$/);
  await page.keyboard.press('Enter');
  const sorted = page.getByRole('columnheader', { name: 'Reward' });
  await expect.poll(() => sorted.getAttribute('aria-sort')).toBe('ascending');
  await tab(page, 'Tasks');
  await page.locator('.table').waitFor();
  await to(/\|upper$/);
  await page.keyboard.press('Enter');
  await page.locator('.task h2').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.table').first().waitFor();
  await tab(page, 'Compare');
  const box = page.locator('.choice input').first();
  await expect.poll(() => box.isChecked()).toBe(true);
  await to(/\|Compare$/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect.poll(() => box.isChecked()).toBe(false);
});
