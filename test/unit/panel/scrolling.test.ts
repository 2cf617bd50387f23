import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LoggedRun, randomEpisodes } from '../runs/loggedRun.ts';
import { PanelPage, startBrowser } from './panelPage.ts';
import { tab } from './walk.ts';

const count = 100_000;
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

test('no frame shows a blank row while 100,000 episodes are scrolled through', async () => {
  await using run = await LoggedRun.create(randomEpisodes(count));
  await using panel = await PanelPage.open(browser, run.root);
  const { page } = panel;
  await tab(page, 'Episodes');
  await expect.poll(() => page.locator('.count').textContent(), { timeout: 60_000 }).toBe('100,000 episodes');
  await page.locator('episode-table .body .row').nth(10).waitFor();
  const frames = await page.evaluate(scrollThrough);
  expect(frames.looks).toBeGreaterThan(2000);
  expect(frames.blanks).toBe(0);
  // Once it stands still the rows are those of the place: the last ones at the end.
  const numbers = () => page.locator('episode-table .body .row .cell:first-child').allTextContents();
  await expect.poll(async () => (await numbers()).at(-1)).toBe('100,000');
  const shown = (await numbers()).map((text) => Number(text.replaceAll(',', '')));
  expect(shown).toEqual(shown.map((_, at) => count - shown.length + 1 + at));
});

/** In the page: moves by a little, by a page and by leaps, and looks at several heights of every frame. */
async function scrollThrough(): Promise<{ looks: number; blanks: number }> {
  const scroller = document.querySelector<HTMLElement>('episode-table .scroller')!;
  const { left, top, height } = scroller.getBoundingClientRect();
  let [looks, blanks] = [0, 0];
  const look = () => {
    // The last pixels belong to the scroll bar, the first to the header.
    for (let y = top + 30; y < top + height - 20; y += 40) {
      looks++;
      const row = document.elementFromPoint(left + 40, y)?.closest('.body .row');
      if (!/\d/.test(row?.querySelector('.cell')?.textContent ?? '')) blanks++;
    }
  };
  const moves = [7, 24, 331, -120, 700, 13_000, 250_000, -90_000, 400_000, 24];
  for (let frame = 0; frame < 200; frame++) {
    scroller.scrollTop += moves[frame % moves.length]!;
    await new Promise(requestAnimationFrame);
    look();
  }
  scroller.scrollTop = scroller.scrollHeight;
  await new Promise(requestAnimationFrame);
  look();
  return { looks, blanks };
}
