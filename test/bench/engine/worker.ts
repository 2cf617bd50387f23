/** A process that answers requests, one JSON text a line each: a peer in Python, or a part of the engine on its own. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export class Worker implements AsyncDisposable {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(command: string, args: readonly string[]) {
    this.#process = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** The next line that the process writes, parsed; nothing if it ended. */
  async answer(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    return done ? undefined : JSON.parse(value);
  }

  /** Sends a request and waits for its answer. */
  async ask(request: unknown): Promise<unknown> {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    const answer = await this.answer();
    if (answer === undefined) throw new Error('the process of a benchmark ended before it answered');
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) return;
    this.#process.stdin.end();
    await once(this.#process, 'exit');
  }
}

/**
 * Python with torch, transformers and peft (test/golden/requirements.txt), from the variable BENCH_PYTHON or the path;
 * nothing where it lacks them.
 */
export async function pytorchPeer(script: string, threads: number): Promise<Worker | undefined> {
  const worker = new Worker(process.env.BENCH_PYTHON ?? 'python3', [script, String(threads)]);
  const versions = await worker.answer();
  if (versions) return worker;
  await worker[Symbol.asyncDispose]();
  return undefined;
}
