import { fileOfTest, type TestRun } from '../frameworks/framework.ts';
import type { WorkspaceFrameworks } from '../frameworks/workspaceFrameworks.ts';
import type { Candidate } from './candidates.ts';
import type { Coverage } from './coverage.ts';

/** Changed functions in one run: one that goes wrong costs all the others a run of their own. */
const MOST_TOGETHER = 24;

/** A function with another body, and the tests that are to say what they make of it. */
interface Trial {
  readonly candidate: Candidate;
  readonly body: string;
  readonly tests: readonly string[];
  readonly alone: boolean;
  readonly resolve: (run: TestRun) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs tests of functions whose bodies were changed, several functions in one run where none of them is executed by
 * another's tests: what a test says is then about one of them alone. (A test that depends on what another test left
 * behind could be misled; a task of such tests is refused in the end, since they are not green without that other one.)
 *
 * A run that gives no results says nothing about whose fault that is: then each function is tried alone.
 */
export class SharedRuns {
  readonly #frameworks: WorkspaceFrameworks;
  readonly #coverage: Coverage;
  readonly #concurrency: number;
  readonly #signal: AbortSignal | undefined;
  readonly #waiting: Trial[] = [];
  #running = 0;
  #scheduled = false;

  /** @param concurrency runs at a time. */
  constructor(
    frameworks: WorkspaceFrameworks,
    coverage: Coverage,
    concurrency: number,
    signal: AbortSignal | undefined,
  ) {
    this.#frameworks = frameworks;
    this.#coverage = coverage;
    this.#concurrency = concurrency;
    this.#signal = signal;
  }

  /** What these tests say of the function with this body. @param alone in a run of its own. */
  run(candidate: Candidate, body: string, tests: readonly string[], alone = false): Promise<TestRun> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ candidate, body, tests, alone, resolve, reject });
      this.#schedule();
    });
  }

  /** Later, so that all who are about to ask have asked. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#running < this.#concurrency && this.#waiting.length > 0) void this.#runSome();
    });
  }

  async #runSome(): Promise<void> {
    this.#running++;
    const trials = this.#takeCompatible();
    try {
      const run = await this.#runTogether(trials);
      const answered = run.kind === 'report' && run.loadError === undefined;
      if (answered || trials.length === 1)
        for (const { tests, resolve } of trials) resolve(partOf(run, tests));
      else this.#waiting.unshift(...trials.map((trial) => ({ ...trial, alone: true })));
    } catch (error) {
      for (const { reject } of trials) reject(error);
    }
    this.#running--;
    this.#schedule();
  }

  #takeCompatible(): Trial[] {
    const most = Math.min(
      MOST_TOGETHER,
      Math.ceil(this.#waiting.length / (this.#concurrency - this.#running + 1)),
    );
    const taken = [this.#waiting.shift()!];
    for (let at = 0; at < this.#waiting.length && taken.length < most && !taken[0]!.alone; ) {
      const trial = this.#waiting[at]!;
      if (!trial.alone && taken.every((other) => this.#areApart(trial, other))) {
        taken.push(trial);
        this.#waiting.splice(at, 1);
      } else at++;
    }
    return taken;
  }

  #areApart(a: Trial, b: Trial): boolean {
    if (a.candidate === b.candidate) return false;
    const touches = (trial: Trial, other: Trial) =>
      other.tests.some((test) => this.#coverage.executes(test, trial.candidate));
    return !touches(a, b) && !touches(b, a);
  }

  async #runTogether(trials: readonly Trial[]): Promise<TestRun> {
    const tests = [...new Set(trials.flatMap((trial) => trial.tests))];
    const files = [...new Set(tests.map(fileOfTest))];
    const cpuSeconds = this.#coverage.cpuSeconds(files);
    try {
      return await this.#frameworks.run({
        files,
        tests,
        replace: withBodies(trials),
        cpuSeconds,
        signal: this.#signal,
      });
    } catch (error) {
      // Types can be stripped from less than the grammar allows.
      if (error instanceof SyntaxError) return { kind: 'crashed', message: error.message };
      throw error;
    }
  }
}

/** The candidates' files with the other bodies in them. */
function withBodies(trials: readonly Trial[]): Record<string, string> {
  const byFile = Map.groupBy(trials, ({ candidate }) => candidate.file);
  const texts = [...byFile].map(([file, group]) => {
    // From the end, so that offsets stay right.
    const fromTheEnd = group.toSorted((a, b) => b.candidate.bodyStart - a.candidate.bodyStart);
    const text = fromTheEnd.reduce(
      (all, { candidate: { bodyStart, bodyEnd }, body }) =>
        all.slice(0, bodyStart) + body + all.slice(bodyEnd),
      group[0]!.candidate.text,
    );
    return [file, text] as const;
  });
  return Object.fromEntries(texts);
}

function partOf(run: TestRun, tests: readonly string[]): TestRun {
  if (run.kind !== 'report') return run;
  const asked = new Set(tests);
  return { ...run, outcomes: run.outcomes.filter(({ id }) => asked.has(id)) };
}
