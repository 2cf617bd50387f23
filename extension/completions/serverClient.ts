/** The completion server's process, seen from the window: started when needed, ended when idle, started again when killed. */
import * as l10n from '@vscode/l10n';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import {
  type CompleteRequest,
  completeRequest,
  completionStateNotification,
  type LoadAnswer,
  loadRequest,
  type PolicyToLoad,
} from '../../trainer/protocol.ts';
import type { ChildServer } from '../background/childServer.ts';
import type { Answer } from './suggester.ts';

/** Where the process stands. `reason` is a sentence for people. */
export type ServerStatus =
  | { readonly kind: 'asleep'; readonly idle: boolean }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly busy: boolean; readonly residentBytes: number }
  | { readonly kind: 'restarting'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

export interface ServerClientOptions {
  /** Starts the process. @throws Error with a sentence for people. */
  readonly start: () => ChildServer;
  readonly policy: () => PolicyToLoad;
  /** After so many milliseconds without a request the process is ended; undefined for never. */
  readonly idleMilliseconds: () => number | undefined;
  readonly onStatus: (status: ServerStatus) => void;
  readonly onLoaded?: (loaded: Extract<LoadAnswer, { kind: 'loaded' }>) => void;
  /** Told a sentence when something went wrong, once each time. */
  readonly onTrouble: (sentence: string) => void;
  /** Waits before starting again, one after the other; after the last the client gives up. */
  readonly backOff?: readonly number[];
}

interface Running {
  readonly server: ChildServer;
  /** Whether a policy is loaded; never rejects. */
  loaded: Promise<boolean>;
}

export class ServerClient implements Disposable {
  readonly #options: ServerClientOptions;
  readonly #backOff: readonly number[];
  #running: Running | undefined;
  #status: ServerStatus = { kind: 'asleep', idle: false };
  /** Ends since the last answer. */
  #ends = 0;
  #restart: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: ServerClientOptions) {
    this.#options = options;
    this.#backOff = options.backOff ?? [1000, 2000, 4000, 8000, 16_000];
  }

  get status(): ServerStatus {
    return this.#status;
  }

  get pid(): number | undefined {
    return this.#running?.server.pid;
  }

  /** Starts the process and loads the policy, if that has not been done. Answers whether it can complete. */
  async ready(): Promise<boolean> {
    this.#stayAwake();
    if (this.#status.kind === 'failed' || this.#status.kind === 'restarting') return false;
    this.#running ??= this.#start();
    return (await this.#running?.loaded) ?? false;
  }

  /** Never rejects. What goes wrong is a reason in the answer. */
  async complete(request: CompleteRequest, signal: AbortSignal): Promise<Answer> {
    const loading = this.#status.kind === 'loading' || this.#status.kind === 'asleep';
    if (!(await this.ready())) {
      return { kind: 'nothing', reason: this.#status.kind === 'failed' ? 'failed' : 'restarting' };
    }
    if (signal.aborted) return { kind: 'nothing', reason: loading ? 'loading' : 'cancelled' };
    const cancel = new CancellationTokenSource();
    const onAbort = () => cancel.cancel();
    signal.addEventListener('abort', onAbort);
    try {
      const { connection } = this.#running!.server;
      const answer = await connection.sendRequest(completeRequest, request, cancel.token);
      this.#ends = 0;
      return answer;
    } catch {
      // The connection is closed: `#ended` tells why.
      return { kind: 'nothing', reason: 'server-ended' };
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#stayAwake();
    }
  }

  /** Loads the policy that is in use now, if one was loaded before. */
  reload(): void {
    if (this.#status.kind === 'failed') this.#setStatus({ kind: 'asleep', idle: false });
    if (this.#running) this.#running.loaded = this.#load(this.#running.server);
  }

  /** Counts from now on, with what is set now. */
  idleMinutesChanged(): void {
    if (this.#running) this.#stayAwake();
  }

  /** Ends the process and its memory; the next request starts it again. */
  sleep(idle: boolean): void {
    this.#stop();
    this.#setStatus({ kind: 'asleep', idle });
  }

  /** Starts anew whatever happened before. */
  async restart(): Promise<boolean> {
    this.#ends = 0;
    this.sleep(false);
    return await this.ready();
  }

  #start(): Running | undefined {
    try {
      const server = this.#options.start();
      server.connection.onNotification(completionStateNotification, ({ phase, residentBytes }) => {
        if (this.#running?.server !== server || (phase !== 'ready' && phase !== 'busy')) return;
        this.#setStatus({ kind: 'ready', busy: phase === 'busy', residentBytes });
      });
      void server.ended.then((how) => this.#ended(server, how));
      return { server, loaded: this.#load(server) };
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  async #load(server: ChildServer): Promise<boolean> {
    this.#setStatus({ kind: 'loading' });
    try {
      const answer = await server.connection.sendRequest(loadRequest, this.#options.policy());
      if (answer.kind === 'loaded') {
        this.#options.onLoaded?.(answer);
        return true;
      }
      if (this.#running?.server === server) {
        // It holds no model; without its process a later try starts from nothing.
        this.#stop();
        this.#fail(answer.reason);
      }
    } catch {
      // The connection is closed: `#ended` tells why.
    }
    return false;
  }

  #ended(server: ChildServer, how: string): void {
    if (this.#running?.server !== server) return;
    this.#running = undefined;
    clearTimeout(this.#idle);
    const wait = this.#backOff[this.#ends++];
    if (wait === undefined) {
      this.#fail(
        l10n.t('The completion server ended {0} times in a row (last, {1}): see the log.', this.#ends, how),
      );
      return;
    }
    const seconds = Math.round(wait / 1000);
    const reason =
      seconds === 0
        ? l10n.t('The completion server ended ({0}) and starts again now.', how)
        : l10n.t('The completion server ended ({0}) and starts again in {1} s.', how, seconds);
    this.#setStatus({ kind: 'restarting', reason });
    if (this.#ends === 1) this.#options.onTrouble(reason);
    this.#restart = setTimeout(() => {
      this.#setStatus({ kind: 'asleep', idle: false });
      void this.ready();
    }, wait);
  }

  #fail(reason: string): void {
    this.#setStatus({ kind: 'failed', reason });
    this.#options.onTrouble(reason);
  }

  #stop(): void {
    clearTimeout(this.#restart);
    clearTimeout(this.#idle);
    const { server } = this.#running ?? {};
    this.#running = undefined;
    server?.[Symbol.dispose]();
  }

  #stayAwake(): void {
    clearTimeout(this.#idle);
    const idle = this.#options.idleMilliseconds();
    if (idle === undefined || this.#status.kind === 'failed') return;
    this.#idle = setTimeout(() => this.sleep(true), idle);
    this.#idle.unref?.();
  }

  #setStatus(status: ServerStatus): void {
    this.#status = status;
    this.#options.onStatus(status);
  }

  [Symbol.dispose](): void {
    this.#stop();
  }
}
