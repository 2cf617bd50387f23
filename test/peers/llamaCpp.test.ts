/** What llama.cpp makes of the same files: blocks, models, exported adapters. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeGgufLora } from '../../trainer/export/ggufLora.ts';
import { readBytes, withFile } from '../../trainer/files/readBytes.ts';
import { decodeBlocks } from '../../trainer/model/gguf/blockFormats.ts';
import { readGgufHeader } from '../../trainer/model/gguf/header.ts';
import { callDequantize, hasLlamaCpp, type Llama, type LlamaModel, loadLlamaCpp } from './llamaCpp.ts';
import { kinds, length, ours, type Subject, writeSubject } from './roundTrip.ts';

const blocks = join(import.meta.dirname, '../../test-fixtures/golden/gguf/blocks.gguf');

describe.skipIf(!hasLlamaCpp)('random blocks', () => {
  const formats = [...readGgufHeader(blocks).tensors].filter(([name]) => name !== 'F32');
  const plain: Record<string, string> = { F16: 'ggml_fp16_to_fp32_row', BF16: 'ggml_bf16_to_fp32_row' };

  test.each(formats)("of %s have the bits of llama.cpp's own function", async (name, tensor) => {
    const stored = await withFile(blocks, (file) => readBytes(file, tensor.begin, tensor.bytes));
    const count = (tensor.bytes / tensor.format.blockBytes) * tensor.format.blockSize;
    const values = new Float32Array(count);
    decodeBlocks(tensor.format, stored, count / tensor.format.blockSize, values, 0);
    const quantised = `dequantize_row_${name.toLowerCase().replace('_k', '_K')}`;
    const theirs = await callDequantize(plain[name] ?? quantised, stored, count);
    expect(new Uint32Array(values.buffer)).toEqual(new Uint32Array(theirs.buffer));
  });
});

describe.skipIf(!hasLlamaCpp).each(kinds)('%s with the tokenizer %s and %s rotary scaling', (...kind) => {
  let root: string;
  let llama: Llama;
  let subject: Subject;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'reinforce-peers-'));
    const { getLlama } = await loadLlamaCpp();
    llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error', maxThreads: 1 });
    subject = await writeSubject(root, kind);
  });
  afterAll(async () => {
    await llama.dispose();
    await rm(root, { recursive: true });
  });

  test('continues in llama.cpp as here, with and without the exported adapter', async () => {
    const { adapter, base, directory, model, prompts } = subject;
    const lora = join(directory, 'adapter.gguf');
    await writeGgufLora(lora, adapter, model.config);
    const theirs = await llama.loadModel({ modelPath: base });
    const { ends } = model.tokenizer;
    const [plain, adapted] = [await ours(subject), await ours(subject, adapter)];
    expectSameUpToEnd(await ofLlamaCpp(theirs, prompts), plain, ends);
    expectSameUpToEnd(await ofLlamaCpp(theirs, prompts, lora), adapted, ends);
    expect(adapted).not.toEqual(plain);
    await theirs.dispose();
  });
});

async function ofLlamaCpp(
  model: LlamaModel,
  prompts: readonly number[][],
  lora?: string,
): Promise<number[][]> {
  const results: number[][] = [];
  for (const prompt of prompts) {
    const options = {
      contextSize: 256,
      threads: 1,
      // Its default is float16, which changes the choice between tokens that are nearly as good.
      flashAttention: false,
      experimentalKvCacheKeyType: 'F32',
      experimentalKvCacheValueType: 'F32',
      ...(lora === undefined ? {} : { lora }),
    } as const;
    const context = await model.createContext(options);
    const tokens: number[] = [];
    for await (const token of context
      .getSequence()
      .evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
      tokens.push(token);
      if (tokens.length === length) break;
    }
    results.push(tokens);
    await context.dispose();
  }
  return results;
}

/** An end-of-generation token ends llama.cpp's stream, and ours goes on. */
function expectSameUpToEnd(
  actual: readonly number[][],
  expected: readonly number[][],
  ends: ReadonlySet<number>,
): void {
  for (const [i, tokens] of actual.entries()) {
    const end = expected[i]!.findIndex((token) => ends.has(token));
    expect(tokens.slice(0, end < 0 ? length : end + 1)).toEqual(
      expected[i]!.slice(0, end < 0 ? length : end + 1),
    );
  }
}
