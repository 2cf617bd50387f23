import { neg } from '../../graph/ops.ts';
import { type Objective, weightedSum } from '../objective.ts';

/** Supervised fine-tuning: the negative log-likelihood of the action tokens. */
export const sft: Objective = ({ logp, weight }) => ({ loss: weightedSum(neg(logp), weight), metrics: {} });
