/** Models of the Hugging Face hub, by the command line: those in its cache, and getting another. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

export interface CommandLine {
  /** The Node to run the command line in. @throws Error with a sentence for people. */
  readonly node: () => string;
  /** Absolute path of the bundled command line. */
  readonly cli: string;
}

export interface CachedModel {
  /** `org/name`. */
  readonly name: string;
  readonly bytes: number;
  /** Directory of its newest revision. */
  readonly directory: string;
}

type JsonLine = { readonly event: string } & Readonly<Record<string, unknown>>;

/** Models in the cache that Hugging Face's tools share, in the form that can be trained from. */
export async function cachedModels({ node, cli }: CommandLine): Promise<readonly CachedModel[]> {
  const { execa } = await import('execa');
  const { stdout } = await execa(node(), [cli, 'model', 'list', '--json'], { reject: false });
  return linesOf(stdout ?? '').flatMap((line) => {
    if (line.event !== 'model') return [];
    const { repository, bytes, path, revisions } = line as unknown as {
      repository: string;
      bytes: number;
      path: string;
      revisions: readonly { readonly commit: string }[];
    };
    const commit = revisions.at(-1)?.commit;
    const directory = commit === undefined ? undefined : join(path, 'snapshots', commit);
    return directory !== undefined && existsSync(join(directory, 'config.json'))
      ? [{ name: repository, bytes, directory }]
      : [];
  });
}

/** Downloads a model into the cache; answers where it is. @throws Error with a sentence for people. */
export function getModel({ node, cli }: CommandLine, name: string): Thenable<string> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Reinforce: getting {0}', name),
      cancellable: true,
    },
    async (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const { execa } = await import('execa');
      const running = execa(node(), [cli, 'model', 'get', name, '--json'], {
        reject: false,
        cancelSignal: stop.signal,
        lines: true,
      });
      for await (const line of running.iterable({ from: 'stderr' })) progress.report({ message: line });
      const { isCanceled, stdout } = await running;
      if (isCanceled) throw new vscode.CancellationError();
      const events = linesOf(stdout.join('\n'));
      const path = events.find(({ event }) => event === 'result')?.path;
      if (typeof path === 'string') return path;
      const message = events.find(({ event }) => event === 'error')?.message;
      throw new Error(typeof message === 'string' ? message : vscode.l10n.t('{0} was not downloaded.', name));
    },
  );
}

function linesOf(text: string): JsonLine[] {
  return text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as JsonLine] : []));
}
