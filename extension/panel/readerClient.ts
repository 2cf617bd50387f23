import { ConnectionError, ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import {
  type RunChange,
  type RunsCall,
  type RunsCalls,
  runChanged,
  runsRequest,
} from '../../trainer/protocol.ts';
import { type ChildServer, startChildServer } from '../background/childServer.ts';

export interface ReaderOptions {
  /** Finds the Node to run it in. @throws Error with a sentence for people. */
  readonly node: () => string;
  /** Absolute path of dist/runReader.cjs. */
  readonly script: string;
  readonly onLog: (line: string) => void;
  readonly onChange: (change: RunChange) => void;
}

/**
 * The run reader as the window sees it: started with the first question, and again with the next one after it ended,
 * when it is told once more what to follow.
 */
export class ReaderClient implements Disposable {
  readonly #options: ReaderOptions;
  readonly #followed = new Set<string>();
  #server: ChildServer | undefined;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** @throws Error with a sentence that says why there is no answer. */
  async ask<Call extends RunsCall>(
    call: Call,
    asks: RunsCalls[Call]['asks'],
  ): Promise<RunsCalls[Call]['answers']> {
    const server = this.#running();
    try {
      return await server.connection.sendRequest<RunsCalls[Call]['answers']>(runsRequest(call), asks);
    } catch (error) {
      if (!isLost(error)) throw error;
      throw new Error(`The process that reads runs cannot answer: ${await server.ended}. Try again.`);
    }
  }

  /** Starts the process, if it does not run, so that it is there by the time that it is asked. */
  start(): void {
    this.#running();
  }

  async follow(run: string): Promise<void> {
    const followed = this.ask('follow', { run });
    this.#followed.add(run);
    await followed;
  }

  async unfollow(run: string): Promise<void> {
    this.#followed.delete(run);
    if (this.#server) await this.ask('unfollow', { run });
  }

  [Symbol.dispose](): void {
    const server = this.#server;
    this.#server = undefined;
    server?.[Symbol.dispose]();
  }

  #running(): ChildServer {
    if (this.#server) return this.#server;
    const { node, script, onLog, onChange } = this.#options;
    const server = startChildServer({ node: node(), script, onLog });
    this.#server = server;
    server.connection.onNotification(runChanged, onChange);
    void server.ended.then((how) => {
      if (this.#server !== server) return; // It was ended by us.
      this.#server = undefined;
      onLog(`The run reader has stopped: ${how}.`);
    });
    for (const run of this.#followed) {
      server.connection
        .sendRequest(runsRequest('follow'), { run })
        .catch((error: unknown) => onLog(`${run} is not followed: ${error}`));
    }
    return server;
  }
}

/** Whether it was the connection that failed, and not the reader that refused. */
const isLost = (error: unknown) =>
  error instanceof ConnectionError ||
  (error instanceof ResponseError && error.code === ErrorCodes.PendingResponseRejected);
