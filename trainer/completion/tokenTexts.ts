import type { Tokenizer } from '../model/tokenizer.ts';

/** The text of every token of a vocabulary, as it is inside a text; empty for special tokens. */
export class TokenTexts {
  readonly #texts: readonly string[];
  /** Tokens after which nothing can follow: end of text, and the marks of fill-in-the-middle. */
  readonly ends: ReadonlySet<number>;

  constructor(tokenizer: Tokenizer, eosTokenIds: readonly number[]) {
    // Some tokenizers write a token differently where it is the first one.
    const anchor = tokenizer.encode('.');
    const before = tokenizer.decode(anchor).length;
    this.#texts = Array.from({ length: tokenizer.vocabSize }, (_, id) =>
      tokenizer.decode([...anchor, id]).slice(before),
    );
    const { fim } = tokenizer;
    this.ends = new Set([
      tokenizer.endOfText,
      ...eosTokenIds,
      ...(fim ? [fim.prefix, fim.suffix, fim.middle] : []),
    ]);
  }

  textOf(token: number): string {
    return this.#texts[token] ?? '';
  }

  /** The likeliest token. `logits` [V]. */
  best(logits: Float32Array): number {
    let best = 0;
    for (let id = 1; id < logits.length; id++) if (logits[id]! > logits[best]!) best = id;
    return best;
  }

  /** The likeliest token whose text begins with `start`, or that `start` begins with; undefined if there is none. */
  bestWithin(logits: Float32Array, start: string): number | undefined {
    let best: number | undefined;
    for (let id = 0; id < this.#texts.length; id++) {
      const text = this.#texts[id]!;
      if (text === '' || !(text.startsWith(start) || start.startsWith(text))) continue;
      if (best === undefined || logits[id]! > logits[best]!) best = id;
    }
    return best;
  }
}
