import * as vscode from 'vscode';
import type { Preflight } from '../../trainer/protocol.ts';
import { canStart, type PreflightLine, preflightLines } from './preflightText.ts';

const icons: Readonly<Record<PreflightLine['kind'], string>> = {
  fact: '$(pass)',
  missing: '$(dash)',
  obstacle: '$(error)',
  warning: '$(warning)',
};

interface Item extends vscode.QuickPickItem {
  readonly choice?: PreflightChoice;
}

export type PreflightChoice = 'start' | 'again' | 'settings' | 'tasks';

/** Shows what was found, with Start on top where it is possible; answers what was chosen, or undefined. */
export function showPreflight(preflight: Preflight): Promise<PreflightChoice | undefined> {
  const possible = canStart(preflight);
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = vscode.l10n.t('Reinforce: Train on Workspace');
  pick.placeholder = possible
    ? vscode.l10n.t('Press Enter to start training; Escape leaves everything as it is')
    : vscode.l10n.t('Training cannot start yet');
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  const start: Item = {
    label: `$(play) ${vscode.l10n.t('Start Training')}`,
    detail: vscode.l10n.t('In the background, at low priority; you can stop or pause it at any time'),
    choice: 'start',
  };
  const retry: Item = { label: `$(refresh) ${vscode.l10n.t('Look Again')}`, choice: 'again' };
  const separator = { label: vscode.l10n.t('What was found'), kind: vscode.QuickPickItemKind.Separator };
  pick.items = [
    possible ? start : retry,
    separator,
    ...preflightLines(preflight).map(({ kind, name, text }) => ({
      label: `${icons[kind]} ${name}`,
      detail: text,
      alwaysShow: true,
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(list-tree) ${vscode.l10n.t('Show Tasks')}`, choice: 'tasks' },
    { label: `$(settings-gear) ${vscode.l10n.t('Open Settings')}`, choice: 'settings' },
  ];
  return new Promise((done) => {
    pick.onDidAccept(() => {
      const choice = pick.activeItems[0]?.choice;
      // The lines in between only inform.
      if (choice === undefined) return;
      done(choice);
      pick.dispose();
    });
    pick.onDidHide(() => {
      done(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
