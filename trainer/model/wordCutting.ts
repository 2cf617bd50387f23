/**
 * Where JavaScript's idea of digits and spaces differs from that of the `tokenizers` library, which the models were
 * trained with, a text would be cut into other words and so get other ids. What a `tokenizer.json` says about cutting
 * is therefore rewritten so that it means the same here.
 */

/** Unicode's White_Space. JavaScript's `\s` lacks U+0085 and has U+FEFF. */
const spaces = '\\t-\\r\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** GPT-2's expression, which `ByteLevel` cuts with. */
const gpt2 = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

interface PreTokenizer {
  readonly type: string;
  readonly pretokenizers?: readonly PreTokenizer[];
  readonly pattern?: { readonly Regex?: string; readonly String?: string };
  readonly individual_digits?: boolean;
  readonly use_regex?: boolean;
  readonly [field: string]: unknown;
}

/** The content of a `tokenizer.json` with its pre-tokenizer rewritten. */
export function withSameWords(tokenizer: object): object {
  const { pre_tokenizer } = tokenizer as { readonly pre_tokenizer?: PreTokenizer | null };
  return pre_tokenizer ? { ...tokenizer, pre_tokenizer: rewritten(pre_tokenizer) } : tokenizer;
}

function rewritten(step: PreTokenizer): PreTokenizer {
  switch (step.type) {
    case 'Sequence':
      return { ...step, pretokenizers: (step.pretokenizers ?? []).map(rewritten) };
    case 'Digits':
      return split(step.individual_digits ? '\\p{N}' : '\\p{N}+');
    case 'Split':
      return step.pattern?.Regex === undefined
        ? step
        : { ...step, pattern: { Regex: withUnicodeSpaces(step.pattern.Regex) } };
    case 'ByteLevel':
      if (step.use_regex === false) return step;
      return {
        type: 'Sequence',
        pretokenizers: [split(withUnicodeSpaces(gpt2)), { ...step, use_regex: false }],
      };
    default:
      return step;
  }
}

const split = (expression: string): PreTokenizer => ({
  type: 'Split',
  pattern: { Regex: expression },
  behavior: 'Isolated',
  invert: false,
});

/** The expression with `\s` and `\S` spelt out. */
function withUnicodeSpaces(expression: string): string {
  let inClass = false;
  return expression.replaceAll(/\\.|[[\]]/gs, (piece) => {
    if (piece === '[') inClass = true;
    if (piece === ']') inClass = false;
    if (piece === '\\s') return inClass ? spaces : `[${spaces}]`;
    // Within a class `\S` has no such spelling; no known tokenizer has it there.
    return piece === '\\S' && !inClass ? `[^${spaces}]` : piece;
  });
}
