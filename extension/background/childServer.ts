import type { Readable, Writable } from 'node:stream';
import { execa } from 'execa';
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

/** A process of our own that answers JSON-RPC on its standard input and output, and ends with this window. */
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
  const child = execa(node, [script, ...words], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    cleanup: true,
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout as Readable),
    new StreamMessageWriter(child.stdin as Writable),
  );
  child.stdin.on('error', () => {}); // The process is gone; `ended` says how.
  connection.onError(() => {});
  void logLines(child.stderr as Readable, onLog);
  const ended = child.then(({ signal, exitCode, originalMessage }) => {
    connection.dispose();
    if (signal) return `it was ended by ${signal}`;
    return exitCode === undefined
      ? `it did not start (${originalMessage})`
      : `it ended with code ${exitCode}`;
  });
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
