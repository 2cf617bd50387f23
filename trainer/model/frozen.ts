/** The base model's weights, which training never changes, as compiled graphs hold them. */

import { HumanError } from '../../sandbox/humanError.ts';
import { fitsBlocks, toBlocks } from '../graph/blocks.ts';
import type { Device, Frozen } from '../graph/program.ts';
import type { Tensor } from './safetensors.ts';
import type { Weights } from './weights.ts';

/**
 * `float32`, or `int8`: matrices in 8-bit blocks, a quarter as large, whose products round activations to 8 bits too:
 * products were off by 0.3 to 0.5% in tests. How far that moves log-probabilities depends on the model. For the CPU
 * alone.
 */
export type BasePrecision = 'float32' | 'int8';

/** Cut once for all the graphs that hold them. */
const blocksOf = new WeakMap<Tensor, Frozen>();

/** @throws HumanError where the device has no products of such blocks. */
export function frozenWeights(
  weights: Weights,
  precision: BasePrecision = 'float32',
  device: Device = 'cpu',
): Map<string, Frozen> {
  if (precision === 'int8' && device !== 'cpu') {
    throw new HumanError('Base weights in int8 are for the CPU: use --device cpu, or baseWeights float32.');
  }
  const frozen = new Map<string, Frozen>();
  for (const [name, tensor] of weights) {
    const cut = precision === 'int8' && fitsBlocks(tensor.shape);
    frozen.set(name, cut ? inBlocks(tensor) : tensor.data);
  }
  return frozen;
}

function inBlocks(tensor: Tensor): Frozen {
  const known = blocksOf.get(tensor);
  if (known) return known;
  const blocks = toBlocks(tensor.data, tensor.shape as [number, number]);
  blocksOf.set(tensor, blocks);
  return blocks;
}
