/** Trains the embedded base model from nothing: the same learner as everywhere, with the SFT objective. */
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../files/readJson.ts';
import { replaceJson } from '../files/replaceFile.ts';
import type { TensorData } from '../graph/program.ts';
import { Learner } from '../learn/learner.ts';
import { sft } from '../learn/objectives/sft.ts';
import type { LlamaConfig } from '../model/config.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../model/safetensors.ts';
import type { Weights } from '../model/weights.ts';
import { initialWeights } from './initialWeights.ts';
import { documentsOf, type PackedBatch, Packer } from './packing.ts';

export interface PretrainSettings {
  readonly config: LlamaConfig;
  readonly seed: number;
  /** Optimizer steps; the learning rate's schedule ends with the last. */
  readonly steps: number;
  /** Sequences a step, tokens a sequence. */
  readonly rows: number;
  readonly length: number;
  readonly peakLearningRate: number;
  readonly warmupSteps: number;
  /** Steps between two saves, each of which also measures the validation loss. */
  readonly saveEvery: number;
}

export interface PretrainFiles {
  /** Token streams, uint16 little-endian. */
  readonly train: string;
  readonly validation: string;
  /** Where checkpoints and the loss curve go. A run found there is continued. */
  readonly directory: string;
}

/** One line of the loss curve; losses are nats per token. */
export interface PretrainProgress {
  readonly step: number;
  readonly tokens: number;
  readonly loss: number;
  readonly validationLoss?: number;
  readonly gradNorm: number;
  readonly learningRate: number;
  readonly seconds: number;
}

const endOfText = 0;
const clipNorm = 1;

/**
 * Linear warm-up, the peak, and over the last three tenths a linear way down to a fiftieth of it (Hu et al., 2024,
 * MiniCPM's warmup-stable-decay): until the way down begins, nothing depends on how long the run will be.
 */
export function learningRateAt(
  step: number,
  { peakLearningRate, warmupSteps, steps }: PretrainSettings,
): number {
  if (step < warmupSteps) return (peakLearningRate * (step + 1)) / warmupSteps;
  const left = (steps - step) / (0.3 * steps);
  return peakLearningRate * Math.min(1, 0.02 + 0.98 * left);
}

const stateSchema = z.object({ step: z.int(), tokens: z.int() });

/** Trains, saving as it goes, and answers the weights. A stopped run is continued where it last saved. */
export async function pretrain(
  settings: PretrainSettings,
  files: PretrainFiles,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: PretrainProgress) => void } = {},
): Promise<Weights> {
  const { config, seed, steps, rows, length, saveEvery } = settings;
  await mkdir(files.directory, { recursive: true });
  const weights = initialWeights(config, seed);
  await using learner = await Learner.create({
    config,
    weights,
    objective: sft,
    actions: 'all',
    masks: 'own',
    optimizer: { beta2: 0.98, weightDecay: 0.1 },
  });
  const packer = new Packer(documentsOf(await readTokens(files.train), endOfText), rows, length);
  const checkpoint = new PretrainCheckpoint(files.directory, learner);
  const curve = join(files.directory, 'loss.jsonl');
  let { step, tokens } = await checkpoint.load();
  await cutCurve(curve, step);
  for (let skipped = 0; skipped < step; skipped++) packer.next();

  while (step < steps) {
    options.signal?.throwIfAborted();
    const started = performance.now();
    const batch = packer.next();
    if (!batch) break;
    const { loss } = await learner.accumulate(packedFeeds(batch, rows, length));
    const learningRate = learningRateAt(step, settings);
    const gradNorm = await learner.step(learningRate, clipNorm);
    step++;
    tokens += batch.predicted;
    const saves = step % saveEvery === 0 || step === steps;
    const validation = saves ? { validationLoss: await validationLoss(learner, settings, files) } : {};
    const seconds = (performance.now() - started) / 1000;
    const progress = { step, tokens, loss: loss!, ...validation, gradNorm, learningRate, seconds };
    if (step % 10 === 0 || saves) await appendFile(curve, `${JSON.stringify(progress)}\n`);
    if (saves) await checkpoint.save(step, tokens);
    options.onProgress?.(progress);
  }
  return weights;
}

async function readTokens(path: string): Promise<Uint16Array> {
  const bytes = await readFile(path);
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
}

/** Forgets what a killed run wrote of steps after its last checkpoint. */
async function cutCurve(path: string, step: number): Promise<void> {
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n');
  const kept = lines.filter((line) => line.endsWith('}') && JSON.parse(line).step <= step);
  await writeFile(path, kept.map((line) => `${line}\n`).join(''));
}

function packedFeeds(batch: PackedBatch, rows: number, length: number): Record<string, TensorData> {
  const shape = [rows, length];
  return {
    tokens: { shape, data: batch.tokens },
    targets: { shape, data: batch.targets },
    positions: { shape, data: batch.positions },
    mask: { shape: [rows, 1, length, length], data: batch.mask },
    weight: { shape, data: batch.weight },
    temperature: { shape: [], data: Float32Array.of(1) },
  };
}

/** Mean loss over up to two batches of the validation stream. The gradients that come with it are thrown away. */
async function validationLoss(
  learner: Learner,
  { rows, length }: PretrainSettings,
  files: PretrainFiles,
): Promise<number> {
  const packer = new Packer(documentsOf(await readTokens(files.validation), endOfText), rows, length);
  let [sum, count] = [0, 0];
  for (let batch = packer.next(); batch && count < 2; batch = packer.next()) {
    const { loss } = await learner.accumulate(packedFeeds(batch, rows, length));
    sum += loss!;
    count++;
  }
  for (const gradient of learner.gradients.values()) gradient.fill(0);
  return sum / count;
}

/** The state of a pretraining run on disk: one file of tensors and one of counters, each replaced as a whole. */
class PretrainCheckpoint {
  readonly #directory: string;
  readonly #learner: Learner;

  constructor(directory: string, learner: Learner) {
    this.#directory = directory;
    this.#learner = learner;
  }

  #tensors(): Map<string, Float32Array> {
    const { parameters, optimizer } = this.#learner;
    const named = (prefix: string, tensors: ReadonlyMap<string, Float32Array>) =>
      [...tensors].map(([name, data]) => [`${prefix}${name}`, data] as const);
    return new Map([
      ...named('parameter:', parameters),
      ...named('first:', optimizer.first),
      ...named('second:', optimizer.second),
    ]);
  }

  async save(step: number, tokens: number): Promise<void> {
    const entries = [...this.#tensors()].map(([name, data]): [string, Tensor] => [
      name,
      { shape: [data.length], data },
    ]);
    await writeSafetensors(join(this.#directory, `step-${step}.safetensors`), new Map(entries));
    await replaceJson(join(this.#directory, 'state.json'), { step, tokens });
    for (let old = step - 1; old > 0 && old >= step - 1000; old--) {
      await rm(join(this.#directory, `step-${old}.safetensors`), { force: true });
    }
  }

  async load(): Promise<{ step: number; tokens: number }> {
    const path = join(this.#directory, 'state.json');
    const found = await readFile(path).catch(() => undefined);
    if (!found) return { step: 0, tokens: 0 };
    const state = await readJson(path, stateSchema, 'delete the folder to start anew');
    const saved = await readSafetensors(join(this.#directory, `step-${state.step}.safetensors`));
    for (const [name, data] of this.#tensors()) data.set(saved.get(name)!.data);
    this.#learner.optimizer.steps = state.step;
    return state;
  }
}
