import * as vscode from 'vscode';
import { isEnabled, toggled } from './languages.ts';
import { completionSettings, section, setEnabled } from './settings.ts';
import type { StatusText } from './status.ts';
import { menuCommand } from './statusItem.ts';

export interface CommandParts {
  readonly restart: () => Promise<unknown>;
  readonly status: () => StatusText;
  readonly log: vscode.LogOutputChannel;
}

const names = {
  toggle: 'reinforce.completions.toggle',
  toggleLanguage: 'reinforce.completions.toggleLanguage',
  restart: 'reinforce.completions.restart',
  export: 'reinforce.completions.exportAccepted',
} as const;

export function registerCompletionCommands({ restart, status, log }: CommandParts): vscode.Disposable[] {
  const register = (name: string, action: () => unknown) => vscode.commands.registerCommand(name, action);
  return [
    register(names.toggle, () => setEnabled(toggled(completionSettings().enabled, '*'))),
    register(names.toggleLanguage, async () => {
      const language = vscode.window.activeTextEditor?.document.languageId;
      if (language === undefined) {
        await vscode.window.showInformationMessage(
          vscode.l10n.t(
            'Open a file first: completions are turned on and off for the language of the active editor.',
          ),
        );
        return;
      }
      await setEnabled(toggled(completionSettings().enabled, language));
    }),
    register(names.restart, restart),
    // Loaded when it is asked for: activation does not pay for what it needs.
    register(names.export, async () => (await import('./exportCommand.ts')).exportAccepted()),
    register(menuCommand, () => showMenu(status(), log)),
  ];
}

/** The status, and what can be done about it. */
async function showMenu({ text, detail }: StatusText, log: vscode.LogOutputChannel): Promise<void> {
  const { enabled } = completionSettings();
  const language = vscode.window.activeTextEditor?.document.languageId;
  const turn = (on: boolean, what: string) =>
    on ? vscode.l10n.t('Turn off {0}', what) : vscode.l10n.t('Turn on {0}', what);
  const run = (command: string, ...words: unknown[]) => vscode.commands.executeCommand(command, ...words);
  const entries: (vscode.QuickPickItem & { readonly action: () => unknown })[] = [
    ...(language === undefined
      ? []
      : [
          {
            label: turn(isEnabled(enabled, language), vscode.l10n.t('for {0}', language)),
            action: () => run(names.toggleLanguage),
          },
        ]),
    {
      label: turn(enabled['*'] ?? true, vscode.l10n.t('for all languages without a setting of their own')),
      action: () => run(names.toggle),
    },
    { label: vscode.l10n.t('Restart the completion server'), action: () => run(names.restart) },
    { label: vscode.l10n.t('Settings'), action: () => run('workbench.action.openSettings', section) },
    { label: vscode.l10n.t('Log'), action: () => log.show() },
  ];
  const title = vscode.l10n.t('Inline completions: {0}', text);
  const chosen = await vscode.window.showQuickPick(entries, { title, placeHolder: detail });
  await chosen?.action();
}
