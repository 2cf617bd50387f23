import { createHash, randomBytes } from 'node:crypto';
import { fileOfTest, type NoReport, type TestRun } from '../frameworks/framework.ts';
import type { WorkspaceFrameworks } from '../frameworks/workspaceFrameworks.ts';
import { type LimitHit, type Reward, rewardValue } from '../reward.ts';
import type { SyntaxTrees } from '../tasks/syntaxTrees.ts';
import { type ArmedFiles, arm, type Draw } from './controlTests.ts';
import { forbiddenSyntax } from './denylist.ts';
import { type Gradable, type Judged, judgeReport, refuse } from './judge.ts';
import { reachesOut } from './reachesOut.ts';
import { SharedAnswers } from './sharedAnswers.ts';
import { looksSuspicious } from './suspicion.ts';
import { TestFiles } from './testFiles.ts';

export type { Gradable } from './judge.ts';

export interface GraderOptions {
  /** Whether completions are refused unrun for what they use; only the isolation's own tests do without. */
  readonly denylist?: boolean;
}

const LIMITS: Readonly<Partial<Record<NoReport['kind'], LimitHit>>> = {
  timeout: 'time',
  'out-of-memory': 'memory',
  'too-much-output': 'output',
};

/** Answers remembered at most; the oldest go first. */
const REMEMBERED = 20_000;

/** One in so many full passes is graded again, besides those that look suspicious. */
const REGRADED = 20;

/** Negations a run: they are drawn anew each time, so that a few will do. */
const NEGATIONS = 3;

/**
 * Judges completions by the tests of their task.
 *
 * The tests are run together with tests that must fail (`controlTests.ts`), which are drawn for each run and which no
 * completion can know beforehand; a completion that makes one of them pass has worked on the tests and not on the task.
 * So has one that uses what its function has no business with (`denylist.ts`). What gets past all that: reading the
 * tests by a way that the denylist does not see, and learning their answers by heart.
 */
export class Grader {
  readonly #frameworks: WorkspaceFrameworks;
  readonly #trees: SyntaxTrees;
  readonly #testFiles: TestFiles;
  readonly #denylist: boolean;
  readonly #answers = new SharedAnswers<Reward>(REMEMBERED, (reward) => reward.verdict !== 'infrastructure');

  constructor(
    workspace: string,
    frameworks: WorkspaceFrameworks,
    trees: SyntaxTrees,
    { denylist = true }: GraderOptions = {},
  ) {
    this.#frameworks = frameworks;
    this.#trees = trees;
    this.#testFiles = new TestFiles(workspace, trees);
    this.#denylist = denylist;
  }

