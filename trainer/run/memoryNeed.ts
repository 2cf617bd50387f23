/** How much memory a training takes, told before anything of it is loaded. */
import { HumanError } from '../../sandbox/humanError.ts';
import type { EpisodeSize } from '../learn/episodeSize.ts';
import { scoreBytes, stepBytes } from '../learn/memory.ts';
import { microBatches } from '../learn/microBatches.ts';
import { loraShapes } from '../model/adapter.ts';
import type { LlamaConfig } from '../model/config.ts';
import { freeMemory, weightBytes } from '../model/weightMemory.ts';
import type { TrainSettings } from './settings.ts';

const float = 4;
/** The process with the runtime, the tokenizer and the syntax trees, before it has a model. */
const processBytes = 250e6;
/** Of a program that makes a few rows of a matrix at a time float32, for the room where it does so: measured. */
const piecesBytes = 40e6;
/** Sequences that are sampled at once. */
const rows = 128;
/** Of an adapter: itself, its average, gradients, theirs as they come out of the runtime, and the optimizer's two moments. */
const adapterCopies = 6;
/** Of a step with more tries than this, so many are looked at: its micro-batches are no larger. */
const mostTries = 16_384;
/** Beyond this multiple of what is free a training is not begun: the system can put some of its memory elsewhere. */
const tolerance = 1.25;

/** Bytes by what they are for. */
export interface MemoryNeed {
  readonly weights: number;
  readonly sampling: number;
  readonly learning: number;
  readonly total: number;
}

/** About how many bytes a training takes at its peak, on the CPU. */
export function memoryNeed(config: LlamaConfig, settings: TrainSettings): MemoryNeed {
  const weights = heldBytes(config, settings);
  const sampling = samplingBytes(config, settings);
  const learning = learningBytes(config, settings);
  return { weights, sampling, learning, total: processBytes + weights + sampling + learning };
}

/** @throws HumanError where that is far more than what is free. */
export function needMemoryFor(
  model: string,
  config: LlamaConfig,
  settings: TrainSettings,
  free = freeMemory(),
): void {
  const { total } = memoryNeed(config, settings);
  if (total <= tolerance * free) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new HumanError(
    `Training ${model} takes about ${gigabytes(total)} of memory and ${gigabytes(free)} are free: choose a smaller base model, set baseWeights to float16, int8 or int4, or lower memoryMegabytes (with activationCheckpointing more fits into it).`,
  );
}

/** The weights as they are read, and what programs have of them beside: see `Program`'s `frozenData`. */
function heldBytes(
  config: LlamaConfig,
  { baseWeights: form, tries, evaluationTries }: TrainSettings,
): number {
  const bytes = weightBytes(config, form);
  // Programs that write tokens: one for groups and one for single tries.
  const writing = new Set([tries > 1, evaluationTries > 1]).size;
  if (form === 'float32') {
    // A copy packed for products: of the embedding only where it is the head too.
    const lookedUp = config.tieWordEmbeddings ? 0 : float * config.vocabSize * config.hiddenSize;
    return bytes + writing * (bytes - lookedUp);
  }
  // Programs that read prompts, write, score and learn share the numbers.
  return bytes + (1 + writing + 1 + 1) * piecesBytes;
}

/** Keys and values of prompts and of what is written, and the probabilities of the next tokens. */
function samplingBytes(config: LlamaConfig, settings: TrainSettings): number {
  const { layers, keyValueHeads, headDim, vocabSize } = config;
  const { promptTokens, maxTokens, tasksPerStep, tries } = settings;
  const tokens = rows * maxTokens + (tasksPerStep + Math.ceil(rows / tries)) * promptTokens;
  return float * (2 * layers * keyValueHeads * headDim * tokens + 3 * rows * vocabSize);
}

/** The largest micro-batches of a step whose completions are of all lengths up to the most, and the adapter. */
function learningBytes(config: LlamaConfig, settings: TrainSettings): number {
  const { rank, alpha, minibatches, microBatchTokens, memoryMegabytes, activationCheckpointing } = settings;
  const estimate = (episodes: readonly EpisodeSize[]) => stepBytes(config, episodes, activationCheckpointing);
  const step = usualStep(settings);
  const minibatch = step.filter((_, at) => Math.floor(at / settings.tasksPerStep) % minibatches === 0);
  const limits = { tokens: microBatchTokens, memory: { bytes: memoryMegabytes * 1e6, estimate } };
  const largest = (episodes: EpisodeSize[], bytes: typeof estimate) =>
    microBatches(episodes, (episode) => episode, limits).reduce(
      (most, batch) => Math.max(most, bytes(batch)),
      0,
    );
  const shapes = loraShapes(config, { rank, alpha }).values();
  const adapter = [...shapes].reduce((sum, [a, b]) => sum + a! * b!, 0);
  const scoring = largest(step, (episodes) => scoreBytes(config, episodes));
  return largest(minibatch, estimate) + scoring + adapterCopies * float * adapter;
}

/** Tries of one step, in no order; a third of the most tokens long on average. */
function usualStep({ tasksPerStep, tries, promptTokens, maxTokens }: TrainSettings): EpisodeSize[] {
  const tasks = Math.min(tasksPerStep, mostTries);
  const count = tasks * Math.min(tries, Math.ceil(mostTries / tasks));
  return Array.from({ length: count }, (_, at) => {
    const actionTokens = Math.ceil(maxTokens * ((at + 1) / count) ** 2);
    return {
      ...{ prompt: `${at % tasks}`, promptTokens },
      ...{ actionTokens, continuationTokens: actionTokens - 1 },
    };
  });
}
