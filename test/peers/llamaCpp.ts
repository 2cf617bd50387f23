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

/** Installs node-llama-cpp where it is missing, and loads it. Linux on x64 only. */
export async function loadLlamaCpp(): Promise<LlamaCpp> {
  const folder = import.meta.dirname;
  const entry = join(folder, 'node_modules', 'node-llama-cpp', 'dist', 'index.js');
  if (!existsSync(entry)) {
    // Not `npm ci`: that wants every other platform's binaries in the lockfile, of which some are not published.
    const words = ['install', '--no-save', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
    await execa('npm', words, { cwd: folder, env: { NODE_LLAMA_CPP_SKIP_DOWNLOAD: 'true' } });
  }
  return import(pathToFileURL(entry).href);
}
