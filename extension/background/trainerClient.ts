import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import {
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  type RequestType,
  type RequestType0,
  ResponseError,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node';
import {
  addressFile,
  attachRequest,
  type PreflightProgress,
  preflightProgress,
  shutdownRequest,
  type TrainerAddress,
  type TrainerState,
  trainerFolder,
  trainerGoodbye,
  trainerLog,
  trainerStateChanged,
  trainerTyping,
} from '../../trainer/protocol.ts';

const startMilliseconds = 30_000;
const pollMilliseconds = 100;
/** The trainer's exit code where another one serves the workspace already. */
const exitTaken = 3;

export interface TrainerClientOptions {
  /** The workspace folder. */
  readonly folder: vscode.WorkspaceFolder;
  /** The Node to run the trainer in. @throws Error with a sentence for people. */
  readonly node: () => string;
  /** Absolute path of the bundled trainer. */
  readonly script: string;
  /** Of this extension: a trainer of another version that has nothing to do is replaced. */
  readonly version: string;
  readonly log: vscode.LogOutputChannel;
}

/** What this window knows of one folder's trainer, whoever started it. */
export class TrainerClient implements vscode.Disposable {
  readonly folder: vscode.WorkspaceFolder;
  readonly #options: TrainerClientOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #died = new vscode.EventEmitter<TrainerState>();
  readonly #progressed = new vscode.EventEmitter<PreflightProgress>();
  #connecting: Promise<MessageConnection> | undefined;
  #attaching: Promise<boolean> | undefined;
  #state: TrainerState | undefined;
  #disposed = false;
  /** The trainer's state is another, or there is none any more. */
  readonly onDidChange = this.#changed.event;
  /** The trainer is gone without a goodbye; tells what it was doing. */
  readonly onDidDie = this.#died.event;
  readonly onPreflightProgress = this.#progressed.event;

  constructor(options: TrainerClientOptions) {
    this.#options = options;
    this.folder = options.folder;
  }

  /** Undefined while no trainer is attached. */
  get state(): TrainerState | undefined {
    return this.#state;
  }

  /** Attaches to the folder's trainer if one runs; answers whether it did. */
  attachToRunning(): Promise<boolean> {
    this.#attaching ??= this.#attach().finally(() => {
      this.#attaching = undefined;
    });
    return this.#attaching;
  }

  /** Starts a trainer if none runs. @throws Error with a sentence for people. */
  async request<R>(type: RequestType0<R, void>): Promise<R>;
  async request<P, R>(type: RequestType<P, R, void>, asked: P, token?: vscode.CancellationToken): Promise<R>;
  async request<P, R>(
    type: RequestType<P, R, void> | RequestType0<R, void>,
    asked?: P,
    token?: vscode.CancellationToken,
  ): Promise<R> {
    await this.#attaching;
    this.#connecting ??= this.#start().catch((error: unknown) => {
      this.#connecting = undefined;
      throw error;
    });
    const connection = await this.#connecting;
    try {
      if (asked === undefined) return await connection.sendRequest(type as RequestType0<R, void>);
      return await connection.sendRequest<R>(type.method, asked, ...(token ? [token] : []));
    } catch (error) {
      if (!(error instanceof ResponseError) || error.code !== ErrorCodes.PendingResponseRejected) throw error;
      throw new Error(vscode.l10n.t('The trainer ended before it answered: try again.'));
    }
  }

  /** Somebody types: a trainer that is at work lets them go first. */
  async tellTyping(milliseconds: number): Promise<void> {
    const connection = await this.#connecting;
    await connection?.sendNotification(trainerTyping, { milliseconds });
  }

  /** Where this folder's trainer writes its log. */
  get logPath(): string {
    return join(this.folder.uri.fsPath, trainerFolder, 'trainer.log');
  }

  /** Lets go of the trainer, which goes on with what it does. */
  dispose(): void {
    this.#disposed = true;
    void this.#connecting?.then(
      (connection) => connection.end(),
      () => {},
    );
    for (const emitter of [this.#changed, this.#died, this.#progressed]) emitter.dispose();
  }

  async #attach(): Promise<boolean> {
    if (this.#connecting) return true;
    const connection = await this.#tryToConnect();
    if (!connection) return false;
    this.#connecting = Promise.resolve(connection);
    return true;
  }

  async #start(): Promise<MessageConnection> {
    const running = await this.#tryToConnect();
    if (running && !(await this.#replaces(running))) return running;
    const { folder, script, log } = this.#options;
    const node = this.#options.node();
    log.info(`Starting the trainer of ${folder.uri.fsPath} in ${node}.`);
    const { NODE_OPTIONS: _, ELECTRON_RUN_AS_NODE: __, ...env } = process.env;
    const child = spawn(node, [script, folder.uri.fsPath], {
      detached: true,
      stdio: 'ignore',
      env,
      cwd: folder.uri.fsPath,
    });
    child.unref();
    let ended: { readonly code: number | null; readonly how: string } | undefined;
    child.once('error', ({ message }) => {
      ended ??= { code: null, how: message };
    });
    child.once('exit', (code, signal) => {
      ended ??= { code, how: signal ?? vscode.l10n.t('it ended with code {0}', code ?? '') };
    });
    const deadline = performance.now() + startMilliseconds;
    while (performance.now() < deadline && !this.#disposed) {
      const connection = await this.#tryToConnect();
      if (connection) return connection;
      if (ended && ended.code !== exitTaken) {
        const { how } = ended;
        throw new Error(
          vscode.l10n.t('The trainer did not start ({0}): its log says why, in {1}.', how, this.logPath),
        );
      }
      await delay(pollMilliseconds);
    }
    throw new Error(
      vscode.l10n.t('The trainer did not answer within {0} seconds: try again.', startMilliseconds / 1000),
    );
  }

  /** Ends a trainer of another version, as an update of the extension leaves behind, unless it is at work. */
  async #replaces(running: MessageConnection): Promise<boolean> {
    if (this.#state?.version === this.#options.version || this.#state?.activity !== undefined) return false;
    const closed = new Promise<void>((done) => {
      running.onClose(() => done());
    });
    await running.sendRequest(shutdownRequest);
    await closed;
    return true;
  }

  async #tryToConnect(): Promise<MessageConnection | undefined> {
    const address = await readAddress(this.folder.uri.fsPath);
    const stream = address && (await connect(address.socket));
    if (!stream) return undefined;
    const connection = createMessageConnection(
      new SocketMessageReader(stream),
      new SocketMessageWriter(stream),
    );
    let [attached, saidGoodbye] = [false, false];
    connection.onNotification(trainerStateChanged, (state) => this.#setState(state));
    connection.onNotification(preflightProgress, (progress) => this.#progressed.fire(progress));
    connection.onNotification(trainerLog, (line) => this.#options.log.info(line));
    connection.onNotification(trainerGoodbye, () => {
      saidGoodbye = true;
    });
    connection.onError(() => {}); // 'close' follows.
    connection.onClose(() => {
      // What was asked and not answered is rejected by this alone.
      connection.dispose();
      if (!attached) return;
      this.#connecting = undefined;
      const last = this.#state;
      this.#setState(undefined);
      if (!saidGoodbye && !this.#disposed && last) this.#died.fire(last);
    });
    connection.listen();
    try {
      const state = await connection.sendRequest(attachRequest);
      attached = true;
      this.#setState(state);
      return connection;
    } catch {
      return undefined; // It ended in this very moment.
    }
  }

  #setState(state: TrainerState | undefined): void {
    this.#state = state;
    if (!this.#disposed) this.#changed.fire();
  }
}

async function readAddress(folder: string): Promise<TrainerAddress | undefined> {
  try {
    const path = join(folder, trainerFolder, addressFile);
    return JSON.parse(await readFile(path, 'utf8')) as TrainerAddress;
  } catch {
    return undefined; // There is none.
  }
}

/** A connected socket; undefined where nobody listens. */
function connect(path: string) {
  return new Promise<ReturnType<typeof createConnection> | undefined>((done) => {
    const stream = createConnection(path);
    stream.once('connect', () => {
      stream.on('error', () => {}); // 'close' follows.
      done(stream);
    });
    stream.once('error', () => done(undefined));
  });
}
