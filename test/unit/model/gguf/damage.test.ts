/** Files that are no GGUF, damaged, or of a kind that cannot be read: one sentence with a remedy each. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HumanError } from '../../../../sandbox/humanError.ts';
import { readConfig } from '../../../../trainer/model/loadModel.ts';
import { openWeights } from '../../../../trainer/model/weights.ts';

const whole = await readFile(join(import.meta.dirname, '../../../../test-fixtures/golden/gguf/qwen2.gguf'));
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reinforce-gguf-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function refusalOf(content: Buffer): Promise<string> {
  const path = join(directory, 'model.gguf');
  await writeFile(path, content);
  const open = async () => openWeights(path, await readConfig(path));
  const error = await open().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(HumanError);
  const { message } = error as HumanError;
  expect(message).toMatch(/^[^\n]+: [^\n]+\.$/);
  return message;
}

/** The file with one piece of it replaced by another of the same length. */
function changed(from: string | Buffer, to: string | Buffer): Buffer {
  const copy = Buffer.from(whole);
  const at = copy.indexOf(from);
  expect(at).toBeGreaterThan(0);
  Buffer.from(to).copy(copy, at);
  return copy;
}

describe('a GGUF file', () => {
  test.each([0, 3, 23, 100, 500, 1500, whole.length - 5000, whole.length - 1])(
    'that ends after %i bytes is refused as cut off',
    async (length) => {
      const message = await refusalOf(whole.subarray(0, length));
      expect(message).toMatch(length < 24 ? /is not a GGUF file: choose/ : /download it again/);
    },
  );

  test('whose first bytes are another file is refused', async () => {
    expect(await refusalOf(Buffer.from(`version https://git-lfs${' '.repeat(99)}`))).toMatch(
      /not a GGUF file/,
    );
  });

  test('of an old version is refused', async () => {
    const copy = Buffer.from(whole);
    copy.writeUInt32LE(1, 4);
    expect(await refusalOf(copy)).toMatch(/is GGUF of version 1, and 2 and 3 can be read: convert/);
  });

  test.each([8, 16])('with a count that cannot be (at byte %i) is refused as damaged', async (at) => {
    const copy = Buffer.from(whole);
    copy.writeBigUInt64LE(1n << 40n, at);
    expect(await refusalOf(copy)).toMatch(
      /it claims \d+ tensors and \d+ metadata entries: the file is damaged/,
    );
  });

  test('whose strings claim to be endless is refused as damaged', async () => {
    const copy = Buffer.from(whole);
    copy.writeBigUInt64LE(1n << 50n, 24);
    expect(await refusalOf(copy)).toMatch(/it ends in the middle of its header/);
  });

  test.each([
    [19, 'quantised as IQ1_S, which cannot be read'],
    [16, 'quantised as IQ2_XXS, which cannot be read'],
    [99, 'quantised as type 99, which cannot be read'],
  ])('quantised in a way (%i) that is not known is refused with the known ones', async (type, words) => {
    const name = 'blk.0.ffn_up.weight';
    const copy = Buffer.from(whole);
    copy.writeUInt32LE(type, copy.indexOf(name) + name.length + 4 + 2 * 8);
    const message = await refusalOf(copy);
    expect(message).toContain(words);
    expect(message).toMatch(/choose a file whose tensors are F32, F16, BF16, .* IQ4_XS \(/);
  });

  test('of another architecture is refused with the supported ones', async () => {
    const message = await refusalOf(changed('qwen2', 'gemma'));
    expect(message).toMatch(
      /architecture is "gemma", which is not supported: choose .*llama .*qwen2 .*qwen3/,
    );
  });

  test('with a tensor that the family does not have is refused by its name', async () => {
    expect(await refusalOf(changed('blk.0.ffn_up.weight', 'blk.0.ffn_xx.weight'))).toContain(
      'blk.0.ffn_xx.weight',
    );
  });

  test('without an entry that the config needs is refused by its name', async () => {
    expect(await refusalOf(changed('qwen2.block_count', 'qwen2.block_xxxxx'))).toMatch(
      /metadata entry qwen2\.block_count is missing: choose/,
    );
  });
});
