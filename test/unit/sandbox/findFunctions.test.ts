import { beforeAll, describe, expect, it } from 'vitest';
import { findFunctions } from '../../../sandbox/tasks/findFunctions.ts';
import { SyntaxTrees } from '../../../sandbox/tasks/syntaxTrees.ts';

let trees: SyntaxTrees;
beforeAll(async () => {
  trees = await SyntaxTrees.load();
});

const find = (text: string) =>
  trees
    .read('typescript', text, findFunctions)
    .map(({ name, line, headerStart, bodyStart, bodyEnd, inline }) => ({
      name,
      line,
      header: text.slice(headerStart, bodyStart),
      body: text.slice(bodyStart, bodyEnd),
      ...(inline && { inline }),
    }));

describe('findFunctions', () => {
  it('finds a declaration with its doc comment', () => {
    expect(
      find('const a = 1;\n\n/** Twice. */\nexport function twice(n: number): number { return 2 * n; }'),
    ).toEqual([
      {
        name: 'twice',
        line: 4,
        header: '/** Twice. */\nexport function twice(n: number): number {',
        body: ' return 2 * n; ',
      },
    ]);
  });

  it('takes several comment lines, but not one that stands apart or behind code', () => {
    expect(find('// apart\n\n// one\n// two\nfunction f() { x(); }')[0]!.header).toBe(
      '// one\n// two\nfunction f() {',
    );
    expect(find('const a = 1; // of a\nfunction f() { x(); }')[0]!.header).toBe('function f() {');
  });

  it('finds arrow functions, with a block or an expression, and function expressions bound to a const', () => {
    const text =
      'export const a = async (x: number) => { b(); };\nconst c = function () { d(); };\nconst e = () => 1;';
    expect(find(text).map(({ name, body }) => [name, body])).toEqual([
      ['a', ' b(); '],
      ['c', ' d(); '],
      ['e', '1'],
    ]);
  });

  it('finds methods, but no constructors, overloads or abstract ones', () => {
    const text =
      'abstract class A { constructor() { x(); } f(): void; f(n?: number): void { y(); } static g() { z(); } abstract h(): void; }';
    expect(find(text).map(({ name }) => name)).toEqual(['A.f', 'A.g']);
  });

  it('finds members of objects, fields of classes, and what is assigned to exports or a prototype', () => {
    const text = `
      export const api = { a() { x(); }, b: function () { x(); }, deep: { c: async () => { x(); } } };
      export class A { d = () => { x(); }; static #e = function () { x(); }; }
      module.exports.f = function () { x(); };
      exports.g = () => { x(); };
      module.exports = class B { h() { x(); } };
      A.prototype.i = function () { x(); };
      export default { j() { x(); } };
      export namespace N { export function k() { x(); } }
      export default function () { x(); }`;
    expect(find(text).map(({ name }) => name)).toEqual([
      ...['api.a', 'api.b', 'api.deep.c', 'A.d', 'A.#e', 'f', 'g', 'B.h', 'A.i'],
      ...['default.j', 'N.k', 'default'],
    ]);
  });

  it('leaves functions inside functions to their outer one', () => {
    expect(find('function f() { function g() { return 1; } return g(); }').map(({ name }) => name)).toEqual([
      'f',
    ]);
  });

  it('looks into functions that are called on the spot or passed on, as module wrappers are', () => {
    const wrapped =
      'function a() { x(); } var b = function () { x(); }, c = 1; return { d: () => { x(); } };';
    const names = (text: string) => find(text).map(({ name }) => name);
    expect(names(`(function () { ${wrapped} })();`)).toEqual(['a', 'b', 'returned.d']);
    expect(names(`!function () { ${wrapped} }();`)).toEqual(['a', 'b', 'returned.d']);
    expect(names(`(function (root, make) { root.m = make(); })(this, function () { ${wrapped} });`)).toEqual([
      ...['a', 'b', 'returned.d'],
    ]);
    expect(names(`define(['x'], (x) => { ${wrapped} });`)).toEqual(['a', 'b', 'returned.d']);
    expect(names(`const m = (() => { ${wrapped} })();`)).toEqual(['m.a', 'm.b', 'm.d']);
    expect(names(`module.exports = (function () { ${wrapped} }).call(this);`)).toEqual([
      ...['default.a', 'default.b', 'default.d'],
    ]);
  });

  it('looks into functions that are too long to be tasks themselves', () => {
    const long = `function make() {\n${'  x();\n'.repeat(60)}  const m = {};\n  m.a = function () { y(); };\n  return m;\n}`;
    expect(find(long).map(({ name }) => name)).toEqual(['make.m.a', 'make']);
  });

  it('gives offsets of JavaScript strings beyond ASCII', () => {
    expect(find("const s = '日本🎌';\nfunction f() { return '🎌'; }")[0]!.body).toBe(" return '🎌'; ");
  });
});

describe('fits', () => {
  const task = {
    language: 'typescript',
    prefix: 'export function f(a: number): number {',
    suffix: '}\n',
  } as const;

  it('takes every body that closes where it should', () => {
    for (const body of [
      '',
      ' return a; ',
      'if (a) { return 1; } else { return 2; }',
      'return [`}`].length;',
    ]) {
      expect(trees.fits(task, body), body).toBe(true);
    }
  });

  it('takes one expression behind an arrow, and nothing more', () => {
    const arrow = { ...task, prefix: 'const f = (a: number) => ', suffix: ';\nconst g = [f];\n' };
    for (const body of ['a', 'a + 1', '({ a })', '(b) => a', 'a > 0 ? [a] : f(a)']) {
      expect(trees.fits(arrow, body), body).toBe(true);
    }
    for (const body of ['', 'return a', 'a; const b = 1', 'a, b = 1', 'a +', ') => a', '(a']) {
      expect(trees.fits(arrow, body), body).toBe(false);
    }
  });

  it('refuses a body that leaves its braces or is not finished', () => {
    for (const body of [
      '}',
      '} {',
      'return a; } export function g() { ',
      '{',
      'return (a;',
      '/* ',
      '// ',
      '`',
    ]) {
      expect(trees.fits(task, body), body).toBe(false);
    }
  });
});
