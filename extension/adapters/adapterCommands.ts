import * as vscode from 'vscode';
import { evaluateRequest, type Scores, type TrainerState } from '../../trainer/protocol.ts';
import type { TrainerClient } from '../background/trainerClient.ts';
import type { Trainers } from '../background/trainers.ts';
import type { CommandHandlers } from '../commands.ts';
import { pickFolder } from '../folderPick.ts';
import type { FolderRuns } from '../runs/folderRuns.ts';
import type { FoundAdapter } from '../runs/runFiles.ts';
import { adapterName, heldOut, percent, verdict } from '../runs/wording.ts';
import { baseModel, deviceWish, isolationWish } from '../settings.ts';
import type { ActivePolicies, ActivePolicy } from './activePolicy.ts';
import { pickAdapter } from './adapterPick.ts';
import { askForFolder, askForFormat, type ExportFormat, exportAdapter } from './exportAdapter.ts';
import type { CommandLine } from './modelHub.ts';

export function adapterCommands(
  trainers: Trainers,
  runs: FolderRuns,
  policies: ActivePolicies,
  exporting: CommandLine,
): CommandHandlers {
  const current = () => policies.current.adapter;
  return {
    'reinforce.useAdapter': async (given): Promise<ActivePolicy | undefined> => {
      const title = vscode.l10n.t('Use Adapter');
      const adapter = await pickAdapter(runs, given, { title, base: true, current: current() });
      if (adapter === undefined) return undefined;
      if (adapter === 'base') {
        await policies.useBase();
        return policies.current;
      }
      const { model, directory } = adapter;
      await policies.use({ model, adapter: directory, label: adapterName(adapter) });
      void offerRollBack(adapter, policies);
      return policies.current;
    },
    'reinforce.rollBack': async (): Promise<ActivePolicy> => {
      if (!policies.previous) {
        throw new Error(vscode.l10n.t('No adapter was in use before that could be gone back to.'));
      }
      await policies.rollBack();
      const message = vscode.l10n.t('Completions now come from: {0}', policies.current.label);
      void vscode.window.showInformationMessage(message);
      return policies.current;
    },
    'reinforce.exportAdapter': async (given, target, wanted = 'peft'): Promise<string | undefined> => {
      const title = vscode.l10n.t('Export Adapter');
      const adapter = await pickAdapter(runs, given, { title, base: false, current: current() });
      if (adapter === undefined || adapter === 'base') return undefined;
      const byProgram = typeof target === 'string';
      const format = byProgram ? (wanted as ExportFormat) : await askForFormat();
      const folder = byProgram ? target : format && (await askForFolder());
      if (format === undefined || folder === undefined) return undefined;
      const path = await exportAdapter(exporting, adapter, folder, format);
      const message =
        format === 'peft'
          ? vscode.l10n.t('The adapter is in {0}, in the form that PEFT reads.', path)
          : vscode.l10n.t('The adapter was written to {0}.', path);
      void vscode.window.showInformationMessage(message);
      return path;
    },
    'reinforce.evaluate': async (given): Promise<Scores | undefined> => {
      const title = vscode.l10n.t('Evaluate Now');
      const adapter = await pickAdapter(runs, given, { title, base: true, current: current() });
      if (adapter === undefined) return undefined;
      return evaluate(trainers, runs, adapter);
    },
  };
}

async function offerRollBack(adapter: FoundAdapter, policies: ActivePolicies): Promise<void> {
  const back = vscode.l10n.t('Roll Back');
  const scores = [heldOut(adapter), verdict(adapter)].filter(Boolean).join('; ');
  const message = vscode.l10n.t('Completions now come from {0} ({1}).', adapterName(adapter), scores);
  const used = policies.current;
  const choice = await vscode.window.showInformationMessage(message, back);
  if (choice === back && policies.current === used) await policies.rollBack();
}

/** Takes minutes: shown in the status bar, where it can be stopped and paused. */
async function evaluate(
  trainers: Trainers,
  runs: FolderRuns,
  adapter: FoundAdapter | 'base',
): Promise<Scores | undefined> {
  const ownFolder =
    adapter === 'base'
      ? undefined
      : runs.all.find(({ adapters }) => adapters.some(({ directory }) => directory === adapter.directory))
          ?.folder.uri;
  const idle = ({ state }: TrainerClient) => state?.activity === undefined;
  const none = vscode.l10n.t('Something is under way already: stop it first, or wait for its end.');
  const client = await pickFolder(trainers, ownFolder, idle, none);
  if (!client) return undefined;
  const { uri } = client.folder;
  const common = { device: deviceWish(uri), isolation: isolationWish(uri) };
  const model = baseModel(uri);
  const wish =
    adapter === 'base'
      ? { ...common, ...(model === undefined ? {} : { model }) }
      : { ...common, model: adapter.model, adapter: adapter.directory };
  let scores: Scores;
  try {
    scores = await client.request(evaluateRequest, wish);
  } catch (error) {
    // Stopped by its own command, which says so.
    if (stoppedLately(client.state)) throw new vscode.CancellationError();
    throw error;
  }
  await runs.refresh();
  const name = adapter === 'base' ? vscode.l10n.t('The base model') : adapterName(adapter);
  const message = vscode.l10n.t(
    '{0} passes {1} of its tries at training tasks and {2} at held-out ones.',
    name,
    percent(scores.train.passAt1),
    percent(scores.heldOut.passAt1),
  );
  void vscode.window.showInformationMessage(message);
  return scores;
}

const stoppedLately = (state: TrainerState | undefined): boolean =>
  state?.lastEnd?.activity === 'evaluation' && state.lastEnd.outcome === 'stopped';
