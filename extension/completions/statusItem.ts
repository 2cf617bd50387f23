import * as vscode from 'vscode';
import { documentsToComplete } from './provider.ts';
import type { StatusText } from './status.ts';

export const menuCommand = 'reinforce.completions.menu';

const severities = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

/** Says what completions are doing: with the language's other statuses, and in the status bar, where it opens a menu. */
export class StatusItem implements vscode.Disposable {
  readonly #language: vscode.LanguageStatusItem;
  readonly #bar: vscode.StatusBarItem;

  constructor() {
    this.#language = vscode.languages.createLanguageStatusItem('reinforce.completions', documentsToComplete);
    this.#language.name = vscode.l10n.t('Reinforce: Inline Completions');
    this.#language.command = { title: vscode.l10n.t('Options…'), command: menuCommand };
    this.#bar = vscode.window.createStatusBarItem(
      'reinforce.completions',
      vscode.StatusBarAlignment.Right,
      100,
    );
    this.#bar.name = vscode.l10n.t('Reinforce: Inline Completions');
    this.#bar.command = menuCommand;
    this.#bar.show();
  }

  show({ text, detail, severity, busy, off }: StatusText): void {
    this.#language.text = vscode.l10n.t('Completions: {0}', text);
    this.#language.detail = detail;
    this.#language.severity = severities[severity];
    this.#language.busy = busy;
    this.#bar.text = `${iconOf({ severity, busy, off })} ${text}`;
    this.#bar.tooltip = vscode.l10n.t('Reinforce completions: {0}. {1}', text, detail);
    this.#bar.accessibilityInformation = { label: vscode.l10n.t('Reinforce completions: {0}', text) };
    this.#bar.backgroundColor =
      severity === 'error' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  }

  dispose(): void {
    this.#language.dispose();
    this.#bar.dispose();
  }
}

function iconOf({ severity, busy, off }: Pick<StatusText, 'severity' | 'busy' | 'off'>): string {
  if (severity !== 'information') return '$(warning)';
  if (busy) return '$(loading~spin)';
  return off ? '$(circle-slash)' : '$(sparkle)';
}
