import type { TensorData } from '../graph/program.ts';
import { type LlamaConfig, rotaryFrequencies } from './config.ts';

/** Cosine and sine of every position's angles, [positions, headDim / 2], as the graph inputs that need them. */
export function rotaryTables(config: LlamaConfig, positions: number): Record<string, TensorData> {
  const frequencies = rotaryFrequencies(config);
  const shape = [positions, frequencies.length];
  const cosine = new Float32Array(positions * frequencies.length);
  const sine = new Float32Array(cosine.length);
  for (let position = 0; position < positions; position++) {
    for (const [i, frequency] of frequencies.entries()) {
      cosine[position * frequencies.length + i] = Math.cos(position * frequency);
      sine[position * frequencies.length + i] = Math.sin(position * frequency);
    }
  }
  return { 'rotary.cosine': { shape, data: cosine }, 'rotary.sine': { shape, data: sine } };
}
