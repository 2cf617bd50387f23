/** The bundled page in a browser, over the real run reader. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../../e2e/accessibility.ts';
import { LoggedRun, linesOf, randomEpisodes } from '../runs/loggedRun.ts';
import { PanelPage, startBrowser } from './panelPage.ts';
import { type ThemeName, themes } from './themes.ts';
import { tab, walk } from './walk.ts';

const episodes = randomEpisodes(400);
const time = '2026-11-22T07:31:00.000Z';
let browser: Browser;
let run: LoggedRun;

beforeAll(async () => {
  browser = await startBrowser();
  run = await LoggedRun.create(episodes);
  const metrics = { reward: 0.5, kl: 0.1, entropy: 1, clipped: 0.01 };
  await run.write(
    'steps',
    linesOf([1, 2, 3].map((step) => ({ time, step, metrics, timings: { sampling: 2, learning: 1 } }))),
  );
  const score = { tasks: 2, samples: 8, passAt1: 0.5, ci95: [0.2, 0.8], reward: 0.6 };
  await run.write(
    'events',
    linesOf([{ time, event: 'evaluation', step: 0, seconds: 3, scores: { train: score, heldOut: score } }]),
  );
  const ids = [...new Set(episodes.map(({ episode }) => episode.taskId))];
  const tasks = ids.map((id) => {
    const [file, name] = id.split('#');
    const language = id.includes('.py') ? 'python' : 'typescript';
    return {
      id,
      file,
      name,
      line: 1,
      language,
      split: 'train',
      header: `function ${name}() {`,
      body: '\n  return 1;\n',
    };
  });
  await writeFile(join(run.path, 'tasks.json'), JSON.stringify({ format: 1, tasks }));
});

afterAll(async () => {
  await browser?.close();
  await run?.[Symbol.asyncDispose]();
});

test('axe finds nothing wrong in any view of any theme', async () => {
  await using panel = await PanelPage.open(browser, run.root);
  await walk(panel.page, async (place) => {
    for (const theme of Object.keys(themes) as ThemeName[]) {
      await panel.setTheme(theme);
      expect(await violations(panel.page.mainFrame()), `${place}, ${theme}`).toEqual([]);
    }
  });
});

test('no view needs more than the content security policy allows, which allows no other script', async () => {
  await using panel = await PanelPage.open(browser, run.root);
  await walk(panel.page, async (place) => {
    expect(await panel.violations(), place).toEqual([]);
  });
  await panel.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken over"';
    document.body.append(script);
  });
  expect(await panel.page.title()).toBe('Reinforce');
  expect(await panel.violations()).toEqual([expect.stringContaining('script-src')]);
});

test('the keyboard alone leads to an episode and back to its row', async () => {
  await using panel = await PanelPage.open(browser, run.root);
  const { page } = panel;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex') ?? null);
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  await press('Tab', 'Tab', 'ArrowRight');
  await page.getByRole('tab', { name: 'Episodes', selected: true }).waitFor();
  await page.locator('episode-table .body .row').first().waitFor();
  while ((await focused()) === null) await press('Tab');
  expect(await focused()).toBe('2');
  await press('ArrowDown', 'ArrowDown', 'PageDown', 'ArrowUp');
  const row = Number(await focused());
  expect(row).toBeGreaterThan(4);
  await press('End');
  await expect.poll(focused).toBe(String(episodes.length + 1));
  await press('Home');
  await expect.poll(focused).toBe('2');
  await press('ArrowDown', 'Enter');
  await page.locator('.episode h2').waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toContain(episodes[1]!.episode.taskId);
  await press('Escape');
  await expect.poll(focused).toBe('3');
});

test('what is filtered and sorted is what was asked for, and outlives a reload', async () => {
  await using panel = await PanelPage.open(browser, run.root);
  const { page } = panel;
  await tab(page, 'Episodes');
  await page.getByLabel('Verdict', { exact: true }).selectOption('timeout');
  await page.getByRole('searchbox', { name: 'Search completions and prompts' }).fill('maß');
  await page.getByRole('columnheader', { name: 'Reward' }).getByRole('button').click();
  const wanted = episodes
    .map((record, row) => ({ row, value: record.episode.reward.value, ...record }))
    .filter(
      ({ episode, prompt }) =>
        episode.reward.verdict === 'timeout' && /maß/i.test(episode.completion + prompt),
    )
    .sort((a, b) => a.value - b.value || a.row - b.row);
  const rows = async () => {
    const cells = await page.locator('episode-table .body .row .cell:first-child').allTextContents();
    return cells.map((text) => Number(text) - 1);
  };
  const expected = wanted.slice(0, 10).map(({ row }) => row);
  const check = async () => {
    await expect
      .poll(() => page.locator('.count').textContent())
      .toBe(`${wanted.length} episodes of ${episodes.length}`);
    await expect.poll(async () => (await rows()).slice(0, 10)).toEqual(expected);
  };
  expect(wanted.length).toBeGreaterThan(10);
  await check();
  await page.reload();
  await check();
});

test('a page that takes the place of another begins where somebody was in that one', async () => {
  const wanted = episodes.filter(({ episode }) => episode.reward.verdict === 'timeout').length;
  await using left = await PanelPage.open(browser, run.root);
  await tab(left.page, 'Episodes');
  await left.page.getByLabel('Verdict', { exact: true }).selectOption('timeout');
  await expect
    .poll(() => left.at)
    .toMatchObject({ view: { kind: 'episodes' }, filter: { verdicts: ['timeout'] } });

  await using panel = await PanelPage.open(browser, run.root, undefined, left.at);
  await expect
    .poll(() => panel.page.locator('.count').textContent())
    .toBe(`${wanted} episodes of ${episodes.length}`);
  expect(await panel.page.getByLabel('Verdict', { exact: true }).inputValue()).toBe('timeout');
});

test('a filter that nothing fits says so', async () => {
  await using panel = await PanelPage.open(browser, run.root);
  const { page } = panel;
  await tab(page, 'Episodes');
  await page.getByRole('searchbox', { name: 'Search completions and prompts' }).fill('nowhere');
  await page.getByText('No episode is like that: change the filter.').waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(() => page.locator('.count').textContent()).toBe(`${episodes.length} episodes`);
});

test('the table grows with a run that goes on', async () => {
  await using growing = await LoggedRun.create(episodes.slice(0, 30), 'running');
  await using panel = await PanelPage.open(browser, growing.root);
  await tab(panel.page, 'Episodes');
  const count = () => panel.page.locator('.count').textContent();
  await expect.poll(count, { timeout: 20_000 }).toBe('30 episodes');
  await growing.append('episodes', linesOf(episodes.slice(30, 45)));
  await expect.poll(count, { timeout: 20_000 }).toBe('45 episodes');
});

test('an episode shows what was written, what differs, which tests failed, and how likely each token was', async () => {
  await using panel = await PanelPage.open(browser, run.root);
  const { page } = panel;
  const at = episodes.findIndex(
    ({ episode: { steps, reward } }) => steps.length === 1 && reward.tests.length > 1,
  );
  const { episode } = episodes[at]!;
  await tab(page, 'Episodes');
  await page.locator(`[aria-rowindex="${at + 2}"]`).click();
  await page.locator('.episode h2').waitFor();
  const view = page.locator('.episode');
  expect(await view.locator('pre.code').first().textContent()).toContain(episode.completion);
  expect(await view.locator('.diff .removed').first().textContent()).toContain('return 1;');
  expect(await view.locator('.tests li').allTextContents()).toEqual(
    episode.reward.tests.map(({ id, passed }) =>
      expect.stringMatching(new RegExp(`${passed ? 'Passed' : 'Failed'}:\\s+${id}`)),
    ),
  );
  const [step] = episode.steps;
  const titles = await view
    .locator('.tokens .token')
    .evaluateAll((tokens) => tokens.map((token) => token.getAttribute('title')));
  expect(titles).toEqual(
    step!.logp.map((logp, token) =>
      expect.stringMatching(
        new RegExp(`\\(${step!.action[token]}\\).*${(100 * Math.exp(logp)).toFixed(1)}%$`),
      ),
    ),
  );
  await view.getByRole('button', { name: 'Open diff' }).click();
  await view.getByRole('button', { name: 'Open file' }).click();
  expect(panel.forEditor).toEqual([
    { type: 'openDiff', run: run.path, row: at },
    { type: 'openTask', run: run.path, task: episode.taskId },
  ]);
});

test('without a run the panel says what to do, and can do it', async () => {
  await using panel = await PanelPage.open(browser, join(run.root, 'none'));
  await panel.setTheme('dark');
  await panel.page.getByRole('heading', { name: 'No run yet' }).waitFor();
  expect(await violations(panel.page.mainFrame())).toEqual([]);
  await panel.page.getByRole('button', { name: 'Train on Workspace' }).click();
  expect(panel.forEditor).toEqual([{ type: 'train' }]);
});
