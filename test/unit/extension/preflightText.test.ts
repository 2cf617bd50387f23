import { expect, test } from 'vitest';
import { canStart, preflightLines } from '../../../extension/training/preflightText.ts';
import type { Preflight } from '../../../trainer/protocol.ts';

const good: Preflight = {
  tasks: {
    known: true,
    train: 52,
    heldOut: 28,
    files: 20,
    rejected: 3,
    tests: 229,
    leftOut: 1,
    seconds: 12.4,
  },
  sandbox: { known: true, isolation: 'bubblewrap' },
  device: { known: true, device: 'cpu', reason: 'it was asked for' },
  model: { known: true, name: 'embedded model', parameters: 4_656_384 },
  memory: { known: true, neededBytes: 2.456e9, freeBytes: 15.27e9 },
  time: { known: true, seconds: 430, by: 'earlier-run' },
  obstacles: [],
  warnings: [],
};

test('what was found is told in whole, with units', () => {
  expect(canStart(good)).toBe(true);
  expect(preflightLines(good).map(({ kind, name, text }) => `${kind} ${name}: ${text}`)).toEqual([
    'fact Tasks: 52 to train on and 28 held out, in 20 files; 3 functions are no tasks',
    'fact Tests: 229 judge the tries, 1 are left out because they fail; collecting took 12 s',
    'fact Sandbox: bubblewrap works',
    'fact Device: cpu, because it was asked for',
    'fact Base model: embedded model, 4.7 million parameters',
    'fact Memory: about 2.5 GB needed, 15.3 GB free',
    'fact Time: about 7 min: an estimate, at the pace of an earlier run here',
  ]);
});

test('a time that only a probe knows of is called rough', () => {
  const lines = preflightLines({ ...good, time: { known: true, seconds: 430, by: 'probe' } });
  expect(lines.at(-1)?.text).toBe('about 7 min: a rough estimate, from a probe of a few tries');
});

test('why a training cannot start comes first, and what is not known says why', () => {
  const why = 'bubblewrap is missing: install it.';
  const lines = preflightLines({
    ...good,
    sandbox: { known: false, why },
    obstacles: [why],
    warnings: ['There are only 2 tasks to train on.'],
  });
  expect(lines.slice(0, 2)).toEqual([
    { kind: 'obstacle', name: 'Cannot start', text: why },
    { kind: 'warning', name: 'Note', text: 'There are only 2 tasks to train on.' },
  ]);
  expect(lines).toContainEqual({ kind: 'missing', name: 'Sandbox', text: why });
});
