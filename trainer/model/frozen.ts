/** The base model's weights, which training never changes, as compiled graphs hold them. */

import { HumanError } from '../../sandbox/humanError.ts';
import { toBlocks } from '../graph/blocks.ts';
import type { Device, Frozen } from '../graph/program.ts';
import type { LlamaConfig } from './config.ts';
import { encodeFloat16 } from './float16.ts';
import type { Tensor } from './safetensors.ts';
import { formOf, type WeightForm } from './weightForm.ts';
import type { WeightSource } from './weightSource.ts';
import { readEach, readWeights, type Weights } from './weights.ts';

/** A tensor in another form than float32. */
export interface HeldTensor {
  readonly shape: readonly number[];
  readonly held: Frozen;
}

/** Weights by their Hugging Face names, of which some are in another form than float32. */
export type BaseWeights = ReadonlyMap<string, Tensor | HeldTensor>;

/** Converted once for all the graphs that hold them. */
const converted = new WeakMap<Tensor, Partial<Record<WeightForm, Frozen>>>();

/** What graphs are given; weights in float32 are put into `form`. @throws HumanError as `checkForm` does. */
export function frozenWeights(
  weights: BaseWeights,
  form: WeightForm = 'float32',
  device: Device = 'cpu',
): Map<string, Frozen> {
  checkForm(form, device);
  const frozen = new Map<string, Frozen>();
  for (const [name, tensor] of weights) {
    if ('held' in tensor) {
      checkForm(tensor.held instanceof Float32Array ? 'float32' : 'int8', device);
      frozen.set(name, tensor.held);
      continue;
    }
    const forms = converted.get(tensor) ?? {};
    converted.set(tensor, forms);
    const own = formOf(name, tensor.shape, form);
    forms[own] ??= inForm(tensor, own);
    frozen.set(name, forms[own]);
  }
  return frozen;
}

/** All weights in a form, read one after the other, so that no two stand in float32 at once. */
export async function readBaseWeights(
  source: WeightSource,
  config: LlamaConfig,
  form: WeightForm,
): Promise<BaseWeights> {
  if (form === 'float32') return readWeights(source, config);
  const weights = new Map<string, HeldTensor>();
  await readEach(source, config, (name, tensor) => {
    weights.set(name, { shape: tensor.shape, held: inForm(tensor, formOf(name, tensor.shape, form)) });
  });
  return weights;
}

/** @throws HumanError where the device has no products of weights in that form. */
export function checkForm(form: WeightForm, device: Device): void {
  if (form === 'float32' || device === 'cpu') return;
  throw new HumanError(
    `Base weights in ${form} are for the CPU: use --device cpu, or the setting baseWeights float32.`,
  );
}

/** @throws Error for weights in another form: those cannot be trained themselves. */
export function trainableWeights(weights: BaseWeights): Weights {
  return new Map(
    [...weights].map(([name, tensor]) => {
      if ('held' in tensor) throw new Error(`${name} is not in float32 and cannot be trained`);
      return [name, tensor];
    }),
  );
}

function inForm({ shape, data }: Tensor, form: WeightForm): Frozen {
  switch (form) {
    case 'float32':
      return data;
    case 'float16':
      return encodeFloat16(data);
    case 'int8':
    case 'int4':
      return toBlocks(data, shape as [number, number], form === 'int8' ? 8 : 4);
  }
}
