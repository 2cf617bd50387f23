import { randomBytes } from 'node:crypto';
import { HumanError } from '../humanError.ts';
import { ConfinedProcess, type Ending } from '../isolation/confinedProcess.ts';
import type { Isolation, Limits, Program } from '../isolation/isolation.ts';
import { Slots } from '../isolation/slots.ts';
import { WorkspaceCopy } from '../isolation/workspaceCopy.ts';
import {
  executedBy,
  type Framework,
  type FrameworkName,
  type TestRequest,
  type TestRun,
} from './framework.ts';
import { type NotStarted, notStarted, opensWith, parseAnswer, withoutReport } from './runnerAnswer.ts';
import type { ServedJob, ServedReport } from './servedProtocol.ts';

/** How a framework's runner is kept. */
export interface Serving {
  readonly name: FrameworkName;
  /** Path inside the workspace of the folder that the framework is set up in. */
  readonly folder: string;
  readonly program: Program;
  /** Jobs after which a runner is replaced, because what earlier ones left behind could tell on later ones. */
  readonly jobsPerRunner: number;
  /** Whether tests run in the runner's own process, where what one job changes may tell on the next. */
  readonly sharesProcess?: boolean;
  /** What the runner itself may use, on top of what is allowed to the tests. */
  readonly overhead: Pick<Limits, 'cpuSeconds' | 'memoryMegabytes' | 'processes' | 'fileMegabytes'>;
  /** Changes sources so that the runner can tell which of the watched functions ran; absent where it can by itself. */
  readonly probe?: (workspace: string, request: TestRequest) => Record<string, string>;
}

/** CPU time in the whole life of a runner that serves many jobs; each job's own share is watched from outside. */
const RUNNER_CPU_SECONDS = 3600;

/** A sandbox with its own copy of the workspace, in which a runner waits. */
class Seat implements AsyncDisposable {
  readonly #copy: WorkspaceCopy;
  readonly #serving: Serving;
  readonly #boot: () => ConfinedProcess;
  /** Of memory that a runner holds between jobs: what they leave there is not to be counted against the next. */
  readonly #mostMegabytes: number;
  #runner: ConfinedProcess;
  #jobs = 0;

  constructor(workspace: string, isolation: Isolation, limits: Limits, serving: Serving) {
    this.#serving = serving;
    this.#mostMegabytes = 0.75 * limits.memoryMegabytes;
    this.#copy = new WorkspaceCopy(workspace, !isolation.mounts);
    const { folder: copy, uncopied } = this.#copy;
    const inside = { ...limits, cpuSeconds: RUNNER_CPU_SECONDS };
    this.#boot = () =>
      new ConfinedProcess(isolation.command(serving.program, { workspace, copy, uncopied }, inside), limits);
    this.#runner = this.#boot();
  }

  get folder(): string {
    return this.#copy.folder;
  }

