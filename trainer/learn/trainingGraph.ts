/** The graph of one training step: forward pass, objective and backward pass in one model. */
import { gradients } from '../graph/autodiff.ts';
import { Graph, type Value } from '../graph/graph.ts';
import { div, exp, gather, matMul, neg, reshape, targetLogp } from '../graph/ops.ts';
import type { LoraShape } from '../model/adapter.ts';
import type { LlamaConfig } from '../model/config.ts';
import { fullAttention, Llama } from '../model/llama.ts';
import { allTokens, sharedPrefixAttention, sharedPrefixInputs } from '../model/sharedPrefix.ts';
import { type Objective, weightedSum, whereCounted } from './objective.ts';

export interface PolicyGraphOptions {
  readonly config: LlamaConfig;
  readonly lora?: LoraShape | undefined;
  /**
   * Which tokens are actions. `some`: the input `rows` [B, A] holds, for each action token, the index (among all tokens)
   * of the token before it, so that logits are computed only there. `all`: every token predicts the next, and A is T.
   */
  readonly actions: 'some' | 'all';
  /**
   * Whether each sequence has an attention mask of its own (packed documents), all share the causal one, or those of a
   * group share their prompt (`sharedPrefix.ts` says how; only with `actions: 'some'`, which then stand in one row: B is 1).
   */
  readonly masks: 'shared' | 'own' | 'group';
}

/** The policy's log-probabilities of given tokens, as graph. Inputs: tokens, positions, mask, targets, rows. */
export function policyGraph(options: PolicyGraphOptions): {
  graph: Graph;
  /** [B, A] */
  logp: Value;
  /** Entropy of the policy at each action [B, A], in nats. */
  entropy: Value;
  /** What goes into each block. */
  blockInputs: readonly Value[];
} {
  const { config, lora, actions } = options;
  const graph = new Graph();
  const llama = new Llama(graph, config, lora);
  let hidden = hiddenStates(llama, graph, options);
  const grouped = options.masks === 'group';
  const shape = [grouped ? 1 : 'B', actions === 'some' ? 'A' : 'T'];
  if (actions === 'some') {
    const rows = graph.input('rows', shape, 'int64');
    hidden = gather(reshape(hidden, [grouped ? allTokens : 'B*T', config.hiddenSize]), rows);
  }
  const targets = graph.input('targets', shape, 'int64');
  // Divided here, where it is small, instead of the logits.
  const cooled = div(hidden, graph.input('temperature', []));
  const { logProbabilities, logp } = targetLogp(cooled, llama.head(), targets);
  const rowsOf = (x: Value) => reshape(x, [...targets.shape, 1, config.vocabSize]);
  const entropy = neg(matMul(rowsOf(exp(logProbabilities)), rowsOf(logProbabilities), { transB: true }));
  return { graph, logp, entropy: reshape(entropy, targets.shape), blockInputs: llama.blockInputs };
}

function hiddenStates(llama: Llama, graph: Graph, { masks }: PolicyGraphOptions): Value {
  if (masks === 'group') {
    const inputs = sharedPrefixInputs(graph);
    return llama.hidden(inputs.tokens, inputs.positions, sharedPrefixAttention(inputs));
  }
  const tokens = graph.input('tokens', ['B', 'T'], 'int64');
  const positions = graph.input('positions', ['B', 'T'], 'int64');
  const mask = graph.input('mask', [masks === 'own' ? 'B' : 1, 1, 'T', 'T']);
  return llama.hidden(tokens, positions, fullAttention(mask));
}

export interface TrainingGraphOptions extends PolicyGraphOptions {
  readonly objective: Objective;
  readonly trainable: readonly string[];
  /** Whether each block but the last is computed a second time for its gradients, instead of being kept until then. */
  readonly checkpointing?: boolean | undefined;
}

/** Forward, objective and backward: outputs `loss`, the objective's metrics, and `grad:<name>` a parameter. */
export function trainingGraph(options: TrainingGraphOptions): Record<string, Value> {
  const { graph, logp, entropy, blockInputs } = policyGraph(options);
  const tensor = (name: string) => graph.input(name, logp.shape);
  const weight = tensor('weight');
  const { loss, metrics } = options.objective({
    weight,
    logp: whereCounted(logp, weight),
    logpOld: whereCounted(tensor('logpOld'), weight),
    logpRef: whereCounted(tensor('logpRef'), weight),
    advantage: whereCounted(tensor('advantage'), weight),
  });
  const checkpoints = options.checkpointing ? blockInputs : [];
  const parameters = options.trainable.map((name) => graph.inputs.get(name)!);
  const outputs: Record<string, Value> = {};
  for (const [at, grad] of gradients(loss, parameters, checkpoints).entries())
    outputs[`grad:${options.trainable[at]}`] = grad;
  // Last come those that can be computed first: the runtime begins with them, and then forgets the logits.
  return { ...outputs, loss, ...metrics, entropy: weightedSum(entropy, weight) };
}
