/**
 * Byte-level byte-pair encoding (Sennrich et al. 2016, in the byte-level form of GPT-2), trained here and written as a
 * Hugging Face tokenizer.json.
 *
 * How text is cut before merging: line breaks with the indentation after them; words and identifiers with one space
 * before; single digits; runs of punctuation. So ` {` never merges with the line that follows it, and a prompt that
 * ends in `{` is cut the same way whether its continuation is there or not.
 */
export const pretokenPattern = '(?:\\r?\\n)+[ \\t]*| ?[\\p{L}_$]+| ?\\p{N}| ?[^\\s\\p{L}\\p{N}_$]+|\\s+';

export const specialTokens = ['<|endoftext|>', '<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>', '<|pad|>'] as const;
export const endOfText = 0;
export const fimPrefix = 1;
export const fimSuffix = 2;
export const fimMiddle = 3;

const firstByte = specialTokens.length;
const firstMerge = firstByte + 256;
const pairKey = (left: number, right: number): number => left * 65_536 + right;

/** Merged pairs of token ids in the order in which they were learnt; the n-th makes the token `firstMerge + n`. */
export type Merges = readonly (readonly [left: number, right: number])[];

interface Word {
  ids: number[];
  readonly count: number;
}

/**
 * Learns merges until the vocabulary (specials, 256 bytes, merges) has `vocabularySize` entries.
 *
 * `texts` are cut into pretokens and counted once. Ties go to the smaller pair, so the same texts give the same merges.
 * Throws a RangeError when the texts hold too few different pairs.
 */
export function trainMerges(texts: Iterable<string>, vocabularySize: number): Merges {
  const words = countWords(texts);
  const counts = new Map<number, number>();
  const places = new Map<number, Set<Word>>();
  const add = (word: Word, sign: 1 | -1): void => {
    for (let at = 0; at + 1 < word.ids.length; at++) {
      const key = pairKey(word.ids[at]!, word.ids[at + 1]!);
      counts.set(key, (counts.get(key) ?? 0) + sign * word.count);
      const there = places.get(key) ?? new Set<Word>();
      if (sign > 0) there.add(word);
      places.set(key, there);
    }
  };
  for (const word of words) add(word, 1);
  const merges: [number, number][] = [];
  while (firstMerge + merges.length < vocabularySize) {
    let best = -1;
    let bestCount = 1;
    for (const [key, count] of counts) {
      if (count > bestCount || (count === bestCount && best >= 0 && key < best)) {
        best = key;
        bestCount = count;
      }
    }
    if (best < 0) throw new RangeError(`The texts give only ${merges.length} merges; ${vocabularySize - firstMerge} are needed.`);
    const pair: [number, number] = [Math.floor(best / 65_536), best % 65_536];
    const made = firstMerge + merges.length;
    for (const word of places.get(best)!) {
      add(word, -1);
      word.ids = mergePair(word.ids, pair, made);
      add(word, 1);
    }
    counts.delete(best);
    places.delete(best);
    merges.push(pair);
  }
  return merges;
}

function countWords(texts: Iterable<string>): Word[] {
  const cut = new RegExp(pretokenPattern, 'gu');
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const [piece] of text.matchAll(cut)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  }
  return [...counts].map(([piece, count]) => ({ ids: byteIds(piece), count }));
}

function byteIds(piece: string): number[] {
  return [...Buffer.from(piece, 'utf8')].map((byte) => firstByte + byte);
}

function mergePair(ids: readonly number[], [left, right]: readonly [number, number], made: number): number[] {
  const merged: number[] = [];
  for (let at = 0; at < ids.length; at++) {
    if (ids[at] === left && ids[at + 1] === right) {
      merged.push(made);
      at++;
    } else merged.push(ids[at]!);
  }
  return merged;
}

/** Encodes text with learnt merges, remembering every pretoken: made for millions of tokens of similar text. */
export class BpeEncoder {
  readonly #ranks = new Map<number, number>();
  readonly #known = new Map<string, readonly number[]>();
  readonly #cut = new RegExp(pretokenPattern, 'gu');

  constructor(merges: Merges) {
    merges.forEach(([left, right], rank) => this.#ranks.set(pairKey(left, right), rank));
  }

  /** Token ids of the text, without special tokens: text that looks like one is encoded as ordinary text. */
  encode(text: string): number[] {
    const ids: number[] = [];
    for (const [piece] of text.matchAll(this.#cut)) {
      let known = this.#known.get(piece);
      if (known === undefined) {
        known = this.#merge(byteIds(piece));
        this.#known.set(piece, known);
      }
      for (const id of known) ids.push(id);
    }
    return ids;
  }

  #merge(ids: number[]): number[] {
    for (;;) {
      let best = Number.POSITIVE_INFINITY;
      let at = -1;
      for (let index = 0; index + 1 < ids.length; index++) {
        const rank = this.#ranks.get(pairKey(ids[index]!, ids[index + 1]!));
        if (rank !== undefined && rank < best) {
          best = rank;
          at = index;
        }
      }
      if (at < 0) return ids;
      ids = mergePair(ids, [ids[at]!, ids[at + 1]!], firstMerge + best);
    }
  }
}

/** GPT-2's printable stand-in for each byte, which tokenizer.json uses for byte-level vocabularies. */
function byteLetters(): string[] {
  const printable = (byte: number): boolean => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}

/** The content of tokenizer.json, as the Rust, Python and JavaScript `tokenizers` libraries read it. */
export function tokenizerJson(merges: Merges): object {
  const names: string[] = [...specialTokens, ...byteLetters()];
  for (const [left, right] of merges) names.push(names[left]! + names[right]!);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content, id) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true })),
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: pretokenPattern }, behavior: 'Isolated', invert: false },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(names.map((name, id) => [name, id])),
      merges: merges.map(([left, right]) => [names[left], names[right]]),
    },
  };
}

/** The content of tokenizer_config.json that goes with it. */
export function tokenizerConfig(): object {
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    eos_token: '<|endoftext|>',
    bos_token: '<|endoftext|>',
    pad_token: '<|pad|>',
    unk_token: null,
    add_bos_token: false,
    add_eos_token: false,
    clean_up_tokenization_spaces: false,
    model_max_length: 2048,
  };
}

/** Reads the merges back from a tokenizer.json that `tokenizerJson` made. */
export function mergesOf(json: { model: { vocab: Record<string, number>; merges: [string, string][] } }): Merges {
  return json.model.merges.map(([left, right]) => [json.model.vocab[left]!, json.model.vocab[right]!] as const);
}
