/** The forms in which the weights of a base model can be in memory. */
import { blockSize, fitsBlocks } from '../graph/blocks.ts';

/** Bytes a number takes; blocks have a float32 scale each. */
const bytesPerNumber = {
  float32: 4,
  float16: 2,
  int8: 1 + 4 / blockSize,
  int4: 0.5 + 4 / blockSize,
} as const;

/**
 * `float32`; `float16`, half as large, which each product makes float32 of; `int8` and `int4`, matrices
 * in blocks of 8 or 4 bits, of which the CPU's quick products round activations too.
 */
export type WeightForm = keyof typeof bytesPerNumber;
export const weightForms = ['float32', 'float16', 'int8', 'int4'] as const satisfies readonly WeightForm[];

/** Rows are looked up in the one, and the choice of each token hangs on the other: neither is cut into 4 bits. */
const notIn4Bits = new Set(['model.embed_tokens.weight', 'lm_head.weight']);

/** The form of one tensor where the model's is `form`: vectors and matrices that blocks do not fit stay float32. */
export function formOf(name: string, shape: readonly number[], form: WeightForm): WeightForm {
  if (shape.length === 1) return 'float32';
  if (form !== 'int8' && form !== 'int4') return form;
  if (!fitsBlocks(shape)) return 'float32';
  return notIn4Bits.has(name) ? 'int8' : form;
}

export const tensorBytes = (name: string, shape: readonly number[], form: WeightForm): number =>
  shape.reduce((product, n) => product * n, bytesPerNumber[formOf(name, shape, form)]);
