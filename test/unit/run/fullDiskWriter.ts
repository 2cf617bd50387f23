/**
 * A process on a small disk: `node fullDiskWriter.ts <directory>` writes a run until the disk is full, frees some room
 * and resumes. Prints what it saw as JSON.
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { readRunLog } from '../../../trainer/run/workspaceRuns.ts';
import { checkpoint, collect, episode, newRun } from './runs.ts';

const root = process.argv[2]!;
const ballast = join(root, 'ballast');
await writeFile(ballast, Buffer.alloc(100_000));
const run = await RunDirectory.create(join(root, 'runs'), newRun);

let [logged, saved] = [0, 0];
const tell = (error: unknown) => (error as Error).message;
const fillByCheckpoints = async () => {
  for (let step = 1; ; step++) {
    await run.appendStep({ step, metrics: {}, timings: {} });
    await run.saveCheckpoint(checkpoint(step, 12_000 * step));
    saved = step;
  }
};
const fillByEpisodes = async () => {
  for (;;) {
    await run.appendEpisodes(Array.from({ length: 50 }, () => episode(1)));
    logged += 50;
  }
};
const checkpointError = await fillByCheckpoints().catch(tell);
const leftovers = (await readdir(run.path, { recursive: true })).filter((name) => /new|tmp/.test(name));
const episodeError = await fillByEpisodes().catch(tell);
const found = (await collect(readRunLog(run.path, 'episodes'))).length;
// What the failed append gave back is taken as well.
await writeFile(join(root, 'rest'), Buffer.alloc(1_000_000)).catch(tell);
const creationError = await RunDirectory.create(join(root, 'runs'), newRun).catch(tell);
const runs = await readdir(join(root, 'runs'));
await run.close();

await rm(ballast);
await using again = await RunDirectory.open(run.path);
const resumed = (await again.resume(z.unknown()))?.step;
console.log(
  JSON.stringify({
    checkpointError,
    leftovers,
    episodeError,
    logged,
    found,
    creationError,
    runs,
    saved,
    resumed,
  }),
);
