/** How far an optimizer step goes, where nobody says. */
import type { LlamaConfig } from '../model/config.ts';
import { parameterCount } from '../model/weightMemory.ts';
import type { TrainSettings } from './settings.ts';

/** Settings of which the learning rate is decided. */
export type DecidedSettings = TrainSettings & { readonly learningRate: number };

const few = 30e6;

/** What the embedded model learns with, and for larger ones what was tried with SmolLM2-135M (docs/models.md). */
export const usualLearningRate = (config: LlamaConfig): number =>
  parameterCount(config) < few ? 1.5e-3 : 3e-4;

/** The settings as a run keeps them. */
export function withLearningRate(settings: TrainSettings, config: LlamaConfig): DecidedSettings {
  return { ...settings, learningRate: settings.learningRate ?? usualLearningRate(config) };
}
