/**
 * A LoRA adapter for llama.cpp, and for Ollama (`ADAPTER file.gguf` in a Modelfile): names and metadata as llama.cpp's
 * own `convert_lora_to_gguf.py` writes them.
 */
import type { LlamaConfig } from '../model/config.ts';
import { ggufName } from '../model/gguf/names.ts';
import { ggufRows, inverseOrder, reorderRows } from '../model/gguf/rotaryRows.ts';
import { shuffledHeads } from '../model/gguf/weights.ts';
import { type WrittenTensor, type WrittenValue, writeGguf } from '../model/gguf/write.ts';
import type { Adapter } from '../model/peft.ts';

/** Linear layers that the adapter leaves as they are (B is zero) are not written. */
export async function writeGgufLora(path: string, adapter: Adapter, config: LlamaConfig): Promise<void> {
  const metadata = new Map<string, WrittenValue>([
    ['general.architecture', { type: 'string', value: config.family.gguf }],
    ['general.type', { type: 'string', value: 'adapter' }],
    ['general.name', { type: 'string', value: 'Reinforce adapter' }],
    ['adapter.type', { type: 'string', value: 'lora' }],
    ['adapter.lora.alpha', { type: 'float32', value: adapter.lora.alpha }],
  ]);
  const tensors = new Map<string, WrittenTensor>();
  for (const [name, { shape, data }] of adapter.tensors) {
    if (adapter.tensors.get(name.replace('.lora_A.', '.lora_B.'))!.data.every((x) => x === 0)) continue;
    const [, module, matrix] = /^(.*)\.lora_([AB])\.weight$/.exec(name)!;
    const base = ggufName(`${module}.weight`)!;
    tensors.set(`${base}.lora_${matrix!.toLowerCase()}`, {
      shape,
      read: async () => (matrix === 'B' ? inGgufOrder(name, shape, data, config) : data),
    });
  }
  await writeGguf(path, metadata, tensors);
}

/** The rows of B are those of the layer's output, which GGUF may have in another order. */
function inGgufOrder(
  name: string,
  shape: readonly number[],
  data: Float32Array,
  config: LlamaConfig,
): Float32Array {
  const heads = shuffledHeads(name, config);
  if (heads === undefined) return data;
  return reorderRows(Float32Array.from(data), inverseOrder(ggufRows(shape[0]!, heads)));
}
