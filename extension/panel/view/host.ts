import type { RunsCall, RunsCalls } from '../../../trainer/protocol.ts';
import type { Ask, HostMessage, PageMessage } from '../messages.ts';

interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

type Waiting = { readonly resolve: (answer: never) => void; readonly reject: (error: Error) => void };

/** The extension host, as the page sees it. */
export class Host {
  readonly #api = acquireVsCodeApi();
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  /** @param onMessage is told everything but answers. */
  constructor(onMessage: (message: HostMessage) => void) {
    window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
      if (data.type === 'answer') this.#take(data.id)?.resolve(data.answer as never);
      else if (data.type === 'refusal') this.#take(data.id)?.reject(new Error(data.reason));
      else onMessage(data);
    });
  }

  /** @throws Error with a sentence for people. */
  ask<Call extends RunsCall>(call: Call, asks: RunsCalls[Call]['asks']): Promise<RunsCalls[Call]['answers']> {
    const id = ++this.#lastId;
    const answer = new Promise<RunsCalls[Call]['answers']>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    this.#api.postMessage({ type: 'ask', id, call, asks } satisfies Ask<Call> as unknown as PageMessage);
    return answer;
  }

  tell(message: Exclude<PageMessage, { readonly type: 'ask' }>): void {
    this.#api.postMessage(message);
  }

  /** What the page kept before it was hidden or the window reloaded; undefined the first time. */
  get kept(): unknown {
    return this.#api.getState();
  }

  keep(state: unknown): void {
    this.#api.setState(state);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}
