/** Where what the model writes has to end, so that it fits into its place. */
import type { CompletionStop } from '../protocol/completion.ts';
import { scanBrackets } from './brackets.ts';
import type { Place } from './place.ts';

export interface End {
  /** Characters of the text that belong to the completion. */
  readonly at: number;
  readonly stop: Exclude<CompletionStop, 'length' | 'end-of-text'>;
}

/**
 * The end of the completion in `text`, which is what the model has written after the cursor so far; undefined while it
 * goes on. Ending is certain: more text never moves it.
 */
export function endOf(text: string, place: Place): End | undefined {
  const scan = scanBrackets(text, place.form, place.inside);
  const ends = [closingEnd(scan.unmatched, place), literalEnd(text, place)];
  if (place.shape === 'line') ends.push(lineEnd(text, place));
  else if (place.form.indented) ends.push(dedentEnd(text, place));
  else if (place.open.length === 0) ends.push(declarationEnd(text, scan.outerNewlines));
  return ends
    .filter((end) => end !== undefined)
    .reduce<End | undefined>((first, end) => (first && first.at <= end.at ? first : end), undefined);
}

/** A bracket that is closed behind the cursor already ends the completion before it; one that is not, after it. */
function closingEnd(
  unmatched: readonly { readonly at: number; readonly close: string }[],
  { open, missing, shape }: Place,
): End | undefined {
  for (const [i, { at, close }] of unmatched.entries()) {
    const closes = open.at(-1 - i);
    if (i >= missing || closes?.close !== close) return { at, stop: 'block-end' };
    if (close === '}' && !closes.template && shape === 'block') return { at: at + 1, stop: 'block-end' };
  }
  return undefined;
}

/** In a text literal that is closed behind the cursor already, the closing mark ends the completion. */
function literalEnd(text: string, { inside, suffix }: Place): End | undefined {
  if (inside.kind !== 'literal' || !suffix.startsWith(inside.close)) return undefined;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(inside.close, at)) return { at, stop: 'block-end' };
  }
  return undefined;
}

/** The first newline; where nothing stands on the line yet, the first after something does. */
function lineEnd(text: string, { prefix, restOfLine }: Place): End | undefined {
  const emptyLine = /(?:^|\n)[ \t]*$/.test(prefix) && restOfLine.trim() === '';
  const from = emptyLine ? /^\s*/.exec(text)![0].length : 0;
  const at = text.indexOf('\n', from);
  return at < 0 ? undefined : { at: text[at - 1] === '\r' ? at - 1 : at, stop: 'line-end' };
}

/** Outside of all brackets: the end of the first line that can end a statement or a declaration. */
function declarationEnd(text: string, newlines: readonly number[]): End | undefined {
  for (const at of newlines) {
    const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim();
    const goesOn = line === '' || /^(?:\/\/|\/?\*|#|@)/.test(line) || /(?:[=,(&|+\-*/:?<]|=>|\\)$/.test(line);
    if (!goesOn) return { at, stop: 'block-end' };
  }
  return undefined;
}

/** Where blocks are told by indentation: before the first line that stands further left than the block. */
function dedentEnd(text: string, { prefix, indentation, open }: Place): End | undefined {
  if (open.length > 0) return undefined;
  const opensBlock = /:[ \t]*$/.test(prefix);
  const lines = text.split('\n');
  let at = lines[0]!.length;
  let deeper = opensBlock;
  for (const [i, line] of lines.slice(1).entries()) {
    // The first word of an unfinished line may still become one that goes on, such as `else`.
    const unfinished = i === lines.length - 2 && /^[a-z]{0,6}$/.test(line);
    const depth = /^[ \t]*/.exec(line)![0].length;
    // A line of white space alone may still become anything.
    if (line.trim() !== '' && !line.trim().startsWith('#')) {
      const outside = depth < indentation.length || (opensBlock && depth === indentation.length);
      const nextAtTop = indentation === '' && !opensBlock && depth === 0 && deeper && !unfinished;
      if (outside || (nextAtTop && !/^(?:elif|else|except|finally|[)\]}])/.test(line))) {
        return { at, stop: 'block-end' };
      }
      deeper ||= depth > indentation.length;
    }
    at += 1 + line.length;
  }
  return undefined;
}
