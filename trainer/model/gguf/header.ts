/**
 * What stands before the weights of a GGUF file (version 2 and 3): key-value metadata, and a table of tensors.
 * The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { HumanError } from '../../../sandbox/humanError.ts';
import { whyUnreadable } from '../../files/readJson.ts';
import { blockFormats, otherFormats } from './blockFormats.ts';
import type { BlockFormat } from './formats/blockFormat.ts';

export type MetadataValue = number | bigint | boolean | string | readonly MetadataValue[];

export interface GgufTensor {
  readonly format: BlockFormat;
  /** Rows first, as everywhere here; GGUF itself has the innermost axis first. */
  readonly shape: readonly number[];
  /** First byte in the file. */
  readonly begin: number;
  readonly bytes: number;
}

export interface GgufHeader {
  readonly metadata: ReadonlyMap<string, MetadataValue>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
}

const remedy = 'the file is damaged or was not downloaded to its end, download it again';

/** Sizes of the value types of fixed size, by GGUF's number for them; 8 is a string and 9 an array. */
const scalarBytes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};

/**
 * Reads and checks the header: every tensor is of a known format and lies within the file.
 *
 * @throws HumanError naming the file and what is wrong with it.
 */
export function readGgufHeader(path: string): GgufHeader {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw new HumanError(`${path} ${whyUnreadable(error)}: check the path of the model.`);
  }
  try {
    return parse(new Cursor(file, path), path);
  } finally {
    closeSync(file);
  }
}

function parse(cursor: Cursor, path: string): GgufHeader {
  if (cursor.size < 24 || cursor.take(4).toString('latin1') !== 'GGUF') {
    throw new HumanError(`${path} is not a GGUF file: choose a .gguf file, or a model's directory.`);
  }
  const version = cursor.uint32();
  if (version !== 2 && version !== 3) {
    throw new HumanError(
      `${path} is GGUF of version ${version}, and 2 and 3 can be read: convert the model again with a current llama.cpp.`,
    );
  }
  const [tensorCount, pairCount] = [cursor.size64(), cursor.size64()];
  // A name, a type and one number take at least this much, so that a damaged count is seen before it is believed.
  if (tensorCount * 24 + pairCount * 13 > cursor.size) {
    throw cursor.damaged(`it claims ${tensorCount} tensors and ${pairCount} metadata entries`);
  }

  const metadata = new Map<string, MetadataValue>();
  for (let i = 0; i < pairCount; i++) metadata.set(cursor.string(), cursor.value(cursor.uint32()));
  const listed = Array.from({ length: tensorCount }, () => tensorInfo(cursor, path));
  const alignment = metadata.get('general.alignment') ?? 32;
  if (typeof alignment !== 'number' || alignment < 1) throw cursor.damaged('its alignment is no number');
  const start = Math.ceil(cursor.position / alignment) * alignment;

  const tensors = new Map<string, GgufTensor>();
  for (const { name, format, shape, offset } of listed) {
    const count = shape.reduce((product, n) => product * n, 1);
    if (shape.at(-1)! % format.blockSize !== 0) {
      throw cursor.damaged(`tensor ${name} has rows of ${shape.at(-1)}, which ${format.name} cannot hold`);
    }
    const [begin, bytes] = [start + offset, (count / format.blockSize) * format.blockBytes];
    if (begin + bytes > cursor.size) {
      throw cursor.damaged(`tensor ${name} ends at byte ${begin + bytes} and the file has ${cursor.size}`);
    }
    tensors.set(name, { format, shape, begin, bytes });
  }
  return { metadata, tensors };
}

function tensorInfo(cursor: Cursor, path: string) {
  const name = cursor.string();
  const axes = cursor.uint32();
  if (axes < 1 || axes > 4) throw cursor.damaged(`tensor ${name} has ${axes} axes`);
  const shape = Array.from({ length: axes }, () => cursor.size64()).reverse();
  const type = cursor.uint32();
  const format = blockFormats.get(type);
  if (!format) {
    const known = [...blockFormats.values()].map((each) => each.name).join(', ');
    throw new HumanError(
      `${path}: tensor ${name} is quantised as ${otherFormats[type] ?? `type ${type}`}, which cannot be read: ` +
        `choose a file whose tensors are ${known} (those named Q2_K to Q8_0 are).`,
    );
  }
  return { name, format, shape, offset: cursor.size64() };
}

const chunkBytes = 1 << 20;

/** Reads forward through a file, a chunk at a time, and never past its end. */
class Cursor {
  readonly size: number;
  readonly #file: number;
  readonly #path: string;
  #buffer = Buffer.alloc(0);
  #at = 0;
  #read = 0;

  constructor(file: number, path: string) {
    this.#file = file;
    this.#path = path;
    this.size = fstatSync(file).size;
  }

  get position(): number {
    return this.#read - this.#buffer.length + this.#at;
  }

  damaged(problem: string): HumanError {
    return new HumanError(`${this.#path}: ${problem}: ${remedy}.`);
  }

  /** The next bytes, valid until the next call. */
  take(length: number): Buffer {
    if (this.position + length > this.size) {
      throw this.damaged(`it ends in the middle of its header, at byte ${this.size}`);
    }
    while (this.#buffer.length - this.#at < length) {
      const chunk = Buffer.alloc(Math.min(Math.max(length, chunkBytes), this.size - this.#read));
      const count = readSync(this.#file, chunk, 0, chunk.length, this.#read);
      if (count === 0) throw this.damaged('it was cut short while it was being read');
      this.#buffer = Buffer.concat([this.#buffer.subarray(this.#at), chunk.subarray(0, count)]);
      this.#at = 0;
      this.#read += count;
    }
    this.#at += length;
    return this.#buffer.subarray(this.#at - length, this.#at);
  }

  uint32(): number {
    return this.take(4).readUInt32LE();
  }

  /** A 64-bit count or size. */
  size64(): number {
    const value = this.take(8).readBigUInt64LE();
    if (value > Number.MAX_SAFE_INTEGER) throw this.damaged(`it claims a size of ${value}`);
    return Number(value);
  }

  string(): string {
    return this.take(this.size64()).toString('utf8');
  }

  value(type: number): MetadataValue {
    if (type === 8) return this.string();
    if (type !== 9) return this.#scalar(type);
    const [inner, count] = [this.uint32(), this.size64()];
    const least = inner === 8 ? 8 : inner === 9 ? 12 : (scalarBytes[inner] ?? 1);
    if (this.position + count * least > this.size)
      throw this.damaged(`it claims an array of ${count} values`);
    return Array.from({ length: count }, () => this.value(inner));
  }

  #scalar(type: number): number | bigint | boolean {
    const size = scalarBytes[type];
    if (size === undefined) throw this.damaged(`its metadata has a value of unknown type ${type}`);
    const bytes = this.take(size);
    switch (type) {
      case 0:
        return bytes.readUInt8();
      case 1:
        return bytes.readInt8();
      case 2:
        return bytes.readUInt16LE();
      case 3:
        return bytes.readInt16LE();
      case 4:
        return bytes.readUInt32LE();
      case 5:
        return bytes.readInt32LE();
      case 6:
        return bytes.readFloatLE();
      case 7:
        return bytes.readUInt8() !== 0;
      case 10:
        return bytes.readBigUInt64LE();
      case 11:
        return bytes.readBigInt64LE();
      default:
        return bytes.readDoubleLE();
    }
  }
}
