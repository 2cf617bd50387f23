import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { acceptedExamples, recordFiles } from '../../trainer/protocol.ts';

/** Writes the accepted completions of the workspace that survived into a file of JSON lines, which a person names. */
export async function exportAccepted(): Promise<void> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const texts = await Promise.all(
    folders.flatMap(({ uri }) =>
      recordFiles.map((name) => readFile(join(uri.fsPath, '.reinforce', name), 'utf8').catch(() => '')),
    ),
  );
  const examples = acceptedExamples(texts.join('\n').split('\n'));
  if (examples.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'There are no accepted completions to export: turn on the setting reinforce.completions.learnFrom, and accept some.',
      ),
    );
    return;
  }
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Accepted Completions'),
    filters: { 'JSON Lines': ['jsonl'] },
  });
  if (target?.scheme !== 'file') return;
  await writeFile(target.fsPath, examples.map((example) => `${JSON.stringify(example)}\n`).join(''));
  await vscode.window.showInformationMessage(
    vscode.l10n.t('Exported {0} accepted completions to {1}.', examples.length, target.fsPath),
  );
}
