/** Where completions end and what is cut off, on texts that a model might write. `¦` is the cursor. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source code
import { describe, expect, test } from 'vitest';
import { endOf } from '../../../trainer/completion/end.ts';
import { finish } from '../../../trainer/completion/finish.ts';
import { placeOf } from '../../../trainer/completion/place.ts';
import type { CompletionStop } from '../../../trainer/protocol/completion.ts';

/** What becomes of `written` at the cursor of `marked`, when it arrives character by character and then stops. */
function completed(
  marked: string,
  written: string,
  { language = 'typescript', stop = 'end-of-text' as CompletionStop, singleLine = false } = {},
): string | null {
  const [prefix, suffix] = marked.split('¦') as [string, string];
  const place = placeOf({ prefix, suffix, language, singleLine });
  for (let length = 1; length <= written.length; length++) {
    const end = endOf(written.slice(0, length), place);
    if (!end) continue;
    const finished = finish(written.slice(0, end.at), end.stop, place);
    return finished.kind === 'completion' ? finished.text : null;
  }
  const finished = finish(written, stop, place);
  return finished.kind === 'completion' ? finished.text : null;
}

describe('a block', () => {
  test.each([
    [
      'ends before the brace that follows',
      'function f() {\n  ¦\n}\n',
      'return 1;\n}\n\nfunction g',
      'return 1;',
    ],
    [
      'keeps its own braces',
      'function f() {\n  ¦\n}',
      'if (a) {\n    b();\n  }\n  c();\n}',
      'if (a) {\n    b();\n  }\n  c();',
    ],
    ['brings the brace that nothing closes', 'function f() {\n  ¦', 'return 1;\n}\nmore', 'return 1;\n}'],
    [
      'of the inner of two is closed where one brace follows',
      'class A {\n  f() {\n    ¦\n}',
      'a();\n  }\n  g',
      'a();\n  }',
    ],
    [
      'is not misled by braces in literals',
      'function f() {\n  ¦\n}',
      "a('}', `}${b}`, /}/); // }\n}",
      "a('}', `}${b}`, /}/); // }",
    ],
    [
      'between braces of one line keeps the line break before the brace',
      'function f() {¦}',
      '\n  a();\n}',
      '\n  a();\n',
    ],
    ['inside a call stops before what closes both', 'it(() => {\n  ¦\n});', 'a();\n});\n', 'a();'],
  ])('%s', (_, marked, written, expected) => {
    expect(completed(marked, written)).toBe(expected);
  });

  test('opened at the cursor and closed by nothing is closed when the model stops', () => {
    expect(completed('f() {\n  if (a) {¦\n  b();\n}', '\n    c();')).toBe('\n    c();\n  }');
  });

  test('cut off by the token limit keeps its whole statements', () => {
    const marked = 'function f() {\n  ¦\n}';
    expect(completed(marked, 'a();\n  b();\n  c(1,', { stop: 'length' })).toBe('a();\n  b();');
  });

  test('cut off within its first statement gets its brackets closed', () => {
    const written = 'list.forEach((a) => {\n    if (a) {\n      b();\n      c(';
    expect(completed('function f() {\n  ¦\n}', written, { stop: 'length' })).toBe(
      'list.forEach((a) => {\n    if (a) {\n      b();\n    }\n  })',
    );
  });

  test('at the margin ends with its declaration', () => {
    expect(completed('/** Adds. */\n¦', 'function f(a) {\n  return a;\n}\n\nfunction g() {}')).toBe(
      'function f(a) {\n  return a;\n}',
    );
    expect(completed('¦', '// one\nconst a =\n  1;\nconst b = 2;')).toBe('// one\nconst a =\n  1;');
  });
});

describe('one line', () => {
  test.each([
    ['where text follows', 'const a = ¦ + 1;', 'b.c\nd', 'b.c'],
    ['in an expression', 'f(¦)', 'a,\n  b', 'a,'],
    ['in a comment', '// It ¦', 'adds.\nf();', 'adds.'],
    ['up to a bracket that follows', 'f(¦);', 'a, [b]);', 'a, [b]'],
    ['with the bracket that nothing closes', 'f(¦', 'a, b);\ng', 'a, b);'],
    ['up to the quotation mark that follows', "f('¦')", "a b');", 'a b'],
    ['without a mark that stands there already', 'const a = b¦;', '.c;\n', '.c'],
    ['with brackets of its own', 'f(¦)', 'g(a))', 'g(a)'],
    ['without what follows on the line', 'const ¦ = 1;', 'total = 1;\n', 'total'],
  ])('%s', (_, marked, written, expected) => {
    expect(completed(marked, written)).toBe(expected);
  });

  test('where it is asked for', () => {
    expect(completed('function f() {\n  ¦\n}', 'a();\n  b();\n', { singleLine: true })).toBe('a();');
  });
});

