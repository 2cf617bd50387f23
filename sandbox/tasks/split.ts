import { createHash } from 'node:crypto';
import type { Split } from './task.ts';

const HELD_OUT_SHARE = 1 / 3;

/**
 * Splits files so that about a third of all tasks is held out, the same way each time for the same seed.
 *
 * Files are visited in the order of a hash; one is held out if that brings the held-out share closer to a third. A
 * single file is for training.
 * @param taskCounts file → number of tasks in it.
 */
export function splitByFile(taskCounts: ReadonlyMap<string, number>, seed: number): Map<string, Split> {
  const hash = (file: string) => createHash('sha256').update(`${seed} ${file}`).digest('hex');
  const files = [...taskCounts.keys()].sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
  const target = [...taskCounts.values()].reduce((sum, count) => sum + count, 0) * HELD_OUT_SHARE;
  let heldOut = 0;
  return new Map(
    files.map((file) => {
      const withFile = heldOut + taskCounts.get(file)!;
      if (files.length === 1 || Math.abs(withFile - target) >= Math.abs(heldOut - target))
        return [file, 'train'];
      heldOut = withFile;
      return [file, 'heldOut'];
    }),
  );
}
