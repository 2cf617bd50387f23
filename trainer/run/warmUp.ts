import type { Device } from '../graph/program.ts';
import { imitate } from '../learn/imitate.ts';
import { Learner } from '../learn/learner.ts';
import type { Interruptible } from '../learn/learnFrom.ts';
import { sft } from '../learn/objectives/sft.ts';
import type { LoraShape } from '../model/adapter.ts';
import type { BaseModel } from '../model/loadModel.ts';
import type { Weights } from '../model/weights.ts';
import type { Episode } from '../rollout/episode.ts';
import type { DecidedSettings } from './learningRate.ts';

export interface WarmUpContext {
  readonly model: BaseModel;
  readonly settings: DecidedSettings;
  readonly device?: Device;
  /** The adapter, which is trained in place. */
  readonly adapter: { readonly lora: LoraShape; readonly tensors: Weights };
}

/**
 * Imitates completions that a person accepted, before the first step: the policy then tries tasks in that person's manner.
 *
 * @returns mean loss by pass, in nats a token.
 */
export async function warmUp(
  accepted: readonly Episode[],
  { model, settings, device, adapter }: WarmUpContext,
  interruptible: Interruptible,
): Promise<number[]> {
  await using learner = await Learner.create({
    config: model.config,
    weights: model.weights,
    checkpointing: settings.activationCheckpointing,
    ...(device ? { device } : {}),
    adapter,
    objective: sft,
    actions: 'some',
    masks: 'group',
    optimizer: { weightDecay: settings.weightDecay },
  });
  const seed = [settings.seed, 'accepted'];
  const losses = await imitate(accepted, settings.acceptedEpochs, learner, settings, seed, interruptible);
  await learner.toHost();
  return losses;
}
