import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HumanError } from '../humanError.ts';
import type { Isolation } from '../isolation/isolation.ts';
import { killMarked } from '../isolation/marked.ts';
import { chooseFramework } from './chooseFramework.ts';
import type { TestRequest, TestRun } from './framework.ts';
import type { FrameworkSettings, HostAnswer, HostRequest, HostSettings } from './hostMessages.ts';

type Settle = (answer: HostAnswer | undefined) => void;

/** All test frameworks of a workspace as one, in a process of their own (see `host.ts`), which is started when first needed. */
export class WorkspaceFrameworks implements AsyncDisposable {
  readonly #settings: HostSettings;
  /** Runs under way, by number; they are given undefined when the process ends before it has answered. */
  readonly #running = new Map<number, Settle>();
  #host: ChildProcess | undefined;
  /** What a killed process left behind is being killed. */
  #swept: Promise<void> = Promise.resolve();
  #runs = 0;
  #disposed = false;

  constructor(settings: FrameworkSettings, { kind, asNobody = false }: Isolation) {
    this.#settings = { ...settings, isolation: { kind, asNobody }, mark: `reinforce-${randomUUID()}` };
  }

  /** Whether a file holds tests of a framework that we know. */
  isTestFile(file: string, text: string): boolean {
    const { workspace, testFiles } = this.#settings;
    return chooseFramework(workspace, file, text, testFiles) !== undefined;
  }

  /**
   * Runs tests of any frameworks; the first run that gives no results stands for all.
   * @throws the signal's reason when aborted. @throws HumanError when a framework cannot be run here.
   */
  async run({ signal, ...request }: TestRequest): Promise<TestRun> {
    signal?.throwIfAborted();
    await this.#swept;
    if (this.#disposed) throw new Error('The test frameworks were disposed of.');
    this.#host ??= this.#start();
    const host = this.#host;
    const id = this.#runs++;
    const answered = new Promise<HostAnswer | undefined>((resolve) => this.#running.set(id, resolve));
    const abort = () => tell(host, { kind: 'abort', id });
    signal?.addEventListener('abort', abort, { once: true });
    tell(host, { kind: 'run', id, request });
    const answer = await answered;
    signal?.removeEventListener('abort', abort);
    signal?.throwIfAborted();
    if (answer === undefined || answer.kind === 'aborted') {
      return {
        kind: 'infrastructure',
        message: 'The process that starts sandboxes was stopped from outside.',
      };
    }
    if (answer.kind === 'failed') {
      throw answer.human ? new HumanError(answer.error.message) : answer.error;
    }
    const { run } = answer;
    if (run.kind !== 'report') return run;
    return { ...run, executed: new Map(run.executed.map(([at, by]) => [request.watch![at]!, by])) };
  }

  #start(): ChildProcess {
    const bundled = fileURLToPath(new URL('./sandboxHost.js', import.meta.url));
    const script = existsSync(bundled) ? bundled : fileURLToPath(new URL('./host.ts', import.meta.url));
    const host = fork(script, {
      // In no group with us, so that an interrupt from the terminal leaves it to us to end it.
      detached: true,
      // Small, since all that it holds costs time with each process that it starts.
      execArgv: ['--no-warnings', '--max-semi-space-size=2'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    tell(host, { kind: 'open', settings: this.#settings });
    host.on('message', (answer: HostAnswer) => this.#settle(answer.id, answer));
    host.on('error', () => {}); // It ends, or has.
    host.once('exit', (code) => {
      if (this.#host === host) this.#host = undefined;
      if (code !== 0) this.#swept = killMarked(this.#settings.mark);
      for (const id of this.#running.keys()) this.#settle(id, undefined);
    });
    return host;
  }

  #settle(id: number, answer: HostAnswer | undefined): void {
    this.#running.get(id)?.(answer);
    this.#running.delete(id);
  }

  /** Kills whatever still runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    if (this.#host !== undefined) {
      const exited = once(this.#host, 'exit');
      if (this.#host.connected) this.#host.disconnect();
      await exited;
    }
    await this.#swept;
  }
}

function tell(host: ChildProcess, message: HostRequest): void {
  if (host.connected) host.send(message, () => {}); // Where it has ended meanwhile, its exit says so.
}
