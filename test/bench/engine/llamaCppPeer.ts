/** What llama.cpp, through node-llama-cpp, takes for the benchmark's work. */
import { cpus } from 'node:os';
import { type LlamaModel, loadLlamaCpp } from '../../peers/llamaCpp.ts';
import { longestMeasurement, promptsOf, type SamplingWork } from './work.ts';

export class LlamaCppPeer implements AsyncDisposable {
  readonly #model: LlamaModel;
  readonly #dispose: () => Promise<void>;

  private constructor(model: LlamaModel, dispose: () => Promise<void>) {
    this.#model = model;
    this.#dispose = dispose;
  }

  static async load(modelPath: string): Promise<LlamaCppPeer> {
    const { getLlama } = await loadLlamaCpp();
    const threads = cpus().length;
    const llama = await getLlama({ gpu: false, build: 'never', maxThreads: threads, logLevel: 'error' });
    const model = await llama.loadModel({ modelPath });
    return new LlamaCppPeer(model, async () => {
      await model[Symbol.asyncDispose]();
      await llama[Symbol.asyncDispose]();
    });
  }

  /** Tokens written a second, from when every sequence has its first. llama.cpp batches what is evaluated at once. */
  async tokensPerSecond(work: SamplingWork): Promise<number> {
    const prompts = promptsOf(work);
    await using context = await this.#model.createContext({
      contextSize: work.promptTokens + work.tokens + 8,
      sequences: prompts.length,
      batchSize: Math.max(512, prompts.length),
      threads: cpus().length,
    });
    let [first, count, started, counted] = [0, 0, 0, 0];
    await Promise.all(
      prompts.map(async (prompt, at) => {
        const sequence = context.getSequence();
        let written = 0;
        for await (const _ of sequence.evaluate(prompt, {
          temperature: 1,
          // Its own default, and quicker than to choose from the whole vocabulary as ours does.
          topK: 40,
          topP: 1,
          seed: at + 1,
          yieldEogToken: true,
        })) {
          count++;
          if (written++ === 0 && ++first === prompts.length) {
            started = performance.now();
            counted = count;
          }
          const late = started > 0 && performance.now() - started > longestMeasurement;
          if (written === work.tokens || late) break;
        }
        sequence.dispose();
      }),
    );
    return (1000 * (count - counted)) / (performance.now() - started);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispose();
  }
}
