import { HumanError } from '../../sandbox/humanError.ts';
import type { Tokenizer } from '../model/tokenizer.ts';

/** A tokenizer, or a sentence that says why there is none. */
export type Tokens = { readonly tokenizer: Tokenizer } | { readonly missing: string };

const loaded = new Map<string, Promise<Tokens>>();

/** The tokenizer of the model in `directory`, which is read once. */
export function readTokens(directory: string): Promise<Tokens> {
  const tokens = loaded.get(directory) ?? load(directory);
  loaded.set(directory, tokens);
  return tokens;
}

async function load(directory: string): Promise<Tokens> {
  // Only here, since the library takes longer to load than all the rest of the reader.
  const { Tokenizer } = await import('../model/tokenizer.ts');
  try {
    return { tokenizer: await Tokenizer.load(directory) };
  } catch (error) {
    if (!(error instanceof HumanError)) throw error;
    return { missing: error.message };
  }
}

/** The text of each token, which together are the text of all. */
export function textsOf(tokenizer: Tokenizer, ids: readonly number[]): string[] {
  const stream = tokenizer.stream();
  const texts = ids.map((id) => stream.push(id));
  const rest = stream.end();
  if (rest !== '' && texts.length > 0) texts[texts.length - 1] += rest;
  return texts;
}
