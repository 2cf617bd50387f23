/** Where a completion is asked for: what it may hold, and what already waits for it behind the cursor. */
import type { CompleteRequest } from '../protocol/completion.ts';
import { type Inside, type OpenBracket, scanBrackets } from './brackets.ts';
import { formOf, type LanguageForm } from './language.ts';

export interface Place {
  readonly prefix: string;
  readonly suffix: string;
  readonly form: LanguageForm;
  /** Lines, up to the end of the block, or what remains of one line. */
  readonly shape: 'block' | 'line';
  readonly inside: Inside;
  /** Brackets open at the cursor, outermost first, and how many of the innermost nothing after it closes. */
  readonly open: readonly OpenBracket[];
  readonly missing: number;
  /** What follows on the cursor's line. */
  readonly restOfLine: string;
  /** White space that the cursor's line begins with. */
  readonly indentation: string;
}

type Asked = Pick<CompleteRequest, 'prefix' | 'suffix' | 'language' | 'singleLine'>;

export function placeOf({ prefix, suffix, language, singleLine }: Asked): Place {
  const form = formOf(language);
  const { inside, open } = scanBrackets(prefix, form);
  const closers = scanBrackets(suffix, form, inside).unmatched.length;
  const restOfLine = /^[^\r\n]*/.exec(suffix)![0];
  const line = prefix.slice(prefix.lastIndexOf('\n') + 1);
  const innermost = open.at(-1);
  // Inside parentheses, square brackets and templates an expression is being written, not statements.
  const inExpression = innermost !== undefined && (innermost.close !== '}' || innermost.template);
  const onlyCloses = innermost?.close === '}' && restOfLine.trimStart().startsWith('}');
  const textFollows = restOfLine.trim() !== '' && !onlyCloses;
  const oneLine = singleLine || textFollows || inExpression || inside.kind !== 'code';
  return {
    prefix,
    suffix,
    form,
    shape: oneLine ? 'line' : 'block',
    inside,
    open,
    missing: Math.max(0, open.length - closers),
    restOfLine,
    indentation: /^[ \t]*/.exec(line)![0],
  };
}
