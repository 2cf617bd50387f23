/**
 * SentencePiece's byte-pair tokenizer (Llama 2, CodeLlama, TinyLlama, Mistral) in the form of `tokenizer.json`. GGUF
 * has the pieces with their scores; which two pieces become which is not stored, and follows from them.
 */

export interface Pieces {
  readonly tokens: readonly string[];
  readonly scores: readonly number[];
  /** Whether a piece is made of text, and so of smaller pieces: no control token, and not a single byte. */
  readonly isText: (id: number) => boolean;
  readonly unknown: string;
  /** A text is read with a space in front. */
  readonly spaceInFront: boolean;
}

/** `model`, `normalizer`, `pre_tokenizer` and `decoder` of a `tokenizer.json`. */
export function sentencePieceParts(pieces: Pieces, vocabulary: Readonly<Record<string, number>>): object {
  const space = { type: 'Replace', pattern: { String: ' ' }, content: '▁' };
  return {
    normalizer: {
      type: 'Sequence',
      normalizers: pieces.spaceInFront ? [{ type: 'Prepend', prepend: '▁' }, space] : [space],
    },
    pre_tokenizer: null,
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        ...(pieces.spaceInFront ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : []),
      ],
    },
    model: {
      type: 'BPE',
      vocab: vocabulary,
      merges: mergesOf(pieces),
      unk_token: pieces.unknown,
      byte_fallback: true,
      fuse_unk: true,
      ignore_merges: false,
    },
  };
}

/** Every way to make a piece of two others, the pieces of the highest score first. */
function mergesOf({ tokens, scores, isText }: Pieces): [string, string][] {
  const known = new Set(tokens.filter((_, id) => isText(id)));
  const found: { readonly pair: [string, string]; readonly score: number }[] = [];
  for (const [id, token] of tokens.entries()) {
    if (!isText(id)) continue;
    let at = 0;
    for (const letter of token) {
      at += letter.length;
      const pair: [string, string] = [token.slice(0, at), token.slice(at)];
      if (known.has(pair[0]) && known.has(pair[1])) found.push({ pair, score: scores[id]! });
    }
  }
  return found.toSorted((a, b) => b.score - a.score).map(({ pair }) => pair);
}
