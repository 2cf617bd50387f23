/**
 * llama.cpp through node-llama-cpp, as a peer to compare with. The package is large, so it has a package.json and a
 * lockfile of its own here and is installed when something first asks for it, not by the repository's `npm ci`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';

/** What is used of node-llama-cpp; its own types are there only once it is installed. */
export interface LlamaCpp {
  getLlama(options: {
    readonly gpu: false;
    readonly build: 'never';
    readonly maxThreads?: number;
    readonly logLevel?: 'error';
  }): Promise<Llama>;
}

export interface Llama extends AsyncDisposable {
  dispose(): Promise<void>;
  loadModel(options: { readonly modelPath: string; readonly useMmap?: boolean }): Promise<LlamaModel>;
}

export interface LlamaModel extends AsyncDisposable {
  dispose(): Promise<void>;
  createContext(options: {
    readonly contextSize: number;
    readonly sequences?: number;
    readonly batchSize?: number;
    readonly threads?: number;
    readonly lora?: string;
    readonly flashAttention?: boolean;
    readonly experimentalKvCacheKeyType?: 'F32';
    readonly experimentalKvCacheValueType?: 'F32';
  }): Promise<LlamaContext>;
  readonly tokenizer: (text: string, specialTokens?: boolean) => number[];
}

export interface LlamaContext extends AsyncDisposable {
  dispose(): Promise<void>;
  getSequence(): LlamaSequence;
}

export interface LlamaSequence {
  /** Token ids as the model chooses them, without end. Temperature 0 is greedy. */
  evaluate(
    tokens: readonly number[],
    options: {
      readonly temperature: number;
      readonly topK?: number;
      readonly topP?: number;
      readonly seed?: number;
      readonly yieldEogToken?: boolean;
    },
  ): AsyncGenerator<number, void>;
  dispose(): void;
}

/** Greedy continuations by llama.cpp with everything in float32, which end with an end-of-generation token. */
export async function continuations(
  model: LlamaModel,
  prompts: readonly (readonly number[])[],
  length: number,
  lora?: string,
): Promise<number[][]> {
  const results: number[][] = [];
  for (const prompt of prompts) {
    await using context = await model.createContext({
      contextSize: 256,
      threads: 1,
      // Its default is float16, which changes the choice between tokens that are nearly as good.
      flashAttention: false,
      experimentalKvCacheKeyType: 'F32',
      experimentalKvCacheValueType: 'F32',
      ...(lora === undefined ? {} : { lora }),
    });
    const tokens: number[] = [];
    const sequence = context.getSequence();
    for await (const token of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
      tokens.push(token);
      if (tokens.length === length) break;
    }
    results.push(tokens);
  }
  return results;
}

const [llamaVersion, koffiVersion] = ['3.22.0', '3.3.4'];
const folder = import.meta.dirname;
const modules = join(folder, 'node_modules');
const platform = `${process.platform}-${process.arch}`;

/** Whether there are binaries of llama.cpp for this platform that these tests have been run with or could be. */
export const hasLlamaCpp = platform === 'linux-x64' || platform === 'linux-arm64';
export const whyNoLlamaCpp = `There is no llama.cpp to compare with on ${platform}, only on Linux with x64 or arm64.`;

/** Installs node-llama-cpp where it is missing, and loads it. */
export async function loadLlamaCpp(): Promise<LlamaCpp> {
  await install();
  return import(pathToFileURL(join(modules, 'node-llama-cpp', 'dist', 'index.js')).href);
}

interface NativeLibrary {
  func(name: string, result: string, parameters: readonly string[]): (...values: unknown[]) => unknown;
}

/** Loaded once and kept: it does not bear being let go, by the garbage collector too, and loaded again. */
let library: Promise<NativeLibrary> | undefined;

async function loadLibrary(): Promise<NativeLibrary> {
  await install();
  const { default: koffi } = await import(pathToFileURL(join(modules, 'koffi', 'index.js')).href);
  return koffi.load(join(modules, '@node-llama-cpp', platform, 'bins', platform, 'libggml-base.so'));
}

/** What llama.cpp's own function makes of `count` stored numbers; `name` is for example dequantize_row_q4_0. */
export async function callDequantize(name: string, stored: Uint8Array, count: number): Promise<Float32Array> {
  library ??= loadLibrary();
  const values = new Float32Array(count);
  (await library).func(name, 'void', ['const void *', 'float *', 'int64_t'])(stored, values, count);
  return values;
}

async function install(): Promise<void> {
  if (!hasLlamaCpp) throw new Error(whyNoLlamaCpp);
  const binaries = {
    [`@node-llama-cpp/${platform}`]: llamaVersion,
    [`@koromix/koffi-${platform}`]: koffiVersion,
  };
  if (Object.keys(binaries).every((name) => existsSync(join(modules, name)))) return;
  // Not `npm ci`: that takes the binaries of every graphics card too, and wants some that are not published.
  const words = ['install', '--no-save', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
  const packages = Object.entries(binaries).map(([name, version]) => `${name}@${version}`);
  const env = { NODE_LLAMA_CPP_SKIP_DOWNLOAD: 'true' };
  await execa('npm', [...words, ...packages], { cwd: folder, env });
}
