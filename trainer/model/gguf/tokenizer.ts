/**
 * A GGUF file's tokenizer in the form of `tokenizer.json`. Of byte-level BPE, GGUF has the vocabulary and the merges, and
 * only a name (`tokenizer.ggml.pre`) for how text is cut into words before; of SentencePiece see sentencePiece.ts.
 */
import { z } from 'zod';
import { HumanError } from '../../../sandbox/humanError.ts';
import type { TokenizerFiles } from '../tokenizer.ts';
import type { GgufHeader } from './header.ts';
import { count, entryOf } from './metadata.ts';
import { type Pieces, sentencePieceParts } from './sentencePiece.ts';

interface WordCutting {
  readonly preTokenizer: object;
  readonly normalizer?: object;
  /** A word that is a token as a whole is taken as such, whatever the merges say. */
  readonly ignoreMerges?: boolean;
  /** Texts begin with the begin-of-text token, unless the file says otherwise. */
  readonly addBos?: boolean;
}

const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
const sequence = (...pretokenizers: object[]) => ({ type: 'Sequence', pretokenizers });
/** Cuts by an expression of the model's own; the bytes are then written as letters. */
const byExpression = (expression: string) =>
  sequence(
    { type: 'Split', pattern: { Regex: expression }, behavior: 'Isolated', invert: false },
    { ...byteLevel, use_regex: false },
  );

const contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const lettersThenNumbers = (numbers: string) =>
  `${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${numbers}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;

const gpt2: WordCutting = { preTokenizer: byteLevel };
const digitsApart: WordCutting = {
  preTokenizer: sequence({ type: 'Digits', individual_digits: true }, byteLevel),
};
const qwen2: WordCutting = {
  preTokenizer: byExpression(lettersThenNumbers('\\p{N}')),
  normalizer: { type: 'NFC' },
};
const llama3: WordCutting = {
  preTokenizer: byExpression(lettersThenNumbers('\\p{N}{1,3}')),
  ignoreMerges: true,
  addBos: true,
};

/** By llama.cpp's names. */
const cuttings: ReadonlyMap<string, WordCutting> = new Map([
  ['gpt-2', gpt2],
  ['default', gpt2],
  ['smollm', digitsApart],
  ['starcoder', digitsApart],
  ['refact', digitsApart],
  ['qwen2', qwen2],
  ['deepseek-r1-qwen', qwen2],
  ['llama-bpe', llama3],
  ['llama3', llama3],
  ['llama-v3', llama3],
]);

const [unknown, control, userDefined, unused, byte] = [2, 3, 4, 5, 6];

/** @throws HumanError for a tokenizer of another kind, naming the supported ones. */
export function ggufTokenizer(path: string, header: GgufHeader): TokenizerFiles {
  const entry = <S extends z.ZodType>(key: string, schema: S) =>
    entryOf(path, header, `tokenizer.${key}`, schema);
  const model = entry('ggml.model', z.string());
  const pre = entry('ggml.pre', z.string().optional()) ?? 'default';
  const isSentencePiece = model === 'llama';
  const cutting = cuttings.get(pre);
  if (!isSentencePiece && (model !== 'gpt2' || !cutting)) {
    throw new HumanError(
      `${path}: its tokenizer is ${model === 'gpt2' ? `of the kind "${pre}"` : `"${model}"`}, and only SentencePiece ("llama") and ` +
        `byte-level BPE of the kinds ${[...cuttings.keys()].join(', ')} can be read: choose the model's Hugging Face directory instead.`,
    );
  }
  const tokens = entry('ggml.tokens', z.array(z.string()));
  const types = entry('ggml.token_type', z.array(z.int()).optional()) ?? [];
  const vocabulary: Record<string, number> = {};
  const added: object[] = [];
  for (const [id, content] of tokens.entries()) {
    const type = types[id];
    if (type === unused) continue;
    if (type === control || type === userDefined || type === unknown) {
      const special = type !== userDefined;
      added.push({
        id,
        content,
        special,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
      });
    }
    vocabulary[content] = id;
  }
  const named = (name: string): string | undefined => {
    const id = entry(`ggml.${name}_token_id`, count.optional());
    return id === undefined ? undefined : tokens[id];
  };
  const bos = named('bos');
  const addBos =
    entry('ggml.add_bos_token', z.boolean().optional()) ?? (isSentencePiece || (cutting?.addBos ?? false));
  const pieces = (): Pieces => ({
    tokens,
    scores: entry('ggml.scores', z.array(z.number())),
    isText: (id) => ![unknown, control, unused, byte].includes(types[id]!),
    unknown: named('unknown') ?? '<unk>',
    spaceInFront: entry('ggml.add_space_prefix', z.boolean().optional()) ?? true,
  });
  return {
    name: path,
    tokenizer: {
      version: '1.0',
      added_tokens: added,
      post_processor: addBos && bos !== undefined ? beginWith(bos, tokens.indexOf(bos)) : null,
      ...(isSentencePiece
        ? sentencePieceParts(pieces(), vocabulary)
        : byteLevelParts(cutting!, vocabulary, entry('ggml.merges', z.array(z.string())))),
    },
    config: {
      tokenizer_class: 'PreTrainedTokenizerFast',
      bos_token: bos,
      eos_token: named('eos'),
      chat_template: entry('chat_template', z.string().optional()),
    },
  };
}

function byteLevelParts(
  { normalizer, preTokenizer, ignoreMerges }: WordCutting,
  vocab: Readonly<Record<string, number>>,
  merges: readonly string[],
): object {
  return {
    normalizer: normalizer ?? null,
    pre_tokenizer: preTokenizer,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      vocab,
      merges,
      ignore_merges: ignoreMerges ?? false,
      byte_fallback: false,
      fuse_unk: false,
      unk_token: null,
    },
  };
}

function beginWith(token: string, id: number): object {
  return {
    type: 'TemplateProcessing',
    single: [{ SpecialToken: { id: token, type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
    pair: [],
    special_tokens: { [token]: { id: token, ids: [id], tokens: [token] } },
  };
}
