/** A model with its adapter, ready to sample from. */
import type { Device } from '../graph/program.ts';
import { type Model, openModel } from '../model/loadModel.ts';
import { doubtAbout, readAdapterOf } from '../model/peft.ts';
import { needMemory } from '../model/weightMemory.ts';
import { readWeights, type Weights } from '../model/weights.ts';
import { Sampler } from '../policy/sampler.ts';
import type { FoundAdapter } from './adapter.ts';

export interface LoadedPolicy extends AsyncDisposable {
  readonly model: Model;
  readonly sampler: Sampler;
  /** The adapter's tensors; undefined for the base model. */
  readonly adapter: Weights | undefined;
  /** A sentence where nothing tells whether the adapter belongs to the model. */
  readonly doubt: string | undefined;
}

/** @throws HumanError naming what is wrong with the model's or the adapter's files. */
export async function loadPolicy(
  directory: string,
  found: FoundAdapter | undefined,
  options: { readonly device?: Device; readonly rows: number },
): Promise<LoadedPolicy> {
  const opened = await openModel(directory);
  const { config, source } = opened;
  // An adapter of another model is refused before the weights are read.
  const adapter = found && (await readAdapterOf(opened, found.directory));
  needMemory(opened.directory, config, 'float32');
  const weights = await readWeights(source, config);
  const model: Model = { ...opened, weights };
  const sampler = await Sampler.create({ config, weights, lora: adapter?.lora, ...options });
  return {
    model,
    sampler,
    adapter: adapter?.tensors,
    doubt: adapter && doubtAbout(found!.directory, adapter),
    [Symbol.asyncDispose]: () => sampler[Symbol.asyncDispose](),
  };
}
