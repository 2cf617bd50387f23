import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** The path of a file in the first folder that is open. */
export function inWorkspace(name: string): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('No folder is open.');
  return join(folder.uri.fsPath, name);
}

/** Opens a new file of the workspace with a text, the cursor where the text has `|`. */
export async function openFile(name: string, text: string): Promise<vscode.TextEditor> {
  const path = inWorkspace(name);
  const at = text.indexOf('|');
  await writeFile(path, text.replace('|', ''));
  const document = await vscode.workspace.openTextDocument(path);
  const editor = await vscode.window.showTextDocument(document);
  const position = document.positionAt(at);
  editor.selection = new vscode.Selection(position, position);
  return editor;
}

export async function setSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('reinforce').update(name, value, vscode.ConfigurationTarget.Global);
}
