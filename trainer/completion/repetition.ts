/** What a model writes when it has nothing to say: the lines above once more, or one thing over and over. */

/** Times that the same lines, or the same words on a line, stand one after the other before they count as a loop. */
const fewestLines = 3;
const fewestWords = 4;
/** Longest loop that is looked for: in lines, and in characters of one line. */
const longestLines = 8;
const longestWords = 80;

/** Whether `text`, written behind `prefix`, only says what the lines right before it say, or ends in a loop. */
export function repeats(text: string, prefix: string): boolean {
  return saysAgain(text, prefix) || endsInLoop(text);
}

/** Whether the end of `text` is one thing over and over, so that more of it would be that thing too. */
export function endsInLoop(text: string): boolean {
  const lines = linesOf(text);
  for (let size = 1; size <= longestLines && size * fewestLines <= lines.length; size++) {
    if (hasWords(lines.slice(-size).join('')) && isPeriodic(lines.slice(-size * fewestLines), size))
      return true;
  }
  const last = lines.at(-1) ?? '';
  for (let size = 1; size <= longestWords && size * fewestWords <= last.length; size++) {
    if (hasWords(last.slice(-size)) && isPeriodic(last.slice(-size * fewestWords), size)) return true;
  }
  return false;
}

/** Whether its lines, the first with what stands before the cursor on it, are just those above the cursor. */
function saysAgain(text: string, prefix: string): boolean {
  const lineStart = prefix.lastIndexOf('\n') + 1;
  const written = linesOf(prefix.slice(lineStart) + text);
  const above = linesOf(prefix.slice(0, Math.max(0, lineStart - 1))).slice(-written.length);
  const same = above.length === written.length && written.every((line, at) => line === above[at]);
  return same && /\p{L}/u.test(written.join(''));
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function isPeriodic(sequence: string | readonly string[], period: number): boolean {
  for (let at = period; at < sequence.length; at++) if (sequence[at] !== sequence[at - period]) return false;
  return true;
}

/** Brackets and numbers alone stand in rows for good reason. */
const hasWords = (text: string) => /\p{L}{2}/u.test(text);
