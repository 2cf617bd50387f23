import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { HumanError } from '../../sandbox/humanError.ts';

/** Token ids that mark the three parts of a fill-in-the-middle prompt: prefix, suffix, and where the middle begins. */
export interface FillInTheMiddleTokens {
  readonly prefix: number;
  readonly suffix: number;
  readonly middle: number;
}

/** How model families spell prefix, suffix and middle: Qwen and ours, StarCoder, SantaCoder, DeepSeek, CodeLlama. */
const fimSpellings: readonly (readonly [string, string, string])[] = [
  ['<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>'],
  ['<fim_prefix>', '<fim_suffix>', '<fim_middle>'],
  ['<fim-prefix>', '<fim-suffix>', '<fim-middle>'],
  ['<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>'],
  ['▁<PRE>', '▁<SUF>', '▁<MID>'],
];

/** The tokenizer of a Hugging Face model directory. */
export class Tokenizer {
  /** One more than the largest token id; the embedding has at least as many rows. */
  readonly vocabSize: number;
  /** The token that ends a text, which is also what a prompt of ours begins with. */
  readonly endOfText: number;
  /** Undefined when the vocabulary has no such tokens. */
  readonly fim: FillInTheMiddleTokens | undefined;
  readonly #library: LibraryTokenizer;

  private constructor(library: LibraryTokenizer, endOfText: number) {
    this.#library = library;
    this.endOfText = endOfText;
    let largest = 0;
    for (const id of library.get_vocab().values()) largest = Math.max(largest, id);
    this.vocabSize = largest + 1;
    this.fim = fimTokens(library);
  }

  /**
   * Reads `tokenizer.json` and `tokenizer_config.json` in `directory`. Throws a HumanError when one is missing, is not
   * JSON, holds a tokenizer that the library cannot build, or names no end-of-text token.
   */
  static async load(directory: string): Promise<Tokenizer> {
    const file = join(directory, 'tokenizer.json');
    const configFile = join(directory, 'tokenizer_config.json');
    const [json, config] = await Promise.all([readObject(file), readObject(configFile)]);
    let library: LibraryTokenizer;
    try {
      library = new LibraryTokenizer(json, config);
    } catch (error) {
      throw new HumanError(
        `${file} is not a tokenizer that can be used (${error instanceof Error ? error.message : String(error)}); download it again or choose another model.`,
      );
    }
    const named = contentOf(config.eos_token);
    const endOfText = named === undefined ? undefined : library.token_to_id(named);
    if (endOfText === undefined) {
      throw new HumanError(
        `${configFile} names ${named === undefined ? 'no eos_token' : `the eos_token ${named}, which the vocabulary lacks`}; set it to the token that ends a text.`,
      );
    }
    return new Tokenizer(library, endOfText);
  }

  /** Token ids of the text, with no special tokens added. Special tokens spelt out in the text become themselves. */
  encode(text: string): number[] {
    return text === '' ? [] : this.#library.encode(text, { add_special_tokens: false }).ids;
  }

  /** The text of the tokens. Special tokens are left out; bytes that are no UTF-8 become U+FFFD. */
  decode(ids: readonly number[]): string {
    if (ids.length === 0) return '';
    return this.#library.decode([...ids], { skip_special_tokens: true, clean_up_tokenization_spaces: false });
  }

  /** A decoder for tokens that come one at a time. */
  stream(): TextStream {
    return new TextStream((ids) => this.decode(ids));
  }
}

/**
 * Text of tokens as they come. A character whose bytes are spread over several tokens is given once it is whole, and
 * the pieces together are exactly the text of all tokens.
 *
 * Tokens already given stay as context of the next (some tokenizers write a first token differently from a later one);
 * the window restarts behind each piece, so that a long text costs no more per token than a short one.
 */
export class TextStream {
  readonly #decode: (ids: readonly number[]) => string;
  #window: number[] = [];
  #given = 0;

  constructor(decode: (ids: readonly number[]) => string) {
    this.#decode = decode;
  }

  /** The text that the token completes; empty while a character is still missing bytes. */
  push(id: number): string {
    this.#window.push(id);
    const text = this.#decode(this.#window);
    return text.endsWith('\uFFFD') ? '' : this.#give(text);
  }

  /** What is left at the end: the incomplete character as U+FFFD, or nothing. */
  end(): string {
    return this.#give(this.#decode(this.#window));
  }

  #give(text: string): string {
    const fresh = this.#window.slice(this.#given);
    const piece = text.slice(this.#decode(this.#window.slice(0, this.#given)).length);
    this.#window = fresh;
    this.#given = fresh.length;
    return piece;
  }
}

function fimTokens(library: LibraryTokenizer): FillInTheMiddleTokens | undefined {
  for (const spelling of fimSpellings) {
    const [prefix, suffix, middle] = spelling.map((token) => library.token_to_id(token));
    if (prefix !== undefined && suffix !== undefined && middle !== undefined)
      return { prefix, suffix, middle };
  }
  return undefined;
}

async function readObject(file: string): Promise<{ readonly eos_token?: unknown }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new HumanError(
      `${file} cannot be read; a model directory needs one, so download the model again or name another directory.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HumanError(`${file} is not valid JSON, as if a download had been cut off; download it again.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HumanError(`${file} holds no JSON object; download it again.`);
  }
  return value;
}

/** Tokens stand in tokenizer_config.json as a text or as an object with a `content`. */
function contentOf(token: unknown): string | undefined {
  if (typeof token === 'string') return token;
  if (typeof token === 'object' && token !== null && 'content' in token && typeof token.content === 'string')
    return token.content;
  return undefined;
}
