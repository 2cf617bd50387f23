/** An adapter added to the weights that it was trained beside, so that a model that is only used needs no adapter. */
import { Graph } from '../graph/graph.ts';
import { add, matMul } from '../graph/ops.ts';
import { Program } from '../graph/program.ts';
import type { Adapter } from './peft.ts';
import type { Tensor } from './safetensors.ts';

export class AdapterSum implements AsyncDisposable {
  readonly #adapter: Adapter;
  readonly #program: Program;

  private constructor(adapter: Adapter, program: Program) {
    this.#adapter = adapter;
    this.#program = program;
  }

  static async create(adapter: Adapter): Promise<AdapterSum> {
    const { rank, alpha } = adapter.lora;
    const graph = new Graph();
    const weight = graph.input('weight', ['O', 'I']);
    const product = matMul(graph.input('b', ['O', rank]), graph.input('a', [rank, 'I']), {
      alpha: alpha / rank,
    });
    return new AdapterSum(adapter, await Program.compile({ sum: add(weight, product) }));
  }

  /** The weight [O, I] of that name, plus (alpha/rank)·B·A where the adapter has such a pair for it. */
  async of(name: string, weight: Tensor): Promise<Tensor> {
    const module = name.replace(/\.weight$/, '');
    const [a, b] = ['A', 'B'].map((matrix) => this.#adapter.tensors.get(`${module}.lora_${matrix}.weight`));
    if (!a || !b) return weight;
    const { sum } = await this.#program.run<'sum'>({ weight, a, b });
    return { shape: weight.shape, data: sum.data as Float32Array };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
  }
}
