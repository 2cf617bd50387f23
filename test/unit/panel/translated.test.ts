/** The page in another language: one in which every text is its English between marks. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LoggedRun, linesOf, randomEpisodes } from '../runs/loggedRun.ts';
import { PanelPage, startBrowser } from './panelPage.ts';
import { walk } from './walk.ts';

const bundle = join(import.meta.dirname, '../../../l10n/bundle.l10n.json');
const marked = (text: string) => `«${text}»`;
let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

test('no view has a text that is not translated, and what is exported for translators is all of them', async () => {
  const episodes = randomEpisodes(60).map((record) => ({ ...record, prompt: '1', timings: { sampling: 1 } }));
  await using run = await LoggedRun.create(episodes, 'stopped');
  const metrics = { reward: 0.5, kl: 0.1, entropy: 1, clipped: 0.01, cheated: 0.1 };
  const steps = [1, 2].map((step) => ({ time: '', step, metrics, timings: { sampling: 2, learning: 1 } }));
  await run.write('steps', linesOf(steps));
  const score = { tasks: 2, samples: 8, passAt1: 0.5, ci95: [0.2, 0.8], reward: 0.6 };
  const scores = { train: score, heldOut: score };
  const events = [0, 2].map((step) => ({ event: 'evaluation', step, seconds: 3, scores }));
  const imitation = { event: 'imitation', examples: 3, losses: [2, 0.5] };
  await run.write('events', linesOf([imitation, ...events]));
  const ids = [...new Set(episodes.map(({ episode }) => episode.taskId))];
  const tasks = ids.map((id) => ({ id, file: '1.ts', name: '1', split: 'train', header: '', body: '1' }));
  await writeFile(join(run.path, 'tasks.json'), JSON.stringify({ tasks }));
  const exported: Record<string, string> = JSON.parse(await readFile(bundle, 'utf8'));
  const texts = Object.fromEntries(Object.entries(exported).map(([text]) => [text, marked(text)]));
  await using panel = await PanelPage.open(browser, run.root, texts);
  await walk(panel.page, async (place) => expect(await plainTexts(panel.page), place).toEqual([]), marked);
  await using empty = await PanelPage.open(browser, join(run.root, 'none'), texts);
  await empty.page.getByRole('heading', { name: marked('No run yet') }).waitFor();
  expect(await plainTexts(empty.page)).toEqual([]);
});

/** Words of the page that stand between no marks, also those that only a screen reader says; without those of the run. */
function plainTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const ofRun =
      'script, style, code, pre, .tokens, .layer .cell, .tests li, .choice, h1.spoken, table td, option';
    const found: string[] = [];
    const look = (text: string | null, element: Element) => {
      // Names of the run's own: tasks, tests, ids.
      if (!/\p{L}{2}/u.test(text ?? '') || element.closest(ofRun)) return;
      const rest = text!.replaceAll(/«[^«»]*»/g, '').replaceAll(/«[^«]*|[^»]*»/g, '');
      if (/\p{L}{2}/u.test(rest) && !/#|\.ts|\.py/.test(rest)) found.push(text!.trim());
    };
    for (const element of document.body.querySelectorAll('*')) {
      const label = 'label' in element ? String(element.label) : '';
      const attributes = ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name));
      for (const text of [label, ...attributes]) look(text, element);
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE) look(node.textContent, element);
    }
    return found;
  });
}
