import * as vscode from 'vscode';
import type { ActivePolicies } from '../adapters/activePolicy.ts';
import type { Trainers } from '../background/trainers.ts';
import type { ContextKeys } from './contextKeys.ts';
import { statusText } from './statusText.ts';

/** Commands that the tooltip offers, each with the context key that says whether it can work. */
const offered = [
  ['reinforce.train', 'canTrain', () => vscode.l10n.t('Train on Workspace')],
  ['reinforce.pause', 'canPause', () => vscode.l10n.t('Pause')],
  ['reinforce.continue', 'canContinue', () => vscode.l10n.t('Resume')],
  ['reinforce.stop', 'busy', () => vscode.l10n.t('Stop')],
  ['reinforce.openRewardLog', 'hasRuns', () => vscode.l10n.t('Open Reward Log')],
  ['reinforce.useAdapter', 'canChoose', () => vscode.l10n.t('Use Adapter…')],
  ['reinforce.showLog', undefined, () => vscode.l10n.t('Show Log')],
] as const satisfies readonly (readonly [string, keyof ContextKeys | undefined, () => string])[];

/** Phase, reward and time left; its tooltip holds the commands that can work. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #trainers: Trainers;
  readonly #policies: ActivePolicies;

  constructor(trainers: Trainers, policies: ActivePolicies) {
    this.#trainers = trainers;
    this.#policies = policies;
    this.#item = vscode.window.createStatusBarItem('reinforce.status', vscode.StatusBarAlignment.Right, 90);
    this.#item.name = 'Reinforce';
    this.#item.show();
  }

  /** What is shown, for tests and screen readers. */
  get text(): string {
    return this.#item.text;
  }

  update(keys: ContextKeys): void {
    const { text, words, lines } = statusText(this.#trainers.shown?.state, this.#policies.current.label);
    const item = this.#item;
    item.text = text;
    item.accessibilityInformation = { label: words, role: 'button' };
    item.command = keys.hasRuns ? 'reinforce.openRewardLog' : 'reinforce.train';
    const possible = offered.filter(([, key]) => key === undefined || keys[key]);
    const tooltip = new vscode.MarkdownString(undefined, true);
    tooltip.isTrusted = { enabledCommands: possible.map(([command]) => command) };
    if (!keys.trusted) {
      tooltip.appendMarkdown(
        `${vscode.l10n.t('This workspace is not trusted: completions work, collecting tasks and training do not.')}\n\n`,
      );
    }
    for (const line of lines) tooltip.appendMarkdown(`${line}\n\n`);
    tooltip.appendMarkdown(
      possible.map(([command, , name]) => `[${name()}](command:${command})`).join(' · '),
    );
    item.tooltip = tooltip;
  }

  dispose(): void {
    this.#item.dispose();
  }
}
