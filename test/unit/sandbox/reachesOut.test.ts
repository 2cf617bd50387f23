import { beforeAll, describe, expect, it } from 'vitest';
import { reachesOut } from '../../../sandbox/grading/reachesOut.ts';
import { SyntaxTrees } from '../../../sandbox/tasks/syntaxTrees.ts';

let trees: SyntaxTrees;
beforeAll(async () => {
  trees = await SyntaxTrees.load();
});

function reaches(body: string): boolean {
  const prefix =
    "import path from 'node:path';\nimport { other } from './other.ts';\nconst table = {};\nexport function f(items: string[]) {";
  return reachesOut(trees, { language: 'typescript', prefix, suffix: '}\n' }, body);
}

describe('a completion changes no more than objects of its own', () => {
  it.each([
    'const counts: Record<string, number> = {}; for (const x of items) counts[x] = (counts[x] ?? 0) + 1; return counts;',
    'let s = ""; for (let i = items.length - 1; i >= 0; i--) { s += items[i]; } return s;',
    'return items.map((x) => x.toUpperCase()).join(", ");',
    'return path.join(...items) + other(table);',
    'console.log(items); return Math.max(...items.map(Number));',
    'class Box { n = 1; get() { return this.n; } } return new Box().get();',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a completion.
    'return items.map((x) => `${x}!`);',
  ])('with %s', (body) => {
    expect(reaches(body)).toBe(false);
  });
});

describe('a completion may change more', () => {
  it.each([
    'setTimeout(() => {}, 1);',
    'const p = Object.getPrototypeOf(Object.getPrototypeOf(items)); p.toJSON = () => 1;',
    "const k = ['con', 'structor'].join(''); return (() => {})[k]('return this')();",
    "const k = 'CONSTRUCTOR'.toLowerCase(); const { [k]: F } = items;",
    "return items['const' + other()];",
    'function g() { return this; } return g();',
    'const p = path; p.join = () => "";',
    'items.constructor = Array;',
    'const names = Object.getOwnPropertyNames(Object); return items[names[0]];',
    'process.exit(0);',
  ])('with %s', (body) => {
    expect(reaches(body)).toBe(true);
  });
});
