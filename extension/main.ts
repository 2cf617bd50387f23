/** The extension's entry: makes the parts and hands each what it needs. */
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { TrainerState } from '../trainer/protocol.ts';
import { ActivePolicies, type ActivePolicy } from './adapters/activePolicy.ts';
import { adapterCommands } from './adapters/adapterCommands.ts';
import { modelCommands } from './adapters/chooseModel.ts';
import { leaveMissingAdapter } from './adapters/missingAdapter.ts';
import { backgroundNode } from './background/node.ts';
import { Trainers } from './background/trainers.ts';
import { registerCommands } from './commands.ts';
import { type Completions, registerCompletions } from './completions/register.ts';
import { doctorCommands } from './doctor.ts';
import { HostDeath, reopenPanels } from './hostDeath.ts';
import { panelType, registerPanel } from './panel/registerPanel.ts';
import { type FolderRun, FolderRuns, isResumable } from './runs/folderRuns.ts';
import { runOf } from './runs/runNode.ts';
import { RunsTree } from './runs/runsTree.ts';
import { baseModel, nodePath } from './settings.ts';
import { taskCommands } from './tasks/taskCommands.ts';
import { TasksTree } from './tasks/tasksTree.ts';
import { type ContextKeys, contextKeys, contextPrefix } from './training/contextKeys.ts';
import { Endings } from './training/endings.ts';
import { StatusItem } from './training/statusItem.ts';
import { phaseWords } from './training/statusText.ts';
import { trainingCommands } from './training/trainingCommands.ts';
import { BatteryWatch, tellTyping } from './training/watchful.ts';

/** What activation answers: for tests, and for extensions that want to know. */
export interface ReinforceApi {
  /** What the trainers of the open folders do; undefined for those that do not run. */
  readonly states: () => readonly (TrainerState | undefined)[];
  readonly runs: () => readonly FolderRun[];
  readonly policy: () => ActivePolicy;
  /** The values of the context keys `reinforce.…`. */
  readonly contextKeys: () => ContextKeys;
  readonly statusText: () => string;
  /** The last sentence that was told about the end of a training or of a trainer. */
  readonly lastSentence: () => string | undefined;
  readonly onDidChange: vscode.Event<void>;
  readonly completions: Completions;
}

/** Of the activation, for the deactivation. */
let host: HostDeath | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<ReinforceApi> {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const log = vscode.window.createOutputChannel('Reinforce', { log: true });
  const { extensionPath } = context;
  const version: string = context.extension.packageJSON.version;
  const node = () => backgroundNode({ extensionPath, configured: nodePath() });
  const dist = (file: string) => join(extensionPath, 'dist', file);

  const commandLine = { node, cli: dist('reinforce.js') };
  const trainers = new Trainers({ node, script: dist('trainer.js'), version, log });
  const runs = new FolderRuns(trainers);
  const policies = new ActivePolicies(context.workspaceState, baseModel);
  const runsTree = new RunsTree(runs, policies);
  const tasksTree = new TasksTree();
  const status = new StatusItem(trainers, policies);
  const endings = new Endings(trainers, runs, log);
  const typing = (milliseconds: number) => tellTyping(trainers, milliseconds);
  const completions = registerCompletions({ context, log, policies, typing });
  const rewardLog = registerPanel({
    extensionUri: context.extensionUri,
    log,
    memory: context.workspaceState,
    node,
    trainer: {
      words: () => phaseWords(trainers.shown?.state) ?? null,
      onDidChange: trainers.onDidChange,
    },
  });
  const changed = new vscode.EventEmitter<void>();

  let keys: ContextKeys | undefined;
  const update = () => {
    const fresh = contextKeys({
      trusted: vscode.workspace.isTrusted,
      folders: (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').length,
      trainers: trainers.all.map(({ state }) => state),
      runs: runs.all.length,
      adapters: runs.adapters.length,
      resumable: runs.all.some(isResumable),
      tuned: policies.current.adapter !== undefined,
      canRollBack: policies.previous !== undefined,
      tasksShown: !tasksTree.isEmpty,
    });
    for (const [name, value] of Object.entries(fresh)) {
      if (keys?.[name as keyof ContextKeys] === value) continue;
      void vscode.commands.executeCommand('setContext', `${contextPrefix}${name}`, value);
    }
    keys = fresh;
    status.update(fresh);
    changed.fire();
  };
  const commands = registerCommands(
    {
      ...trainingCommands(trainers, runs),
      ...adapterCommands(trainers, runs, policies, commandLine),
      ...modelCommands(commandLine),
      ...taskCommands(trainers, tasksTree, update),
      ...doctorCommands({ trainers, version, ...commandLine }),
      'reinforce.openRewardLog': (given) => {
        const run = runOf(given) ?? (typeof given === 'string' ? given : undefined);
        rewardLog.open(run === undefined ? undefined : { run });
      },
      'reinforce.showLog': () => log.show(),
    },
    log,
  );
  context.subscriptions.push(
    log,
    trainers,
    runs,
    policies,
    runsTree,
    tasksTree,
    status,
    endings,
    changed,
    commands,
    new BatteryWatch(trainers, log),
    completions,
    rewardLog,
    vscode.window.registerTreeDataProvider('reinforce.runs', runsTree),
    vscode.window.registerTreeDataProvider('reinforce.tasks', tasksTree),
    trainers.onDidChange(update),
    trainers.onDidChangeFolders(update),
    runs.onDidChange(update),
    runs.onDidChange(() => void leaveMissingAdapter(policies, runs)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('reinforce.model')) policies.baseModelChanged();
    }),
    policies.onDidChange(update),
  );
  update();
  host = context.storageUri && new HostDeath(context.storageUri.fsPath);
  const died = host?.replaced() ?? false;
  // A trainer that computes may take its time to answer, which the window must not wait for.
  trainers
    .update()
    .then(async () => {
      if (!died) return;
      if (!rewardLog.isOpen) await reopenPanels(panelType, () => rewardLog.openAgain());
      endings.tellHostDeath(phaseWords(trainers.shown?.state));
    })
    .catch((error: unknown) => log.error(`Attaching to a trainer: ${error}`));
  await runs.refresh();
  await leaveMissingAdapter(policies, runs);
  update();
  return {
    states: () => trainers.all.map(({ state }) => state),
    runs: () => runs.all,
    policy: () => policies.current,
    contextKeys: () => keys!,
    statusText: () => status.text,
    lastSentence: () => endings.lastSentence,
    onDidChange: changed.event,
    completions,
  };
}

export const deactivate = (): void => host?.endsWell();
