import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { fillFrom, readBytes, readInChunks, withFile } from '../files/readBytes.ts';
import { parseJson } from '../files/readJson.ts';
import { replaceFile } from '../files/replaceFile.ts';
import { encodeBfloat16, encodeFloat16, valueOfFloat16 } from './float16.ts';

/** A dense array in row-major order; `data.length` is the product of `shape`. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Where a tensor lies in a safetensors file: bytes `begin` to `end` of the file itself. */
export interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

const remedy = 'the file is damaged, copy or download it again';
/** The reference implementation's own limit. */
const maxHeaderBytes = 100_000_000;
const bytesPerElement: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
};

const offset = z.int().nonnegative();
const headerSchema = z.record(
  z.string(),
  z.union([
    z.strictObject({ dtype: z.string(), shape: z.array(offset), data_offsets: z.tuple([offset, offset]) }),
    z.record(z.string(), z.string()),
  ]),
);
const metadataSchema = z.record(z.string(), z.string());

/**
 * The table of contents of a safetensors file, by tensor name. Every entry is checked against the file's real size
 * and its own shape, so that reading one cannot leave the file.
 *
 * @throws HumanError for a missing, truncated or otherwise damaged file.
 */
export async function readSafetensorsHeader(path: string): Promise<Map<string, TensorEntry>> {
  return withFile(path, async (file) => (await readHeader(file, path)).entries);
}

/** The free text pairs of a safetensors file's header, whose entries are checked as `readSafetensorsHeader` says. */
export async function readSafetensorsMetadata(path: string): Promise<Readonly<Record<string, string>>> {
  return withFile(path, async (file) => (await readHeader(file, path)).metadata);
}

/**
 * Tensors of a safetensors file as float32: all, or only `names`. F32, F16 and BF16 can be read, the last two exactly.
 *
 * @throws HumanError for a missing or damaged file, a name that it does not hold, or another element type.
 */
export async function readSafetensors(path: string, names?: Iterable<string>): Promise<Map<string, Tensor>> {
  return withFile(path, async (file) => {
    const { entries: header } = await readHeader(file, path);
    const tensors = new Map<string, Tensor>();
    for (const name of names ?? header.keys()) {
      const entry = header.get(name);
      if (!entry) throw new HumanError(`${path} holds no tensor ${name}: ${remedy}.`);
      tensors.set(name, { shape: entry.shape, data: await readTensor(file, path, name, entry) });
    }
    return tensors;
  });
}

/** One tensor as it is stored. */
export async function readStored(path: string, entry: TensorEntry): Promise<Uint8Array<ArrayBuffer>> {
  return withFile(path, (file) => readBytes(file, entry.begin, entry.end - entry.begin));
}

/** One tensor as float32, whose entry was read before. */
export async function readEntry(
  path: string,
  name: string,
  entry: TensorEntry,
): Promise<Float32Array<ArrayBuffer>> {
  return withFile(path, (file) => readTensor(file, path, name, entry));
}

/** How numbers are stored in files that are written here. */
export type StoredType = 'F32' | 'F16' | 'BF16';

/**
 * Writes tensors, sorted by name, as float32 or rounded to float16 or bfloat16. The same tensors give the same bytes.
 * The file appears as a whole or not at all.
 *
 * @param metadata free text pairs for the header, for example `{ format: 'pt' }`, which transformers asks for.
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, Tensor>,
  options: { readonly dtype?: StoredType; readonly metadata?: Readonly<Record<string, string>> } = {},
): Promise<void> {
  const { dtype = 'F32', metadata } = options;
  const shapes = new Map([...tensors].map(([name, { shape }]) => [name, shape]));
  await writeSafetensorsFrom(path, shapes, async (name) => tensors.get(name)!.data, dtype, metadata);
}

/** The same for tensors that are read one by one, when their turn has come. */
export async function writeSafetensorsFrom(
  path: string,
  shapes: ReadonlyMap<string, readonly number[]>,
  read: (name: string) => Promise<Float32Array>,
  dtype: StoredType,
  metadata: Readonly<Record<string, string>> = { format: 'pt' },
): Promise<void> {
  const sorted = [...shapes].sort(([a], [b]) => (a < b ? -1 : 1));
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, shape] of sorted) {
    const begin = end;
    end += shape.reduce((product, n) => product * n, bytesPerElement[dtype]!);
    header[name] = { dtype, shape, data_offsets: [begin, end] };
  }
  // The format wants the data to start at a multiple of eight bytes.
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.alloc(Math.ceil(json.length / 8) * 8, ' ');
  json.copy(padded);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));

  await replaceFile(path, async (file) => {
    await file.writeFile(Buffer.concat([length, padded]));
    for (const [name] of sorted) {
      const stored = encode(await read(name), dtype);
      await file.writeFile(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength));
    }
  });
}

