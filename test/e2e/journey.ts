import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { extensionHostsOf } from '../vscode/extensionHosts.ts';
import type { Session } from './session.ts';

/** A training that is long enough to be watched, and short enough to wait for. */
export const journeySettings = {
  'reinforce.device': 'cpu',
  'reinforce.training.steps': 24,
  'reinforce.training.tasksPerStep': 4,
  'reinforce.training.tries': 4,
  'reinforce.training.evaluationTries': 1,
  'reinforce.training.evaluateEvery': 0,
  'reinforce.training.maxTokens': 32,
};

const newFile = 'total.ts';
const unwritten = `/** Returns the sum of two numbers. */
export function add(a: number, b: number): number {
  
}
`;

/** What a person does with Reinforce, from the first training to a completion in a file. */
export class Journey {
  readonly #session: Session;
  readonly page: Page;
  /** What the status bar says while a training goes on. */
  readonly atWork = new RegExp(`step \\d+/${journeySettings['reinforce.training.steps']}|Measuring`);

  constructor(session: Session) {
    this.#session = session;
    this.page = session.workbench.page;
  }

  /** From the palette to what was found before the start. */
  async lookBeforeTraining(): Promise<void> {
    await this.#session.workbench.command('Reinforce: Train on Workspace');
    await this.#choice(/Start Training/).waitFor({ timeout: 180_000 });
  }

  async startTraining(): Promise<void> {
    await this.page.keyboard.press('Enter');
    await this.#session.workbench.statusItem(this.atWork).waitFor({ timeout: 120_000 });
  }

  async openRewardLog(): Promise<void> {
    await this.#session.workbench.command('Reinforce: Open Reward Log');
    await this.panel();
  }

  /** Waits until the panel counts at least so many episodes by itself. */
  async watch(episodes: number): Promise<void> {
    const until = Date.now() + 120_000;
    let panel: Frame | undefined;
    for (;;) {
      try {
        panel ??= await this.tab('Episodes');
        const count = await panel.locator('.count').innerText();
        if (Number.parseInt(count.replaceAll(',', ''), 10) >= episodes) return;
        if (Date.now() > until) throw new Error(`The panel does not fill: ${count}.`);
      } catch (error) {
        // The panel of an extension host that died gives way to that of the next.
        if (!/detached/.test(String(error)) || Date.now() > until) throw error;
        panel = undefined;
      }
      await this.page.waitForTimeout(200);
    }
  }

  async reload(): Promise<void> {
    // By its own command: when the browser reloads the page, VS Code may or may not store what was open.
    const reloaded = this.page.waitForEvent('load');
    await this.#session.workbench.command('Developer: Reload Window');
    await reloaded;
    await this.#session.workbench.ready();
    await this.panel();
  }

  /** Ends the extension host as the system does when memory runs out; resolves once VS Code's new one says so. */
  async killExtensionHost(says: RegExp): Promise<void> {
    const { workbench, server } = this.#session;
    for (const pid of await extensionHostsOf(server.pid)) process.kill(pid, 'SIGKILL');
    await workbench.notification(says).waitFor({ timeout: 60_000 });
  }

  async tab(name: 'Overview' | 'Episodes' | 'Tasks' | 'Compare'): Promise<Frame> {
    const panel = await this.panel();
    await panel.getByRole('tab', { name, exact: true }).click();
    return panel;
  }

  /** Waits until the panel is at a tab by itself. */
  async isAt(name: 'Overview' | 'Episodes' | 'Tasks' | 'Compare'): Promise<void> {
    const panel = await this.panel();
    await panel.getByRole('tab', { name, exact: true, selected: true }).waitFor();
  }

  async filterByVerdict(verdict: string): Promise<Frame> {
    const panel = await this.tab('Episodes');
    await panel.getByLabel('Verdict', { exact: true }).selectOption(verdict);
    await panel
      .locator('.count')
      .getByText(/^\s*\d+ episodes? of \d+/)
      .waitFor();
    return panel;
  }

  async openFirstEpisode(): Promise<Frame> {
    const panel = await this.tab('Episodes');
    await panel.locator('episode-table .body .row').first().click();
    await panel.locator('.episode h2').waitFor();
    return panel;
  }

  /** Resolves once the window says so, in a notification, which goes by itself, or in the panel. */
  async trainingEnds(): Promise<void> {
    const panel = await this.tab('Overview');
    const said = this.#session.workbench.notification(/The training is over/);
    const until = Date.now() + 200_000;
    while ((await said.count()) + (await panel.getByText(/Training finished on/).count()) === 0) {
      if (Date.now() > until) throw new Error('Nothing says that the training has ended.');
      await this.page.waitForTimeout(200);
    }
  }

  /** @returns the row of the newest adapter. */
  async listAdapters(): Promise<Locator> {
    await this.#session.workbench.command('Reinforce: Use Adapter…');
    const row = this.#choice(/step \d+/);
    await row.waitFor();
    return row;
  }

  /** Takes the first adapter of the list, which stands below the base model. @returns what the list said of it. */
  async useAdapter(): Promise<string> {
    const row = await this.listAdapters();
    const text = await row.innerText();
    await row.click();
    await this.#session.workbench.notification(/Completions now come from/).waitFor();
    return text;
  }

  /** Makes a file with a function that has no body, and waits for one to be suggested. */
  async typeUntilSuggestion(): Promise<void> {
    const { workbench, workspace } = this.#session;
    await writeFile(join(workspace, 'src', newFile), unwritten);
    await workbench.open(newFile);
    await workbench.goToEnd(newFile, 3);
    await this.page.keyboard.type('r');
    await workbench.ghostText(newFile).first().waitFor({ timeout: 60_000 });
  }

  /** Tab, and what the file on disk holds after it is saved. */
  async accept(): Promise<string> {
    await this.page.keyboard.press('Tab');
    await this.#session.workbench.ghostText(newFile).first().waitFor({ state: 'detached' });
    await this.page.keyboard.press('Control+S');
    const file = join(this.#session.workspace, 'src', newFile);
    for (;;) {
      const text = await readFile(file, 'utf8');
      if (text !== unwritten) return text;
      await this.page.waitForTimeout(50);
    }
  }

  /** Types a few words at the end of a large file that is open for the first time. @returns its length in characters. */
  async typeInLargeFile(): Promise<number> {
    const { workbench, workspace } = this.#session;
    const name = 'large.ts';
    const line = (i: number) => `export const value${i} = ${i} * 2; // number ${i} of many\n`;
    const text = Array.from({ length: 10_000 }, (_, i) => line(i)).join('') + unwritten;
    await writeFile(join(workspace, 'src', name), text);
    await workbench.open(name);
    await workbench.goToEnd(name, text.split('\n').length - 2);
    const typed = 'return the sum of a and b';
    await this.page.keyboard.type(typed, { delay: 80 });
    await workbench.editor(name).locator('.view-line').filter({ hasText: typed }).waitFor();
    return text.length;
  }

  panel(): Promise<Frame> {
    return this.#session.workbench.webview('[role=tab]');
  }

  #choice(text: RegExp): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  }
}
