/** How well a model, with an adapter or without, does at a workspace's tasks. */
import type { FoundAdapter } from '../cli/adapter.ts';
import { loadPolicy } from '../cli/policy.ts';
import type { Device } from '../graph/program.ts';
import { Actor } from '../rollout/actor.ts';
import { type Evaluation, evaluate } from '../run/evaluate.ts';
import { withPromptShape } from '../run/promptShape.ts';
import type { TrainSettings } from '../run/settings.ts';
import type { Collected } from './collect.ts';

export interface Measurement {
  /** Directory of the base model. */
  readonly model: string;
  readonly adapter?: FoundAdapter | undefined;
  readonly settings: TrainSettings;
  readonly device: Device;
}

export interface MeasureOptions {
  readonly signal?: AbortSignal | undefined;
  /** Awaited between tokens. */
  readonly gate?: (() => Promise<void>) | undefined;
  /** Tries that were graded, of all. */
  readonly onProgress?: (graded: number, of: number) => void;
}

/** A run is measured as it measured itself, so that the same tries come out again. */
export async function measure(
  { model, adapter, settings, device }: Measurement,
  { environment, mined }: Collected,
  { signal, gate, onProgress }: MeasureOptions = {},
): Promise<Evaluation> {
  await using policy = await loadPolicy(model, adapter, { device, rows: 128 });
  const asUsual = adapter?.run ? settings : withPromptShape(settings, policy.model);
  const actor = new Actor(policy.sampler, policy.model.tokenizer, environment, asUsual);
  const version = { version: adapter?.version ?? 0, adapter: policy.adapter };
  const of = mined.tasks.length * settings.evaluationTries;
  const { scores } = await evaluate(actor, mined.tasks, version, {
    tries: settings.evaluationTries,
    seed: [settings.seed, 'evaluation', version.version],
    signal,
    gate,
    onProgress: ({ graded }) => onProgress?.(graded, of),
  });
  return scores;
}
