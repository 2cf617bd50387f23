/** How much memory the weights of a model take, before any of them is read. */
import { HumanError } from '../../sandbox/humanError.ts';
import type { LlamaConfig } from './config.ts';
import { tensorBytes, type WeightForm } from './weightForm.ts';
import { expectedWeights } from './weights.ts';

/** Bytes of all weights in a form. */
export function weightBytes(config: LlamaConfig, form: WeightForm): number {
  let bytes = 0;
  for (const [name, shape] of expectedWeights(config)) bytes += tensorBytes(name, shape, form);
  return bytes;
}

export function parameterCount(config: LlamaConfig): number {
  let count = 0;
  for (const shape of expectedWeights(config).values()) count += shape.reduce((product, n) => product * n, 1);
  return count;
}

/** Bytes that this process may still take: what the system has free, or what is left of a container's limit. */
export const freeMemory = (): number => process.availableMemory();

/** @throws HumanError when the weights alone do not fit into what is free. */
export function needMemory(path: string, config: LlamaConfig, form: WeightForm, free = freeMemory()): void {
  const needed = weightBytes(config, form);
  if (needed <= free) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new HumanError(
    `The weights of ${path} take ${gigabytes(needed)} as ${form} and ${gigabytes(free)} of memory are free: close other programs, or choose a smaller model.`,
  );
}
