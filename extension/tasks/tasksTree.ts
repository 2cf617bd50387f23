import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FoundTask, RejectedFunction, TaskListing } from '../../trainer/protocol.ts';
import { reasonWords } from './rejections.ts';

export interface FolderTasks extends TaskListing {
  readonly folder: vscode.WorkspaceFolder;
}

export type TaskNode =
  | {
      readonly kind: 'file';
      readonly folder: vscode.WorkspaceFolder;
      readonly file: string;
      readonly tasks: readonly FoundTask[];
    }
  | { readonly kind: 'task'; readonly folder: vscode.WorkspaceFolder; readonly task: FoundTask }
  | {
      readonly kind: 'reason';
      readonly folder: vscode.WorkspaceFolder;
      readonly reason: string;
      readonly functions: readonly RejectedFunction[];
    }
  | {
      readonly kind: 'rejected';
      readonly folder: vscode.WorkspaceFolder;
      readonly rejected: RejectedFunction;
    };

/** The view "Tasks": by file, and below them the functions that are no tasks, by the reason. */
export class TasksTree implements vscode.TreeDataProvider<TaskNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #listings = new Map<string, FolderTasks>();

  get isEmpty(): boolean {
    return this.#listings.size === 0;
  }

  show(tasks: FolderTasks): void {
    this.#listings.set(tasks.folder.uri.toString(), tasks);
    this.#changed.fire();
  }

  getChildren(node?: TaskNode): TaskNode[] {
    if (!node) return [...this.#listings.values()].flatMap(rootsOf);
    const { folder } = node;
    if (node.kind === 'file') return node.tasks.map((task) => ({ kind: 'task', folder, task }));
    if (node.kind === 'reason') {
      return node.functions.map((rejected) => ({ kind: 'rejected', folder, rejected }));
    }
    return [];
  }

  getTreeItem(node: TaskNode): vscode.TreeItem {
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    switch (node.kind) {
      case 'file': {
        const item = new vscode.TreeItem(node.file, Collapsed);
        const heldOut = node.tasks.some(({ split }) => split === 'heldOut');
        const count = vscode.l10n.t('{0} tasks', node.tasks.length);
        item.description = heldOut ? vscode.l10n.t('{0}, held out', count) : count;
        item.iconPath = new vscode.ThemeIcon(heldOut ? 'beaker' : 'file-code');
        return item;
      }
      case 'task': {
        const { name, file, line, tests, split } = node.task;
        const item = placed(name, node.folder, file, line);
        item.description = vscode.l10n.t('{0} tests', tests.length);
        item.tooltip = [
          split === 'heldOut'
            ? vscode.l10n.t('Held out: only measured, never learnt from.')
            : vscode.l10n.t('Learnt from.'),
          ...tests,
        ].join('\n');
        item.iconPath = new vscode.ThemeIcon('symbol-function');
        return item;
      }
      case 'reason': {
        const item = new vscode.TreeItem(reasonWords(node.reason), Collapsed);
        item.description = vscode.l10n.t('{0} functions are no tasks', node.functions.length);
        item.iconPath = new vscode.ThemeIcon('circle-slash');
        return item;
      }
      case 'rejected': {
        const { name, file, line } = node.rejected;
        const item = placed(name, node.folder, file, line);
        item.description = `${file}:${line}`;
        item.collapsibleState = None;
        return item;
      }
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function rootsOf({ folder, tasks, rejected }: FolderTasks): TaskNode[] {
  const files = grouped(tasks, ({ file }) => file);
  const reasons = grouped(rejected, ({ reason }) => reason);
  return [
    ...[...files].map(([file, group]) => ({ kind: 'file' as const, folder, file, tasks: group })),
    ...[...reasons].map(([reason, functions]) => ({ kind: 'reason' as const, folder, reason, functions })),
  ];
}

/** `Map.groupBy`, which the Node of older remote extension hosts does not have. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function placed(name: string, folder: vscode.WorkspaceFolder, file: string, line: number): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.None);
  const at = new vscode.Position(line - 1, 0);
  item.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open'),
    arguments: [vscode.Uri.file(join(folder.uri.fsPath, file)), { selection: new vscode.Range(at, at) }],
  };
  return item;
}
