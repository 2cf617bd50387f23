/** The page over runs that the trainer's own writer writes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Tokenizer } from '../../../trainer/model/tokenizer.ts';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { violations } from '../../e2e/accessibility.ts';
import { episode, newRun } from '../run/runs.ts';
import { baseModel } from '../runs/loggedRun.ts';
import { PanelPage, startBrowser } from './panelPage.ts';
import { tab } from './walk.ts';

let browser: Browser;
let root: string;

beforeAll(async () => {
  browser = await startBrowser();
  root = await mkdtemp(join(tmpdir(), 'reinforce-written-'));
});
afterAll(async () => {
  await browser?.close();
  await rm(root, { recursive: true });
});

const metrics = { reward: 0.5, kl: 0.1, entropy: 1, clipped: 0.01 };

test('the end of a training and its last episodes are there with the next look, and all counts agree', async () => {
  const runs = join(root, 'ending');
  await using run = await RunDirectory.create(runs, { ...newRun, config: { steps: 2 } });
  await using panel = await PanelPage.open(browser, runs);
  const { page } = panel;
  const standing = () => page.locator('.standing').innerText();
  for (let step = 0; step < 2; step++) {
    await run.appendEpisodes(Array.from({ length: 4 }, () => episode(step)));
    await run.appendStep({ step: step + 1, metrics, timings: {} });
  }
  await expect.poll(standing).toContain('Training is running: step 2 of 2 is done.');
  await panel.tell({ type: 'trainer', words: 'Measuring 50%' });
  await expect.poll(standing).toContain('is done. Measuring 50%');
  await tab(page, 'Episodes');
  await page.getByLabel('Verdict', { exact: true }).selectOption('passed');
  const count = () => page.locator('.count').innerText();
  await expect.poll(count).toBe('8 episodes');
  /** Every count that is ever shown, one after the other. */
  await page.evaluate(() => {
    const shown: string[] = [];
    Object.assign(window, { shown });
    const look = () => shown.push(document.querySelector('.count')?.textContent ?? '');
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  const passed = episode(2);
  const reward = { ...passed.episode.reward, value: 0, verdict: 'failed' } as const;
  const failed = { ...passed, episode: { ...passed.episode, reward } };
  await run.appendEpisodes([...Array.from({ length: 6 }, () => passed), failed]);
  await run.finish('finished');
  await panel.tell({ type: 'trainer', words: null });
  await expect.poll(count).toBe('14 episodes of 15');
  const shown = await page.evaluate(() => (window as unknown as { shown: string[] }).shown);
  for (const text of shown) {
    const [some, all = some] = (text.match(/\d+/g) ?? []).map(Number);
    expect(some, text).toBeLessThanOrEqual(all ?? 0);
  }
  await tab(page, 'Overview');
  expect(await standing()).toMatch(/^\s*Training finished on .* after 2 steps\./);
  expect(await page.getByLabel('Run', { exact: true }).innerText()).toMatch(/, finished$/);
});

test('an episode of several steps shows each call of a tool and its answer, and the tokens of each', async () => {
  const runs = join(root, 'tools');
  const tokenizer = await Tokenizer.load(baseModel);
  const written = [
    { observed: 'function add(a, b) {', action: 'read("src/add.ts")', stop: 'end-of-text' },
    { observed: '// adds two numbers\n', action: 'run("add.test.ts")', stop: 'end-of-text' },
    { observed: '1 failed: adds\n', action: '\n  return a + b;\n}', stop: 'function-end' },
  ] as const;
  const steps = written.map(({ observed, action: text, stop }, at) => {
    const action = tokenizer.encode(text);
    return {
      observation: tokenizer.encode(observed),
      action,
      logp: action.map((_, token) => -(at + 1) / (token + 1)),
      stop,
    };
  });
  await using run = await RunDirectory.create(runs, { ...newRun, model: baseModel });
  const record = episode(1);
  await run.appendEpisodes([{ ...record, episode: { ...record.episode, steps } }]);
  await run.finish('finished');
  await using panel = await PanelPage.open(browser, runs);
  const { page } = panel;
  await tab(page, 'Episodes');
  await page.locator('episode-table .body .row').first().click();
  const shown = page.locator('.steps > li');
  await expect.poll(() => shown.count()).toBe(3);
  expect(await page.locator('.steps h5').allInnerTexts()).toEqual([
    'Prompt',
    'Call of a tool',
    'Answer of the tool',
    'Call of a tool',
    'Answer of the tool',
    'Completion',
  ]);
  for (const [at, { observed, action }] of written.entries()) {
    const step = shown.nth(at);
    const read = step.getByRole('group', { name: `What was read in step ${at + 1}` });
    const wrote = step.getByRole('group', { name: `What was written in step ${at + 1}` });
    expect((await read.textContent())?.trim()).toBe(observed.trim());
    expect((await wrote.textContent())?.trim()).toBe(action.trim());
    const titles = await step
      .locator('.tokens .token')
      .evaluateAll((tokens) => tokens.map((token) => token.getAttribute('title')));
    expect(titles).toEqual(
      steps[at]!.logp.map((logp, token) =>
        expect.stringMatching(
          new RegExp(`\\(${steps[at]!.action[token]}\\).*${(100 * Math.exp(logp)).toFixed(1)}%$`),
        ),
      ),
    );
  }
  expect(await page.locator('.facts').first().innerText()).toContain(
    String(steps.flatMap(({ action }) => action).length),
  );
  await panel.setTheme('dark');
  expect(await violations(page.mainFrame())).toEqual([]);
});

test('the two newest runs stand side by side until others are chosen', async () => {
  const runs = join(root, 'several');
  const paths: string[] = [];
  for (const config of [{ steps: 1 }, { steps: 2 }, { steps: 3 }]) {
    await using run = await RunDirectory.create(runs, { ...newRun, config });
    await run.finish('finished');
    paths.push(run.info.id);
  }
  await using panel = await PanelPage.open(browser, runs);
  const { page } = panel;
  await tab(page, 'Compare');
  const checked = () => page.locator('.choice:has(input:checked)').allInnerTexts();
  const named = (ids: readonly string[]) => ids.map((id) => expect.stringContaining(id));
  await expect.poll(checked).toHaveLength(2);
  const choices = await page.locator('.choice').allInnerTexts();
  expect(await checked()).toEqual(choices.slice(0, 2));
  const heads = page.getByRole('region', { name: 'Settings that differ' }).locator('th');
  await expect.poll(() => heads.allInnerTexts()).toHaveLength(3);
  for (const box of await page.locator('.choice input').all()) await box.uncheck();
  await page.getByText('Choose the runs that you want to see side by side.').waitFor();
  await page.locator('.choice input').nth(2).check();
  await expect.poll(checked).toEqual(named([paths[0]!]));
});
