import { describe, expect, test } from 'vitest';
import type { Tokenizer } from '../../../trainer/model/tokenizer.ts';
import { promptOf } from '../../../trainer/rollout/prompt.ts';

/** Every character is a token. */
const tokenizer = {
  start: [0],
  encode: (text: string) => [...text].map((character) => character.codePointAt(0)!),
} as Pick<Tokenizer, 'start' | 'encode'> as Tokenizer;

const imports = "import { x } from './x.ts';\n\n";
const earlier = 'const one = 1;\n\nfunction f() {\n  return one;\n}\n\n';
const header = '/** Doubles. */\nfunction g(n) {';

function prompt(prefix: string, headerText: string, budget: number) {
  const { tokens, text } = promptOf(
    { prefix, headerStart: prefix.length - headerText.length },
    tokenizer,
    budget,
  );
  const [first, ...rest] = tokens;
  expect(first).toBe(0);
  expect(tokens.length).toBeLessThanOrEqual(budget);
  return { tokens: String.fromCodePoint(...rest), text };
}

describe('the prompt of a task', () => {
  const prefix = imports + earlier + header;

  test('is the whole file before the body where the budget reaches that far', () => {
    expect(prompt(prefix, header, 1000)).toEqual({ tokens: prefix, text: prefix });
    expect(prompt(prefix, header, prefix.length + 1).text).toBe(prefix);
  });

  test('starts at a blank line where it does not', () => {
    expect(prompt(prefix, header, prefix.length).text).toBe(earlier + header);
    const function_ = 'function f() {\n  return one;\n}\n\n';
    expect(prompt(prefix, header, function_.length + header.length + 1).text).toBe(function_ + header);
    expect(prompt(prefix, header, function_.length + header.length).text).toBe(header);
  });

  test('always holds the function’s own header', () => {
    expect(prompt(prefix, header, header.length + 1)).toEqual({ tokens: header, text: header });
  });

  test('keeps the end of a header that alone is longer than the budget', () => {
    expect(prompt(prefix, header, 11).tokens).toBe(header.slice(-10));
  });

  test('is the header alone at the start of a file', () => {
    expect(prompt(header, header, 100).text).toBe(header);
    expect(prompt(`\n\n${header}`, header, 100).text).toBe(`\n\n${header}`);
    expect(prompt(`\n${header}`, header, 100).text).toBe(`\n${header}`);
  });

  test('goes back over several blank lines', () => {
    expect(prompt(`a\n\n\n\n${header}`, header, 100).text).toBe(`a\n\n\n\n${header}`);
  });
});

describe('the prompt of a task for a model that fills in the middle', () => {
  const marks = { prefix: 1, suffix: 2, middle: 3 };
  const filling = { ...tokenizer, fim: marks } as Tokenizer;
  const suffix = '}\n\nfunction h() {}\n';
  const read = (tokens: readonly number[]) => String.fromCodePoint(...tokens.slice(1));

  test('holds what stands behind the body, up to its share', () => {
    const task = { prefix: earlier + header, suffix, headerStart: earlier.length };
    const whole = promptOf(task, filling, 1000, 500).tokens;
    expect(read(whole)).toBe(`\u0001${earlier}${header}\u0002${suffix}\u0003`);
    expect(read(promptOf(task, filling, 1000, 10).tokens)).toBe(
      `\u0001${earlier}${header}\u0002${suffix.slice(0, 10)}\u0003`,
    );
    expect(promptOf(task, filling, 1000).tokens).toEqual(promptOf(task, tokenizer, 1000, 500).tokens);
  });

  test('never exceeds the budget, and gives the header precedence', () => {
    const task = { prefix: header, suffix, headerStart: 0 };
    for (let budget = 5; budget < 80; budget++) {
      const { tokens } = promptOf(task, filling, budget, 20);
      expect(tokens.length).toBeLessThanOrEqual(budget);
      if (budget > header.length) expect(read(tokens)).toContain(header);
    }
  });
});
