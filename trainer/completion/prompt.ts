/** What the model reads for a completion. */
import type { SyntaxTrees } from '../../sandbox/tasks/syntaxTrees.ts';
import type { Language } from '../../sandbox/tasks/task.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { CompleteRequest, PromptForm } from '../protocol/completion.ts';
import { fillInTheMiddle, promptOf } from '../rollout/prompt.ts';
import { scanBrackets } from './brackets.ts';
import type { Place } from './place.ts';
import type { TokenTexts } from './tokenTexts.ts';

export interface CompletionPrompt {
  readonly form: PromptForm;
  readonly tokens: readonly number[];
  /** Text before the cursor that the prompt leaves out, and that the model's text has to begin with. */
  readonly begun: string;
}

export interface PromptContext {
  readonly tokenizer: Tokenizer;
  readonly texts: TokenTexts;
  readonly trees: SyntaxTrees;
  /** Most tokens of the prompt of a function's body, as in training, and of every other prompt. */
  readonly bodyBudget: number;
  readonly budget: number;
  /** How many of the tokens of a body's prompt may come from behind it, as in training. */
  readonly bodySuffixTokens: number;
}

export function completionPrompt(
  request: CompleteRequest,
  place: Place,
  context: PromptContext,
): CompletionPrompt {
  return (
    functionBody(request, context) ??
    declarationAround(place, context) ?? {
      form: 'prefix',
      ...withoutLastWord(before(place, context, context.budget), place.prefix, context.texts),
    }
  );
}

/** The grammars of the languages that tasks are found in, by VS Code's language id. */
const grammars: Readonly<Record<string, Language>> = {
  typescript: 'typescript',
  typescriptreact: 'tsx',
  javascript: 'javascript',
  javascriptreact: 'javascript',
  python: 'python',
};

/**
 * In the empty body of a function, exactly the prompt from which training samples its body, so that what was learned
 * is what one gets. White space that was typed since the body's start is left to the model to write again.
 */
function functionBody(
  { prefix, suffix, language }: CompleteRequest,
  { tokenizer, trees, bodyBudget, bodySuffixTokens }: PromptContext,
): CompletionPrompt | undefined {
  const grammar = grammars[language];
  const mayBe = grammar === 'python' ? startsPythonBody(prefix, suffix) : prefix.trimEnd().endsWith('{');
  if (grammar === undefined || !mayBe) return undefined;
  // A body without a statement is no Python.
  const statement = grammar === 'python' ? 'pass' : '';
  const text = prefix + statement + suffix;
  const found = trees
    .functionsOf(grammar, text)
    .functions.find(
      ({ bodyStart, bodyEnd }) =>
        bodyStart <= prefix.length &&
        bodyEnd >= prefix.length &&
        text.slice(bodyStart, bodyEnd).trim() === statement,
    );
  if (!found) return undefined;
  const task = {
    prefix: prefix.slice(0, found.bodyStart),
    suffix: text.slice(found.bodyEnd),
    headerStart: found.headerStart,
  };
  const { tokens } = promptOf(task, tokenizer, bodyBudget, bodySuffixTokens);
  return { form: 'function-body', tokens, begun: prefix.slice(found.bodyStart) };
}

/** Whether the cursor is on an empty, indented line below a header or a docstring. */
function startsPythonBody(prefix: string, suffix: string): boolean {
  return /(?::|"""|''')[ \t]*(?:#[^\n]*)?\n\s*[ \t]$/.test(prefix) && /^[ \t]*(?:\n|$)/.test(suffix);
}

/** Prefix, suffix, middle, where more follows in the same declaration than the brackets that close it. */
function declarationAround(place: Place, context: PromptContext): CompletionPrompt | undefined {
  const { tokenizer, texts, budget } = context;
  const { fim } = tokenizer;
  const following = restOfDeclaration(place);
  if (!fim || !/[^\s)\]};,'"`]/.test(following)) return undefined;
  const suffix = tokenizer.encode(following).slice(0, Math.floor(budget / 4));
  const [start, ...rest] = before(place, context, budget - suffix.length - 3);
  const { tokens, begun } = withoutLastWord(rest, place.prefix, texts);
  return {
    form: 'fill-in-the-middle',
    tokens: [start!, ...fillInTheMiddle(fim, tokens, suffix)],
    begun,
  };
}

/** The text after the cursor up to the end of the declaration that the cursor is in; empty outside of one. */
function restOfDeclaration({ suffix, open, form, inside, indentation, prefix }: Place): string {
  if (form.indented) {
    const inDeclaration = indentation !== '' || /:[ \t]*$/.test(prefix);
    const end = /\n(?=[^\s#)\]}])/.exec(suffix);
    return inDeclaration || open.length > 0 ? suffix.slice(0, end ? end.index + 1 : undefined) : '';
  }
  if (open.length === 0) return '';
  const last = scanBrackets(suffix, form, inside).unmatched.slice(0, open.length).at(-1);
  return last === undefined ? suffix : suffix.slice(0, last.at + 1);
}

/** At most `budget` tokens before the cursor, from the start of a declaration on. */
function before({ prefix }: Place, { tokenizer }: PromptContext, budget: number): number[] {
  const start = declarationStart(prefix);
  const header = tokenizer.encode(prefix.slice(start + cut(prefix.length - start, 16 * budget)));
  const room = budget - 1;
  if (header.length > room) return [tokenizer.endOfText, ...header.slice(cut(header.length, room))];
  return promptOf({ prefix, headerStart: start }, tokenizer, budget).tokens;
}

/**
 * How much to leave out at the front so that at most `most` remains: in large steps, so that the front, and with it
 * all that was read before, stays the same while somebody types.
 */
function cut(length: number, most: number): number {
  const step = Math.max(1, Math.floor(most / 4));
  return Math.max(0, Math.ceil((length - most) / step)) * step;
}

/** Where the last declaration starts: at the margin, after an empty line. */
function declarationStart(prefix: string): number {
  for (let at = prefix.length; at > 0; ) {
    const blank = prefix.lastIndexOf('\n\n', at - 1);
    if (blank < 0) return 0;
    if (/^[^\s)\]}]/.test(prefix.slice(blank + 2, blank + 3))) return blank + 2;
    at = blank;
  }
  return 0;
}

/** What tokenizers cut texts into before they look for tokens, as far as the end of a text goes: a word, marks, space. */
const lastPiece = /(?: ?[\p{L}\p{N}_$]+| ?[^\s\p{L}\p{N}_$]+|\s+)$/u;

/**
 * The last word may be the beginning of another (`retu` of `return`), in tokens that the model has never seen a word
 * begin with, and a space that of ` =`: it gets to choose them again.
 */
function withoutLastWord(
  tokens: readonly number[],
  prefix: string,
  texts: TokenTexts,
): Pick<CompletionPrompt, 'tokens' | 'begun'> {
  const length = lastPiece.exec(prefix.slice(-64))?.[0].length ?? 0;
  let [kept, begun] = [tokens.length, ''];
  while (kept > 1 && begun.length < length) {
    const longer = texts.textOf(tokens[kept - 1]!) + begun;
    // The bytes of one character may be in several tokens, none of which has a text.
    if (longer === begun || !prefix.endsWith(longer)) break;
    begun = longer;
    kept--;
  }
  return { tokens: tokens.slice(0, kept), begun };
}
