/** The base model's weights, which training never changes, as compiled graphs hold them. */

import { HumanError } from '../../sandbox/humanError.ts';
import { toBlocks } from '../graph/blocks.ts';
import type { Device, Frozen } from '../graph/program.ts';
import { AdapterSum } from './adapterSum.ts';
import type { LlamaConfig } from './config.ts';
import { encodeFloat16 } from './float16.ts';
import type { Adapter } from './peft.ts';
import type { Tensor } from './safetensors.ts';
import { formOf, type WeightForm } from './weightForm.ts';
import type { WeightSource } from './weightSource.ts';
import { readEach, type Weights } from './weights.ts';

/** A tensor in another form than float32. */
export interface HeldTensor {
  readonly shape: readonly number[];
  readonly held: Frozen;
}

/** Weights by their Hugging Face names, of which some are in another form than float32. */
export type BaseWeights = ReadonlyMap<string, Tensor | HeldTensor>;

/** Converted once for all the graphs that hold them. */
const converted = new WeakMap<Tensor, Partial<Record<WeightForm, Frozen>>>();

/** What graphs on the host are given; weights in float32 are put into `form`. @throws HumanError as `checkForm` does. */
export function frozenWeights(
  weights: BaseWeights,
  form: WeightForm = 'float32',
  device: Device = 'cpu',
): Map<string, Frozen> {
  checkForms(weights, form, device);
  const frozen = new Map<string, Frozen>();
  for (const [name, tensor] of weights) {
    if ('held' in tensor) {
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

export interface WeightToCopy {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Frozen;
}

/** What a device is given, one after the other and kept by nobody here. @throws HumanError as `checkForm` does. */
export function* weightsToCopy(
  weights: BaseWeights,
  form: WeightForm,
  device: Device,
): Generator<WeightToCopy> {
  checkForms(weights, form, device);
  for (const [name, tensor] of weights) {
    const data = 'held' in tensor ? tensor.held : inForm(tensor, formOf(name, tensor.shape, form));
    yield { name, shape: tensor.shape, data };
  }
}

/**
 * All weights in a form, read one after the other, so that no two stand in float32 at once; with an adapter added to
 * them, if there is one.
 */
export async function readBaseWeights(
  source: WeightSource,
  config: LlamaConfig,
  form: WeightForm,
  adapter?: Adapter,
): Promise<BaseWeights> {
  await using sums = adapter && (await AdapterSum.create(adapter));
  const weights = new Map<string, Tensor | HeldTensor>();
  await readEach(source, config, async (name, stored) => {
    const tensor = (await sums?.of(name, stored)) ?? stored;
    const own = formOf(name, tensor.shape, form);
    const held = () => ({ shape: tensor.shape, held: inForm(tensor, own) });
    weights.set(name, form === 'float32' ? tensor : held());
  });
  return weights;
}

/**
 * @param float16 whether the device was found to compute with float16.
 * @throws HumanError where the device has no products of weights in that form.
 */
export function checkForm(form: WeightForm, device: Device, float16 = true): void {
  if (form === 'float32' || device === 'cpu') return;
  if (device !== 'webgpu') {
    throw new HumanError(
      `Base weights in ${form} are not for ${device}: use --device cpu or webgpu, or the setting baseWeights float32.`,
    );
  }
  if (form === 'float16' && !float16) throw withoutFloat16();
}

export const withoutFloat16 = (): HumanError =>
  new HumanError(
    'Base weights in float16 need a graphics card and a driver that compute with float16 (shader-f16 of WebGPU), and these do not: use --device cpu, or the setting baseWeights float32 or int8.',
  );

function checkForms(weights: BaseWeights, form: WeightForm, device: Device): void {
  checkForm(form, device);
  for (const tensor of weights.values()) if ('held' in tensor) checkForm(formHeld(tensor.held), device);
}

function formHeld(held: Frozen): WeightForm {
  if (held instanceof Float32Array) return 'float32';
  if (held instanceof Uint16Array) return 'float16';
  return held.bits === 8 ? 'int8' : 'int4';
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
