/** What llama.cpp makes of the same files: blocks, models, exported adapters. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeGgufLora } from '../../trainer/export/ggufLora.ts';
import { readBytes, withFile } from '../../trainer/files/readBytes.ts';
import { decodeBlocks } from '../../trainer/model/gguf/blockFormats.ts';
import { readGgufHeader } from '../../trainer/model/gguf/header.ts';
import { callDequantize, continuations, hasLlamaCpp, type Llama, loadLlamaCpp } from './llamaCpp.ts';
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

  test('is read and continued in llama.cpp as here, with and without the exported adapter', async () => {
    const { adapter, base, directory, model, texts, prompts } = subject;
    const lora = join(directory, 'adapter.gguf');
    await writeGgufLora(lora, adapter, model.config);
    const theirs = await llama.loadModel({ modelPath: base });
    expect(texts.map((text) => [...theirs.tokenizer(text)].map(Number))).toEqual(prompts);
    const { ends } = model.tokenizer;
    const [plain, adapted] = [await ours(subject), await ours(subject, adapter)];
    expectSameUpToEnd(await continuations(theirs, prompts, length), plain, ends);
    expectSameUpToEnd(await continuations(theirs, prompts, length, lora), adapted, ends);
    expect(adapted).not.toEqual(plain);
    await theirs.dispose();
  });
});

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
