/** What tells a base model from others of the same shape, whatever form its weights are stored in. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LlamaConfig } from './config.ts';
import { linearName } from './linear.ts';
import type { WeightSource } from './weightSource.ts';
import { expectedWeights } from './weights.ts';

const valuesPerMatrix = 64;
/** Of matrices in four bits with those that they were made of it is above 0.99. */
const leastSimilarity = 0.97;

export const baseFingerprint = z.object({
  /** SHA-256 of norms and biases as float32: quantised models keep them as they are, further training does not. */
  vectors: z.string(),
  /** Numbers taken from some of the matrices, which quantisation moves a little. */
  sample: z.array(z.number()),
});

export type BaseFingerprint = z.output<typeof baseFingerprint>;

/** Reads all vectors and a few matrices. */
export async function fingerprintOf(source: WeightSource, config: LlamaConfig): Promise<BaseFingerprint> {
  const hash = createHash('sha256');
  for (const [name, shape] of expectedWeights(config)) {
    if (shape.length > 1) continue;
    const { buffer, byteOffset, byteLength } = await source.read(name);
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  const sample: number[] = [];
  for (const layer of new Set([0, config.layers >> 1, config.layers - 1])) {
    for (const name of ['self_attn.q_proj', 'mlp.down_proj'] as const) {
      const values = await source.read(`${linearName(layer, name)}.weight`);
      const stride = Math.max(1, Math.floor(values.length / valuesPerMatrix));
      for (let i = 0; i < valuesPerMatrix && i * stride < values.length; i++)
        sample.push(values[i * stride]!);
    }
  }
  return { vectors: hash.digest('hex'), sample };
}

/** Whether both are of one model, be it quantised. */
export function isSameBase(a: BaseFingerprint, b: BaseFingerprint): boolean {
  return (
    a.vectors === b.vectors && a.sample.length === b.sample.length && similarity(a, b) >= leastSimilarity
  );
}

/** The cosine of the angle between the samples. */
function similarity({ sample: a }: BaseFingerprint, { sample: b }: BaseFingerprint): number {
  const product = (x: readonly number[], y: readonly number[]) => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}
