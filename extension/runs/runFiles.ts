/** The runs of a workspace folder and the adapters that they left, read from their small files alone. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Score, Scores, ScoresFile } from '../../trainer/protocol.ts';
import { scoresFile, trainerFolder } from '../../trainer/protocol.ts';
import { isAlive } from '../background/isAlive.ts';

export type RunState = 'running' | 'finished' | 'stopped' | 'failed' | 'interrupted';

/** Weights that can be used: a run's best by held-out tasks, or its last. */
export interface FoundAdapter {
  readonly kind: 'best' | 'last';
  readonly directory: string;
  readonly run: string;
  /** Directory of the base model that it belongs to. */
  readonly model: string;
  readonly step: number;
  /** Held-out score of the base model and of the adapter, as far as they were measured. */
  readonly before?: Score | undefined;
  readonly after?: Score | undefined;
}

export interface FoundRun {
  readonly id: string;
  readonly directory: string;
  readonly state: RunState;
  /** Why it is over, as a sentence, where the run says so. */
  readonly reason?: string | undefined;
  readonly created: string;
  /** Learner steps done as far as checkpoints tell, and those that it was to have. */
  readonly step: number;
  readonly steps?: number | undefined;
  /** The best first. */
  readonly adapters: readonly FoundAdapter[];
}

export const runsFolder = (workspace: string) => join(workspace, trainerFolder, 'runs');

/**
 * The runs of a folder, newest first; what cannot be read is left out, for the reward log says why.
 *
 * @param known runs by directory that need not be read again.
 */
export async function findRuns(
  workspace: string,
  known: ReadonlyMap<string, FoundRun> = new Map(),
): Promise<FoundRun[]> {
  const root = runsFolder(workspace);
  const names = (await readdir(root).catch(() => [])).sort().reverse();
  const runs = await Promise.all(
    names.map((name) => {
      const directory = join(root, name);
      return known.get(directory) ?? readRun(directory, name);
    }),
  );
  return runs.filter((run) => run !== undefined);
}

/** What of run.json is shown. */
interface RunFile {
  readonly created: string;
  readonly model: string;
  readonly config?: { readonly steps?: number };
  readonly status: { readonly state: Exclude<RunState, 'interrupted'>; readonly reason?: string };
}

interface Evaluation {
  readonly step: number;
  readonly scores: Scores;
}

async function readRun(directory: string, id: string): Promise<FoundRun | undefined> {
  const info = await readJson<RunFile>(join(directory, 'run.json'));
  if (!info?.status || typeof info.model !== 'string') return undefined;
  const { state, reason } = info.status;
  const evaluations = await readEvaluations(join(directory, 'events.jsonl'));
  const before = evaluations.find(({ step }) => step === 0)?.scores.heldOut;
  const common = { run: id, model: info.model, before };
  const measured = (step: number) => evaluations.findLast((each) => each.step === step)?.scores.heldOut;

  const adapters: FoundAdapter[] = [];
  const best = join(directory, 'best');
  const about = await readJson<{ readonly step: number; readonly heldOut: Score }>(join(best, 'about.json'));
  if (about) {
    const after = (await freshScore(best)) ?? about.heldOut;
    adapters.push({ ...common, kind: 'best', directory: best, step: about.step, after });
  }
  const step = (await checkpointSteps(directory)).at(-1) ?? 0;
  if (step > 0) {
    const last = join(directory, 'checkpoints', `step-${step}`);
    const after = (await freshScore(last)) ?? measured(step);
    adapters.push({ ...common, kind: 'last', directory: last, step, after });
  }
  const interrupted = state === 'running' && !(await isLocked(directory));
  return {
    id,
    directory,
    state: interrupted ? 'interrupted' : state,
    reason,
    created: info.created,
    step,
    steps: info.config?.steps,
    adapters,
  };
}

async function freshScore(adapter: string): Promise<Score | undefined> {
  return (await readJson<ScoresFile>(join(adapter, scoresFile)))?.scores?.heldOut;
}

async function checkpointSteps(run: string): Promise<number[]> {
  const names = await readdir(join(run, 'checkpoints')).catch(() => []);
  return names
    .flatMap((name) => /^step-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

async function readEvaluations(path: string): Promise<Evaluation[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    if (!line.includes('"evaluation"')) return [];
    const event = parse<Evaluation & { readonly event: string }>(line);
    return event?.event === 'evaluation' && event.scores?.heldOut ? [event] : [];
  });
}

/** Whether a process that lives has the run's lock. */
async function isLocked(run: string): Promise<boolean> {
  const names = (await readdir(run).catch(() => [])).filter((name) => /^lock\.\d+$/.test(name));
  for (const name of names) {
    const owner = await readJson<{ readonly pid: number }>(join(run, name));
    if (owner && isAlive(owner.pid)) return true;
  }
  return false;
}

async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parse<T>(text);
}

/** Files of an interrupted or older program may hold anything: then they say nothing. */
function parse<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** Whether an adapter's weights are (still) there. */
export async function isAdapter(directory: string): Promise<boolean> {
  const found = await stat(join(directory, 'adapter_config.json')).catch(() => undefined);
  return found?.isFile() ?? false;
}

/** `tasks.json` of a run, for lists that need not collect anew. */
export async function readTaskList<T>(run: string): Promise<readonly T[] | undefined> {
  return (await readJson<{ readonly tasks: readonly T[] }>(join(run, 'tasks.json')))?.tasks;
}
