/** The windows that are attached: what they ask is answered, and all are told what changes. */
import type { Socket } from 'node:net';
import {
  type CancellationToken,
  createMessageConnection,
  type MessageConnection,
  type NotificationType,
  ResponseError,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import {
  attachRequest,
  continueRequest,
  evaluateRequest,
  humanErrorCode,
  pauseRequest,
  preflightProgress,
  preflightRequest,
  resumeRunRequest,
  shutdownRequest,
  startRequest,
  stopRequest,
  tasksRequest,
  trainerGoodbye,
  trainerLog,
  trainerStateChanged,
  trainerTyping,
} from '../protocol/training.ts';
import { sentenceOf } from './activity.ts';
import type { Trainer } from './trainer.ts';

const stateMilliseconds = 250;
const longestYield = 10_000;
const internalError = -32603;

const isolation = z.enum(['auto', 'bubblewrap', 'none']);
const device = z.enum(['auto', 'cpu', 'webgpu', 'cuda']);
const path = z.string().min(1).exactOptional();
const trainingWish = z.object({
  model: path,
  device,
  isolation,
  settings: z.record(z.string(), z.unknown()),
});
const resumeWish = z.object({ run: path, isolation });
const evaluateWish = z.object({ model: path, adapter: path, device, isolation });
const pauseWish = z.object({ because: z.enum(['user', 'battery']) });
const tasksWish = z.object({ isolation, settings: z.record(z.string(), z.unknown()).exactOptional() });
const yieldWish = z.object({ milliseconds: z.number().min(0).max(longestYield) });

export class Windows implements AsyncDisposable {
  readonly #attached = new Set<MessageConnection>();
  readonly #all = new Set<MessageConnection>();
  readonly #onEmpty: () => void;
  readonly #onShutdown: () => void;
  #trainer: Trainer | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: { readonly onEmpty: () => void; readonly onShutdown: () => void }) {
    this.#onEmpty = options.onEmpty;
    this.#onShutdown = options.onShutdown;
  }

  /** Sockets that are open, whether or not they have attached. */
  get count(): number {
    return this.#all.size;
  }

  /** Whom the windows talk to; before the first connection. */
  serve(trainer: Trainer): void {
    this.#trainer = trainer;
  }

  readonly onConnection = (socket: Socket): void => {
    socket.on('error', () => {}); // A window that is gone; 'close' follows.
    const connection = createMessageConnection(
      new SocketMessageReader(socket),
      new SocketMessageWriter(socket),
    );
    connection.onError(() => {});
    connection.onClose(() => {
      this.#attached.delete(connection);
      this.#all.delete(connection);
      if (this.#all.size === 0) this.#onEmpty();
    });
    this.#all.add(connection);
    this.#answer(connection, this.#trainer!);
    connection.listen();
  };

  /** The state is another; progress is told at a pace that people can read. */
  stateChanged(now: boolean): void {
    if (now) this.#tellState();
    else this.#timer ??= setTimeout(() => this.#tellState(), stateMilliseconds);
  }

  log(line: string): void {
    for (const connection of this.#attached) void tell(connection, trainerLog, line);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    const all = [...this.#all];
    // A window that is gone need not be told.
    await Promise.allSettled(all.map((connection) => connection.sendNotification(trainerGoodbye)));
    for (const connection of all) connection.end();
  }

  #tellState(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const state = this.#trainer?.state;
    if (!state) return;
    for (const connection of this.#attached) void tell(connection, trainerStateChanged, state);
  }

  #answer(connection: MessageConnection, trainer: Trainer): void {
    connection.onRequest(attachRequest, () => {
      this.#attached.add(connection);
      return trainer.state;
    });
    connection.onRequest(preflightRequest, (wish, token) =>
      answer(() =>
        trainer.preflight(trainingWish.parse(wish), signalOf(token), (progress) => {
          void tell(connection, preflightProgress, progress);
        }),
      ),
    );
    connection.onRequest(startRequest, (wish) => answer(() => trainer.start(trainingWish.parse(wish)), null));
    connection.onRequest(resumeRunRequest, (wish) =>
      answer(() => trainer.resumeRun(resumeWish.parse(wish)), null),
    );
    connection.onRequest(stopRequest, () => answer(() => trainer.stop(), null));
    connection.onRequest(pauseRequest, (wish) =>
      answer(async () => trainer.pause(pauseWish.parse(wish).because), null),
    );
    connection.onRequest(continueRequest, () => answer(async () => trainer.continue(), null));
    connection.onRequest(evaluateRequest, (wish, token) =>
      answer(() => trainer.evaluate(evaluateWish.parse(wish), signalOf(token))),
    );
    connection.onRequest(tasksRequest, (wish, token) =>
      answer(() => trainer.tasks(tasksWish.parse(wish), signalOf(token))),
    );
    connection.onRequest(shutdownRequest, () =>
      answer(async () => {
        if (trainer.busy) throw new HumanError('The trainer is at work: stop it first.');
        setImmediate(this.#onShutdown);
      }, null),
    );
    connection.onNotification(trainerTyping, (wish) => {
      const parsed = yieldWish.safeParse(wish);
      if (parsed.success) trainer.yieldFor(parsed.data.milliseconds);
    });
  }
}

/** Never rejects: a window that was killed or reloaded is gone before its connection says so, which must end nothing else. */
async function tell<T>(connection: MessageConnection, type: NotificationType<T>, what: T): Promise<void> {
  try {
    await connection.sendNotification(type.method, what);
  } catch {
    // 'close' follows.
  }
}

/** What `action` answers (or `instead`), its errors as those of the protocol. */
async function answer<T>(action: () => Promise<T>): Promise<T>;
async function answer(action: () => Promise<void>, instead: null): Promise<null>;
async function answer<T>(action: () => Promise<T>, instead?: null): Promise<T | null> {
  try {
    const value = await action();
    return instead === null ? null : value;
  } catch (error) {
    const code = error instanceof HumanError ? humanErrorCode : internalError;
    throw new ResponseError(code, sentenceOf(error));
  }
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  if (token.isCancellationRequested) controller.abort();
  return controller.signal;
}
