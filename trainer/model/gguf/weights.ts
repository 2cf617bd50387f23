import { HumanError } from '../../../sandbox/humanError.ts';
import { readBytes, readInChunks, withFile } from '../../files/readBytes.ts';
import type { LlamaConfig } from '../config.ts';
import type { WeightSource } from '../weightSource.ts';
import { decodeBlocks } from './blockFormats.ts';
import { type GgufTensor, readGgufHeader } from './header.ts';
import { huggingFaceName } from './names.ts';
import { ggufRows, reorderRows } from './rotaryRows.ts';

/** Tensors that are read with the config. */
const ofConfig = new Set(['rope_freqs.weight']);

/** @throws HumanError for a damaged file, and one with tensors that no family here has. */
export function openGgufWeights(path: string, config: LlamaConfig): WeightSource {
  const stored = new Map<string, GgufTensor>();
  for (const [name, tensor] of readGgufHeader(path).tensors) {
    if (ofConfig.has(name)) continue;
    const ours = huggingFaceName(name);
    if (ours === undefined) {
      throw new HumanError(
        `${path}: tensor ${name} is not part of a ${config.family.modelType} model: choose another model.`,
      );
    }
    stored.set(ours, tensor);
  }
  const at = (name: string): GgufTensor => {
    const tensor = stored.get(name);
    if (!tensor) throw new Error(`${path} holds no tensor ${name}`);
    return tensor;
  };
  return {
    tensors: new Map(
      [...stored].map(([name, { shape, format, bytes }]) => [name, { shape, format: format.name, bytes }]),
    ),
    fileOf: () => path,
    read: async (name) => {
      const { shape, format, begin, bytes } = at(name);
      const values = new Float32Array(shape.reduce((product, n) => product * n, 1));
      const { blockBytes, blockSize } = format;
      await withFile(path, (file) =>
        readInChunks(file, begin, bytes, blockBytes, (chunk, from) =>
          decodeBlocks(format, chunk, chunk.length / blockBytes, values, (from / blockBytes) * blockSize),
        ),
      );
      return inOurOrder(name, shape, values, config);
    },
    readStored: async (name) => {
      const { shape, begin, bytes } = at(name);
      const blocks = await withFile(path, (file) => readBytes(file, begin, bytes));
      return inOurOrder(name, shape, blocks, config);
    },
  };
}

function inOurOrder<T extends Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  name: string,
  shape: readonly number[],
  data: T,
  config: LlamaConfig,
): T {
  const heads = shuffledHeads(name, config);
  return heads === undefined ? data : reorderRows(data, ggufRows(shape[0]!, heads));
}

/** How many heads' rows a tensor holds, if GGUF has these in another order; `name` may be that of a LoRA matrix. */
export function shuffledHeads(name: string, config: LlamaConfig): number | undefined {
  if (!config.family.ggufTurnsNeighbours) return undefined;
  if (name.includes('.q_proj.')) return config.heads;
  return name.includes('.k_proj.') ? config.keyValueHeads : undefined;
}
