/**
 * Sampling, completing and training with a model of SmolLM2-135M's shape, beside llama.cpp (through node-llama-cpp) and
 * PyTorch with transformers and PEFT. A peer that is not to be had here is left out, with a word.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Weights } from '../../../trainer/model/weights.ts';
import { PromptSession } from '../../../trainer/policy/promptSession.ts';
import { Sampler } from '../../../trainer/policy/sampler.ts';
import { Random } from '../../../trainer/random.ts';
import { type GgufFormat, writeGguf } from '../engine/ggufFile.ts';
import { LlamaCppPeer } from '../engine/llamaCppPeer.ts';
import { config, randomTokens, randomWeights } from '../engine/smolLm2.ts';
import type { TrainingAnswer, TrainingRequest } from '../engine/trainingWorker.ts';
import { batched, promptsOf, type SamplingWork, single, training } from '../engine/work.ts';
import { pytorchPeer, Worker } from '../engine/worker.ts';
import { compare, type Figure } from '../figure.ts';

const rounds = 3;
const engineFiles = join(import.meta.dirname, '../engine');
const works = {
  batched: { ...batched, title: 'sampling 8 x 8 x 64' },
  single: { ...single, title: 'one sequence after 256 tokens' },
};

export async function* figures(): AsyncGenerator<Omit<Figure, 'suite'>> {
  const directory = await mkdtemp(join(tmpdir(), 'reinforce-bench-'));
  try {
    await using python = await pytorchPeer(join(engineFiles, 'pytorchPeer.py'), cpus().length);
    if (!python)
      console.warn('PyTorch, transformers or PEFT is missing: BENCH_PYTHON may name a Python that has them.');
    yield* trainingFigures(python);
    yield* samplingFigures(randomWeights(), directory, python);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function* samplingFigures(weights: Weights, directory: string, python: Worker | undefined) {
  for (const { precision, format } of [
    { precision: 'float32', format: 'F32' },
    { precision: 'int8', format: 'Q8_0' },
  ] as const) {
    await using sampler = await Sampler.create({ config, weights, precision, rows: 64 });
    const common = { unit: 'tokens/s', better: 'higher', rounds } as const;
    const figure = (work: keyof typeof works) => `${works[work].title}, ${precision}`;
    await using session = await PromptSession.create({ config, weights, precision });
    const ours = {
      batched: () => tokensPerSecond(sampler, batched),
      single: () => completionTokensPerSecond(session, single),
    };
    await using llama = await llamaCpp(directory, weights, format);
    if (llama) {
      for (const work of ['batched', 'single'] as const) {
        yield await compare({
          ...common,
          figure: figure(work),
          ours: ours[work],
          peer: { name: `llama.cpp ${format}`, measure: () => llama.tokensPerSecond(works[work]) },
        });
      }
    }
    if (!python) continue;
    // Fewer tokens than ours, which makes the past shorter and the peer no slower.
    const request = { task: 'generate', prompts: promptsOf(batched), tokens: 16 };
    yield await compare({
      ...common,
      figure: figure('batched'),
      ours: ours.batched,
      peer: { name: 'transformers float32', measure: async () => Number(await python.ask(request)) },
    });
  }
}

/** The same measure as llama.cpp's: from when every sequence has its first token. */
async function tokensPerSecond(sampler: Sampler, work: SamplingWork): Promise<number> {
  const sequences = work.prompts * work.completions;
  let [chosen, started, ended] = [0, 0, 0];
  await sampler.generate(
    Array.from({ length: work.prompts }, (_, prompt) => ({
      tokens: randomTokens(work.promptTokens, prompt),
      samples: Array.from({ length: work.completions }, (_, at) => ({
        random: new Random('bench', prompt, at),
        endsWith: () => {
          ended = performance.now();
          if (++chosen === sequences) started = ended;
          return false;
        },
      })),
    })),
    { temperature: 1, maxTokens: work.tokens },
  );
  return (1000 * (chosen - sequences)) / (ended - started);
}

const likeliest = (logits: Float32Array): number => {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  return best;
};

/** What inline completions are written with; also from the first token on. */
async function completionTokensPerSecond(session: PromptSession, work: SamplingWork): Promise<number> {
  const tokens = randomTokens(work.promptTokens, 0);
  session.clear();
  let started = 0;
  for (let written = 0; written < work.tokens; written++) {
    const logits = await session.logitsAfter(tokens);
    tokens.push(likeliest(logits));
    if (written === 0) started = performance.now();
  }
  return (1000 * (work.tokens - 1)) / (performance.now() - started);
}

async function llamaCpp(directory: string, weights: Weights, format: GgufFormat) {
  const path = join(directory, `${format}.gguf`);
  try {
    await writeGguf(path, weights, format);
    return await LlamaCppPeer.load(path);
  } catch (error) {
    console.warn(`llama.cpp is left out: ${(error as Error).message}`);
    return undefined;
  }
}

async function* trainingFigures(python: Worker | undefined) {
  await using worker = new Worker(process.execPath, [
    '--no-warnings',
    join(engineFiles, 'trainingWorker.ts'),
  ]);
  await worker.answer();
  const step = async (request: TrainingRequest) => (await worker.ask(request)) as TrainingAnswer;
  const figure = 'training 64 x (128 + 64), LoRA 16';
  const shared = () => step({ share: true, groups: training.groups });
  // Two of the eight groups, a group a micro-batch: as fast as eight, and as PyTorch gets.
  const ours = async () => (await step({ share: true, groups: 2 })).tokensPerSecond;
  const { peak } = await shared();
  yield {
    figure: `${figure}: peak memory`,
    value: peak / 1e9,
    unit: 'GB',
    peer: null,
    peerValue: null,
    ratio: null,
    spread: 0,
  };
  const common = { figure, unit: 'tokens/s', better: 'higher', ours, rounds } as const;
  yield await compare({
    ...common,
    peer: {
      name: 'this engine, prompts not shared',
      measure: async () => (await step({ share: false, groups: 2 })).tokensPerSecond,
    },
  });
  if (!python) return;
  for (const dtype of ['float32', 'bfloat16']) {
    const sequences = Array.from({ length: 16 }, (_, at) =>
      randomTokens(training.promptTokens + training.tokens, at),
    );
    const request = { task: 'train', dtype, sequences, promptTokens: training.promptTokens };
    yield await compare({
      ...common,
      peer: { name: `PyTorch + PEFT, ${dtype}`, measure: async () => Number(await python.ask(request)) },
    });
  }
}
