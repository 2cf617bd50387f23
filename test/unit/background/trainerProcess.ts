/** Starts trainers as the extension does, from their sources, and talks to them as a window does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createMessageConnection,
  type MessageConnection,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node';
import {
  attachRequest,
  type TrainerAddress,
  type TrainerState,
  trainerGoodbye,
  trainerStateChanged,
} from '../../../trainer/protocol.ts';

const script = join(import.meta.dirname, '../../../trainer/main.ts');

export interface StartedTrainer {
  readonly process: ChildProcess;
  /** Resolves to how it ended. */
  readonly ended: Promise<{ code: number | null; signal: string | null; errors: string }>;
}

export function startTrainer(workspace: string, ...words: string[]): StartedTrainer {
  const child = spawn(process.execPath, ['--no-warnings', script, workspace, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let errors = '';
  child.stderr!.on('data', (text) => {
    errors += text;
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal, errors }));
  return { process: child, ended };
}

export async function readAddress(workspace: string): Promise<TrainerAddress> {
  return JSON.parse(await readFile(join(workspace, '.reinforce/trainer.json'), 'utf8'));
}

/** A window: every state that it was told, and the connection to ask with. */
export class Window implements Disposable {
  readonly connection: MessageConnection;
  readonly states: TrainerState[] = [];
  readonly closed: Promise<void>;
  #saidGoodbye = false;
  #waiting: (() => void)[] = [];

  readonly #stream: Socket;

  private constructor(stream: Socket) {
    this.#stream = stream;
    const connection = createMessageConnection(
      new SocketMessageReader(stream),
      new SocketMessageWriter(stream),
    );
    this.connection = connection;
    connection.onNotification(trainerStateChanged, (state) => this.#see(state));
    connection.onNotification(trainerGoodbye, () => {
      this.#saidGoodbye = true;
    });
    this.closed = new Promise((done) => {
      connection.onClose(() => done());
    });
    connection.listen();
  }

  /** Attaches to the trainer of a workspace that is being started or runs, other than process `not`. */
  static async attach(workspace: string, not?: number): Promise<Window> {
    for (;;) {
      try {
        const { socket, pid } = await readAddress(workspace);
        if (pid === not) throw new Error('This is the old one.');
        const stream = createConnection(socket);
        await once(stream, 'connect');
        const window = new Window(stream);
        window.#see(await window.connection.sendRequest(attachRequest));
        return window;
      } catch {
        await delay(50); // Not there yet: the test's own time limit ends this.
      }
    }
  }

  get state(): TrainerState {
    return this.states.at(-1)!;
  }

  get saidGoodbye(): boolean {
    return this.#saidGoodbye;
  }

  /** The first state told, from now on, that `holds`; the present one counts. */
  async until(holds: (state: TrainerState) => boolean): Promise<TrainerState> {
    while (!holds(this.state)) {
      await new Promise<void>((wake) => {
        this.#waiting.push(wake);
      });
    }
    return this.state;
  }

  /** Ends as a process that is killed does: without a word, and without reading what was sent to it. */
  vanish(): void {
    this.#stream.destroy();
    this.connection.dispose();
  }

  #see(state: TrainerState): void {
    this.states.push(state);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  [Symbol.dispose](): void {
    this.connection.end();
    this.connection.dispose();
  }
}
