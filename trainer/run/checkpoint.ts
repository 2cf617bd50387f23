/** Checkpoints: directories that are there as a whole or not at all. */
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { parseJson, readJson } from '../files/readJson.ts';
import { asWriteError, replaceFile, replaceJson, syncDirectory } from '../files/replaceFile.ts';
import { type Adapter, writeAdapter } from '../model/peft.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../model/safetensors.ts';
import type { Weights } from '../model/weights.ts';
import { type LogName, logNames } from './records.ts';

/** What training changes: an adapter, or all weights of the model. */
export type TrainedWeights =
  | { readonly kind: 'adapter'; readonly adapter: Adapter; readonly baseModel: string }
  /** `modelDirectory` lends its config and tokenizer, so that the checkpoint is a whole model. */
  | { readonly kind: 'full'; readonly weights: Weights; readonly modelDirectory: string };

/** What a run goes on from. */
export interface Checkpoint {
  /** Learner steps done. */
  readonly step: number;
  readonly trained: TrainedWeights;
  /** The optimizer's moments, by whatever names it gives them. */
  readonly optimizer: ReadonlyMap<string, Tensor>;
  /** Everything else that JSON can hold: random generators, counters, what is in the replay memory. */
  readonly state: unknown;
}

/** A checkpoint that was read back; its weights are at `path`, in a form that `readAdapter` or `loadWeights` reads. */
export interface StoredCheckpoint<State> {
  readonly path: string;
  readonly step: number;
  readonly optimizer: Map<string, Tensor>;
  readonly state: State;
  /** Bytes that each log had. */
  readonly logs: Readonly<Record<LogName, number>>;
}

/** A model's small files, which full weights are of no use without. Those that it has are copied. */
const companions = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];
const remedy = 'delete this checkpoint to resume from the one before';
const bytes = z.int().nonnegative();
const stateSchema = z.object({
  step: z.int().nonnegative(),
  logs: z.object(Object.fromEntries(logNames.map((name) => [name, bytes])) as Record<LogName, typeof bytes>),
  state: z.unknown(),
});

/**
 * Writes a checkpoint beside `path` and renames it there; an older one at `path` is replaced.
 *
 * @throws HumanError when the disk is full; nothing of the checkpoint is left then.
 */
export async function writeCheckpoint(
  path: string,
  checkpoint: Checkpoint,
  logs: Readonly<Record<LogName, number>>,
): Promise<void> {
  const { step, trained, optimizer, state } = checkpoint;
  await replaceDirectory(path, async (directory) => {
    await writeTrained(directory, trained);
    await writeSafetensors(join(directory, 'optimizer.safetensors'), optimizer);
    await replaceJson(join(directory, 'state.json'), { step, logs, state });
  });
}

/** Writes weights with what is to be said about them (`about.json`) as `writeCheckpoint` does. */
export async function writeBest(path: string, trained: TrainedWeights, about: unknown): Promise<void> {
  await replaceDirectory(path, async (directory) => {
    await writeTrained(directory, trained);
    await replaceJson(join(directory, 'about.json'), about);
  });
}

/** @throws HumanError naming the file of the checkpoint that is missing or damaged. */
export async function readCheckpoint<S extends z.ZodType>(
  path: string,
  schema: S,
): Promise<StoredCheckpoint<z.output<S>>> {
  const file = join(path, 'state.json');
  const { step, logs, state } = await readJson(file, stateSchema, remedy);
  const optimizer = await readSafetensors(join(path, 'optimizer.safetensors'));
  return { path, step, optimizer, logs, state: parseJson(JSON.stringify(state), file, schema, remedy) };
}

/** The checkpoints in a directory, oldest first. */
export async function listCheckpoints(directory: string): Promise<{ step: number; path: string }[]> {
  const names = await readdir(directory).catch(() => []);
  return names
    .flatMap((name) => {
      const step = /^step-(\d+)$/.exec(name)?.[1];
      return step === undefined ? [] : [{ step: Number(step), path: join(directory, name) }];
    })
    .sort((a, b) => a.step - b.step);
}

/** Removes all but the newest `keep` checkpoints. */
export async function pruneCheckpoints(directory: string, keep: number): Promise<void> {
  for (const { path } of (await listCheckpoints(directory)).slice(0, -keep)) {
    // Renamed first: a half-removed checkpoint must not look like a whole one.
    await rename(path, `${path}.old`);
    await rm(`${path}.old`, { recursive: true });
  }
}

/**
 * Ends what a killed process had begun in `directory`: half-written directories (`.new`) and files (`.tmp-<pid>`) and half-removed
 * directories (`.old`) go; where the kill fell between the two renames of a replacement, the old one comes back.
 */
export async function clearLeftovers(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => [] as string[]);
  for (const name of names) {
    if (name === 'best.old' && !names.includes('best')) {
      await rename(join(directory, name), join(directory, 'best'));
    } else if (/^(step-\d+|best)\.(new|old)$|\.tmp-\d+$/.test(name)) {
      await rm(join(directory, name), { recursive: true });
    }
  }
}

async function writeTrained(directory: string, trained: TrainedWeights): Promise<void> {
  if (trained.kind === 'adapter') return writeAdapter(directory, trained.adapter, trained.baseModel);
  for (const name of companions) {
    const content = await readFile(join(trained.modelDirectory, name)).catch(() => undefined);
    if (content) await replaceFile(join(directory, name), (file) => file.writeFile(content));
  }
  await writeSafetensors(join(directory, 'model.safetensors'), trained.weights);
}

async function replaceDirectory(path: string, fill: (directory: string) => Promise<void>): Promise<void> {
  const [fresh, old] = [`${path}.new`, `${path}.old`];
  try {
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    await fill(fresh);
    // A directory cannot be renamed onto a full one. Killed between the two, `clearLeftovers` brings the old one back.
    await rm(old, { recursive: true, force: true });
    await rename(path, old).catch(ignoreMissing);
    await rename(fresh, path);
    await syncDirectory(dirname(path));
    await rm(old, { recursive: true, force: true });
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error instanceof HumanError ? error : asWriteError(error, path);
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
