import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FoundAdapter } from '../runs/runFiles.ts';
import type { CommandLine } from './modelHub.ts';

/** What `reinforce export` can write. */
export type ExportFormat = 'peft' | 'gguf' | 'merged';

/** The person's choice; undefined for none. */
export async function askForFormat(): Promise<ExportFormat | undefined> {
  const items: (vscode.QuickPickItem & { format: ExportFormat })[] = [
    {
      label: 'PEFT',
      detail: vscode.l10n.t('A LoRA adapter for PEFT and transformers: a folder'),
      format: 'peft',
    },
    {
      label: 'GGUF',
      detail: vscode.l10n.t('A LoRA adapter for llama.cpp and Ollama: a file'),
      format: 'gguf',
    },
    {
      label: vscode.l10n.t('Merged model'),
      detail: vscode.l10n.t('The whole model with the adapter in its weights: a Hugging Face folder'),
      format: 'merged',
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Export Adapter') });
  return picked?.format;
}

export async function askForFolder(): Promise<string | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: vscode.l10n.t('Export Here'),
    })) ?? [];
  return folder?.fsPath;
}

/** Writes an adapter into `folder`, under its run's name; answers the path. @throws Error with a sentence. */
export async function exportAdapter(
  { node, cli }: CommandLine,
  adapter: FoundAdapter,
  folder: string,
  format: ExportFormat,
): Promise<string> {
  const { run, kind, step, directory } = adapter;
  const name = `${run}-${kind === 'best' ? 'best' : `step-${step}`}`;
  const output = join(
    folder,
    format === 'gguf' ? `${name}.gguf` : format === 'merged' ? `${name}-merged` : name,
  );
  const words = [cli, 'export', directory, '--format', format, '--output', output];
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Reinforce: exporting'),
      cancellable: true,
    },
    async (_, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const { execa } = await import('execa');
      const done = await execa(node(), words, { reject: false, cancelSignal: stop.signal });
      if (done.isCanceled) throw new vscode.CancellationError();
      if (done.failed) throw new Error(done.stderr.trim().split('\n').at(-1) ?? done.shortMessage);
    },
  );
  return output;
}
