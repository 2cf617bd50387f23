// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source code
import { describe, expect, it } from 'vitest';
import { FunctionEnd } from '../../../sandbox/tasks/functionEnd.ts';

/** The body in front of the marker `¦` is complete: the brace that follows it closes the function. */
const bodies: Record<string, string> = {
  'an empty body': '¦}',
  'a return': ' return 1; ¦}\nexport const x = {};',
  'nested blocks': 'if (a) { b({ c: {} }); } else { d(); }¦} }',
  'braces in strings': `const a = '}'; const b = "{"; const c = '\\'}';¦}`,
  'braces in comments': '// }\n/* } */ /** {} **/ x();¦}',
  'a template literal': 'return `}${a}}`;¦}',
  'nested template literals': 'return `a${b.map((c) => `${c}}`).join(`}`)}{`;¦} `',
  'an object in a template': 'return `${{ a: 1 }.a}`;¦}',
  'a dollar before a brace in a template': 'return `$${a}$`;¦}',
  'an escaped dollar': 'return `\\${`;¦}',
  'an escaped back-tick': 'return `\\`}`;¦}',
  'a regular expression': 'return /[}/]{2}/.test(a);¦}',
  'a regular expression as an argument': "return a.replace(/}/g, '');¦}",
  'a regular expression after &&': 'return a && /}/.test(b);¦}',
  'division after a call': 'return f(a) / g(b) + {}.c / d;¦}',
  'division after ++': 'return i++ / 2 + "}" / 1;¦}',
  'division after an index': 'return a[0] / b + "/}";¦}',
  'a word that only ends like return': 'const noreturn = 1; return noreturn / 2 + "}/";¦}',
  'a word after a keyword': 'return total / 2 + "/}";¦}',
  'division then a comment': 'return a / b; // }\n¦}',
  'an arrow with a block': 'return a.map((b) => { return b; });¦}',
  'an unterminated string': "return 'abc\n¦}",
  'letters beyond ASCII': "return '日本}' + 'é';¦}",
};

describe('FunctionEnd', () => {
  for (const [name, marked] of Object.entries(bodies)) {
    const expected = marked.indexOf('¦');
    const text = marked.replace('¦', '');
    it(`finds the end after ${name}`, () => {
      expect(new FunctionEnd().push(text)).toBe(expected);
    });
    it(`finds the end after ${name}, one character at a time`, () => {
      const end = new FunctionEnd();
      const answers = [...Array(text.length).keys()].map((i) => end.push(text[i]!));
      expect(answers.slice(0, expected).every((answer) => answer === undefined)).toBe(true);
      expect(answers[expected]).toBe(expected);
      expect(answers.at(-1)).toBe(expected);
    });
  }

  it('does not take a division for a regular expression', () => {
    expect(new FunctionEnd().push('return a / 2; } /')).toBe(14);
  });

  it('says nothing while the function is open', () => {
    const end = new FunctionEnd();
    expect(end.push('if (a) {')).toBeUndefined();
    expect(end.push(' return 1; }')).toBeUndefined();
    expect(end.push('}')).toBe(20);
  });

  it('reads a hundred thousand characters, one by one, in well under a second', () => {
    const end = new FunctionEnd();
    const before = performance.now();
    for (let i = 0; i < 100_000; i++) end.push('a');
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

/** The expression in front of the marker `¦` is complete. */
const expressions: Record<string, string> = {
  'a semicolon': 'a + 1¦;\nexport const b = 2;',
  'a comma': '({ a: [1, 2], b })¦, c',
  'the bracket of a call around it': 'f(a, (b) => b)¦).g',
  'the brace of an object around it': 'a¦ }',
  'a line that starts something else': 'a[0]¦\n\nexport const b = 2;',
  'a comment and another line': 'a¦ // that; is it\n/** b, too */\nexport',
  'lines that go on with it': 'a\n  .filter((b) => b > 1)\n  // of those\n  ? b +\n    c\n  : d / 2¦\nconst',
  'a template and a regular expression': '`${a}; ` + b.replace(/[;/]/g, ";")¦;',
};

describe('FunctionEnd of an expression', () => {
  for (const [name, marked] of Object.entries(expressions)) {
    const expected = marked.indexOf('¦');
    const text = marked.replace('¦', '');
    it(`finds the end before ${name}`, () => {
      expect(new FunctionEnd('expression').push(text)).toBe(expected);
      const end = new FunctionEnd('expression');
      expect([...text].map((char) => end.push(char)).find((at) => at !== undefined)).toBe(expected);
    });
  }
});
