import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Ending } from '../isolation/confinedProcess.ts';
import { type Isolation, type Limits, MAX_CPU_SECONDS, nodeProgram } from '../isolation/isolation.ts';
import { SandboxPool } from '../isolation/pool.ts';
import { Slots } from '../isolation/slots.ts';
import {
  executedBy,
  type Framework,
  type FunctionPlace,
  type TestRequest,
  type TestRun,
} from './framework.ts';
import type { RunnerJob, RunnerReport } from './nodeTestProtocol.ts';
import { type NotStarted, notStarted, parseAnswer, withoutReport } from './runnerAnswer.ts';
import { runnerText } from './runnerText.ts';
import { isTypeScript, stripTypes } from './typeStripping.ts';

interface Executed {
  readonly run: TestRun;
  /** Absolute paths of the workspace's modules that were loaded. */
  readonly loaded: readonly string[];
}

/** Runs a workspace's node:test files, each run in a sandbox of its own that is thrown away afterwards. */
export class NodeTest implements Framework {
  readonly name = 'node:test';
  readonly #workspace: string;
  readonly #pool: SandboxPool;
  readonly #slots: Slots;
  /** Test file → the workspace's modules that it loads, as its unchanged run showed. */
  readonly #modules = new Map<string, Promise<readonly string[]>>();
  /** Absolute path → its JavaScript, with the state of the file that it was made from. */
  readonly #stripped = new Map<string, { readonly state: string; readonly text: string }>();

  /** @param workspace absolute path without symbolic links. @param concurrency runs at a time. */
  constructor(workspace: string, isolation: Isolation, limits: Limits, concurrency: number) {
    this.#workspace = workspace;
    const program = nodeProgram(['--eval', inFunction(runnerText('nodeTestRunner'))], limits);
    // The limit inside is set before the job is known; each job's own is watched from outside.
    const inside = { ...limits, cpuSeconds: Math.max(limits.cpuSeconds, MAX_CPU_SECONDS) };
    const command = isolation.command(program, { workspace }, inside);
    this.#pool = new SandboxPool(command, limits, concurrency);
    this.#slots = new Slots(concurrency);
  }

  async run(request: TestRequest): Promise<TestRun> {
    const [file, ...others] = request.files;
    if (file !== undefined && others.length === 0 && !request.replace && !this.#modules.has(file)) {
      const executed = this.#execute(request, this.#sources([join(this.#workspace, file)], {}));
      this.#learnModules(file, executed);
      return (await executed).run;
    }
    const modules = await Promise.all(request.files.map((file) => this.#modulesOf(file)));
    const sources = this.#sources(modules.flat(), request.replace ?? {});
    const { run } = await this.#execute(request, sources);
    return run;
  }

  /** The workspace's modules that a test file loads, learned from its first unchanged run, or one for that alone. */
  #modulesOf(file: string): Promise<readonly string[]> {
    const known = this.#modules.get(file);
    if (known) return known;
    const sources = this.#sources([join(this.#workspace, file)], {});
    const asItIs = { files: [file], tests: [], cpuSeconds: MAX_CPU_SECONDS };
    return this.#learnModules(file, this.#execute(asItIs, sources));
  }

  #learnModules(file: string, executed: Promise<Executed>): Promise<readonly string[]> {
    const learned = executed.then(
      ({ loaded }) => loaded,
      () => {
        // It was aborted, which says nothing.
        this.#modules.delete(file);
        return [];
      },
    );
    this.#modules.set(file, learned);
    return learned;
  }

  async #execute(request: TestRequest, sources: Readonly<Record<string, string>>): Promise<Executed> {
    const nonce = randomBytes(16).toString('hex');
    const job: RunnerJob = {
      nonce,
      files: request.files.map((file) => join(this.#workspace, file)),
      tests: request.tests,
      sources,
      workspace: this.#workspace,
      coverage: request.watch !== undefined,
    };
    const ending = await this.#slots.use(() => this.#runOnce(JSON.stringify(job), request), request.signal);
    request.signal?.throwIfAborted();
    const report = ending.kind === 'answered' ? parseAnswer<RunnerReport>(ending.answer, nonce) : undefined;
    if (ending.kind !== 'answered' || report === undefined) return { run: withoutReport(ending), loaded: [] };
    return { run: this.#interpret(report, request.watch ?? [], ending.cpuSeconds), loaded: report.loaded };
  }

  async #runOnce(
    job: string,
    { cpuSeconds, signal }: Pick<TestRequest, 'cpuSeconds' | 'signal'>,
  ): Promise<Ending | NotStarted> {
    let sandbox = this.#pool.take();
    // One that died in its boot says nothing about the code under test: take another, once.
    if (!(await sandbox.ready)) sandbox = this.#pool.take();
    if (!(await sandbox.ready)) return notStarted(await sandbox.ended);
    const abort = () => sandbox.kill();
    signal?.addEventListener('abort', abort, { once: true });
    sandbox.start(job, cpuSeconds);
    try {
      return await sandbox.ended;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  #interpret(
    { outcomes, loadError, executed }: RunnerReport,
    watch: readonly FunctionPlace[],
    cpuSeconds: number,
  ): TestRun {
    const runs = Object.entries(executed).map(([test, modules]) => {
      const ends = new Map(
        Object.entries(modules).map(([path, ranges]) => [path, new Set(ranges.map(([, end]) => end))]),
      );
      const ran = watch.filter((place) => ends.get(join(this.#workspace, place.file))?.has(endOf(place)));
      return [test, ran] as const;
    });
    return { kind: 'report', outcomes, loadError, executed: executedBy(runs), cpuSeconds };
  }

  /** JavaScript for the TypeScript among these modules, and for what replaces a file. */
  #sources(paths: readonly string[], replace: Readonly<Record<string, string>>): Record<string, string> {
    const sources: Record<string, string> = {};
    for (const path of new Set(paths)) {
      const text = isTypeScript(path) ? this.#strip(path) : undefined;
      if (text !== undefined) sources[path] = text;
    }
    for (const [file, text] of Object.entries(replace)) {
      sources[join(this.#workspace, file)] = isTypeScript(file) ? stripTypes(text) : text;
    }
    return sources;
  }

  /** Without an answer, the sandbox strips the file itself and says what is wrong with it. */
  #strip(path: string): string | undefined {
    try {
      const { mtimeMs, size } = statSync(path);
      const state = `${mtimeMs} ${size}`;
      const known = this.#stripped.get(path);
      if (known?.state === state) return known.text;
      const text = stripTypes(readFileSync(path, 'utf8'));
      this.#stripped.set(path, { state, text });
      return text;
    } catch {
      return undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool[Symbol.asyncDispose]();
  }
}

/** Where V8 says that a function ends: right after its closing brace, or where the expression behind its arrow does. */
function endOf({ bodyEnd, hasBraces }: FunctionPlace): number {
  return hasBraces ? bodyEnd + 1 : bodyEnd;
}

/** Names at the top of a script can be asked for by every debugger session, the code under test's own too. */
function inFunction(script: string): string {
  return `(() => {\n${script}\n})();`;
}
