import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Environment } from '../../../../sandbox/environment.ts';
import { fixtures } from '../../../sampleWorkspaces.ts';
import { minedTests, taskOf } from './minedTests.ts';

const open = (name: string) => Environment.open(join(fixtures, name));

describe('the vitest workspace', () => {
  it('gives the tasks that a person would list, and grades them in TypeScript and JSX', async () => {
    await using environment = await open('vitest-workspace');
    const { tasks } = await environment.mine();
    expect(minedTests(tasks)).toEqual({
      'src/cache.ts#Cache.set': [
        'a cache > remembers',
        'a cache > forgets after its lifetime',
        'a cache > tells the state of what it holds',
      ],
      'src/cache.ts#Cache.get': ['a cache > remembers', 'a cache > forgets after its lifetime'],
      'src/cache.ts#Cache.state': [
        'a cache > remembers',
        'a cache > forgets after its lifetime',
        'a cache > tells the state of what it holds',
      ],
      'src/components/Badge.tsx#countLabel': ['Badge', 'countLabel', 'a slow one'],
      'src/components/Badge.tsx#Badge': ['Badge'],
      'src/fetching.ts#retry': [
        'retry > answers what the operation answers',
        'retry > waits longer each time',
        'retry > gives up',
      ],
      'src/fetching.ts#store': ['store > writes what restore reads'],
      'src/fetching.ts#restore': ['store > writes what restore reads'],
      'src/text.ts#slug': [
        'slug > of Hello, World! is hello-world',
        'slug > of   a  b  is a-b',
        'slug > of 100% > 50% is 100-50',
      ],
      'src/text.ts#shorten': [
        'shorten > leaves short texts alone',
        'shorten > ends long ones with an ellipsis',
      ],
      'src/text.ts#initials': ['Badge', 'initials'],
      'src/text.ts#uniqueWords': ['uniqueWords'],
      'src/text.ts#coin': ['a coin on a good day'],
    });
    const grade = async (name: string, body: string) =>
      (await environment.grade(taskOf(tasks, name), body)).verdict;
    expect(
      await grade(
        'Badge',
        'return <span className="badge" title={name}>{[initials(name), countLabel(count)].join(" ")}</span>;',
      ),
    ).toBe('passed');
    expect(await grade('Badge', ' return <b>{count}</b>; ')).toBe('failed');
    expect(await grade('slug', ' return title as string; ')).toBe('failed');
    expect(await grade('slug', ' for (;;) {} ')).toBe('timeout');
    expect(
      await grade(
        'uniqueWords',
        ' return text.trim().split(/\\s+/).filter((word, at, all) => all.indexOf(word) === at); ',
      ),
    ).toBe('passed');
  });
});

describe('the jest workspace', () => {
  it('gives the tasks that a person would list, and grades them', async () => {
    await using environment = await open('jest-workspace');
    const { tasks } = await environment.mine();
    expect(minedTests(tasks)).toEqual({
      'src/intervals.ts#overlaps': [
        'overlaps > of {"start":0,"end":2} and {"start":1,"end":3} is true',
        'overlaps > of {"start":0,"end":1} and {"start":1,"end":2} is false',
        'overlaps > of {"start":0,"end":9} and {"start":4,"end":5} is true',
      ],
      'src/intervals.ts#merge': [
        'merge > nothing',
        'merge > what touches',
        'merge > what lies inside',
        'covered',
      ],
      'src/intervals.ts#covered': ['covered'],
      'src/intervals.ts#around': ['around, on a good day'],
      'src/limiter.ts#Limiter.allow': ['a limiter > lets some calls pass', 'a limiter > forgets old calls'],
      'src/limiter.ts#Limiter.forget': ['a limiter > lets some calls pass', 'a limiter > forgets old calls'],
      'src/log.js#line': ['line', 'append', 'a slow one'],
      'src/log.js#append': ['append'],
      'src/log.js#readLines': ['readLines'],
    });
    const grade = async (name: string, body: string) =>
      (await environment.grade(taskOf(tasks, name), body)).verdict;
    expect(await grade('overlaps', ' return !(a.end <= b.start || b.end <= a.start); ')).toBe('passed');
    expect(await grade('overlaps', ' return a.start <= b.end; ')).toBe('failed');
    expect(await grade('overlaps', ' for (;;) {} ')).toBe('timeout');
    expect(
      await grade(
        'covered',
        ' let sum = 0; for (const each of merge(intervals)) sum += each.end - each.start; return sum; ',
      ),
    ).toBe('passed');
  });
});

describe('the mocha workspace', () => {
  it('gives the tasks that a person would list, and grades them in CommonJS, modules and TypeScript', async () => {
    await using environment = await open('mocha-workspace');
    const { tasks } = await environment.mine();
    expect(minedTests(tasks)).toEqual({
      'lib/colour.ts#parse': ['colour > is parsed', 'colour > is refused', 'colour > has channels'],
      'lib/colour.ts#channel': ['colour > has channels'],
      'lib/events.mjs#Events.on': [
        'events > reach their listeners',
        'events > are not heard after removal',
        'events > can be waited for',
        'events > are written down',
      ],
      'lib/events.mjs#Events.emit': [
        'events > reach their listeners',
        'events > are not heard after removal',
        'events > can be waited for',
      ],
      'lib/events.mjs#next': ['events > can be waited for'],
      'lib/events.mjs#save': ['events > are written down'],
      'lib/matrix.js#transpose': [
        'matrix > transpose > turns [[1,2]]',
        'matrix > transpose > turns [[1,2],[3,4]]',
      ],
      'lib/matrix.js#add': ['matrix > adds'],
      'lib/matrix.js#identity': ['matrix > has a unit', 'matrix > is slow'],
      'lib/matrix.js#trace': ['matrix > has a trace, on a good day'],
    });
    const grade = async (name: string, body: string) =>
      (await environment.grade(taskOf(tasks, name), body)).verdict;
    expect(await grade('trace', ' return matrix.reduce((sum, row, at) => sum + row[at], 0); ')).toBe(
      'passed',
    );
    expect(await grade('trace', ' return 5n; ')).toBe('failed');
    expect(await grade('trace', ' process.exit(0); ')).not.toBe('passed');
    expect(await grade('channel', ' const values = parse(text); return values[which]!; ')).toBe('passed');
    expect(
      await grade('save', " await writeFile(file, Array.from(events.listeners.keys()).sort().join('\\n')); "),
    ).toBe('passed');
  });
});
