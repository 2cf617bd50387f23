import * as vscode from 'vscode';
import type { ActivePolicies } from '../adapters/activePolicy.ts';
import type { FolderRun, FolderRuns } from './folderRuns.ts';
import type { FoundAdapter } from './runFiles.ts';
import type { RunNode } from './runNode.ts';
import { adapterName, heldOut, percent, stateWord, verdict } from './wording.ts';

const stateIcons = {
  running: 'sync~spin',
  finished: 'pass',
  stopped: 'circle-slash',
  failed: 'error',
  interrupted: 'debug-disconnect',
} as const;

/** The view "Runs and Adapters". */
export class RunsTree implements vscode.TreeDataProvider<RunNode>, vscode.Disposable {
  readonly #runs: FolderRuns;
  readonly #policies: ActivePolicies;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(runs: FolderRuns, policies: ActivePolicies) {
    this.#runs = runs;
    this.#policies = policies;
    const changed = () => this.#changed.fire();
    this.#subscriptions = [runs.onDidChange(changed), policies.onDidChange(changed)];
  }

  getChildren(node?: RunNode): RunNode[] {
    if (node?.kind === 'adapter') return [];
    if (node) return node.run.adapters.map((adapter) => ({ kind: 'adapter', adapter }));
    return this.#runs.all.map((run) => ({ kind: 'run', run }));
  }

  getTreeItem(node: RunNode): vscode.TreeItem {
    return node.kind === 'run' ? runItem(node.run) : this.#adapterItem(node.adapter);
  }

  #adapterItem(adapter: FoundAdapter): vscode.TreeItem {
    const { kind, step, directory } = adapter;
    const label = kind === 'best' ? vscode.l10n.t('Best, step {0}', step) : vscode.l10n.t('Step {0}', step);
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
    const used = this.#policies.current.adapter === directory;
    item.id = directory;
    item.description = used ? vscode.l10n.t('{0}, in use', heldOut(adapter)) : heldOut(adapter);
    item.tooltip = [adapterName(adapter), heldOut(adapter), verdict(adapter), directory]
      .filter(Boolean)
      .join('\n');
    item.contextValue = used ? 'usedAdapter' : 'adapter';
    item.iconPath = new vscode.ThemeIcon(used ? 'check' : 'package');
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

function runItem(run: FolderRun): vscode.TreeItem {
  const { id, state, step, steps, reason, adapters, folder, directory } = run;
  const item = new vscode.TreeItem(
    id,
    adapters.length > 0 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
  );
  const several = (vscode.workspace.workspaceFolders ?? []).length > 1;
  const done = steps === undefined ? `${step}` : `${step}/${steps}`;
  item.id = directory;
  item.description = [
    ...(several ? [folder.name] : []),
    stateWord(state),
    vscode.l10n.t('{0} steps', done),
  ].join(' · ');
  const before = adapters[0]?.before;
  item.tooltip = [
    directory,
    reason,
    before && before.samples > 0
      ? vscode.l10n.t('Held-out tasks before training: {0}', percent(before.passAt1))
      : '',
  ]
    .filter(Boolean)
    .join('\n');
  item.contextValue = state === 'finished' || state === 'running' ? 'run' : 'resumableRun';
  item.iconPath = new vscode.ThemeIcon(stateIcons[state]);
  item.command = {
    command: 'reinforce.openRewardLog',
    title: vscode.l10n.t('Open Reward Log'),
    arguments: [{ kind: 'run', run }],
  };
  return item;
}
