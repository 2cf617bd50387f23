/** An adapter knows its base model, and is refused with another of the same shape. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embeddedModel } from '../../../trainer/cli/places.ts';
import { fromBlocks, toBlocks } from '../../../trainer/graph/blocks.ts';
import { newAdapter } from '../../../trainer/model/adapter.ts';
import { fingerprintOf, isSameBase } from '../../../trainer/model/fingerprint.ts';
import { openModel } from '../../../trainer/model/loadModel.ts';
import { doubtAbout, readAdapterOf, writeAdapter } from '../../../trainer/model/peft.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../../../trainer/model/safetensors.ts';

const lora = { rank: 2, alpha: 4 };
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'reinforce-fingerprint-'));
});
afterAll(() => rm(root, { recursive: true }));

/** The embedded model, changed. */
async function variant(name: string, change: (tensor: Tensor, name: string) => Float32Array) {
  const directory = join(root, name);
  await cp(embeddedModel, directory, { recursive: true });
  const tensors = await readSafetensors(join(embeddedModel, 'model.safetensors'));
  const changed = [...tensors].map(([name, tensor]): [string, Tensor] => [
    name,
    { ...tensor, data: change(tensor, name) },
  ]);
  await writeSafetensors(join(directory, 'model.safetensors'), new Map(changed));
  return openModel(directory);
}

describe('an adapter', () => {
  let adapted: string;
  beforeAll(async () => {
    adapted = join(root, 'adapter');
    const { config, source } = await openModel(embeddedModel);
    await cp(join(import.meta.dirname, '../../../test-fixtures/golden/llama-tied/adapter'), adapted, {
      recursive: true,
    });
    const base = await fingerprintOf(source, config);
    await writeAdapter(adapted, { lora, tensors: newAdapter(config, lora, 1), base }, embeddedModel);
  });

  test('is taken with its own model, also in another form', async () => {
    expect(doubtAbout(adapted, await readAdapterOf(await openModel(embeddedModel), adapted))).toBeUndefined();
    const coarse = await variant('coarse', ({ shape, data }) =>
      shape.length === 2 ? fromBlocks(toBlocks(data, shape as [number, number])) : data,
    );
    await readAdapterOf(coarse, adapted);
  });

  test.each([
    [
      'with other matrices',
      (tensor: Tensor) => (tensor.shape.length === 2 ? tensor.data.toReversed() : tensor.data),
    ],
    [
      'that was trained further',
      (tensor: Tensor, name: string) =>
        name === 'model.norm.weight' ? tensor.data.map((x) => 1.001 * x) : tensor.data,
    ],
  ])('is refused with a model of the same shape %s', async (name, change) => {
    await expect(readAdapterOf(await variant(name, change), adapted)).rejects.toThrow(
      `The adapter in ${adapted} was trained on another base model than ${join(root, name)}: use it with ${embeddedModel}, or choose another adapter.`,
    );
  });

  test('that does not tell its model is taken, with a word about it', async () => {
    const { config } = await openModel(embeddedModel);
    const silent = join(root, 'silent');
    await cp(adapted, silent, { recursive: true });
    const adapter = { lora, tensors: newAdapter(config, lora, 1) };
    await writeAdapter(silent, adapter, embeddedModel);
    const read = await readAdapterOf(await openModel(embeddedModel), silent);
    expect(read).toEqual(adapter);
    expect(doubtAbout(silent, read)).toMatch(/^The adapter in .*silent does not tell what model /);
  });
});

test('fingerprints of one model are the same', async () => {
  const { config, source } = await openModel(embeddedModel);
  const own = await fingerprintOf(source, config);
  expect(isSameBase(own, await fingerprintOf(source, config))).toBe(true);
});
