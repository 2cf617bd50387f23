import { describe, expect, test } from 'vitest';
import { documentsOf, type PackedBatch, Packer } from '../../../trainer/pretrain/packing.ts';

const endOfText = 0;
const document = (...tokens: number[]) => Uint16Array.of(endOfText, ...tokens, endOfText);

const documents = [
  document(1, 2, 3),
  document(4),
  document(5, 6, 7, 8, 9),
  document(10, 11),
  document(12, 13, 14),
  document(15),
  document(16, 17, 18, 19),
];

/** One row of a batch's [B, T] tensor. */
const row = (tensor: BigInt64Array | Float32Array, at: number, T: number) =>
  [...tensor.subarray(at * T, (at + 1) * T)].map(Number);

/** The parts of a row that predict their next tokens, each with what it predicts, as the tensors have it. */
function predictions({ tokens, targets, positions, weight }: PackedBatch, at: number, T: number) {
  const parts: { inputs: number[]; targets: number[] }[] = [];
  for (let i = at * T; i < (at + 1) * T; i++) {
    if (weight[i] === 0) continue;
    if (positions[i] === 0n) parts.push({ inputs: [], targets: [] });
    parts.at(-1)!.inputs.push(Number(tokens[i]));
    parts.at(-1)!.targets.push(Number(targets[i]));
  }
  return parts;
}

test('a token stream falls into documents that share the end-of-text token between them', () => {
  const stream = Uint16Array.of(0, 1, 2, 0, 3, 0, 4, 5);
  expect([...documentsOf(stream, endOfText)].map((tokens) => [...tokens])).toEqual([
    [0, 1, 2, 0],
    [0, 3, 0],
  ]);
});

describe('packed rows', () => {
  const [B, T] = [2, 8];
  const packer = new Packer(documents.values(), B, T);
  const batches: PackedBatch[] = [];
  for (let batch = packer.next(); batch; batch = packer.next()) batches.push(batch);
  const parts = batches.flatMap((batch) => [0, 1].flatMap((at) => predictions(batch, at, T)));

  test('hold whole documents, each once, and each token predicts the next', () => {
    for (const { inputs, targets } of parts) expect(targets.slice(0, -1)).toEqual(inputs.slice(1));
    const packed = parts.map(({ inputs, targets }) => [...inputs, targets.at(-1)!].join());
    expect(packed.sort()).toEqual(documents.map((tokens) => tokens.join()).sort());
  });

  test('take the first document that still fits', () => {
    // Four inputs of the first, two of the second; the third's six do not fit into the two places left.
    expect(row(batches[0]!.tokens, 0, T)).toEqual([0, 1, 2, 3, 0, 4, 0, 15]);
    expect(row(batches[0]!.tokens, 1, T)).toEqual([0, 5, 6, 7, 8, 9, 0, 0]);
  });

  test('let a token see itself and its own document before it, and nothing else', () => {
    for (const { mask, positions } of batches) {
      for (let b = 0; b < B; b++) {
        for (let i = 0; i < T; i++) {
          const begin = i - Number(positions[b * T + i]);
          for (let j = 0; j < T; j++) {
            expect(mask[(b * T + i) * T + j] === 0).toBe(j >= begin && j <= i);
          }
        }
      }
    }
  });

  test('weigh all predictions of a batch the same, and padding nothing', () => {
    for (const { weight, predicted } of batches) {
      const weights = [...weight].filter((x) => x > 0);
      expect(weights).toHaveLength(predicted);
      for (const x of weights) expect(x).toBeCloseTo(1 / predicted, 7);
    }
  });

  test('end when the documents no longer fill every row', () => {
    const one = new Packer([document(1)].values(), 2, 8);
    expect(one.next()).toBeUndefined();
    expect(new Packer([][Symbol.iterator](), 1, 8).next()).toBeUndefined();
  });
});
