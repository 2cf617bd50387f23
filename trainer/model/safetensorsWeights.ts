/** Weights in a Hugging Face directory: `model.safetensors`, or the shards that its index names. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { readJson } from '../files/readJson.ts';
import { readEntry, readSafetensorsHeader, readStored, type TensorEntry } from './safetensors.ts';
import type { WeightSource } from './weightSource.ts';

const indexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string().regex(/^[^/\\]+$/)) });

interface Found {
  readonly path: string;
  readonly entry: TensorEntry;
}

/** @throws HumanError for a directory without weights, and for damaged files. */
export async function openSafetensors(directory: string): Promise<WeightSource> {
  const found = await findTensors(directory);
  const at = (name: string): Found => {
    const tensor = found.get(name);
    if (!tensor) throw new Error(`${directory} holds no tensor ${name}`);
    return tensor;
  };
  return {
    tensors: new Map(
      [...found].map(([name, { entry }]) => [
        name,
        { shape: entry.shape, format: entry.dtype, bytes: entry.end - entry.begin },
      ]),
    ),
    fileOf: (name) => at(name).path,
    read: (name) => readEntry(at(name).path, name, at(name).entry),
    readStored: (name) => readStored(at(name).path, at(name).entry),
  };
}

async function findTensors(directory: string): Promise<Map<string, Found>> {
  const single = join(directory, 'model.safetensors');
  const index = join(directory, 'model.safetensors.index.json');
  if (await exists(single)) return entriesOf(single);
  if (!(await exists(index))) {
    throw new HumanError(
      (await exists(directory))
        ? `${directory} holds no model.safetensors: choose the directory of a Hugging Face model.`
        : `The model directory ${directory} does not exist: check the path of the model.`,
    );
  }
  const { weight_map } = await readJson(index, indexSchema, 'download the model again');
  const found = new Map<string, Found>();
  for (const shard of new Set(Object.values(weight_map))) {
    const path = join(directory, shard);
    if (!(await exists(path))) {
      throw new HumanError(`${path} does not exist, which is a part of the model: download the model again.`);
    }
    for (const [name, tensor] of await entriesOf(path)) found.set(name, tensor);
  }
  return found;
}

async function entriesOf(path: string): Promise<Map<string, Found>> {
  const header = await readSafetensorsHeader(path);
  return new Map([...header].map(([name, entry]) => [name, { path, entry }]));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
