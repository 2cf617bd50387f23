/** Whose code the extension host ran, by the profiles that the probe takes of it. */
import { readFile } from 'node:fs/promises';
import type { Profiler, Runtime } from 'node:inspector';

/** A task of the event loop: what was computed without a break, in milliseconds. */
export interface ProfiledTask {
  readonly milliseconds: number;
  /** Of those, the ones with a function of ours on the stack, or in which our files were compiled. */
  readonly own: number;
  /** Whether files were compiled in it, as when an extension starts. */
  readonly loads: boolean;
  /** The functions that most of it was spent in, with what they called. */
  readonly functions: readonly string[];
}

/** A thread that others kept from computing is sampled late: no sample stands for more milliseconds than two intervals. */
const longestSample = 1;
const namedFunctions = 12;
/** Node's own functions that compile a file, which then runs. */
const compilers = new Set(['wrapSafe', 'compileFunctionForCJSLoader']);

/** All tasks of the profiles; ours is what comes from files whose URL holds `ours`. */
export async function profiledTasks(file: string, ours: string): Promise<ProfiledTask[]> {
  const lines = (await readFile(`${file}.profiles`, 'utf8')).trim().split('\n');
  return lines.flatMap((line) => tasksOf(JSON.parse(line) as Profiler.Profile, ours));
}

export const longestBy = (tasks: readonly ProfiledTask[], by: 'milliseconds' | 'own'): ProfiledTask =>
  tasks.toSorted((a, b) => b[by] - a[by])[0] ?? { milliseconds: 0, own: 0, loads: false, functions: [] };

function tasksOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, ours: string): ProfiledTask[] {
  const frames = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const tasks: Task[] = [];
  let task: Task | undefined;
  for (const [i, id] of samples.entries()) {
    const stack: Runtime.CallFrame[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) stack.push(frames.get(at)!);
    const leaf = stack[0]!.functionName;
    if (leaf === '(idle)' || leaf === '(program)') {
      task = undefined;
      continue;
    }
    if (!task) {
      task = new Task(ours);
      tasks.push(task);
    }
    task.add(stack, Math.min((timeDeltas[i + 1] ?? 0) / 1000, longestSample));
  }
  return tasks;
}

class Task implements ProfiledTask {
  milliseconds = 0;
  own = 0;
  loads = false;
  readonly #ours: string;
  readonly #functions = new Map<string, number>();
  #wasOurs = false;
  /** Spent on compiling, until it is known for whom. */
  #compiling = 0;

  constructor(ours: string) {
    this.#ours = ours;
  }

  add(stack: readonly Runtime.CallFrame[], milliseconds: number): void {
    this.milliseconds += milliseconds;
    for (const name of new Set(stack.map(nameOf))) {
      this.#functions.set(name, (this.#functions.get(name) ?? 0) + milliseconds);
    }
    if (compilers.has(stack[0]!.functionName)) {
      this.#compiling += milliseconds;
      this.loads = true;
      return;
    }
    // Garbage is collected for whoever was at work.
    if (stack[0]!.functionName !== '(garbage collector)') {
      this.#wasOurs = stack.some(({ url }) => url.includes(this.#ours));
    }
    if (this.#wasOurs) this.own += milliseconds + this.#compiling;
    this.#compiling = 0;
  }

  get functions(): string[] {
    const sorted = [...this.#functions].sort((a, b) => b[1] - a[1]).slice(0, namedFunctions);
    return sorted.map(([name, milliseconds]) => `${milliseconds.toFixed(1)} ms ${name}`);
  }
}

function nameOf({ functionName, url, lineNumber }: Runtime.CallFrame): string {
  const file = url.split('/').slice(-3).join('/');
  return `${functionName || '(anonymous)'} ${file}${file ? `:${lineNumber + 1}` : ''}`;
}
