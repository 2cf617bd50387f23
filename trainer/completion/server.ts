/** The completion server: one policy, one completion at a time. */
import { HumanError } from '../../sandbox/humanError.ts';
import type {
  CompleteAnswer,
  CompleteRequest,
  LoadAnswer,
  PolicyToLoad,
  ServerPhase,
} from '../protocol/completion.ts';
import { CompletionPolicy } from './policy.ts';

export class CompletionServer {
  readonly #onPhase: (phase: ServerPhase) => void;
  #policy: CompletionPolicy | undefined;
  /** Whatever uses or changes the policy waits for what came before it. */
  #last: Promise<unknown> = Promise.resolve();
  /** Aborted when the policy is about to change: what the old one would write is of no use. */
  #change = new AbortController();

  constructor(onPhase: (phase: ServerPhase) => void) {
    this.#onPhase = onPhase;
  }

  /** Makes `policy` the one that completes. When that fails there is none afterwards, and the answer says why. */
  load(policy: PolicyToLoad): Promise<LoadAnswer> {
    this.#change.abort();
    this.#change = new AbortController();
    return this.#inTurn(async () => {
      const started = performance.now();
      this.#onPhase('loading');
      // First the old one's memory, so that two models need not fit at once.
      await this.#policy?.[Symbol.asyncDispose]();
      this.#policy = undefined;
      try {
        this.#policy = await CompletionPolicy.load(policy);
      } catch (error) {
        this.#onPhase('empty');
        if (error instanceof HumanError) return { kind: 'failed', reason: error.message };
        console.error(error);
        return { kind: 'failed', reason: `The model could not be loaded: ${messageOf(error)}.` };
      }
      this.#onPhase('ready');
      const { parameters, contextTokens, fillsInTheMiddle: fillInTheMiddle } = this.#policy;
      const { device, reason } = this.#policy.device;
      const seconds = (performance.now() - started) / 1000;
      return { kind: 'loaded', parameters, contextTokens, fillInTheMiddle, device, reason, seconds };
    });
  }

  complete(request: CompleteRequest, cancelled: AbortSignal): Promise<CompleteAnswer> {
    const signal = AbortSignal.any([cancelled, this.#change.signal]);
    return this.#inTurn(async () => {
      if (signal.aborted) return { kind: 'nothing', reason: 'cancelled', tokens: 0 };
      if (!this.#policy) return { kind: 'nothing', reason: 'no-policy', tokens: 0 };
      this.#onPhase('busy');
      try {
        return await this.#policy.complete(request, signal);
      } finally {
        this.#onPhase('ready');
      }
    });
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
