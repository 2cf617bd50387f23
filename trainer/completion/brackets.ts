import type { LanguageForm } from './language.ts';

/** What a place in a text lies in; a text literal is named by its closing mark. */
export type Inside =
  | { readonly kind: 'code' }
  | { readonly kind: 'line-comment' }
  | { readonly kind: 'block-comment' }
  | { readonly kind: 'literal'; readonly close: string };

export interface OpenBracket {
  /** The closing bracket that it waits for. */
  readonly close: ')' | ']' | '}';
  /** Opened by `${` in a template. */
  readonly template: boolean;
  readonly at: number;
}

export interface Scan {
  /** What the end of the text lies in. */
  readonly inside: Inside;
  /** Brackets that the text leaves open, outermost first. */
  readonly open: readonly OpenBracket[];
  /** Brackets that close what was opened before the text. */
  readonly unmatched: readonly { readonly at: number; readonly close: string }[];
  /** Newlines in code that stand in no bracket of the text. */
  readonly outerNewlines: readonly number[];
}

const closing = { '(': ')', '[': ']', '{': '}' } as const;
const code: Inside = { kind: 'code' };
const regularExpression = /\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//y;
const beforeRegularExpression = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|do|else))\s*$/;

/**
 * Finds the brackets of a text, outside of its comments and literals. `inside` says what its first character lies in.
 *
 * It errs on the forgiving side: a quotation mark that its line does not close ends there, and a closing bracket
 * ends brackets of other kinds that were left open in between.
 */
export function scanBrackets(text: string, form: LanguageForm, inside: Inside = code): Scan {
  const open: OpenBracket[] = [];
  const unmatched: { at: number; close: string }[] = [];
  const outerNewlines: number[] = [];
  let now = inside;
  let at = 0;

  const closeBracket = (close: string): void => {
    const match = open.findLastIndex((bracket) => bracket.close === close);
    if (match < 0) {
      unmatched.push({ at, close });
      return;
    }
    if (open[match]!.template) now = { kind: 'literal', close: '`' };
    open.length = match;
  };

  const readCode = (): number => {
    const char = text[at]!;
    if (form.lineComment && text.startsWith(form.lineComment, at)) {
      now = { kind: 'line-comment' };
      return form.lineComment.length;
    }
    if (form.blockComments && text.startsWith('/*', at)) {
      now = { kind: 'block-comment' };
      return 2;
    }
    if (form.tripleQuotes && (char === '"' || char === "'") && text.startsWith(char.repeat(3), at)) {
      now = { kind: 'literal', close: char.repeat(3) };
      return 3;
    }
    if (char === '"' || (char === "'" && form.singleQuotes) || (char === '`' && form.templates)) {
      now = { kind: 'literal', close: char };
    } else if (char === '(' || char === '[' || char === '{') {
      open.push({ close: closing[char], template: false, at });
    } else if (char === ')' || char === ']' || char === '}') {
      closeBracket(char);
    } else if (char === '\n' && open.length === 0) {
      outerNewlines.push(at);
    } else if (
      char === '/' &&
      form.regularExpressions &&
      beforeRegularExpression.test(text.slice(Math.max(0, at - 40), at))
    ) {
      regularExpression.lastIndex = at;
      const found = regularExpression.exec(text);
      if (found) return found[0].length;
      // It may be closed by what comes next on its line.
      if (!text.includes('\n', at)) return text.length - at;
    }
    return 1;
  };

  const readLiteral = (close: string): number => {
    if (text[at] === '\\') return 2;
    if (text.startsWith(close, at)) {
      now = code;
      return close.length;
    }
    if (close === '`' && text.startsWith('${', at)) {
      open.push({ close: '}', template: true, at });
      now = code;
      return 2;
    }
    if (text[at] === '\n' && (close === '"' || close === "'")) {
      now = code;
      return 0;
    }
    return 1;
  };

  while (at < text.length) {
    if (now.kind === 'code') at += readCode();
    else if (now.kind === 'literal') at += readLiteral(now.close);
    else if (now.kind === 'line-comment') {
      if (text[at] === '\n') now = code;
      else at++;
    } else if (text.startsWith('*/', at)) {
      now = code;
      at += 2;
    } else at++;
  }
  return { inside: now, open, unmatched, outerNewlines };
}
