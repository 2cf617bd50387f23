/** What the page cannot show as well as the editor does: a task's file at its place, and a diff. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { placeOfFunction } from './functionPlace.ts';
import type { ReaderClient } from './readerClient.ts';

export const completionScheme = 'reinforce-episode';

/** Opens the file that a task is from, at the function: where it stands today, or else where it stood then. */
export async function openTask(reader: ReaderClient, run: string, id: string): Promise<void> {
  const [{ info }, { task, header }] = await Promise.all([
    reader.ask('snapshot', { run }),
    reader.ask('task', { run, task: id }),
  ]);
  const document = await vscode.workspace.openTextDocument(join(info.workspace, task.file));
  const text = document.getText().replaceAll('\r\n', '\n');
  const { line, character } = placeOfFunction(text, task, header);
  const at = document.validatePosition(new vscode.Position(line, character));
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}

/** Opens the diff of the function as the person wrote it against an episode's completion of it. */
export async function openDiff(reader: ReaderClient, run: string, row: number): Promise<void> {
  const { row: episode } = await reader.ask('episode', { run, row });
  const name = episode.task.slice(episode.task.lastIndexOf('#') + 1);
  const file = episode.task.slice(0, episode.task.lastIndexOf('#'));
  const side = (which: Side) =>
    vscode.Uri.from({
      scheme: completionScheme,
      path: `/${file}`,
      query: JSON.stringify({ run, row, side: which } satisfies CompletionPlace),
    });
  const title = vscode.l10n.t('{0}: original ↔ step {1}, try {2}', name, episode.step, episode.attempt + 1);
  await vscode.commands.executeCommand('vscode.diff', side('original'), side('completion'), title);
}

type Side = 'original' | 'completion';
interface CompletionPlace {
  readonly run: string;
  readonly row: number;
  readonly side: Side;
}

/** The text of the two sides of such a diff, which VS Code asks for also after a reload. */
export class CompletionDocuments implements vscode.TextDocumentContentProvider {
  readonly #reader: ReaderClient;

  constructor(reader: ReaderClient) {
    this.#reader = reader;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { run, row, side } = JSON.parse(uri.query) as CompletionPlace;
    const { prompt, completion, original, language } = await this.#reader.ask('episode', { run, row });
    const closing = language === 'python' ? '' : '}';
    return `${prompt}${side === 'completion' ? completion : (original ?? '')}${closing}\n`;
  }
}
