import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceJson } from '../files/replaceFile.ts';
import { readLlamaConfig } from '../model/config.ts';
import { Random } from '../random.ts';
import { baseConfig, recipe } from './baseModel.ts';
import { pretrain } from './pretrain.ts';

const steps = 5;

/** Seconds that one pretraining step takes on this machine, from a few steps on random tokens. */
export async function secondsPerStep(signal?: AbortSignal): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'reinforce-pace-'));
  try {
    await replaceJson(join(directory, 'config.json'), baseConfig);
    const tokens = join(directory, 'tokens.bin');
    await writeFile(tokens, randomTokens((steps + 2) * recipe.rows * recipe.length));
    const seconds: number[] = [];
    await pretrain(
      { ...recipe, config: await readLlamaConfig(directory), seed: 0, steps, saveEvery: steps },
      { train: tokens, validation: tokens, directory },
      { ...(signal ? { signal } : {}), onProgress: (progress) => void seconds.push(progress.seconds) },
    );
    // The first maps memory, the last also validates and saves.
    return Math.min(...seconds.slice(1, -1));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A token stream whose documents fill a row each: token 0 between them. */
function randomTokens(count: number): Uint16Array {
  const random = new Random('pace');
  return Uint16Array.from({ length: count }, (_, at) =>
    at % recipe.length === 0 ? 0 : 1 + random.below(baseConfig.vocab_size - 1),
  );
}
