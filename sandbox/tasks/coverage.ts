import { fileOfTest } from '../frameworks/framework.ts';
import { MAX_CPU_SECONDS } from '../isolation/isolation.ts';
import type { FileBaseline } from './baseline.ts';
import type { Candidate } from './candidates.ts';

/** What a run may take for each second that the same files take as they are, and besides. */
const SLOWER = 4;
const AT_LEAST_SECONDS = 2;

/** Which tests execute which functions, and how long that takes: what the baselines of all test files show. */
export class Coverage {
  readonly #baselines: ReadonlyMap<string, FileBaseline>;
  /** Test → functions that it executes. */
  readonly #byTest = new Map<string, Set<string>>();

  /** @param baselines test file → what it says and executes as it is. */
  constructor(baselines: ReadonlyMap<string, FileBaseline>) {
    this.#baselines = baselines;
    for (const { executed } of baselines.values()) {
      for (const [id, tests] of Object.entries(executed)) {
        for (const test of tests === 'several' ? [] : tests) {
          const functions = this.#byTest.get(test);
          if (functions) functions.add(id);
          else this.#byTest.set(test, new Set([id]));
        }
      }
    }
  }

  /** Where it cannot be told which tests of a file do, all of them do. */
  executes(test: string, { id }: Pick<Candidate, 'id'>): boolean {
    if (this.#byTest.get(test)?.has(id)) return true;
    return this.#baselines.get(fileOfTest(test))?.executed[id] === 'several';
  }

  /** Test files that execute a function. */
  filesExecuting({ id }: Pick<Candidate, 'id'>): string[] {
    return [...this.#baselines].flatMap(([file, { executed }]) => (id in executed ? [file] : []));
  }

  /** Green tests of a file. */
  greenIn(file: string): readonly string[] {
    return this.#baselines.get(file)?.green ?? [];
  }

  runsWhileLoading({ id }: Pick<Candidate, 'id'>): boolean {
    return [...this.#baselines.values()].some(({ executedWhileLoading }) =>
      executedWhileLoading.includes(id),
    );
  }

  /** Seconds of CPU time that a run of tests in these files may take, changed functions and all. */
  cpuSeconds(files: readonly string[]): number {
    const asTheyAre = files.reduce((sum, file) => sum + (this.#baselines.get(file)?.cpuSeconds ?? 0), 0);
    return Math.min(MAX_CPU_SECONDS, Math.ceil(AT_LEAST_SECONDS + SLOWER * asTheyAre));
  }
}
