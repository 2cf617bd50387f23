import { describe, expect, it } from 'vitest';
import { mineSample } from './mineSample.ts';

describe('the vitest workspace', () => {
  it('gives the tasks that a person would list, and grades them in TypeScript and JSX', async () => {
    await using mined = await mineSample('vitest-workspace');
    expect(mined.functions).toEqual([
      'src/cache.ts#Cache.get',
      'src/cache.ts#Cache.set',
      'src/cache.ts#Cache.state',
      'src/components/Badge.tsx#Badge',
      'src/components/Badge.tsx#countLabel',
      'src/fetching.ts#restore',
      'src/fetching.ts#retry',
      'src/fetching.ts#store',
      'src/text.ts#initials',
      'src/text.ts#shorten',
      'src/text.ts#slug',
      'src/text.ts#uniqueWords',
    ]);
    expect(mined.tests('slug')).toEqual([
      'slug > of Hello, World! is hello-world',
      'slug > of   a  b  is a-b',
      'slug > of 100% > 50% is 100-50',
    ]);
    expect(await mined.grade('countLabel', ' return count < 100 ? count.toString() : "99+"; ')).toBe(
      'passed',
    );
    expect(await mined.grade('countLabel', ' return count as unknown as string; ')).toBe('failed');
    expect(await mined.grade('slug', ' for (;;) {} ')).toBe('timeout');
    const words = ' return text.trim().split(/\\s+/).filter((word, at, all) => all.indexOf(word) === at); ';
    expect(await mined.grade('uniqueWords', words)).toBe('passed');
  });
});

describe('the jest workspace', () => {
  it('gives the tasks that a person would list, and grades them', async () => {
    await using mined = await mineSample('jest-workspace');
    expect(mined.functions).toEqual([
      'src/intervals.ts#covered',
      'src/intervals.ts#merge',
      'src/intervals.ts#overlaps',
      'src/limiter.ts#Limiter.allow',
      'src/limiter.ts#Limiter.forget',
      'src/log.js#append',
      'src/log.js#line',
      'src/log.js#readLines',
    ]);
    expect(mined.tests('overlaps')).toContain(
      'overlaps > of {"start":0,"end":2} and {"start":1,"end":3} is true',
    );
    expect(await mined.grade('overlaps', ' return !(a.end <= b.start || b.end <= a.start); ')).toBe('passed');
    expect(await mined.grade('overlaps', ' return a.start <= b.end; ')).toBe('failed');
    expect(await mined.grade('overlaps', ' for (;;) {} ')).toBe('timeout');
    expect(await mined.grade('overlaps', ' return a.start < ; ')).toBe('syntax-error');
  });
});

describe('the ts-jest workspace', () => {
  it('gives the tasks that a person would list, and grades each completion by its own text', async () => {
    await using mined = await mineSample('ts-jest-workspace');
    expect(mined.functions).toEqual(['src/money.ts#Wallet.add', 'src/money.ts#cents', 'src/money.ts#format']);
    // In the same processes one after the other: ts-jest would hand out again what it had compiled before.
    for (let n = 1; n <= 3; n++) {
      expect(await mined.grade('cents', ` return Math.round(${n} * amount * 100) / ${n}; `)).toBe('passed');
      expect(await mined.grade('cents', ` return ${n}; `)).toBe('failed');
    }
    expect(await mined.grade('cents', ' return "150"; ')).toBe('failed');
  });
});

describe('the mocha workspace', () => {
  it('gives the tasks that a person would list, and grades them in CommonJS, modules and TypeScript', async () => {
    await using mined = await mineSample('mocha-workspace');
    expect(mined.functions).toEqual([
      'lib/colour.ts#channel',
      'lib/colour.ts#parse',
      'lib/events.mjs#Events.emit',
      'lib/events.mjs#Events.on',
      'lib/events.mjs#next',
      'lib/events.mjs#save',
      'lib/matrix.js#add',
      'lib/matrix.js#identity',
      'lib/matrix.js#transpose',
    ]);
    expect(mined.tests('transpose')).toEqual([
      'matrix > transpose > turns [[1,2]]',
      'matrix > transpose > turns [[1,2],[3,4]]',
    ]);
    const right = ' return a.map((row, r) => row.map((_, c) => a[r][c] + b[r][c])); ';
    expect(await mined.grade('add', right)).toBe('passed');
    expect(await mined.grade('add', ' return a; ')).toBe('failed');
    expect(await mined.grade('Events.emit', ' return 0; ')).toBe('failed');
    const colour =
      " if (text.length !== 7) throw new RangeError(text + ' is no colour.'); const n = Number('0x' + text.slice(1)); return [n >> 16, (n >> 8) & 255, n & 255]; ";
    expect(await mined.grade('parse', colour)).toBe('passed');
  });
});
