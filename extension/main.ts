/** The extension's entry: makes the parts and hands each what it needs. */
import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Reinforce', { log: true });
  context.subscriptions.push(log);
}
