import { fileOfTest, type TestRun } from '../frameworks/framework.ts';
import type { WorkspaceFrameworks } from '../frameworks/workspaceFrameworks.ts';
import { type LimitHit, type Reward, rewardValue, type TestOutcome, type Verdict } from '../reward.ts';
import type { SyntaxTrees } from '../tasks/syntaxTrees.ts';
import type { Task } from '../tasks/task.ts';
import { SharedAnswers } from './sharedAnswers.ts';

/** What of a task grading needs: everything but its split. */
export type Gradable = Omit<Task, 'split'>;

type Judged = Pick<Reward, 'verdict' | 'tests' | 'guards' | 'limit' | 'cheat'>;

const LIMITS: Readonly<Partial<Record<Verdict, LimitHit>>> = {
  timeout: 'time',
  'out-of-memory': 'memory',
  'too-much-output': 'output',
};

/** Answers remembered at most; the oldest go first. */
const REMEMBERED = 50_000;

/** Judges completions by the tests of their task. */
export class Grader {
  readonly #frameworks: WorkspaceFrameworks;
  readonly #trees: SyntaxTrees;
  readonly #answers = new SharedAnswers<Reward>(REMEMBERED, (reward) => reward.verdict !== 'infrastructure');

  constructor(frameworks: WorkspaceFrameworks, trees: SyntaxTrees) {
    this.#frameworks = frameworks;
    this.#trees = trees;
  }

  /**
   * Runs a task's tests with `body` between the function's braces. Bodies that differ in white space at line ends alone
   * are run once, also when they arrive at the same time.
   * @throws the signal's reason when aborted; a run that others wait for goes on.
   */
  async grade(task: Gradable, body: string, signal?: AbortSignal): Promise<Reward> {
    const key = JSON.stringify([task.id, task.prefix, task.suffix, normalise(body)]);
    const { answer, shared } = await this.#answers.get(
      key,
      (running) => this.#run(task, body, running),
      signal,
    );
    return shared ? { ...answer, seconds: 0, cached: true } : answer;
  }

  async #run(task: Gradable, body: string, signal: AbortSignal): Promise<Reward> {
    const start = performance.now();
    const judged = await this.#judge(task, body, signal);
    const firstFailure = judged.tests.find((test) => !test.passed)?.message;
    return {
      ...judged,
      value: rewardValue('share', judged),
      ...(firstFailure !== undefined && { firstFailure }),
      seconds: (performance.now() - start) / 1000,
      cached: false,
    };
  }

  async #judge(task: Gradable, body: string, signal: AbortSignal): Promise<Judged> {
    if (!this.#trees.fits(task, body))
      return refuse(task, 'syntax-error', 'The completion is not a function body.');
    let run: TestRun;
    try {
      const files = [...new Set(task.tests.map(fileOfTest))];
      const replace = { [task.file]: task.prefix + body + task.suffix };
      run = await this.#frameworks.run({ files, tests: task.tests, replace, signal });
    } catch (error) {
      // Types can be stripped from less than the grammar allows.
      if (error instanceof SyntaxError) return refuse(task, 'syntax-error', error.message);
      throw error;
    }
    if (run.kind !== 'report') {
      const limit = LIMITS[run.kind];
      return { ...refuse(task, run.kind, run.message), ...(limit && { limit }) };
    }
    if (run.loadError !== undefined) {
      return refuse(task, run.loadError.startsWith('SyntaxError') ? 'syntax-error' : 'failed', run.loadError);
    }
    const { outcomes } = run;
    const tests = task.tests.map((id) => judgeTest(id, outcomes));
    return { verdict: tests.every((test) => test.passed) ? 'passed' : 'failed', tests };
  }
}

/** A test that was not reported exactly once has not passed. */
function judgeTest(id: string, outcomes: readonly TestOutcome[]): TestOutcome {
  const [outcome, ...more] = outcomes.filter((candidate) => candidate.id === id);
  if (outcome === undefined) return { id, passed: false, message: 'The test did not run.' };
  return more.length === 0
    ? outcome
    : { id, passed: false, message: 'The test was reported more than once.' };
}

function refuse(task: Gradable, verdict: Verdict, message: string): Judged {
  return { verdict, tests: task.tests.map((id) => ({ id, passed: false, message })) };
}

/** White space at line ends means nothing, except inside a template literal. */
function normalise(body: string): string {
  return body.includes('`') ? body.trim() : body.replace(/[ \t\r]+$/gm, '').trim();
}
