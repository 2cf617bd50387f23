import type { Reward } from '../../sandbox/reward.ts';
import type { Split } from '../../sandbox/tasks/task.ts';

/**
 * Why sampling of an action stopped: the function's closing brace, a stop sequence of the settings, the end-of-text
 * token, or the token limit.
 */
export type StopReason = 'function-end' | 'stop-sequence' | 'end-of-text' | 'length';

/** One observation and the action that answers it, as the token ids that were really fed and sampled. */
export interface Step {
  /** Token ids that the policy read (for the first step: the prompt). They carry no loss. */
  readonly observation: readonly number[];
  /** Token ids that the policy sampled, the end-of-text token included if it was sampled. */
  readonly action: readonly number[];
  /** Behaviour log-probability of each action token, under the sampling temperature. Same length as `action`. */
  readonly logp: readonly number[];
  readonly stop: StopReason;
}

/** One try at one task: one or more steps, ended by one reward. */
export interface Episode {
  readonly id: string;
  readonly taskId: string;
  readonly split: Split;
  /** The episodes of one task from one policy version share this. */
  readonly group: string;
  /** Adapter version of the behaviour policy; 0 is the base model. */
  readonly policyVersion: number;
  readonly steps: readonly Step[];
  /** The text that replaced the function's body. */
  readonly completion: string;
  readonly reward: Reward;
}
