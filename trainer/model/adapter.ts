import type { LlamaConfig } from './config.ts';
import { linearName, linearNames, linearSize } from './linear.ts';

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
