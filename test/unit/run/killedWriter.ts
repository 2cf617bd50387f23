/**
 * A process that the tests kill: `node killedWriter.ts <run> <last step>` goes on with a run to its last step. Its
 * weights are a number that each step changes, so that a step lost or done twice shows.
 */
import { z } from 'zod';
import { RunDirectory } from '../../../trainer/run/runDirectory.ts';
import { checkpoint, episode } from './runs.ts';

const [path, last] = [process.argv[2]!, Number(process.argv[3])];
const run = await RunDirectory.open(path);
const resumed = await run.resume(z.object({ weight: z.number() }));
let weight = resumed?.state.weight ?? 1;
for (let step = (resumed?.step ?? 0) + 1; step <= last; step++) {
  await run.appendEpisodes([episode(step), episode(step)]);
  weight = (weight * 1.25 + step) % 7;
  await run.appendStep({ step, metrics: { weight }, timings: {} });
  await run.appendEvent({ event: 'step', step });
  const { optimizer, trained } = checkpoint(step, 1000);
  await run.saveCheckpoint({ step, trained, optimizer, state: { weight } });
  if (step % 3 === 0) await run.saveBest(trained, { step });
  console.log(step);
}
await run.finish('finished');
