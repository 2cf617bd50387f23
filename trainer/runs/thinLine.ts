/**
 * A line of `episodes.jsonl` without what each step read and wrote, which is most of it, and which the table of episodes
 * only counts: what is left takes half the time to parse.
 */
export interface ThinLine {
  /** The same JSON with `"steps":[]`. */
  readonly json: string;
  /** Action tokens of all steps. */
  readonly tokens: number;
}

const [comma, closing] = [0x2c, 0x5d];
const stepsKey = Buffer.from('"steps":[{');
const stepsEnd = Buffer.from('}]');
const actionKey = Buffer.from('"action":[');

/**
 * Undefined for a line that has no steps of the form that the trainer writes: objects of arrays of numbers and of words.
 *
 * A quotation mark inside of a JSON string is escaped, so that a key with its marks is found nowhere else.
 */
export function thinLine(line: Buffer): ThinLine | undefined {
  const begin = line.indexOf(stepsKey);
  const end = begin < 0 ? -1 : line.indexOf(stepsEnd, begin);
  if (end < 0) return undefined;
  let tokens = 0;
  for (let at = line.indexOf(actionKey, begin); at >= 0 && at < end; at = line.indexOf(actionKey, at)) {
    at += actionKey.length;
    if (line[at] === closing) continue;
    tokens++;
    for (; line[at] !== closing; at++) {
      if (at >= end) return undefined;
      if (line[at] === comma) tokens++;
    }
  }
  const json = `${line.toString('utf8', 0, begin)}"steps":[${line.toString('utf8', end + 1)}`;
  return { json, tokens };
}