function encode(data: Float32Array, dtype: StoredType): Float32Array | Uint16Array {
  switch (dtype) {
    case 'F32':
      return data;
    case 'F16':
      return encodeFloat16(data);
    case 'BF16':
      return encodeBfloat16(data);
  }
}

interface Header {
  readonly entries: Map<string, TensorEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

async function readHeader(file: FileHandle, path: string): Promise<Header> {
  const damaged = (problem: string) => new HumanError(`${path}: ${problem}: ${remedy}.`);
  const { size } = await file.stat();
  if (size < 8) throw damaged(`${size} bytes are too few for a safetensors file`);
  const headerBytes = Number(Buffer.from(await readBytes(file, 0, 8)).readBigUInt64LE());
  if (headerBytes > maxHeaderBytes || 8 + headerBytes > size) {
    throw damaged(`its header claims ${headerBytes} bytes and the file has ${size}`);
  }
  const text = Buffer.from((await readBytes(file, 8, headerBytes)).buffer).toString('utf8');
  const { __metadata__, ...raw } = parseJson(text, path, headerSchema, remedy);
  const metadata = metadataSchema.safeParse(__metadata__).data ?? {};

  const entries = new Map<string, TensorEntry>();
  for (const [name, fields] of Object.entries(raw)) {
    if (!Array.isArray(fields.shape)) throw damaged(`tensor ${name} has no shape`);
    const { dtype, shape, data_offsets } = fields as {
      dtype: string;
      shape: number[];
      data_offsets: [number, number];
    };
    const [begin, end] = data_offsets.map((at) => 8 + headerBytes + at) as [number, number];
    const elementBytes = bytesPerElement[dtype];
    if (elementBytes === undefined) throw damaged(`tensor ${name} has the unknown element type ${dtype}`);
    if (end > size) throw damaged(`tensor ${name} ends at byte ${end} and the file has ${size}`);
    if (end - begin !== shape.reduce((product, n) => product * n, elementBytes)) {
      throw damaged(
        `tensor ${name} has ${end - begin} bytes, which do not fit ${dtype} [${shape.join(', ')}]`,
      );
    }
    entries.set(name, { dtype, shape, begin, end });
  }
  const last = Math.max(8 + headerBytes, ...[...entries.values()].map(({ end }) => end));
  if (last !== size) throw damaged(`its tensors end at byte ${last} and the file has ${size}`);
  return { entries, metadata };
}

/** As float32; exact. Other element types than F32 are converted through a small buffer. */
async function readTensor(
  file: FileHandle,
  path: string,
  name: string,
  entry: TensorEntry,
): Promise<Float32Array<ArrayBuffer>> {
  const { dtype, begin, end } = entry;
  if (dtype !== 'F32' && dtype !== 'F16' && dtype !== 'BF16') {
    throw new HumanError(`${path}: tensor ${name} is ${dtype}: use a model stored as F32, F16 or BF16.`);
  }
  const values = new Float32Array((end - begin) / bytesPerElement[dtype]!);
  if (dtype === 'F32') {
    await fillFrom(file, begin, new Uint8Array(values.buffer));
    return values;
  }
  const bits = new Uint32Array(values.buffer);
  await readInChunks(file, begin, end - begin, 2, (chunk, at) => {
    const stored = new Uint16Array(chunk.buffer, chunk.byteOffset, chunk.length / 2);
    if (dtype === 'F16') {
      for (let i = 0; i < stored.length; i++) values[at / 2 + i] = valueOfFloat16(stored[i]!);
    } else {
      // A bfloat16 is the upper half of a float32.
      for (let i = 0; i < stored.length; i++) bits[at / 2 + i] = stored[i]! << 16;
    }
  });
  return values;
}
