/** Reads the tensor `big` or `token_embd.weight` of a file, and prints what that added to the peak of memory, in bytes. */
import { readGgufConfig } from '../../../trainer/model/gguf/config.ts';
import { openGgufWeights } from '../../../trainer/model/gguf/weights.ts';
import { readSafetensors } from '../../../trainer/model/safetensors.ts';

const path = process.argv[2]!;
const peak = () => process.resourceUsage().maxRSS * 1024;
const gguf = path.endsWith('.gguf');
const config = gguf ? await readGgufConfig(path) : undefined;
const before = peak();
const data = config
  ? await openGgufWeights(path, config).read('model.embed_tokens.weight')
  : (await readSafetensors(path)).get('big')!.data;
console.log(
  JSON.stringify({ added: peak() - before, bytes: data.byteLength, sum: data.reduce((a, b) => a + b, 0) }),
);
