/**
 * SentencePiece puts a space in front of each text, and its decoder takes one away. What a model writes goes on where a
 * prompt ended: the space in front of its first word belongs there.
 */

interface Decoder {
  readonly type: string;
  readonly decoders?: readonly Decoder[];
  readonly content?: string;
  readonly replacement?: string;
  readonly [field: string]: unknown;
}

/** The content of a `tokenizer.json` with a decoder that leaves the first space where it is. */
export function keepingFirstSpace(tokenizer: object): object {
  const { decoder } = tokenizer as { readonly decoder?: Decoder | null };
  return decoder ? { ...tokenizer, decoder: keeping(decoder) } : tokenizer;
}

function keeping(decoder: Decoder): Decoder {
  switch (decoder.type) {
    case 'Sequence':
      return {
        ...decoder,
        decoders: (decoder.decoders ?? []).filter((step) => !takesFirstSpace(step)).map(keeping),
      };
    case 'Metaspace':
      return { type: 'Replace', pattern: { String: decoder.replacement ?? '▁' }, content: ' ' };
    default:
      return decoder;
  }
}

const takesFirstSpace = ({ type, content }: Decoder) => type === 'Strip' && content === ' ';
