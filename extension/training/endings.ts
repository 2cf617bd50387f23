/** One sentence for every end of a training, and of a trainer, with what can be done about it. */
import * as vscode from 'vscode';
import type { ActivityEnd } from '../../trainer/protocol.ts';
import type { TrainerClient } from '../background/trainerClient.ts';
import type { Trainers } from '../background/trainers.ts';
import type { FolderRuns } from '../runs/folderRuns.ts';
import { heldOut, verdict } from '../runs/wording.ts';

export class Endings implements vscode.Disposable {
  readonly #runs: FolderRuns;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscriptions: vscode.Disposable[];
  /** The ends that were told, or were there already when this window came, by folder. */
  readonly #known = new Map<string, string | undefined>();
  #lastSentence: string | undefined;

  constructor(trainers: Trainers, runs: FolderRuns, log: vscode.LogOutputChannel) {
    this.#runs = runs;
    this.#log = log;
    this.#subscriptions = [
      trainers.onDidChange((client) => this.#onChange(client)),
      trainers.onDidDie(({ client, last }) => void this.#onDeath(client, last.activity === 'training')),
    ];
  }

  /** The last sentence that was told. */
  get lastSentence(): string | undefined {
    return this.#lastSentence;
  }

  #onChange(client: TrainerClient): void {
    const { state } = client;
    if (!state) return;
    const key = client.folder.uri.toString();
    const time = state.lastEnd?.time;
    const isNew = this.#known.has(key) && this.#known.get(key) !== time;
    this.#known.set(key, time);
    if (isNew && state.lastEnd?.activity === 'training') void this.#onEnd(client, state.lastEnd);
  }

  async #onEnd(client: TrainerClient, { outcome, reason, run }: ActivityEnd): Promise<void> {
    await this.#runs.refresh();
    if (outcome === 'stopped') {
      this.#lastSentence = vscode.l10n.t('The training was stopped; it can be resumed.');
      this.#log.info(this.#lastSentence);
      return;
    }
    if (outcome === 'failed') {
      const [resume, show] = [vscode.l10n.t('Resume Training'), vscode.l10n.t('Show Log')];
      this.#lastSentence = vscode.l10n.t('The training ended: {0}', reason);
      const choice = await vscode.window.showErrorMessage(
        this.#lastSentence,
        ...(run === undefined ? [show] : [resume, show]),
      );
      if (choice === resume) await vscode.commands.executeCommand('reinforce.continue', client.folder.uri);
      if (choice === show) this.#log.show();
      return;
    }
    const [use, open] = [vscode.l10n.t('Use Adapter…'), vscode.l10n.t('Open Reward Log')];
    const best = this.#runs.all.find(({ directory }) => directory === run)?.adapters[0];
    const scores = best ? [heldOut(best), verdict(best)].filter(Boolean).join('; ') : '';
    this.#lastSentence = [vscode.l10n.t('The training is over: {0}', reason), scores].join(' ').trim();
    const choice = await vscode.window.showInformationMessage(this.#lastSentence, use, open);
    if (choice === use) await vscode.commands.executeCommand('reinforce.useAdapter');
    if (choice === open) await vscode.commands.executeCommand('reinforce.openRewardLog');
  }

  async #onDeath(client: TrainerClient, wasTraining: boolean): Promise<void> {
    await this.#runs.refresh();
    this.#known.delete(client.folder.uri.toString());
    if (!wasTraining) {
      this.#lastSentence = vscode.l10n.t('The trainer ended unexpectedly; the next command starts it again.');
      this.#log.warn(this.#lastSentence);
      return;
    }
    const [resume, show] = [vscode.l10n.t('Resume Training'), vscode.l10n.t('Show Log')];
    this.#lastSentence = vscode.l10n.t(
      'The trainer ended unexpectedly in the middle of a training, which can be resumed from its last checkpoint.',
    );
    this.#log.error(this.#lastSentence);
    const choice = await vscode.window.showErrorMessage(this.#lastSentence, resume, show);
    if (choice === resume) await vscode.commands.executeCommand('reinforce.continue', client.folder.uri);
    if (choice === show) this.#log.show();
  }

  /** The extension host died and was started again. @param words what a trainer is doing, if it is at work. */
  tellHostDeath(words: string | undefined): void {
    this.#lastSentence =
      words === undefined
        ? vscode.l10n.t(
            'VS Code’s extension host ended unexpectedly and was started again; completions come again once the model is loaded.',
          )
        : vscode.l10n.t(
            'VS Code’s extension host ended unexpectedly and was started again; the training went on: {0}.',
            words,
          );
    this.#log.warn(this.#lastSentence);
    void vscode.window.showWarningMessage(this.#lastSentence);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
