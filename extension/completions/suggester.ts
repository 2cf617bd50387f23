/**
 * Answers requests for suggestions, in this order: what is left of an earlier suggestion that typing has confirmed; what a
 * request in flight is about to say, if that agrees with what was typed since; and else, after a pause, the model.
 */
import { setTimeout } from 'node:timers/promises';
import type { CompleteAnswer, CompleteRequest, PromptForm } from '../../trainer/protocol.ts';
import { BegunSuggestions, type CursorPlace, leftOf } from './begunSuggestions.ts';
import { nothing, type Outcome, type WhyNothing } from './outcome.ts';
import type { TypingRhythm } from './rhythm.ts';

export type Answer = CompleteAnswer | { readonly kind: 'nothing'; readonly reason: WhyNothing };

export interface SuggestionRequest {
  /** Names the document. */
  readonly document: string;
  readonly complete: CompleteRequest;
  /** A person asked for it by a command, so that there is nothing to wait for. */
  readonly asked: boolean;
}

/** A suggestion with the number of characters after the cursor that it takes the place of. */
export type Suggested = Outcome & { readonly overwrites: number };

interface InFlight {
  readonly place: CursorPlace;
  readonly answer: Promise<Answer>;
  readonly abort: AbortController;
}

export class Suggester {
  readonly #complete: (request: CompleteRequest, signal: AbortSignal) => Promise<Answer>;
  readonly #rhythm: TypingRhythm;
  readonly #begun = new BegunSuggestions<PromptForm>();
  #inFlight: InFlight | undefined;

  constructor(
    complete: (request: CompleteRequest, signal: AbortSignal) => Promise<Answer>,
    rhythm: TypingRhythm,
  ) {
    this.#complete = complete;
    this.#rhythm = rhythm;
  }

  async suggest(request: SuggestionRequest, signal: AbortSignal): Promise<Suggested> {
    const started = performance.now();
    const { prefix, suffix } = request.complete;
    const place = { document: request.document, prefix, suffix };

    const begun = this.#begun.at(place);
    if (begun) return suggestion(begun, 'begun', started);
    const other = this.#inFlight;
    if (other && continues(other.place, place)) {
      const joined = await join(other, place, signal, started);
      if (joined) return joined;
    }
    if (!request.asked) await setTimeout(this.#rhythm.delay, undefined, { signal }).catch(() => {});
    if (signal.aborted) return { ...nothing('superseded'), overwrites: 0 };

    this.#inFlight?.abort.abort();
    const inFlight = this.#ask(place, request.complete);
    const answer = await unlessAborted(inFlight.answer, signal);
    if (!answer) return { ...nothing('superseded'), overwrites: 0 };
    if (answer.kind === 'nothing') return { ...nothing(answer.reason), overwrites: 0 };
    return suggestion({ text: answer.text, about: answer.form, overwrites: 0 }, 'model', started);
  }

  /** Forgets all that was suggested: another policy has other suggestions. */
  clear(): void {
    this.#begun.clear();
    this.#inFlight?.abort.abort();
  }

  #ask(place: CursorPlace, request: CompleteRequest): InFlight {
    const abort = new AbortController();
    const started = performance.now();
    const answer = this.#complete(request, abort.signal).then((found) => {
      if (this.#inFlight === inFlight) this.#inFlight = undefined;
      if (found.kind === 'completion' && !abort.signal.aborted) {
        this.#rhythm.answered(performance.now() - started);
        this.#begun.keep(place, { text: found.text, about: found.form });
      }
      return found;
    });
    const inFlight = { place, answer, abort };
    this.#inFlight = inFlight;
    return inFlight;
  }
}

/** Waits for a request that was made a few characters earlier: its answer is there sooner than one of our own. */
async function join(
  { place: from, answer }: InFlight,
  place: CursorPlace,
  signal: AbortSignal,
  started: number,
): Promise<Suggested | undefined> {
  const found = await unlessAborted(answer, signal);
  if (!found) return { ...nothing('superseded'), overwrites: 0 };
  if (found.kind === 'nothing') return undefined;
  const left = leftOf(found.text, from, place);
  return left && suggestion({ ...left, about: found.form }, 'joined', started);
}

const mostTyped = 12;

function continues(from: CursorPlace, to: CursorPlace): boolean {
  const typed = to.prefix.length - from.prefix.length;
  return (
    from.document === to.document &&
    from.suffix === to.suffix &&
    typed >= 0 &&
    typed <= mostTyped &&
    to.prefix.startsWith(from.prefix)
  );
}

function suggestion(
  { text, about, overwrites }: { text: string; about: PromptForm; overwrites: number },
  source: 'model' | 'begun' | 'joined',
  started: number,
): Suggested {
  const milliseconds = performance.now() - started;
  return { kind: 'suggestion', text, source, form: about, milliseconds, overwrites };
}

/** The promise's value, or undefined as soon as the signal aborts. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(undefined);
    signal.addEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