  /**
   * Runs a task's tests with `body` in the place of the function's own. Bodies that differ in white space at line ends
   * alone are run once, also when they arrive at the same time.
   * @throws the signal's reason when aborted; a run that others wait for goes on.
   */
  async grade(task: Gradable, body: string, signal?: AbortSignal): Promise<Reward> {
    const text = JSON.stringify([task.id, task.prefix, task.suffix, task.tests, normalise(body)]);
    const key = createHash('sha256').update(text).digest('base64');
    const { answer, shared } = await this.#answers.get(
      key,
      (running) => this.#timed(() => this.#judge(task, body, running)),
      signal,
    );
    return shared ? { ...answer, seconds: 0, cached: true } : answer;
  }

  /**
   * Runs a task's own body together with every test that must fail, and answers those that do: they can be relied on.
   * Where the tests are not green in their company, there are none.
   */
  async proveControls(
    task: Gradable,
    signal?: AbortSignal,
  ): Promise<{ readonly reward: Reward; readonly controls: Gradable['controls'] }> {
    const all = { canaries: filesOf(task), negations: task.tests };
    const { armed, run } = await this.#armedRun({ ...task, controls: all }, task.body, { all: true, signal });
    if (run.kind === 'report') {
      const proven = armed.controls.filter(({ id }) => {
        const found = run.outcomes.filter((outcome) => outcome.id === id);
        return found.length === 1 && !found[0]!.passed;
      });
      const judged = judgeReport(task, run, []);
      if (judged.verdict === 'passed') {
        const negations = proven.flatMap(({ negates }) => (negates === undefined ? [] : [negates]));
        const unproven = armed.controls.filter(
          (control) => control.negates === undefined && !proven.includes(control),
        );
        const canaries = filesOf(task).filter(
          (file) => file in armed.texts && !unproven.some(({ id }) => fileOfTest(id) === file),
        );
        const controls = { canaries, negations };
        return { reward: await this.#timed(async () => judged), controls };
      }
    }
    const { controls: _, ...unarmed } = task;
    const reward = await this.#timed(() => this.#run(unarmed, task.body, { signal }));
    return { reward, controls: undefined };
  }

  async #timed(judge: () => Promise<Judged>): Promise<Reward> {
    const start = performance.now();
    const judged = await judge();
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
    const forbidden = this.#denylist ? forbiddenSyntax(this.#trees, task, body) : undefined;
    if (forbidden !== undefined) {
      const evidence = `It uses ${forbidden}, which the function did not use.`;
      return { ...refuse(task, 'cheated', evidence), cheat: { label: 'forbidden-syntax', evidence } };
    }
    const first = await this.#run(task, body, { signal });
    if (first.verdict !== 'passed') return first;
    if (!looksSuspicious(task, body) && !isDrawnForRegrading(task, body)) return first;
    const second = await this.#run(task, body, { cold: true, signal });
    return second.verdict === 'infrastructure' ? first : second;
  }

  async #run(
    task: Gradable,
    body: string,
    how: { readonly cold?: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<Judged> {
    let armedRun: { armed: ArmedFiles; run: TestRun };
    try {
      armedRun = await this.#armedRun(task, body, how);
    } catch (error) {
      // Types can be stripped from less than the grammar allows.
      if (error instanceof SyntaxError) return refuse(task, 'syntax-error', error.message);
      throw error;
    }
    const { armed, run } = armedRun;
    if (run.kind === 'report') return judgeReport(task, run, armed.controls);
    if (run.cheat) {
      const cheat = { label: run.cheat, evidence: run.message };
      return { ...refuse(task, 'cheated', run.message), cheat };
    }
    const limit = run.limit ?? LIMITS[run.kind];
    return { ...refuse(task, run.kind, run.message), ...(limit && { limit }) };
  }

  async #armedRun(
    task: Gradable,
    body: string,
    how: { readonly all?: boolean; readonly cold?: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<{ armed: ArmedFiles; run: TestRun }> {
    const { all = false, cold = false, signal } = how;
    const { canaries = [], negations = [] } = task.controls ?? {};
    const files = filesOf(task);
    const negated = all ? negations : drawn(negations, NEGATIONS);
    const texts = Object.fromEntries(
      files
        .filter((file) => canaries.includes(file) || negated.some((id) => fileOfTest(id) === file))
        .map((file) => [file, this.#testFiles.text(file)]),
    );
    const armed = arm(
      texts,
      (file) => this.#testFiles.tests(file),
      task.tests,
      { canaries, negations: negated },
      draw,
    );
    const guards = task.guards ?? [];
    const run = await this.#frameworks.run({
      files: cold ? files.toReversed() : files,
      tests: [...task.tests, ...guards, ...armed.controls.map(({ id }) => id)],
      replace: { ...armed.texts, [task.file]: task.prefix + body + task.suffix },
      cold,
      cpuSeconds: task.cpuSeconds,
      reachesOut: reachesOut(this.#trees, task, body),
      signal,
    });
    return { armed, run };
  }
}

const filesOf = (task: Gradable) => [...new Set([...task.tests, ...(task.guards ?? [])].map(fileOfTest))];

function draw(): Draw {
  const bytes = randomBytes(10);
  return { word: `w${bytes.toString('hex')}`, number: 1000 + bytes.readUInt16LE(0) };
}

/** Some of these, no two runs the same. */
function drawn<T>(from: readonly T[], count: number): T[] {
  if (from.length <= count) return [...from];
  const order = from.map((value) => ({ value, at: randomBytes(4).readUInt32LE(0) }));
  return order
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ value }) => value);
}

/** Decided by the texts alone, so that a resumed run grades as the unbroken one would have. */
function isDrawnForRegrading(task: Gradable, body: string): boolean {
  return createHash('sha256').update(task.id).update(body).digest().readUInt32LE(0) % REGRADED === 0;
}

/** White space at line ends means nothing, except inside a string of several lines. */
function normalise(body: string): string {
  return /[`]|"""|'''/.test(body) ? body.trimEnd() : body.replace(/[ \t\r]+$/gm, '').trimEnd();
}
