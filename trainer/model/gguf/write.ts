/** Writes GGUF files (version 3) of float32 tensors. The format: see header.ts. */
import type { FileHandle } from 'node:fs/promises';
import { replaceFile } from '../../files/replaceFile.ts';

/** A number is written as `type` says: counts are unsigned, everything else GGUF keeps apart by type. */
export type WrittenValue =
  | { readonly type: 'uint32' | 'int32' | 'float32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'int32s' | 'float32s'; readonly value: readonly number[] };

export interface WrittenTensor {
  /** Rows first. */
  readonly shape: readonly number[];
  readonly read: () => Promise<Float32Array>;
}

const alignment = 32;
const typeNumber = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};
const uint64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const float32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
};
const string = (value: string) => {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([uint64(bytes.length), bytes]);
};
const array = (type: number, items: readonly Buffer[]) =>
  Buffer.concat([uint32(typeNumber.array), uint32(type), uint64(items.length), ...items]);

/** The file appears as a whole or not at all; one tensor at a time is in memory. */
export async function writeGguf(
  path: string,
  metadata: ReadonlyMap<string, WrittenValue>,
  tensors: ReadonlyMap<string, WrittenTensor>,
): Promise<void> {
  const head: Buffer[] = [Buffer.from('GGUF'), uint32(3), uint64(tensors.size), uint64(metadata.size)];
  for (const [key, value] of metadata) head.push(string(key), encoded(value));
  let offset = 0;
  for (const [name, { shape }] of tensors) {
    head.push(
      string(name),
      uint32(shape.length),
      ...shape.toReversed().map(uint64),
      uint32(0),
      uint64(offset),
    );
    offset += padded(bytesOf(shape));
  }
  const header = Buffer.concat(head);
  await replaceFile(path, async (file) => {
    await writePadded(file, header);
    for (const [name, { shape, read }] of tensors) {
      const data = await read();
      if (data.byteLength !== bytesOf(shape))
        throw new Error(`tensor ${name} does not have its shape's size`);
      await writePadded(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
  });
}

function encoded(entry: WrittenValue): Buffer {
  switch (entry.type) {
    case 'uint32':
      return Buffer.concat([uint32(typeNumber.uint32), uint32(entry.value)]);
    case 'int32':
      return Buffer.concat([uint32(typeNumber.int32), int32(entry.value)]);
    case 'float32':
      return Buffer.concat([uint32(typeNumber.float32), float32(entry.value)]);
    case 'bool':
      return Buffer.concat([uint32(typeNumber.bool), Buffer.of(Number(entry.value))]);
    case 'string':
      return Buffer.concat([uint32(typeNumber.string), string(entry.value)]);
    case 'strings':
      return array(typeNumber.string, entry.value.map(string));
    case 'int32s':
      return array(typeNumber.int32, entry.value.map(int32));
    case 'float32s':
      return array(typeNumber.float32, entry.value.map(float32));
  }
}

const bytesOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 4);
const padded = (bytes: number) => Math.ceil(bytes / alignment) * alignment;

async function writePadded(file: FileHandle, bytes: Uint8Array): Promise<void> {
  await file.writeFile(bytes);
  await file.writeFile(Buffer.alloc(padded(bytes.length) - bytes.length));
}
