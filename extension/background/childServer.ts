import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import * as l10n from '@vscode/l10n';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

export interface ChildServerOptions {
  /** The Node executable, from `backgroundNode`. */
  readonly node: string;
  /** Absolute path of the bundled script. */
  readonly script: string;
  readonly arguments?: readonly string[];
  /** Told each line that the process writes to standard error. */
  readonly onLog: (line: string) => void;
}

/** A process of our own that answers JSON-RPC on its standard input and output, and ends with its input, hence with this window. */
export interface ChildServer extends Disposable {
  readonly connection: MessageConnection;
  readonly pid: number | undefined;
  /** Resolves, never rejects, with a sentence that says how the process ended. */
  readonly ended: Promise<string>;
}

export function startChildServer({
  node,
  script,
  arguments: words = [],
  onLog,
}: ChildServerOptions): ChildServer {
  const child = spawn(node, [script, ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  child.stdin.on('error', () => {}); // The process is gone; `ended` says how.
  connection.onError(() => {});
  void logLines(child.stderr, onLog);
  const ended = new Promise<string>((tell) => {
    child.once('error', ({ message }) => tell(l10n.t('it did not start ({0})', message)));
    child.once('close', (code, signal) =>
      tell(signal ? l10n.t('it was ended by {0}', signal) : l10n.t('it ended with code {0}', code ?? '')),
    );
  }).finally(() => connection.dispose());
  connection.listen();
  return {
    connection,
    pid: child.pid,
    ended,
    [Symbol.dispose]: () => void child.kill(),
  };
}

async function logLines(stream: Readable, onLog: (line: string) => void): Promise<void> {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) onLog(line);
  }
  if (rest !== '') onLog(rest);
}
