/** Makes of what the model wrote what can be inserted at the cursor. */
import type { CompletionStop, NothingReason } from '../protocol/completion.ts';
import { scanBrackets } from './brackets.ts';
import type { LanguageForm } from './language.ts';
import type { Place } from './place.ts';
import { repeats } from './repetition.ts';

export type Finished =
  | { readonly kind: 'completion'; readonly text: string }
  | {
      readonly kind: 'nothing';
      readonly reason: Extract<NothingReason, 'empty' | 'doubled' | 'closing' | 'repeating'>;
    };

/** `text` is what the model wrote up to its end; `stop` is why it ended there. */
export function finish(text: string, stop: CompletionStop, place: Place): Finished {
  if (text.trim() === '') {
    return { kind: 'nothing', reason: stop === 'block-end' ? 'closing' : 'empty' };
  }
  if (repeats(text, place.prefix)) return { kind: 'nothing', reason: 'repeating' };
  const whole =
    place.shape === 'line'
      ? text
      : stop === 'length'
        ? wholeStatements(text, place)
        : stop === 'end-of-text'
          ? withBlockClosed(text, place)
          : text;
  const fresh = withoutRepetition(whole, place);
  if (fresh.trim() === '') return { kind: 'nothing', reason: 'doubled' };
  // On a line that goes on behind the cursor, white space before what follows was written on purpose.
  return { kind: 'completion', text: place.restOfLine.trim() === '' ? fresh.trimEnd() : fresh };
}

/** The text up to the last line that leaves no bracket open; without one, all whole lines, and its brackets closed. */
function wholeStatements(text: string, { form, inside, indentation }: Place): string {
  const last = scanBrackets(text, form, inside).outerNewlines.at(-1);
  if (last !== undefined && text.slice(0, last).trim() !== '') return text.slice(0, last);
  const lines = text.slice(0, Math.max(0, text.lastIndexOf('\n')));
  const { open, inside: end } = scanBrackets(lines, form, inside);
  if (lines.trim() === '' || end.kind !== 'code' || open.some(({ template }) => template)) return text;
  let closed = lines;
  let lineOfLast: number | undefined;
  for (const { at, close } of open.toReversed()) {
    const lineStart = lines.lastIndexOf('\n', at) + 1;
    const indent = lineStart === 0 ? indentation : /^[ \t]*/.exec(lines.slice(lineStart))![0];
    closed += lineStart === lineOfLast ? close : `\n${indent}${close}`;
    lineOfLast = lineStart;
  }
  return closed;
}

/** Closes a block that was opened right before the cursor, that nothing behind it closes, and that the model left open too. */
function withBlockClosed(text: string, { prefix, form, inside, open, missing }: Place): string {
  const block = open.at(-1);
  if (missing === 0 || block?.close !== '}' || prefix.slice(block.at + 1).trim() !== '') return text;
  if (scanBrackets(text, form, inside).unmatched.length > 0) return text;
  const lineStart = prefix.lastIndexOf('\n', block.at) + 1;
  const indent = /^[ \t]*/.exec(prefix.slice(lineStart))![0];
  return `${text.trimEnd()}\n${indent}}`;
}

/** Cuts off an end of the text that repeats what stands behind the cursor. */
function withoutRepetition(text: string, { suffix, restOfLine, prefix, form }: Place): string {
  const onLine = text.slice(0, text.length - repeatedOnLine(text, restOfLine.trimEnd(), form));
  const following = suffix
    .slice(restOfLine.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const lines = onLine.split('\n');
  const startsLine = /(?:^|\n)[ \t]*$/.test(prefix);
  for (let from = startsLine ? 0 : 1; from < lines.length; from++) {
    const end = lines.slice(from).filter((line) => line.trim() !== '');
    const repeats = end.length > 0 && end.every((line, i) => line.trim() === following[i]);
    // A line of brackets alone stands under many lines of code, and where brackets end is known already.
    if (repeats && /\w/.test(end.join(''))) return lines.slice(0, from).join('\n');
  }
  return onLine;
}

/**
 * Characters at the end of `text` that `rest` begins with: all of `rest`, all up to the bracket in it that closes what is
 * open (where `text` has ended already), or marks alone. A bracket that the text itself
 * opened is closed by the text's own.
 */
function repeatedOnLine(text: string, rest: string, form: LanguageForm): number {
  const marks = /^[)\]};,'"`]*/.exec(rest)![0];
  const opened = (of: string) => scanBrackets(of, form).open.length;
  const closed = scanBrackets(rest, form).unmatched[0]?.at ?? 0;
  const lengths = [rest.length, closed, ...Array.from({ length: marks.length }, (_, i) => marks.length - i)];
  const repeated = lengths.find((length) => {
    if (length === 0 || !text.endsWith(rest.slice(0, length))) return false;
    return opened(text.slice(0, text.length - length)) <= opened(text);
  });
  return repeated ?? 0;
}
