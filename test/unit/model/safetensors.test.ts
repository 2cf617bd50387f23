import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../../sandbox/humanError.ts';
import { decodeFloat16, encodeFloat16 } from '../../../trainer/model/float16.ts';
import {
  readSafetensors,
  readSafetensorsHeader,
  writeSafetensors,
} from '../../../trainer/model/safetensors.ts';

const golden = (...path: string[]) => join(import.meta.dirname, '../../../test-fixtures/golden', ...path);
let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reinforce-safetensors-'));
  path = join(directory, 'x.safetensors');
});
afterEach(() => rm(directory, { recursive: true }));

const tensors = new Map([
  ['b', { shape: [2, 3], data: new Float32Array([1, -2, 0.5, 1e-3, 65504, 0.1]) }],
  ['a', { shape: [], data: new Float32Array([7]) }],
  ['empty', { shape: [0, 4], data: new Float32Array() }],
]);

/** A file with this header and `dataBytes` zeros. */
function raw(header: unknown, dataBytes: number): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
}

describe('a written file', () => {
  it('is read back bit by bit', async () => {
    await writeSafetensors(path, tensors);
    expect(await readSafetensors(path)).toEqual(tensors);
    expect(await readdir(directory)).toEqual(['x.safetensors']);
  });

  it('in float16 holds the nearest float16 values', async () => {
    await writeSafetensors(path, tensors, { dtype: 'F16' });
    expect((await readSafetensorsHeader(path)).get('b')!.dtype).toBe('F16');
    const view = new DataView(new ArrayBuffer(2));
    const rounded = tensors.get('b')!.data.map((x) => {
      view.setFloat16(0, x);
      return view.getFloat16(0);
    });
    expect((await readSafetensors(path)).get('b')!.data).toEqual(rounded);
  });

  it('has the same bytes for the same tensors in any order', async () => {
    await writeSafetensors(path, tensors);
    const other = join(directory, 'y.safetensors');
    await writeSafetensors(other, new Map([...tensors].reverse()));
    expect(await readFile(other)).toEqual(await readFile(path));
  });
});

describe('a file that the reference implementation wrote', () => {
  it('is read tensor by tensor', async () => {
    const all = await readSafetensors(golden('llama-tied', 'model.safetensors'));
    const one = await readSafetensors(golden('llama-tied', 'model.safetensors'), ['model.norm.weight']);
    expect([...one.keys()]).toEqual(['model.norm.weight']);
    expect(one.get('model.norm.weight')).toEqual(all.get('model.norm.weight'));
  });

  it('is refused by a sentence wherever it is cut', async () => {
    const whole = await readFile(golden('llama-f16', 'model.safetensors'));
    for (const length of [0, 7, 8, 100, 5000, whole.length - 1]) {
      await writeFile(path, whole);
      await truncate(path, length);
      const refusal = await readSafetensors(path).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(HumanError);
      expect((refusal as Error).message).toMatch(
        /x\.safetensors.*: the file is damaged, copy or download it again\.$/,
      );
    }
  });
});

describe('a hostile header', () => {
  const entry = (fields: object) => ({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...fields } });
  it.each([
    ['that claims to be huge', Buffer.concat([Buffer.alloc(8, 0xff), Buffer.alloc(20)])],
    ['that is not JSON', raw('{"a":', 8)],
    ['that is not an object', raw([1], 8)],
    ['with a tensor past the end', raw(entry({ data_offsets: [8, 16] }), 8)],
    ['with a negative offset', raw(entry({ data_offsets: [-8, 0] }), 8)],
    ['with offsets in reverse', raw(entry({ data_offsets: [8, 0] }), 8)],
    ['with a shape that does not fit', raw(entry({ shape: [3] }), 8)],
    ['with a shape of fractions', raw(entry({ shape: [0.5, 4] }), 8)],
    ['with an unknown element type', raw(entry({ dtype: 'F7' }), 8)],
    ['with bytes that belong to no tensor', raw(entry({}), 12)],
  ])('%s is refused', async (_, bytes) => {
    await writeFile(path, bytes);
    await expect(readSafetensors(path)).rejects.toThrow(HumanError);
  });

  it('with integers is read, but the integers are not', async () => {
    await writeFile(path, raw(entry({ dtype: 'I32' }), 8));
    expect((await readSafetensorsHeader(path)).get('a')!.dtype).toBe('I32');
    await expect(readSafetensors(path)).rejects.toThrow(/tensor a is I32: use a model stored as/);
  });
});

describe('float16', () => {
  it('is decoded as the platform does, for every bit pattern', () => {
    const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const view = new DataView(bits.buffer);
    const expected = Float32Array.from(bits, (_, i) => view.getFloat16(2 * i, true));
    expect(decodeFloat16(bits)).toEqual(expected);
  });

  it('is encoded as the platform does, ties and subnormals included', () => {
    const exact = decodeFloat16(Uint16Array.from({ length: 0x7c00 }, (_, i) => i));
    const between = exact.map((x, i) => (x + (exact[i + 1] ?? 65536)) / 2);
    const nearTies = [...between].flatMap((x) => [x * (1 - 2 ** -23), x * (1 + 2 ** -23)]);
    const values = new Float32Array([...exact, ...between, ...nearTies, 1e9, 1e-30, 2 ** -25, Number.NaN]);
    const signed = new Float32Array([...values, ...values.map((x) => -x)]);
    const view = new DataView(new ArrayBuffer(2));
    const expected = Uint16Array.from(signed, (x) => {
      view.setFloat16(0, x);
      return view.getUint16(0);
    });
    const encoded = encodeFloat16(signed);
    expect(signed.filter((x, i) => !Number.isNaN(x) && encoded[i] !== expected[i])).toEqual(
      new Float32Array(),
    );
    expect(decodeFloat16(encodeFloat16(new Float32Array([Number.NaN])))[0]).toBeNaN();
  });
});
