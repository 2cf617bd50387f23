/**
 * `npm run screenshots`: goes the way of journey.test.ts in the installed package, once in a dark, a light and a high-contrast
 * theme, and takes a picture of each state into docs/screenshots/.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Journey, journeySettings } from './journey.ts';
import { openSession, type Session } from './session.ts';

const folder = join(import.meta.dirname, '../../docs/screenshots');

/** Name in files → VS Code's name, and the class that its window has. */
const themes = {
  dark: { name: 'Dark Modern', mark: '.vs-dark' },
  light: { name: 'Light Modern', mark: '.vs' },
  'high-contrast': { name: 'Default High Contrast', mark: '.hc-black' },
} as const;

await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
for (const [file, { name, mark }] of Object.entries(themes)) {
  if (wanted.length > 0 && !wanted.includes(file)) continue;
  await using session = await openSession({
    settings: {
      ...journeySettings,
      'window.autoDetectColorScheme': false,
      'window.commandCenter': false,
      'workbench.colorTheme': name,
      'workbench.layoutControl.enabled': false,
    },
    size: { width: 1100, height: 680 },
  });
  await session.workbench.page.locator(`.monaco-workbench${mark}`).waitFor();
  await picture(session, file);
}

async function picture(session: Session, theme: string): Promise<void> {
  const { workbench } = session;
  const journey = new Journey(session);
  const take = (state: string) =>
    journey.page.screenshot({ path: join(folder, `${state}-${theme}.png`), animations: 'disabled' });
  await journey.lookBeforeTraining();
  await take('before-training');
  await journey.startTraining();
  await journey.openRewardLog();
  await workbench.command('View: Toggle Primary Side Bar Visibility');
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
  await journey.listAdapters();
  await take('adapters');
  await journey.page.keyboard.press('Escape');
  await journey.useAdapter();
  await workbench.command('Notifications: Clear All Notifications');
  await journey.typeUntilSuggestion();
  await take('suggestion');
}