describe('nothing', () => {
  const reason = (marked: string, written: string, stop: CompletionStop) => {
    const [prefix, suffix] = marked.split('¦') as [string, string];
    return finish(written, stop, placeOf({ prefix, suffix, language: 'typescript', singleLine: false }));
  };
  test('is left of a repetition of what follows, and it is said so', () => {
    const marked = 'function f() {\n  ¦\n  return total;\n}';
    expect(completed(marked, 'add(1);\n  return total;\n}')).toBe('add(1);');
    expect(reason(marked, 'return total;', 'block-end')).toEqual({ kind: 'nothing', reason: 'doubled' });
  });
  test('is what a model wrote that only closes, or that ends at once', () => {
    expect(reason('f(¦)', '', 'block-end')).toEqual({ kind: 'nothing', reason: 'closing' });
    expect(reason('f(¦)', '', 'end-of-text')).toEqual({ kind: 'nothing', reason: 'empty' });
  });
});

describe('a repetition', () => {
  const finished = (marked: string, written: string, language = 'typescript') => {
    const [prefix, suffix] = marked.split('¦') as [string, string];
    return finish(written, 'block-end', placeOf({ prefix, suffix, language, singleLine: false }));
  };
  const repeating = { kind: 'nothing', reason: 'repeating' };
  const above = 'function f(a) {\n  const b = a + 1;\n  const c = b * 2;\n  ¦\n}';

  test.each([
    ['of the lines above', above, 'const b = a + 1;\n  const c = b * 2;'],
    ['of the line above', above, 'const c = b * 2;'],
    ['of the line above, begun by hand', above.replace('¦', 'const ¦'), 'c = b * 2;'],
    ['of one statement without end', above, 'log(c);\n  log(c);\n  log(c);'],
    ['of several statements without end', above, 'if (a) {\n    b();\n  }\n  '.repeat(3)],
    ['of words on one line without end', 'const a = ¦;', 'foo(foo(foo(foo('],
    ['in a comment', '// It ¦', 'is the same as the same as the same as the same as'],
    ['of a signature above', '/** Adds. */\nfunction f(a) {\n¦', 'function f(a) {'],
  ])('%s is not shown, and it is said so', (_, marked, written) => {
    expect(finished(marked, written)).toEqual(repeating);
  });

  test('of the lines above is not shown in Python either', () => {
    expect(finished('def f(a):\n    b = a + 1\n    ¦\n', 'b = a + 1', 'python')).toEqual(repeating);
  });

  test.each([
    ['numbers in a row', 'const a = [¦];', '0, 0, 0, 0, 0, 0, 0, 0, 0'],
    ['closing brackets', 'f(() => {\n  g(() => {\n    h(¦', 'a);\n  });\n});'],
    ['a line of those above, and another', above, 'const c = b * 2;\n  return c;'],
    ['lines that look alike', above, "add('one', 1);\n  add('two', 2);\n  add('three', 3);"],
    ['the same line twice', above, 'step();\n  step();'],
    ['one of the lines further up', above, 'const b = a + 1;\n  const d = b;'],
  ])('is not what %s are', (_, marked, written) => {
    expect(finished(marked, written)).toMatchObject({ kind: 'completion', text: written });
  });
});

describe('code as it is typed every day', () => {
  test.each([
    ['a call between its own parentheses', 'console.log(¦);', 'value);', 'value'],
    ['an argument before another', 'add(¦, b);', 'a, b);', 'a'],
    ['an object between its braces', 'const a = {¦};', ' b: 1 };', ' b: 1 '],
    ['an array between its brackets', 'const a = [¦];', '1, 2, 3];', '1, 2, 3'],
    ['an arrow inside a call', 'list.map(¦);', '(a) => f(a));', '(a) => f(a)'],
    ['a template’s expression', 'const a = `${¦}`;', 'b.c}`;', 'b.c'],
    ['a string that an editor closed', "import a from '¦';", "./a.ts';", './a.ts'],
    ['an index', 'const a = list[¦];', 'i - 1];', 'i - 1'],
    ['a condition whose brace stands there', 'if (¦) {\n  f();\n}', 'a > b) {', 'a > b'],
    ['a generic', 'const a: Map<¦> = new Map();', 'string, number> = new Map();', 'string, number'],
    ['an element', 'const a = <b c={¦} />;', 'd} />;', 'd'],
    ['what follows after a comma', 'f(a, ¦);', 'g(b), c);', 'g(b), c'],
    ['nested calls that are half closed', 'f(g(¦));', 'h(a)));', 'h(a)'],
  ])('%s gets no end twice', (_, marked, written, expected) => {
    expect(completed(marked, written)).toBe(expected);
  });
});

describe('a block of Python', () => {
  const python = { language: 'python' };
  test('ends before the first line further left', () => {
    expect(completed('def f(a):\n    ¦\n', 'if a:\n        b()\n    c()\n\ndef g():', python)).toBe(
      'if a:\n        b()\n    c()',
    );
  });
  test('after a colon is everything deeper', () => {
    expect(completed('    if a:¦\n', '\n        b()\n    c()', python)).toBe('\n        b()');
  });
  test('at the margin ends with its declaration, which an else belongs to', () => {
    expect(completed('¦', 'if a:\n    b()\nelse:\n    c()\nd()', python)).toBe(
      'if a:\n    b()\nelse:\n    c()',
    );
  });
  test('knows its strings and comments', () => {
    expect(completed('f(¦)', "'# )', a)", python)).toBe("'# )', a");
  });
});
