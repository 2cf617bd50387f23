import { execa } from 'execa';
import type { Command, Limits } from './isolation.ts';
import { treeUsage } from './processTree.ts';

/** Why a confined process ended. */
export type Ending =
  | { readonly kind: 'answered'; readonly answer: string }
  | { readonly kind: 'timeout' | 'out-of-memory' | 'too-much-output' | 'too-many-processes' }
  | { readonly kind: 'exited'; readonly exitCode: number | undefined; readonly stderr: string }
  | { readonly kind: 'killed' };

const WATCH_MILLISECONDS = 50;
const KEPT_STDERR = 4096;
/** A report of a thousand failing tests takes about half of this. */
const MAX_ANSWER = 4 * 1024 * 1024;

/** Exit codes of a shell convention: 128 + signal number. */
const SIGXCPU = 128 + 24;

/**
 * A process in its isolation, that waits on its standard input for one job and answers on descriptor 3.
 *
 * Two lines come back on that descriptor: one as soon as it is ready, one with the answer. Whatever ends the process
 * first (answer, limit, crash, kill), its whole tree is dead when `ended` resolves.
 */
export class ConfinedProcess {
  /** Resolves with true once the process waits for its job, with false if it died before. */
  readonly ready: Promise<boolean>;
  /** Never rejects. */
  readonly ended: Promise<Ending>;
  readonly #limits: Limits;
  readonly #ownGroup: boolean;
  readonly #child: ReturnType<typeof spawn>;
  #ending: Ending | undefined;
  #channel = '';
  #stderr = '';
  #outputBytes = 0;
  #setReady: (ready: boolean) => void = () => {};
  #wallClock: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;

  constructor(command: Command, limits: Limits) {
    this.#limits = limits;
    this.#ownGroup = command.ownGroup;
    this.ready = new Promise((resolve) => {
      this.#setReady = resolve;
    });
    this.#child = spawn(command);
    this.#child.stdin.on('error', () => {}); // It died before it read its job; its exit code says more.
    this.#child.stdout.on('data', (chunk: Buffer) => this.#countOutput(chunk));
    this.#child.stderr.on('data', (chunk: Buffer) => {
      if (this.#stderr.length < KEPT_STDERR) this.#stderr += chunk.toString();
      this.#countOutput(chunk);
    });
    const channel = this.#child.stdio[3];
    channel.setEncoding('utf8');
    channel.on('data', (text: string) => this.#readChannel(text));
    channel.on('error', () => {});
    this.ended = this.#awaitEnd();
  }

  /** Hands over the job, as one line, and starts the clocks. */
  start(job: string): void {
    // Whoever blocked our event loop meanwhile (a model at work) must not cost an answer that already waits to be read:
    // immediates run after that reading.
    const timeout = () => setImmediate(() => this.#end({ kind: 'timeout' }));
    this.#wallClock = setTimeout(timeout, this.#limits.wallSeconds * 1000);
    this.#watch = setInterval(() => this.#watchTree(), WATCH_MILLISECONDS);
    this.#child.stdin.end(`${job}\n`);
  }

  kill(): void {
    this.#end({ kind: 'killed' });
  }

  async #awaitEnd(): Promise<Ending> {
    const result = await this.#child;
    clearTimeout(this.#wallClock);
    clearInterval(this.#watch);
    this.#setReady(false);
    if (this.#ownGroup) this.#killTree(); // What the process left behind.
    if (this.#ending !== undefined) return this.#ending;
    if (result.exitCode === SIGXCPU || result.signal === 'SIGXCPU') return { kind: 'timeout' };
    if (/heap out of memory|ERR_MEMORY_ALLOCATION_FAILED|out of memory/i.test(this.#stderr)) {
      return { kind: 'out-of-memory' };
    }
    const stderr = this.#stderr || (result.failed ? String(result.message ?? '') : '');
    return { kind: 'exited', exitCode: result.exitCode, stderr };
  }

  #readChannel(text: string): void {
    this.#channel += text;
    if (this.#channel.length > MAX_ANSWER) this.#end({ kind: 'too-much-output' });
    const [first, second, ...more] = this.#channel.split('\n');
    if (second === undefined) return;
    this.#setReady(first === 'ready');
    if (more.length > 0) this.#end({ kind: 'answered', answer: second });
  }

  #countOutput(chunk: Buffer): void {
    this.#outputBytes += chunk.length;
    if (this.#outputBytes > this.#limits.outputBytes) this.#end({ kind: 'too-much-output' });
  }

  #watchTree(): void {
    if (this.#child.pid === undefined) return;
    const usage = treeUsage(this.#child.pid, this.#limits.processes);
    if (usage.residentMegabytes > this.#limits.memoryMegabytes) this.#end({ kind: 'out-of-memory' });
    else if (usage.tasks > this.#limits.processes) this.#end({ kind: 'too-many-processes' });
  }

  #end(ending: Ending): void {
    this.#ending ??= ending;
    this.#killTree();
  }

  #killTree(): void {
    if (this.#child.pid === undefined) return;
    try {
      // Killing bwrap kills its process namespace, and with it everything that ran inside.
      if (this.#ownGroup) process.kill(-this.#child.pid, 'SIGKILL');
      else this.#child.kill('SIGKILL');
    } catch {
      // Nothing of it is left.
    }
  }
}

/** Descriptors: 0 the job, 1 and 2 whatever the code under test prints, 3 the answer. */
function spawn(command: Command) {
  return execa(command.file, command.args, {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    buffer: false,
    reject: false,
    env: command.env,
    extendEnv: false,
    cwd: command.cwd,
    detached: command.ownGroup,
  });
}
