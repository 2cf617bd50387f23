import type { Random } from './random.ts';

/**
 * Phrases that many doc comments share. A template writes `%name` for one of them, `{a|b|}` for a choice of its own,
 * and both may be nested.
 */
const phrases: Readonly<Record<string, string>> = {
  R: '{Returns|Returns|Returns|Gets|Computes|Finds|Gives|Calculates|Returns}',
  M: '{Returns|Returns|Makes|Creates|Builds|Gives|Produces}',
  W: '{Returns whether|Checks whether|Checks if|Tells whether|Tells if|Returns true if|Returns true when|True if|True when|Whether|Determines whether|Determines if|Tests whether|Says whether|Is true when}',
  C: '{Counts|Counts|Returns the number of|Returns how many|Gets the count of|Gives the number of|Counts up|Finds the number of}',
  conv: '{Converts|Turns|Changes|Converts|Transforms}',
  the: '{the|the|the given|a|the}',
  all: '{the|all|all the|all of the|the given}',
  L: '{list|array|array|list|array}',
  inL: '{ in the list| in the array| in an array| in a list| in $0| of the list| of an array| from the list||}',
  T: '{string|text|string}',
  new: '{|new |fresh |}',
  copy: '{|, leaving the original unchanged|, without changing the original|, without mutating it||}',
};

/** Writes out one reading of a template. `$0` and the like stay for the caller. */
export function expand(template: string, random: Random): string {
  let text = template;
  for (let round = 0; round < 6 && /%[A-Za-z]/.test(text); round++) {
    text = text.replace(/%([A-Za-z]+)/g, (whole, name: string) => phrases[name] ?? whole);
  }
  const innermost = /\{([^{}]*)\}/;
  for (let found = innermost.exec(text); found; found = innermost.exec(text)) {
    const chosen = random.pick(found[1]!.split('|'));
    text = text.slice(0, found.index) + chosen + text.slice(found.index + found[0].length);
  }
  return text.replace(/ {2,}/g, ' ').replace(/ +([,.])/g, '$1').trim();
}
