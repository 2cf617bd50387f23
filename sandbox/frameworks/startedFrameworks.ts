import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Isolation } from '../isolation/isolation.ts';
import { type ChosenFramework, chooseFramework } from './chooseFramework.ts';
import type { Framework, FrameworkName, TestReport, TestRequest, TestRun } from './framework.ts';
import type { FrameworkSettings } from './hostMessages.ts';
import { NodeTest } from './nodeTest.ts';
import { servePython } from './python/python.ts';
import { serveScripts } from './scripts/scripts.ts';
import { ServedFramework } from './servedFramework.ts';

/** A workspace's test frameworks in this process: each test file is run by its own, which is started when first needed. */
export class StartedFrameworks implements AsyncDisposable {
  readonly #settings: FrameworkSettings;
  readonly #isolation: Isolation;
  /** Framework's name and folder → the framework. */
  readonly #started = new Map<string, Promise<Framework>>();
  /** Test file → what runs it. */
  readonly #chosen = new Map<string, Promise<Framework> | undefined>();

  constructor(settings: FrameworkSettings, isolation: Isolation) {
    this.#settings = settings;
    this.#isolation = isolation;
  }

  /**
   * Runs tests of any frameworks; the first run that gives no results stands for all.
   * @throws the signal's reason when aborted. @throws HumanError when a framework cannot be run here.
   */
  async run(request: TestRequest): Promise<TestRun> {
    const shares = new Map<Framework, string[]>();
    for (const file of request.files) {
      const framework = await this.#frameworkOf(file, request.replace?.[file]);
      if (framework === undefined) {
        return { kind: 'infrastructure', message: `No test framework is known for ${file}.` };
      }
      shares.set(framework, [...(shares.get(framework) ?? []), file]);
    }
    const runs = await Promise.all(
      [...shares].map(([framework, files]) => framework.run(shareOf(request, files, shares.size))),
    );
    return runs.find((run) => run.kind !== 'report') ?? merge(runs.filter((run) => run.kind === 'report'));
  }

  #frameworkOf(file: string, replacement: string | undefined): Promise<Framework> | undefined {
    if (this.#chosen.has(file)) return this.#chosen.get(file);
    const { workspace, testFiles } = this.#settings;
    const text = replacement ?? readFileSync(join(workspace, file), 'utf8');
    const chosen = chooseFramework(workspace, file, text, testFiles);
    const framework = chosen && this.#start(chosen);
    this.#chosen.set(file, framework);
    return framework;
  }

  #start({ name, folder }: ChosenFramework): Promise<Framework> {
    const key = `${name} ${folder}`;
    let framework = this.#started.get(key);
    if (framework === undefined) {
      framework = this.#create(name, folder);
      this.#started.set(key, framework);
    }
    return framework;
  }

  async #create(name: FrameworkName, folder: string): Promise<Framework> {
    const { workspace, limits, concurrency } = this.#settings;
    const isolation = this.#isolation;
    if (name === 'node:test') return new NodeTest(workspace, isolation, limits, concurrency);
    const serving =
      name === 'pytest' || name === 'unittest'
        ? await servePython(name, workspace, folder, isolation.kind)
        : serveScripts(name, workspace, folder, limits);
    return new ServedFramework(workspace, isolation, limits, concurrency, serving);
  }

  /** Kills whatever still runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    const started = await Promise.allSettled(this.#started.values());
    const running = started.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    await Promise.all(running.map((framework) => framework[Symbol.asyncDispose]()));
  }
}

/** The part of a request that concerns some of its files. */
function shareOf(request: TestRequest, files: readonly string[], shares: number): TestRequest {
  if (shares === 1) return request;
  const tests = request.tests?.filter((id) => files.some((file) => id.startsWith(`${file} > `)));
  return { ...request, files, tests };
}

function merge(reports: readonly TestReport[]): TestReport {
  if (reports.length === 1) return reports[0]!;
  return {
    kind: 'report',
    outcomes: reports.flatMap(({ outcomes }) => outcomes),
    loadError: reports.find(({ loadError }) => loadError !== undefined)?.loadError,
    executed: new Map(reports.flatMap(({ executed }) => [...executed])),
    cpuSeconds: reports.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
  };
}