  async ask(
    job: Omit<ServedJob, 'changed'>,
    texts: Readonly<Record<string, string>>,
    request: TestRequest,
  ): Promise<Ending | NotStarted> {
    const { cold = false, reachesOut = false, cpuSeconds, signal } = request;
    const changed = this.#copy.replace(texts);
    if (cold && this.#jobs > 0) {
      this.#runner.kill();
      await this.#runner.ended;
      this.#restart();
    }
    // One that died while it waited says nothing about the code under test: take another, once.
    if (!(await this.#runner.ready)) this.#restart();
    if (!(await this.#runner.ready)) return notStarted(await this.#runner.ended);
    const [runner, jobsBefore] = [this.#runner, this.#jobs];
    const abort = () => runner.kill();
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    try {
      const text = JSON.stringify({ ...job, changed } satisfies ServedJob);
      const ending = await runner.ask(
        text,
        cpuSeconds === undefined ? undefined : cpuSeconds + this.#serving.overhead.cpuSeconds,
      );
      const isFull = ending.kind === 'answered' && ending.residentMegabytes > this.#mostMegabytes;
      const isLast = cold || isFull || (reachesOut && this.#serving.sharesProcess);
      // Where somebody else wrote the answer, the runner's own is still to come, and would be taken for the next job's.
      const isOurs = ending.kind === 'answered' && opensWith(ending.answer, job.nonce);
      if (!isOurs || isLast || ++this.#jobs >= this.#serving.jobsPerRunner) {
        runner.kill();
        await runner.ended;
        this.#restart();
      }
      // Earlier jobs may have left the memory full: only what a new runner says is about this one.
      if (ending.kind === 'out-of-memory' && jobsBefore > 0) return await this.ask(job, texts, request);
      return ending;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  #restart(): void {
    this.#runner = this.#boot();
    this.#jobs = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#runner.kill();
    await this.#runner.ended;
    this.#copy[Symbol.dispose]();
  }
}

/** A framework whose runner boots once and then serves jobs, one after the other, in a sandbox that stays. */
export class ServedFramework implements Framework {
  readonly name: FrameworkName;
  readonly #workspace: string;
  readonly #isolation: Isolation;
  readonly #limits: Limits;
  readonly #serving: Serving;
  readonly #slots: Slots;
  readonly #seats: Seat[] = [];
  readonly #free: Seat[] = [];
  readonly #seatCount: number;
  #disposed = false;

  constructor(
    workspace: string,
    isolation: Isolation,
    limits: Limits,
    concurrency: number,
    serving: Serving,
  ) {
    this.name = serving.name;
    this.#workspace = workspace;
    this.#isolation = isolation;
    const { overhead } = serving;
    this.#limits = {
      ...limits,
      cpuSeconds: limits.cpuSeconds + overhead.cpuSeconds,
      memoryMegabytes: limits.memoryMegabytes + overhead.memoryMegabytes,
      processes: limits.processes + overhead.processes,
      fileMegabytes: limits.fileMegabytes + overhead.fileMegabytes,
    };
    this.#serving = serving;
    this.#slots = new Slots(concurrency);
    // Where each runner serves one job only, others boot meanwhile.
    this.#seatCount = concurrency * (serving.jobsPerRunner === 1 ? 2 : 1);
  }

  async run(request: TestRequest): Promise<TestRun> {
    const { files, tests, watch = [], replace = {}, signal } = request;
    const { probe } = this.#serving;
    const texts = probe && watch.length > 0 ? probe(this.#workspace, request) : replace;
    const nonce = randomBytes(16).toString('hex');
    const ending = await this.#slots.use(async () => {
      const seat = this.#takeSeat();
      try {
        const job = {
          nonce,
          workspace: this.#isolation.mounts ? this.#workspace : seat.folder,
          folder: this.#serving.folder,
          files,
          tests: tests ?? null,
          watch: probe ? [] : watch.map(({ file, name, line }) => [file, name, line] as const),
        };
        return await seat.ask(job, texts, request);
      } finally {
        this.#free.push(seat);
      }
    }, signal);
    signal?.throwIfAborted();
    const report = ending.kind === 'answered' ? parseAnswer<ServedReport>(ending.answer, nonce) : undefined;
    if (report === undefined) return withoutReport(ending);
    if (report.broken !== undefined) {
      throw new HumanError(`${this.name} cannot run ${files.join(', ')}: ${report.broken}`);
    }
    if (watch.length === 0 && report.executed.length > 0) {
      return { kind: 'infrastructure', message: `${this.name} ran a text that a file held before.` };
    }
    const executed = report.executed.map(
      ([test, functions]) => [test, functions.map((at) => watch[at]!)] as const,
    );
    return {
      kind: 'report',
      outcomes: report.outcomes,
      loadError: report.loadError ?? undefined,
      executed: executedBy(executed),
      cpuSeconds: ending.kind === 'answered' ? ending.cpuSeconds : 0,
    };
  }

  #takeSeat(): Seat {
    if (this.#disposed) throw new Error('The test framework was disposed of.');
    while (this.#seats.length < this.#seatCount) {
      const seat = new Seat(this.#workspace, this.#isolation, this.#limits, this.#serving);
      this.#seats.push(seat);
      this.#free.push(seat);
    }
    // The one that has waited longest, which has had most time to boot.
    return this.#free.shift()!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await Promise.all(this.#seats.map((seat) => seat[Symbol.asyncDispose]()));
  }
}
