import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { HumanError } from '../../sandbox/humanError.ts';
import { type ChatMessage, renderChat, templateOf } from './chatTemplate.ts';
import { keepingFirstSpace } from './continuedText.ts';
import { readGgufHeader } from './gguf/header.ts';
import { isGguf } from './gguf/isGguf.ts';
import { ggufTokenizer } from './gguf/tokenizer.ts';
import { withSameWords } from './wordCutting.ts';

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

/** The content of `tokenizer.json` and `tokenizer_config.json`, wherever it comes from. */
export interface TokenizerFiles {
  /** What to call them in messages. */
  readonly name: string;
  readonly tokenizer: object;
  readonly config: {
    readonly bos_token?: unknown;
    readonly eos_token?: unknown;
    readonly chat_template?: unknown;
    readonly [field: string]: unknown;
  };
}

/** Tokens that end a text or a turn, in the spellings of the supported families. */
const endSpellings = [
  '<|endoftext|>',
  '<|end_of_text|>',
  '<|im_end|>',
  '<|eot_id|>',
  '<|file_sep|>',
  '▁<EOT>',
];

/** The tokenizer of a model. */
export class Tokenizer {
  /** One more than the largest token id; the embedding has at least as many rows. */
  readonly vocabSize: number;
  /** The token that ends a text, as the model's files name it. */
  readonly endOfText: number;
  /** Every token after which nothing more belongs to a text; `endOfText` is one of them. */
  readonly ends: ReadonlySet<number>;
  /** What a document begins with: the tokens that the model's own template puts there, else an end-of-text token. */
  readonly start: readonly number[];
  /** Undefined when the vocabulary has no such tokens. */
  readonly fim: FillInTheMiddleTokens | undefined;
  /** The Jinja template of an instruct model's conversations. */
  readonly chatTemplate: string | undefined;
  readonly #library: LibraryTokenizer;
  readonly #specialTokens: { readonly bos_token: string; readonly eos_token: string };

  private constructor(library: LibraryTokenizer, endOfText: number, { config }: TokenizerFiles) {
    this.#library = library;
    this.endOfText = endOfText;
    let largest = 0;
    for (const id of library.get_vocab().values()) largest = Math.max(largest, id);
    this.vocabSize = largest + 1;
    this.fim = fimTokens(library);
    const known = endSpellings.map((token) => library.token_to_id(token)).filter((id) => id !== undefined);
    this.ends = new Set([endOfText, ...known]);
    const template = library.encode('', { add_special_tokens: true }).ids;
    const documentEnd = library.token_to_id('<|endoftext|>') ?? endOfText;
    this.start = template.length > 0 ? template : [documentEnd];
    this.chatTemplate = templateOf(config.chat_template);
    this.#specialTokens = {
      bos_token: contentOf(config.bos_token) ?? '',
      eos_token: contentOf(config.eos_token) ?? '',
    };
  }

  /**
   * The tokenizer of the model at `path`: its `tokenizer.json` and `tokenizer_config.json`, or the metadata of a GGUF
   * file. Throws a HumanError when one is missing, is not JSON, holds a tokenizer that the library cannot build, or
   * names no end-of-text token.
   */
  static async load(path: string): Promise<Tokenizer> {
    if (isGguf(path)) return Tokenizer.from(ggufTokenizer(path, readGgufHeader(path)));
    const file = join(path, 'tokenizer.json');
    const [tokenizer, config] = await Promise.all([
      readObject(file),
      readObject(join(path, 'tokenizer_config.json')),
    ]);
    // Newer directories keep the template in a file of its own.
    const apart = await readFile(join(path, 'chat_template.jinja'), 'utf8').catch(() => undefined);
    return Tokenizer.from({
      name: file,
      tokenizer,
      config: apart === undefined ? config : { ...config, chat_template: apart },
    });
  }

  /** Throws a HumanError where the library cannot build it, or where it names no end-of-text token. */
  static from(files: TokenizerFiles): Tokenizer {
    let library: LibraryTokenizer;
    try {
      library = new LibraryTokenizer(keepingFirstSpace(withSameWords(files.tokenizer)), files.config);
    } catch (error) {
      throw new HumanError(
        `${files.name} is not a tokenizer that can be used (${error instanceof Error ? error.message : String(error)}); download it again or choose another model.`,
      );
    }
    const named = contentOf(files.config.eos_token);
    const endOfText = named === undefined ? undefined : library.token_to_id(named);
    if (endOfText === undefined) {
      throw new HumanError(
        `${files.name}: the tokenizer's config names ${named === undefined ? 'no eos_token' : `the eos_token ${named}, which the vocabulary lacks`}; set it to the token that ends a text.`,
      );
    }
    return new Tokenizer(library, endOfText, files);
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

  /**
   * Token ids of a conversation, ready for the assistant's answer.
   * @throws HumanError for a model without a chat template, and for a conversation that its template refuses.
   */
  encodeChat(messages: readonly ChatMessage[]): number[] {
    if (this.chatTemplate === undefined) {
      throw new HumanError(
        'This model has no chat template: choose an instruct model, or give it a plain prompt.',
      );
    }
    return this.encode(renderChat(this.chatTemplate, messages, this.#specialTokens));
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

async function readObject(file: string): Promise<TokenizerFiles['config']> {
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
  return { ...value };
}

/** Tokens stand in tokenizer_config.json as a text or as an object with a `content`. */
function contentOf(token: unknown): string | undefined {
  if (typeof token === 'string') return token;
  if (typeof token === 'object' && token !== null && 'content' in token && typeof token.content === 'string')
    return token.content;
  return undefined;
}
