/**
 * What is done to an attention cache that stays in a device's memory: programs that move its keys and values about.
 *
 * Axis letters: B, A, G and N sequences, P and C tokens that they have room for, K key-value heads, D head size.
 */
import { Graph, type Value } from '../graph/graph.ts';
import { add, concat, gather, lessOrEqual, reshape, select } from '../graph/ops.ts';
import { type CompileOptions, Program } from '../graph/program.ts';
import type { Feed, ResidentTensors } from '../graph/residentTensor.ts';
import type { LlamaConfig } from '../model/config.ts';

/** What is done to all keys and values at once; compiled when first needed, for all calls of a sampler. */
export class CachePrograms implements AsyncDisposable {
  readonly #config: LlamaConfig;
  readonly #options: CompileOptions;
  readonly #programs = new Map<keyof typeof changes, Promise<Program>>();

  constructor(config: LlamaConfig, options: CompileOptions) {
    this.#config = config;
    this.#options = options;
  }

  get config(): LlamaConfig {
    return this.#config;
  }

  /** Runs one of the changes; what comes out is the caller's, by layer and kind (`key.<layer>`, `value.<layer>`). */
  async run(
    change: keyof typeof changes,
    inputs: Readonly<Record<string, ReadonlyMap<string, Feed>>>,
    others: Readonly<Record<string, Feed>> = {},
  ): Promise<ResidentTensors> {
    const program = this.#programs.get(change) ?? this.#compile(change);
    this.#programs.set(change, program);
    const feeds: Record<string, Feed> = { ...others };
    for (const [role, tensors] of Object.entries(inputs)) {
      for (const [name, feed] of tensors) feeds[`${role}:${name}`] = feed;
    }
    return (await (await program).runKeeping(feeds)).kept;
  }

  #compile(change: keyof typeof changes): Promise<Program> {
    const graph = new Graph();
    const { keyValueHeads: K, headDim: D } = this.#config;
    const build = changes[change](graph, this.#config);
    const outputs = tensorNames(this.#config).map((name): [string, Value] => [
      name,
      build((role, rows, columns) => graph.input(`${role}:${name}`, [rows, K, columns, D])),
    ]);
    return Program.compile(Object.fromEntries(outputs), { ...this.#options, kept: () => true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const program of this.#programs.values()) await (await program)[Symbol.asyncDispose]();
  }
}

type Tensor = (role: string, rows: string | number, columns: string | number) => Value;

/** Each for one tensor of one layer. */
const changes = {
  /** Writes a new column where `fresh` [B, 1, C, 1] is 1, and then takes the rows of `order`. */
  append: (graph: Graph) => {
    const fresh = lessOrEqual(graph.constant([0.5], []), graph.input('fresh', ['B', 1, 'C', 1]));
    const order = graph.input('order', ['N'], 'int64');
    return (tensor: Tensor) =>
      gather(select(fresh, tensor('column', 'B', 1), tensor('cached', 'B', 'C')), order);
  },
  /** Doubles the room. What stands in the new half is never looked at. */
  grow: () => (tensor: Tensor) => {
    const cached = tensor('cached', 'B', 'C');
    return concat([cached, cached], 2);
  },
  join: () => (tensor: Tensor) => concat([tensor('first', 'A', 'P'), tensor('second', 'B', 'P')], 0),
  choose: (graph: Graph) => {
    const chosen = graph.input('chosen', ['G'], 'int64');
    return (tensor: Tensor) => gather(tensor('all', 'A', 'P'), chosen);
  },
  /**
   * Of one sequence: column i of the result is column `source[i]` [N] of the cached ones with those that are new behind
   * them. `heads` [K, 1] says where each head begins among the columns of all.
   */
  pick: (graph: Graph, { keyValueHeads: K, headDim: D }: LlamaConfig) => {
    const source = add(graph.input('heads', [K, 1], 'int64'), graph.input('source', ['N'], 'int64'));
    return (tensor: Tensor) => {
      const columns = reshape(concat([tensor('cached', 1, 'C'), tensor('column', 1, 'T')], 2), [
        'K*(C+T)',
        D,
      ]);
      return reshape(gather(columns, source), [1, K, 'N', D]);
    };
  },
} satisfies Record<string, (graph: Graph, config: LlamaConfig) => (tensor: Tensor) => Value>;

export const tensorNames = ({ layers }: LlamaConfig): string[] =>
  Array.from({ length: layers }, (_, layer) => [`key.${layer}`, `value.${layer}`]).flat();
