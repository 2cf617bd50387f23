/** Weights are read into their place: what is stored never stands beside them as a whole. */
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type WrittenValue, writeGguf } from '../../../trainer/model/gguf/write.ts';

const [rows, width] = [32768, 2048];
const count = rows * width;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reinforce-peak-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** A file of zeros behind a header, which takes no room on the disk. */
async function writeSafetensorsOfZeros(dtype: string, bytes: number): Promise<string> {
  const path = join(directory, 'big.safetensors');
  const json = JSON.stringify({ big: { dtype, shape: [rows, width], data_offsets: [0, bytes * count] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  await writeFile(path, Buffer.concat([length, Buffer.from(json)]));
  await truncate(path, 8 + json.length + bytes * count);
  return path;
}

/** The same as GGUF in Q8_0, whose header is made of that of a small file. */
async function writeGgufOfZeros(): Promise<string> {
  const path = join(directory, 'big.gguf');
  const number = (value: number): WrittenValue => ({ type: 'uint32', value });
  const metadata = new Map<string, WrittenValue>([
    ['general.architecture', { type: 'string', value: 'qwen2' }],
    ['qwen2.attention.layer_norm_rms_epsilon', { type: 'float32', value: 1e-6 }],
    ...['block_count', 'context_length', 'feed_forward_length', 'attention.head_count'].map(
      (name): [string, WrittenValue] => [`qwen2.${name}`, number(16)],
    ),
    ['qwen2.embedding_length', number(width)],
  ]);
  const empty = { shape: [0, width], read: async () => new Float32Array(0) };
  await writeGguf(path, metadata, new Map([['token_embd.weight', empty]]));
  const file = await readFile(path);
  const info = file.indexOf('token_embd.weight') + 'token_embd.weight'.length + 4;
  file.writeBigUInt64LE(BigInt(rows), info + 8);
  file.writeUInt32LE(8, info + 16);
  await writeFile(path, file);
  await truncate(path, file.length + (count / 32) * 34);
  return path;
}

const schema = z.object({ added: z.number(), bytes: z.number(), sum: z.number() });

test.each([
  ['safetensors in float32', () => writeSafetensorsOfZeros('F32', 4)],
  ['safetensors in bfloat16', () => writeSafetensorsOfZeros('BF16', 2)],
  ['safetensors in float16', () => writeSafetensorsOfZeros('F16', 2)],
  ['GGUF in Q8_0', writeGgufOfZeros],
] as const)('reading %s takes the memory of the result, and a few megabytes', async (_, write) => {
  const path = await write();
  const script = join(import.meta.dirname, 'readingProcess.ts');
  const { stdout } = await execa(process.execPath, ['--no-warnings', script, path]);
  const { added, bytes, sum } = schema.parse(JSON.parse(stdout));
  expect(bytes).toBe(4 * count);
  expect(sum).toBe(0);
  // A second copy would add at least 71 MB, the size of the smallest of these files.
  expect(added).toBeLessThan(bytes + 48e6);
});
