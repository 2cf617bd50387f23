/** The families of models that can be used. A new one is a file like its neighbours, and its name here. */
import type { Family } from './family.ts';
import { llama } from './llama.ts';
import { qwen2 } from './qwen2.ts';
import { qwen3 } from './qwen3.ts';

export const families: readonly Family[] = [llama, qwen2, qwen3];

/** The list of what is supported, as part of a sentence. */
export const supportedFamilies = families
  .map(({ modelType, examples }) => `${modelType} (${examples})`)
  .join(', ');
