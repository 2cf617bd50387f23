import { describe, expect, it } from 'vitest';
import { splitByFile } from '../../../sandbox/tasks/split.ts';

function heldOutShare(counts: Map<string, number>, seed: number): number {
  const splits = splitByFile(counts, seed);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const heldOut = [...counts].filter(([file]) => splits.get(file) === 'heldOut');
  return heldOut.reduce((sum, [, count]) => sum + count, 0) / total;
}

const even = new Map([...Array(24).keys()].map((i) => [`src/${i}.ts`, 4]));
const uneven = new Map([...Array(30).keys()].map((i) => [`src/${i}.ts`, 1 + (i % 7)]));

describe('splitByFile', () => {
  it('holds out about a third, whatever the seed', () => {
    for (let seed = 0; seed < 50; seed++) {
      expect(heldOutShare(even, seed)).toBeCloseTo(1 / 3, 5);
      expect(Math.abs(heldOutShare(uneven, seed) - 1 / 3)).toBeLessThan(0.03);
    }
  });

  it('gives the same split for the same seed, in whatever order the files come', () => {
    const reversed = new Map([...uneven].reverse());
    expect(new Map([...splitByFile(reversed, 1)].sort())).toEqual(
      new Map([...splitByFile(uneven, 1)].sort()),
    );
  });

  it('gives another split for another seed', () => {
    expect(splitByFile(uneven, 1)).not.toEqual(splitByFile(uneven, 2));
  });

  it('holds something out as soon as there are two files, and trains on something', () => {
    for (let seed = 0; seed < 20; seed++) {
      const splits = [
        ...splitByFile(
          new Map([
            ['a.ts', 3],
            ['b.ts', 3],
          ]),
          seed,
        ).values(),
      ];
      expect(splits.sort()).toEqual(['heldOut', 'train']);
    }
  });

  it('trains on a single file', () => {
    expect(splitByFile(new Map([['a.ts', 9]]), 0)).toEqual(new Map([['a.ts', 'train']]));
  });
});
