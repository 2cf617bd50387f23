/** Whose code the extension host ran, by the profiles that the probe takes of it. */
import { readFile } from 'node:fs/promises';
import type { Profiler, Runtime } from 'node:inspector';
import type { Stretch } from './eventLoop.ts';

/** A task of the event loop: what was computed without a break. Milliseconds are those of samples. */
export interface ProfiledTask {
  /** Milliseconds since the epoch at which it ended, to the length of a profile. */
  readonly time: number;
  /** In all, and with a function of ours on the stack. */
  readonly milliseconds: number;
  readonly own: number;
  /** The functions that most of it was spent in, callees included, with the milliseconds of each. */
  readonly functions: readonly string[];
}

/** A thread that others kept from computing is sampled late: no sample stands for longer than this many intervals. */
const longestSample = 2;
const namedFunctions = 12;

/** The tasks of the extension host in which code from a file whose URL holds `ours` ran, the longest share first. */
export async function ownTasks(
  file: string,
  ours: string,
  stretches: readonly Stretch[],
): Promise<ProfiledTask[]> {
  const lines = (await readFile(`${file}.profiles`, 'utf8')).trim().split('\n');
  const profiles = lines.map((line) => JSON.parse(line) as { time: number; profile: Profiler.Profile });
  const within = profiles.filter(({ time }) => stretches.some(({ from, to }) => time >= from && time <= to));
  if (within.length === 0) throw new Error('There is no profile of the extension host.');
  const tasks = within.flatMap(({ time, profile }) => tasksOf(profile, ours, time));
  return tasks.filter(({ own }) => own > 0).sort((a, b) => b.own - a.own);
}

function tasksOf(profile: Profiler.Profile, ours: string, end: number): ProfiledTask[] {
  const { nodes, samples = [], timeDeltas = [] } = profile;
  const frames = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const stackOf = (id: number): Runtime.CallFrame[] => {
    const stack = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) stack.push(frames.get(at)!);
    return stack;
  };
  const interval = median(timeDeltas);
  const tasks: ProfiledTask[] = [];
  let task: { milliseconds: number; own: number; functions: Map<string, number> } | undefined;
  let isOwn = false;
  let at = profile.startTime;
  for (const [i, id] of samples.entries()) {
    at += timeDeltas[i] ?? 0;
    const stack = stackOf(id);
    const leaf = stack[0]!.functionName;
    if (leaf === '(idle)' || leaf === '(program)') {
      task = undefined;
      continue;
    }
    if (!task) {
      task = { milliseconds: 0, own: 0, functions: new Map() };
      const kept = task;
      const time = end - (profile.endTime - at) / 1000;
      tasks.push({
        time,
        get milliseconds() {
          return kept.milliseconds;
        },
        get own() {
          return kept.own;
        },
        get functions() {
          return longestOf(kept.functions);
        },
      });
    }
    const milliseconds = Math.min(timeDeltas[i + 1] ?? interval, longestSample * interval) / 1000;
    // Garbage is collected for whoever was at work.
    if (leaf !== '(garbage collector)') isOwn = stack.some(({ url }) => url.includes(ours));
    task.milliseconds += milliseconds;
    if (isOwn) task.own += milliseconds;
    for (const name of new Set(stack.map(nameOf))) {
      task.functions.set(name, (task.functions.get(name) ?? 0) + milliseconds);
    }
  }
  return tasks;
}

function nameOf({ functionName, url, lineNumber }: Runtime.CallFrame): string {
  const file = url.split('/').slice(-2).join('/');
  return `${functionName || '(anonymous)'} ${file}${file ? `:${lineNumber + 1}` : ''}`;
}

function longestOf(functions: ReadonlyMap<string, number>): string[] {
  const sorted = [...functions].sort((a, b) => b[1] - a[1]).slice(0, namedFunctions);
  return sorted.map(([name, milliseconds]) => `${milliseconds.toFixed(1)} ms ${name}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
