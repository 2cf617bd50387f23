import type { LlamaConfig } from '../model/config.ts';
import { expectedWeights, type Weights } from '../model/weights.ts';
import { Random } from '../random.ts';

/**
 * Random weights to train from nothing: norms are 1, matrices normal with deviation 0.02, those that write into the
 * residual stream divided by √(2 · layers) (Radford et al., 2019).
 */
export function initialWeights(config: LlamaConfig, seed: number): Weights {
  const weights: Weights = new Map();
  for (const [name, shape] of expectedWeights(config)) {
    const random = new Random(seed, name);
    const size = shape.reduce((product, dim) => product * dim, 1);
    const residual = name.endsWith('o_proj.weight') || name.endsWith('down_proj.weight');
    const deviation = residual ? 0.02 / Math.sqrt(2 * config.layers) : 0.02;
    const fill = name.endsWith('norm.weight') ? () => 1 : () => deviation * random.normal();
    weights.set(name, { shape, data: Float32Array.from({ length: size }, fill) });
  }
  return weights;
}
