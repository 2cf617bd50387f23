/** The completion server as the extension runs it: a process of its own, spoken to over its standard streams. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import {
  type CompleteAnswer,
  type CompleteRequest,
  completeRequest,
  completionStateNotification,
  loadRequest,
  type PolicyToLoad,
  type ServerState,
} from '../../../trainer/protocol/completion.ts';

const main = join(import.meta.dirname, '../../../trainer/completion/main.ts');

/** Emits the name of each phase as it begins. */
export class ServerProcess extends EventEmitter implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  readonly states: ServerState[] = [];

  /** @param env beside the variables of this process. */
  constructor(env: Readonly<Record<string, string>> = {}) {
    super();
    this.child = spawn(process.execPath, ['--no-warnings', main], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    this.connection = createMessageConnection(
      new StreamMessageReader(this.child.stdout!),
      new StreamMessageWriter(this.child.stdin!),
    );
    this.connection.onError(() => {});
    this.connection.onNotification(completionStateNotification, (state) => {
      this.states.push(state);
      this.emit(state.phase);
    });
    this.child.on('exit', () => this.connection.dispose());
    this.connection.listen();
  }

  load(policy: PolicyToLoad = {}) {
    return this.connection.sendRequest(loadRequest, policy);
  }

  complete(request: CompleteRequest): Promise<CompleteAnswer> {
    return this.connection.sendRequest(completeRequest, request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.connection.dispose();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.stdin!.end();
    await once(this.child, 'exit');
  }
}

/** A request at the `¦` of a text. */
export function at(marked: string, options: Partial<CompleteRequest> = {}): CompleteRequest {
  const [prefix, suffix] = marked.split('¦') as [string, string];
  return {
    prefix,
    suffix,
    language: 'typescript',
    file: 'file.ts',
    singleLine: false,
    maxTokens: 64,
    ...options,
  };
}
