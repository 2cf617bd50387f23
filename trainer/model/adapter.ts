import { Random } from '../random.ts';
import type { LlamaConfig } from './config.ts';
import { linearName, linearNames, linearSize } from './linear.ts';
import type { Weights } from './weights.ts';

/** What a LoRA adapter looks like: `rank` rows in A and columns in B, and the factor `alpha / rank` on B·A. */
export interface LoraShape {
  readonly rank: number;
  readonly alpha: number;
}

/** Shape of every LoRA matrix, by name: A is [rank, inputs], B is [outputs, rank]. */
export function loraShapes(config: LlamaConfig, lora: LoraShape): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (let layer = 0; layer < config.layers; layer++) {
    for (const name of linearNames) {
      const { outputs, inputs } = linearSize(config, name);
      shapes.set(`${linearName(layer, name)}.lora_A.weight`, [lora.rank, inputs]);
      shapes.set(`${linearName(layer, name)}.lora_B.weight`, [outputs, lora.rank]);
    }
  }
  return shapes;
}

/**
 * A new adapter, which changes nothing yet: A is uniform in ±1/√inputs (PEFT's default), B is zero.
 * The same seed gives the same numbers.
 */
export function newAdapter(config: LlamaConfig, lora: LoraShape, seed: number): Weights {
  const tensors: Weights = new Map();
  for (const [name, shape] of loraShapes(config, lora)) {
    const data = new Float32Array(shape[0]! * shape[1]!);
    if (name.endsWith('lora_A.weight')) {
      const random = new Random('lora', seed, name);
      const bound = 1 / Math.sqrt(shape[1]!);
      for (let i = 0; i < data.length; i++) data[i] = bound * (2 * random.uniform() - 1);
    }
    tensors.set(name, { shape, data });
  }
  return tensors;
}
