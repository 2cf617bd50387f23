import * as vscode from 'vscode';
import type { FolderRuns } from '../runs/folderRuns.ts';
import { type FoundAdapter, isAdapter } from '../runs/runFiles.ts';
import { nodeOf } from '../runs/runNode.ts';
import { adapterName, heldOut, verdict } from '../runs/wording.ts';

interface Item extends vscode.QuickPickItem {
  readonly choice: FoundAdapter | 'base';
}

/**
 * The adapter that a command is about: the one that it was given (a tree item, or a directory), or one that is picked.
 * @returns `base` for the base model alone, where that may be chosen; undefined when the person picked none.
 */
export async function pickAdapter(
  runs: FolderRuns,
  given: unknown,
  {
    title,
    base,
    current,
  }: { readonly title: string; readonly base: boolean; readonly current: string | undefined },
): Promise<FoundAdapter | 'base' | undefined> {
  await runs.refresh();
  const node = nodeOf(given);
  if (node?.kind === 'adapter') return node.adapter;
  if (given === 'base' && base) return 'base';
  if (typeof given === 'string') {
    const found = runs.adapters.find(({ directory }) => directory === given);
    if (found && (await isAdapter(given))) return found;
    throw new Error(vscode.l10n.t('There is no adapter of this workspace at {0}.', given));
  }
  const items: Item[] = runs.adapters.map((adapter) => ({
    label: `$(package) ${adapterName(adapter)}`,
    description: heldOut(adapter),
    detail: [verdict(adapter), adapter.directory === current ? vscode.l10n.t('in use') : '']
      .filter(Boolean)
      .join(' · '),
    choice: adapter,
  }));
  if (base) {
    const before = runs.adapters.find((adapter) => adapter.before)?.before;
    items.unshift({
      label: `$(circle-outline) ${vscode.l10n.t('Base model')}`,
      description: before ? heldOut({ after: before }) : vscode.l10n.t('without an adapter'),
      detail: current === undefined ? vscode.l10n.t('in use') : '',
      choice: 'base',
    });
  }
  if (items.length === 0) {
    throw new Error(vscode.l10n.t('There is no adapter yet: train on the workspace first.'));
  }
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('pass@1 at held-out tasks, before → after'),
    matchOnDescription: true,
  });
  return picked?.choice;
}
