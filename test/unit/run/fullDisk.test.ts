import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';

/** bubblewrap gives a process a file system of one megabyte. */
const small = (directory: string) => ['--dev-bind', '/', '/', '--size', '1000000', '--tmpfs', directory];
const bubblewrap = await execa('bwrap', [...small(tmpdir()), 'true'], { reject: false });

it.skipIf(bubblewrap.failed)(
  'a full disk is told by a sentence and leaves nothing half-written',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'reinforce-full-'));
    try {
      const writer = [process.execPath, join(import.meta.dirname, 'fullDiskWriter.ts'), directory];
      const { stdout } = await execa('bwrap', [...small(directory), ...writer]);
      const seen = JSON.parse(stdout);
      expect(seen).toMatchObject({
        leftovers: [],
        found: seen.logged,
        resumed: seen.saved,
        runs: [expect.any(String)],
      });
      expect(seen.saved).toBeGreaterThan(1);
      for (const error of [seen.checkpointError, seen.episodeError, seen.creationError]) {
        expect(error).toMatch(
          /^There is no room left to write \/.* \(ENOSPC\): free some disk space, then resume\.$/,
        );
      }
    } finally {
      await rm(directory, { recursive: true });
    }
  },
);
