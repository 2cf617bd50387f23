/**
 * `npm run screenshots`: goes the way of journey.test.ts in the installed package, and takes a picture of each state in a dark,
 * a light and a high-contrast theme, into docs/screenshots/.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Journey, journeySettings } from './journey.ts';
import { openSession } from './session.ts';

const folder = join(import.meta.dirname, '../../docs/screenshots');

/** File name → theme, with the class that the window has while it is shown. */
const themes = {
  dark: { name: 'Dark Modern', mark: '.vs-dark' },
  light: { name: 'Light Modern', mark: '.vs:not(.hc-light)' },
  'high-contrast': { name: 'Default High Contrast', mark: '.hc-black' },
} as const;

await mkdir(folder, { recursive: true });
await using session = await openSession({
  settings: { ...journeySettings, 'window.commandCenter': false, 'workbench.layoutControl.enabled': false },
  size: { width: 1100, height: 680 },
});
const journey = new Journey(session);

await journey.lookBeforeTraining();
await take('before-training');
await journey.startTraining();
await journey.openRewardLog();
await session.workbench.command('View: Close Primary Side Bar');
await journey.watch(80);
await take('training');
await journey.trainingEnds();
await journey.tab('Overview');
await take('overview');
await journey.filterByVerdict('passed');
await take('episodes');
await journey.openFirstEpisode();
await take('episode');
await journey.tab('Tasks');
await take('tasks');
await session.workbench.command('View: Close All Editors');
await journey.listAdapters();
await take('adapters');
await journey.page.keyboard.press('Escape');
await journey.useAdapter();
await session.workbench.command('Notifications: Clear All Notifications');
await journey.typeUntilSuggestion();
await take('suggestion');

async function take(state: string): Promise<void> {
  for (const [file, { name, mark }] of Object.entries(themes)) {
    await session.server.changeSettings({ 'workbench.colorTheme': name });
    await journey.page.locator(`.monaco-workbench${mark}`).waitFor({ timeout: 60_000 });
    // A webview is told of the theme after the window has it.
    await journey.page.waitForTimeout(500);
    await journey.page.screenshot({ path: join(folder, `${state}-${file}.png`) });
  }
  console.log(state);
}
