/**
 * What a training takes of memory at its peak, beside what it was told to take before it began (a ratio above 1: it was
 * told to take more). One step with random weights, each in a process of its own; about ten minutes on two cores. Every try
 * is as long as it may be, where a training is told by tries that are a third of that on average: what the largest steps
 * here take is more than told.
 */
import { join } from 'node:path';
import { execa } from 'execa';
import type { Figure } from '../figure.ts';
import type { MemoryAnswer, MemoryRequest } from '../memory/worker.ts';

/** Small enough that the model takes a good part of the whole. */
const short = { tasksPerStep: 2, tries: 8, promptTokens: 96, maxTokens: 32, evaluationTries: 2 };
const frugal = { ...short, activationCheckpointing: true, microBatchTokens: 512 };
const least = { ...frugal, tasksPerStep: 1, tries: 4, promptTokens: 64, maxTokens: 16 };

const requests: readonly MemoryRequest[] = [
  { shape: 'the embedded model', settings: {} },
  { shape: 'the embedded model', settings: { activationCheckpointing: true } },
  ...(['float32', 'float16', 'int8', 'int4'] as const).map(
    (baseWeights): MemoryRequest => ({ shape: 'SmolLM2-135M', settings: { ...frugal, baseWeights } }),
  ),
  { shape: 'SmolLM2-135M', settings: short },
  ...(['float32', 'float16', 'int8', 'int4'] as const).map(
    (baseWeights): MemoryRequest => ({ shape: 'Qwen2.5-0.5B', settings: { ...least, baseWeights } }),
  ),
  { shape: 'Qwen2.5-0.5B', settings: { ...least, activationCheckpointing: false, baseWeights: 'int8' } },
  { shape: 'Qwen2.5-1.5B', settings: { ...least, baseWeights: 'int8' } },
];

export async function* figures(): AsyncGenerator<Omit<Figure, 'suite'>> {
  for (const request of requests) {
    const worker = join(import.meta.dirname, '../memory/worker.ts');
    const { stdout } = await execa(process.execPath, ['--no-warnings', worker, JSON.stringify(request)]);
    const { predicted, peak }: MemoryAnswer = JSON.parse(stdout);
    yield {
      figure: titleOf(request),
      value: peak / 1e9,
      unit: 'GB',
      peer: 'as told before',
      peerValue: predicted.total / 1e9,
      ratio: predicted.total / peak,
      spread: 0,
    };
  }
}

function titleOf({ shape, settings }: MemoryRequest): string {
  const { baseWeights = 'float32', activationCheckpointing, tasksPerStep = 16, tries = 8 } = settings;
  const checkpointing = activationCheckpointing ? ', checkpointing' : '';
  return `${shape}, ${baseWeights}, ${tasksPerStep} x ${tries} tries${checkpointing}`;
}
