import type { TensorData } from '../graph/program.ts';
import type { LlamaConfig } from './config.ts';
import type { Yarn } from './ropeScaling.ts';

/**
 * Cosine and sine of every position's angles, [positions, headDim / 2], as the graph inputs that need them; with YaRN
 * multiplied by its attention factor.
 */
export function rotaryTables(config: LlamaConfig, positions: number): Record<string, TensorData> {
  const frequencies = rotaryFrequencies(config);
  const scale = config.ropeScaling.type === 'yarn' ? config.ropeScaling.attentionFactor : 1;
  const shape = [positions, frequencies.length];
  const cosine = new Float32Array(positions * frequencies.length);
  const sine = new Float32Array(cosine.length);
  for (let position = 0; position < positions; position++) {
    for (const [i, frequency] of frequencies.entries()) {
      cosine[position * frequencies.length + i] = scale * Math.cos(position * frequency);
      sine[position * frequencies.length + i] = scale * Math.sin(position * frequency);
    }
  }
  return { 'rotary.cosine': { shape, data: cosine }, 'rotary.sine': { shape, data: sine } };
}

/** The tables of all positions that the model has, to be built into a compiled graph. */
export function frozenRotaryTables(config: LlamaConfig): Map<string, Float32Array> {
  const tables = Object.entries(rotaryTables(config, config.maxPositions));
  return new Map(tables.map(([name, { data }]) => [name, data as Float32Array]));
}

/**
 * Rotary embeddings' inverse frequencies, [headDim / 2], radians per position: theta^(-2i/headDim), then stretched.
 *
 * llama3 (transformers' `_compute_llama3_parameters`): wavelengths over `originalMaxPositions / lowFreqFactor` are
 * divided by `factor`, those under `originalMaxPositions / highFreqFactor` are kept, and the ones between are blended.
 * yarn (`_compute_yarn_parameters`): the same, blended along the index of the frequency.
 */
export function rotaryFrequencies(config: LlamaConfig): Float64Array {
  const { headDim, ropeTheta, ropeScaling } = config;
  const stretch = (frequency: number, i: number): number => {
    if (ropeScaling.type === 'none') return frequency;
    if (ropeScaling.type === 'divisors') return frequency / ropeScaling.divisors[i]!;
    const slow = frequency / ropeScaling.factor;
    if (ropeScaling.type === 'linear') return slow;
    if (ropeScaling.type === 'yarn') {
      const keep = yarnShareKept(ropeScaling, config, i);
      return keep * frequency + (1 - keep) * slow;
    }
    const { lowFreqFactor, highFreqFactor, originalMaxPositions } = ropeScaling;
    const turns = (originalMaxPositions * frequency) / (2 * Math.PI);
    const blend = Math.min(1, Math.max(0, (turns - lowFreqFactor) / (highFreqFactor - lowFreqFactor)));
    return (1 - blend) * slow + blend * frequency;
  };
  return Float64Array.from({ length: headDim / 2 }, (_, i) => stretch(ropeTheta ** ((-2 * i) / headDim), i));
}

/** How much of frequency `i` is kept: 1 up to the one that turns `betaFast` times, 0 from the one of `betaSlow` on. */
function yarnShareKept(yarn: Yarn, { headDim, ropeTheta }: LlamaConfig, i: number): number {
  const indexOf = (turns: number): number =>
    (headDim * Math.log(yarn.originalMaxPositions / (2 * Math.PI * turns))) / (2 * Math.log(ropeTheta));
  const first = Math.max(0, Math.floor(indexOf(yarn.betaFast)));
  const last = Math.min(headDim - 1, Math.ceil(indexOf(yarn.betaSlow)));
  return 1 - Math.min(1, Math.max(0, (i - first) / (last === first ? 0.001 : last - first)));
}
