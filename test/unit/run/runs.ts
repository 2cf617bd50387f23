/** What the tests of run directories write: records of the right form and small weights. */
import type { Checkpoint, TrainedWeights } from '../../../trainer/run/checkpoint.ts';
import type { EpisodeRecord } from '../../../trainer/run/records.ts';
import type { NewRun, Untimed } from '../../../trainer/run/runDirectory.ts';

export const newRun: NewRun = {
  workspace: '/some/workspace',
  model: 'tiny',
  seed: 7,
  config: { learningRate: 0.001, group: 8 },
  versions: { reinforce: '0.1.0' },
};

export const episode = (step: number): Untimed<EpisodeRecord> => ({
  step,
  prompt: 'function add(a, b) {',
  advantage: 0.5,
  timings: { sampling: 0.25 },
  episode: {
    id: `${step}/0`,
    taskId: 'src/add.ts#add',
    split: 'train',
    group: `${step}/add`,
    policyVersion: step,
    steps: [{ observation: [5, 6], action: [7, 2], logp: [-0.5, -0.125], stop: 'end-of-text' }],
    completion: ' return a + b; ',
    reward: {
      value: 1,
      verdict: 'passed',
      tests: [{ id: 'add.test.ts > adds', passed: true }],
      seconds: 0.1,
      cached: false,
    },
  },
});

/** Weights and moments of `size` numbers that say which step they are of. */
export function checkpoint(step: number, size = 4): Checkpoint {
  return {
    step,
    trained: trained(step, size),
    optimizer: new Map([['m/a', filled(step, size)]]),
    state: { rng: step },
  };
}

export const trained = (step: number, size = 4): TrainedWeights => ({
  kind: 'adapter',
  adapter: { lora: { rank: 2, alpha: 4 }, tensors: new Map([['a', filled(step, size)]]) },
  baseModel: 'tiny',
});

const filled = (value: number, size: number) => ({ shape: [size], data: new Float32Array(size).fill(value) });

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
