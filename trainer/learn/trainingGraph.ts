/** The graph of one training step: forward pass, objective and backward pass in one model. */
import { gradients } from '../graph/autodiff.ts';
import { Graph, type Value } from '../graph/graph.ts';
import { div, exp, gather, logSoftmax, mul, neg, pick, reduceSum, reshape } from '../graph/ops.ts';
import type { LoraShape } from '../model/adapter.ts';
import type { LlamaConfig } from '../model/config.ts';
import { fullAttention, Llama } from '../model/llama.ts';
import { type Objective, weightedSum, whereCounted } from './objective.ts';

export interface PolicyGraphOptions {
  readonly config: LlamaConfig;
  readonly lora?: LoraShape | undefined;
  /**
   * Which tokens are actions. `some`: the input `rows` [B, A] holds, for each action token, the index (into B·T) of
   * the token before it, so that logits are computed only there. `all`: every token predicts the next, and A is T.
   */
  readonly actions: 'some' | 'all';
  /** Whether each sequence has an attention mask of its own (packed documents) or all share the causal one. */
  readonly masks: 'shared' | 'own';
}

/** The policy's log-probabilities of given tokens, as graph. Inputs: tokens, positions, mask, targets, rows. */
export function policyGraph({ config, lora, actions, masks }: PolicyGraphOptions): {
  graph: Graph;
  /** [B, A] */
  logp: Value;
  /** Entropy of the policy at each action [B, A], in nats. */
  entropy: Value;
} {
  const graph = new Graph();
  const tokens = graph.input('tokens', ['B', 'T'], 'int64');
  const positions = graph.input('positions', ['B', 'T'], 'int64');
  const mask = graph.input('mask', [masks === 'own' ? 'B' : 1, 1, 'T', 'T']);
  const llama = new Llama(graph, config, lora);
  let hidden = llama.hidden(tokens, positions, fullAttention(mask));
  if (actions === 'some') {
    const rows = graph.input('rows', ['B', 'A'], 'int64');
    hidden = gather(reshape(hidden, ['B*T', config.hiddenSize]), rows);
  }
  const targets = graph.input('targets', ['B', actions === 'some' ? 'A' : 'T'], 'int64');
  const logits = div(llama.logits(hidden), graph.input('temperature', []));
  const logProbabilities = logSoftmax(logits);
  const entropy = neg(reduceSum(mul(exp(logProbabilities), logProbabilities), [-1]));
  return { graph, logp: pick(logProbabilities, targets), entropy: reshape(entropy, targets.shape) };
}

/** Forward, objective and backward: outputs `loss`, the objective's metrics, and `grad:<name>` a parameter. */
export function trainingGraph(
  options: PolicyGraphOptions & { readonly objective: Objective; readonly trainable: readonly string[] },
): Record<string, Value> {
  const { graph, logp, entropy } = policyGraph(options);
  const tensor = (name: string) => graph.input(name, logp.shape);
  const weight = tensor('weight');
  const { loss, metrics } = options.objective({
    weight,
    logp: whereCounted(logp, weight),
    logpOld: whereCounted(tensor('logpOld'), weight),
    logpRef: whereCounted(tensor('logpRef'), weight),
    advantage: whereCounted(tensor('advantage'), weight),
  });
  const parameters = options.trainable.map((name) => graph.inputs.get(name)!);
  const outputs: Record<string, Value> = { loss, ...metrics, entropy: weightedSum(entropy, weight) };
  for (const [at, grad] of gradients(loss, parameters).entries())
    outputs[`grad:${options.trainable[at]}`] = grad;
  return outputs;
}
