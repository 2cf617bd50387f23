import { afterAll, beforeAll, expect, test } from 'vitest';
import { trainerOf } from '../host/trainerProcess.ts';
import { violations } from './accessibility.ts';
import { longestTask, type Stretch } from './eventLoop.ts';
import { Journey, journeySettings } from './journey.ts';
import { longestBy, profiledTasks } from './profiles.ts';
import { openSession, type Session } from './session.ts';

/** Each test goes on where the one before it ended, as a person does. */
let session: Session;
let journey: Journey;
/** From when to when the window was as it was, with the training under way. */
const calm: Stretch[] = [];

beforeAll(async () => {
  session = await openSession({ settings: journeySettings });
  journey = new Journey(session);
});

afterAll(() => session?.[Symbol.asyncDispose]());

test('the installed package runs in a fresh VS Code', async () => {
  const { workbench } = session;
  await workbench.command('Developer: Show Running Extensions');
  const rows = workbench.page.locator('.runtime-extensions-editor .monaco-list-row');
  const own = rows.filter({ has: workbench.page.getByText('Reinforce', { exact: true }) });
  await own.getByText(/Activation: \d+ms/).waitFor();
  // The list lies over the window, and takes all keys.
  await workbench.page.keyboard.press('Escape');
  await rows.first().waitFor({ state: 'hidden' });
});

test('only what can work is in the palette before the first training', async () => {
  const { workbench } = session;
  expect(await workbench.offers('Reinforce: Train on Workspace')).toBe(true);
  expect(await workbench.offers('Reinforce: Stop')).toBe(false);
  expect(await workbench.offers('Reinforce: Roll Back to the Previous Adapter')).toBe(false);
});

test('before a training one sees what was found, and can start it', async () => {
  await journey.lookBeforeTraining();
  const found = await journey.page.locator('.quick-input-list').innerText();
  for (const part of ['Tasks', 'Tests', 'Sandbox', 'Device', 'Base model', 'Memory']) {
    expect(found).toContain(part);
  }
  await journey.startTraining();
});

test('the panel fills while the training runs', async () => {
  await journey.openRewardLog();
  await journey.watch(1);
  const from = Date.now();
  await journey.watch(60);
  calm.push({ from, to: Date.now() });
});

test('a reload of the window in the middle leaves the training alone, and brings the panel back', async () => {
  const before = await trainerOf(session.workspace);
  await journey.reload();
  expect(await trainerOf(session.workspace)).toBe(before);
  expect(await session.workbench.statusItem(journey.atWork).count()).toBeGreaterThan(0);
  const from = Date.now();
  await journey.watch(80);
  calm.push({ from, to: Date.now() });
});

test('an extension host that is killed in the middle is told of, and comes back to the training and the panel', async () => {
  const before = await trainerOf(session.workspace);
  await journey.killExtensionHost(/ended unexpectedly and was started again; the training went on: /);
  expect(await trainerOf(session.workspace)).toBe(before);
  await session.workbench.statusItem(journey.atWork).waitFor();
  await journey.isAt('Episodes');
  await journey.watch(100);
});

test('the training ends, and the window and the panel say how it went', async () => {
  await journey.trainingEnds();
  const panel = await journey.tab('Overview');
  await panel.getByText(/Training finished on .* after \d+ steps\./).waitFor();
  await panel
    .getByLabel('Run', { exact: true })
    .getByText(/, finished$/)
    .first()
    .waitFor({ state: 'attached' });
});

test('an episode shows its completion, its tests and its tokens', async () => {
  const panel = await journey.openFirstEpisode();
  expect(await panel.locator('.episode pre.code').first().innerText()).not.toBe('');
  expect(await panel.locator('.episode .tests li').count()).toBeGreaterThan(0);
  expect(await panel.locator('.episode .tokens .token').count()).toBeGreaterThan(0);
});

test('the table of episodes can be filtered', async () => {
  const count = (await journey.filterByVerdict('passed')).locator('.count');
  // What there is in all is read again a moment after the training has ended.
  await expect
    .poll(async () => {
      const [some, all] = (await count.innerText()).match(/\d+/g)!.map(Number);
      return some! < all!;
    })
    .toBe(true);
});

test.each(['Overview', 'Episodes', 'Tasks', 'Compare'] as const)(
  'axe finds nothing wrong with %s',
  async (tab) => {
    expect(await violations(await journey.tab(tab))).toEqual([]);
  },
);

test('the new adapter is offered with its held-out score, and writes completions once chosen', async () => {
  expect(await journey.useAdapter()).toMatch(/held out \d+\.\d% → \d+\.\d%/);
});

test('what is suggested while typing is in the file once accepted with Tab', async () => {
  await journey.typeUntilSuggestion();
  const text = await journey.accept();
  expect(text).toMatch(/number \{\n {2}return [^\n]*a[^\n]*;\n\}\n/);
});

test('an extension host that is killed while completing is told of, and the next key has its suggestion', async () => {
  await journey.killExtensionHost(/ended unexpectedly and was started again; completions come again/);
  await journey.typeUntilSuggestion();
});

test('keys are taken in a file of half a megabyte', async () => {
  expect(await journey.typeInLargeFile()).toBeGreaterThan(500_000);
});

test('no task of ours held the extension host up while it trained and completed', async ({ annotate }) => {
  const [late, profiled] = await Promise.all([
    longestTask(session.eventLoopFile, calm),
    profiledTasks(session.eventLoopFile, '/reinforce.reinforce-'),
  ]);
  const [start, later] = [true, false].map((loads) => profiled.filter((task) => task.loads === loads));
  const [own, any] = [longestBy(later!, 'own'), longestBy(later!, 'milliseconds')];
  const text = [
    `of ours: ${own.own.toFixed(1)} ms of ${own.milliseconds.toFixed(1)}`,
    `of ours at the start: ${longestBy(start!, 'own').own.toFixed(1)} ms`,
    `of anybody: ${any.milliseconds.toFixed(1)} ms, of which ours ${any.own.toFixed(1)} (${any.functions.slice(1, 4).join('; ')})`,
    `during the training, of anybody: ${late.busy.toFixed(1)} ms of computing, ${late.late.toFixed(1)} ms late`,
  ].join('\n  ');
  await annotate(text);
  console.log(`Longest task of the extension host\n  ${text}`);
  expect(own.own, own.functions.join('\n')).toBeLessThan(50);
});
