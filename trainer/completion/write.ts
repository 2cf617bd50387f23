import type { Tokenizer } from '../model/tokenizer.ts';
import type { PromptSession } from '../policy/promptSession.ts';
import type { CompletionStop, CompletionTimings } from '../protocol/completion.ts';
import { endOf } from './end.ts';
import type { Place } from './place.ts';
import type { CompletionPrompt } from './prompt.ts';
import { endsInLoop } from './repetition.ts';
import type { TokenTexts } from './tokenTexts.ts';

export interface Writer {
  readonly session: PromptSession;
  readonly tokenizer: Tokenizer;
  readonly texts: TokenTexts;
}

export interface Written {
  /** What comes after the cursor, up to the end of the completion. */
  readonly text: string;
  readonly stop: CompletionStop;
  readonly timings: CompletionTimings;
}

export interface WritingLimits {
  readonly maxTokens: number;
  readonly signal: AbortSignal;
  readonly onToken: () => void;
}

/** Writes the likeliest tokens until the completion ends. @throws the signal's reason when aborted between two tokens. */
export async function write(
  { session, tokenizer, texts }: Writer,
  { tokens: prompt, begun }: CompletionPrompt,
  place: Place,
  { maxTokens, signal, onToken }: WritingLimits,
): Promise<Written> {
  const started = performance.now();
  const reusedTokens = session.reusable(prompt);
  let readMilliseconds = 0;
  const tokens = [...prompt];
  const stream = tokenizer.stream();
  let [count, written, text] = [0, '', ''];

  const done = (stop: CompletionStop, ended = text): Written => ({
    text: ended,
    stop,
    timings: {
      promptTokens: prompt.length,
      reusedTokens,
      tokens: count,
      readMilliseconds,
      writeMilliseconds: performance.now() - started - readMilliseconds,
    },
  });

  while (count < maxTokens) {
    const logits = await session.logitsAfter(tokens, signal);
    if (count === 0) readMilliseconds = performance.now() - started;
    const missing = begun.slice(written.length);
    const within = missing === '' ? undefined : texts.bestWithin(logits, missing);
    // No single token can go on with what was begun (a rare character): it is read as it is spelt.
    const chosen = missing !== '' && within === undefined ? tokenizer.encode(missing) : undefined;
    if (chosen) {
      tokens.push(...chosen);
      for (const token of chosen) stream.push(token);
      written = begun;
      continue;
    }
    const token = within ?? texts.best(logits);
    count++;
    onToken();
    if (texts.ends.has(token)) return done('end-of-text');
    tokens.push(token);
    written += stream.push(token);
    text = written.slice(begun.length);
    const end = endOf(text, place);
    if (end) return done(end.stop, text.slice(0, end.at));
    // Nothing of it will be shown, so that the rest need not be written.
    if (endsInLoop(text)) return done('length');
  }
  return done('length');
}
