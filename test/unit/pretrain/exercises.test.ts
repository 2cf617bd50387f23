import { stripTypeScriptTypes } from 'node:module';
import { inspect, isDeepStrictEqual } from 'node:util';
import { runInThisContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { catalog, drawExercise } from '../../../trainer/pretrain/exercises/catalog.ts';
import { Draws } from '../../../trainer/pretrain/exercises/draws.ts';
import { drawInstance, type Instance } from '../../../trainer/pretrain/exercises/instance.ts';
import { expand } from '../../../trainer/pretrain/exercises/wording.ts';

function compile(instance: Instance): (...given: unknown[]) => unknown {
  const source = stripTypeScriptTypes(instance.text.replace(/^export /m, ''));
  return runInThisContext(`(() => { 'use strict'; ${source}; return ${instance.name}; })()`);
}

/** Callbacks pass as they are; the rest is copied, so that one body's changes do not reach the next check. */
const copied = (given: readonly unknown[]): unknown[] =>
  given.map((value) => (typeof value === 'function' ? value : structuredClone(value)));

describe('every family of exercises', () => {
  test('gives functions that return what its checks say', () => {
    const failures: string[] = [];
    for (const [index, family] of catalog.entries()) {
      for (let draw = 0; draw < 2; draw++) {
        const instance = drawInstance(family, new Draws('test', index, draw));
        try {
          const run = compile(instance);
          for (const [given, expected] of instance.checks) {
            const got = run(...copied(given));
            if (!same(got, expected))
              failures.push(`${instance.text}gave ${inspect(got)}, not ${inspect(expected)}`);
          }
        } catch (error) {
          failures.push(`${instance.text}${String(error)}`);
        }
      }
    }
    expect(failures).toEqual([]);
  });

  test('leaves no placeholder in its text', () => {
    for (const [index, family] of catalog.entries()) {
      const { text } = drawInstance(family, new Draws('placeholders', index));
      expect(text).not.toMatch(/[«»]|%[A-Z]\b|\bNAME\b|\bFIELD|\bTHINGS|\bDOLLAR/);
    }
  });

  test('has its body between the marked braces', () => {
    for (let draw = 0; draw < 500; draw++) {
      const { text, bodyStart, bodyEnd } = drawExercise(new Draws(draw));
      if (bodyStart < 0) continue;
      expect(text[bodyStart - 1]).toBe('{');
      expect(text[bodyStart]).toBe('\n');
      expect(text[bodyEnd]).toBe('}');
      expect(text.slice(bodyEnd)).toMatch(/^};?\n$/);
    }
  });
});

/** Equal but for rounding and the sign of zero. */
function same(got: unknown, expected: unknown): boolean {
  if (typeof expected === 'number' && typeof got === 'number') {
    return got === expected || Math.abs(got - expected) < 1e-9;
  }
  if (Array.isArray(expected) && Array.isArray(got)) {
    return got.length === expected.length && expected.every((value, at) => same(got[at], value));
  }
  return isDeepStrictEqual(got, expected);
}

describe('drawing exercises', () => {
  test('gives the same text for the same seed, and another for another', () => {
    expect(drawExercise(new Draws(7)).text).toBe(drawExercise(new Draws(7)).text);
    const texts = new Set(Array.from({ length: 200 }, (_, seed) => drawExercise(new Draws(seed)).text));
    expect(texts.size).toBeGreaterThan(190);
  });

  test('names parameters in the body as the signature does, whatever they are called', () => {
    const clamp = catalog[0]!;
    const names = new Set<string>();
    for (let draw = 0; draw < 300; draw++) {
      const { text } = drawInstance(clamp, new Draws('copy', draw));
      const head = text.slice(text.search(/(?:function|const) /));
      const first = /\((\w+)/.exec(head)![1]!;
      names.add(first);
      expect(head.split(new RegExp(`\\b${first}\\b`)).length).toBeGreaterThan(2);
    }
    expect(names.size).toBeGreaterThan(30);
  });

  test('covers at least 200 families, none of them more than a hundredth of the draws', () => {
    const total = catalog.reduce((sum, family) => sum + family.weight, 0);
    expect(catalog.length).toBeGreaterThan(200);
    for (const family of catalog) expect(family.weight / total).toBeLessThan(0.01);
  });
});

describe('a wording template', () => {
  test('is written out by choosing one of each group of alternatives, also nested ones', () => {
    const readings = new Set(
      Array.from({ length: 100 }, (_, seed) => expand('{a|b{c|d}} e', new Draws(seed))),
    );
    expect(readings).toEqual(new Set(['a e', 'bc e', 'bd e']));
  });

  test('leaves no double spaces and no space before a comma where an alternative is empty', () => {
    expect(expand('one {} two {}, three', new Draws(1))).toBe('one two, three');
  });
});
