import { execa } from 'execa';
import type { Command, Limits } from './isolation.ts';
import { type TreeUsage, treeUsage } from './processTree.ts';

/** Why a confined process ended. */
export type Ending =
  | {
      readonly kind: 'answered';
      readonly answer: string;
      readonly cpuSeconds: number;
      /** Of all its processes together, when it answered. */
      readonly residentMegabytes: number;
    }
  | { readonly kind: 'timeout' | 'out-of-memory' | 'too-much-output' | 'too-many-processes' }
  | { readonly kind: 'exited'; readonly exitCode: number | undefined; readonly stderr: string }
  | { readonly kind: 'killed' };

const WATCH_MILLISECONDS = 50;
/**
 * Looks in a row that find no CPU time used: ten seconds. Whoever waits for so long waits for what will not come; looks are
 * counted, and not time, which passes for our own reasons too.
 */
const MOST_IDLE_LOOKS = 200;
const KEPT_STDERR = 4096;
/** A report of a thousand failing tests takes about half of this. */
const MAX_ANSWER = 4 * 1024 * 1024;

/** Wall-clock seconds allowed for each second of CPU time, where a job is allowed more of that than is usual. */
const WALL_A_CPU_SECOND = 5;

/** Exit codes of a shell convention: 128 + signal number. */
const SIGXCPU = 128 + 24;

/**
 * A process in its isolation, that waits on its standard input for a job and answers on descriptor 3.
 *
 * One line comes back on that descriptor as soon as it is ready, then one with the answer. A job that is handed over by
 * `start` is the last one; `ask` lets the process live for another. Whatever ends the process first (answer, limit, crash,
 * kill), its whole tree is dead when `ended` resolves.
 */
export class ConfinedProcess {
  /** Resolves with true once the process waits for its job, with false if it died before. */
  readonly ready: Promise<boolean>;
  /** Never rejects. */
  readonly ended: Promise<Ending>;
  readonly #limits: Limits;
  readonly #child: ReturnType<typeof spawn>;
  #ending: Ending | undefined;
  #channel = '';
  #stderr = '';
  #outputBytes = 0;
  #setReady: (ready: boolean) => void = () => {};
  #wallClock: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  /** Takes the answer of a process that is to live on. */
  #answer: ((ending: Ending) => void) | undefined;
  /** CPU time of the tree when the job that it is at was handed over, the last that was seen, and what is allowed. */
  #cpuBefore = 0;
  #cpuNow = 0;
  #idleLooks = 0;
  #cpuAllowed: number;

  constructor(command: Command, limits: Limits) {
    this.#limits = limits;
    this.#cpuAllowed = limits.cpuSeconds;
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

  /** Hands over the job, as one line, and starts the clocks. @param cpuSeconds in place of the usual limit. */
  start(job: string, cpuSeconds = this.#limits.cpuSeconds): void {
    this.#startClocks(cpuSeconds);
    this.#child.stdin.end(`${job}\n`);
  }

  /**
   * Hands over one of several jobs, as one line, never two at a time.
   * @returns its answer, or how the process ended without one. The limits hold for the job: they count from here.
   */
  async ask(job: string, cpuSeconds = this.#limits.cpuSeconds): Promise<Ending> {
    const answered = new Promise<Ending>((resolve) => {
      this.#answer = resolve;
    });
    this.#outputBytes = 0;
    this.#stderr = '';
    this.#startClocks(cpuSeconds);
    this.#child.stdin.write(`${job}\n`);
    return await Promise.race([answered, this.ended]);
  }

  #startClocks(cpuSeconds: number): void {
    this.#cpuBefore = this.#usage()?.cpuSeconds ?? 0;
    this.#cpuNow = this.#cpuBefore;
    this.#idleLooks = 0;
    this.#cpuAllowed = cpuSeconds;
    // Whoever blocked our event loop meanwhile (a model at work) must not cost an answer that already waits to be read:
    // immediates run after that reading.
    const timeout = () => setImmediate(() => this.#end({ kind: 'timeout' }));
    const extraCpu = Math.max(0, cpuSeconds - this.#limits.cpuSeconds);
    const seconds = this.#limits.wallSeconds + WALL_A_CPU_SECOND * extraCpu;
    this.#wallClock = setTimeout(timeout, seconds * 1000);
    this.#watch = setInterval(() => this.#watchTree(), WATCH_MILLISECONDS);
  }

  #stopClocks(): void {
    clearTimeout(this.#wallClock);
    clearInterval(this.#watch);
  }

  kill(): void {
    this.#end({ kind: 'killed' });
  }

  async #awaitEnd(): Promise<Ending> {
    const result = await this.#child;
    this.#stopClocks();
    this.#setReady(false);
    this.#killTree(); // What the process left behind.
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
    if (more.length === 0) return;
    const usage = this.#usage();
    const [cpuSeconds, residentMegabytes] = [this.#cpuSpent(usage), usage?.residentMegabytes ?? 0];
    const ending: Ending = { kind: 'answered', answer: second!, cpuSeconds, residentMegabytes };
    if (this.#answer === undefined) {
      this.#end(ending);
      return;
    }
    // What stays is the line that said it was ready: the next job's answer follows it.
    this.#channel = `${first}\n`;
    this.#stopClocks();
    this.#answer(ending);
    this.#answer = undefined;
  }

  #countOutput(chunk: Buffer): void {
    this.#outputBytes += chunk.length;
    if (this.#outputBytes > this.#limits.outputBytes) this.#end({ kind: 'too-much-output' });
  }

  #watchTree(): void {
    const usage = this.#usage();
    if (usage === undefined) return;
    // Where nothing can be seen, nothing is known of idleness.
    const isIdle = usage.tasks > 0 && usage.cpuSeconds <= this.#cpuNow;
    this.#idleLooks = isIdle ? this.#idleLooks + 1 : 0;
    // Inside, CPU time is limited for each process from its start; one that has had jobs before has used some already.
    const isStuck = this.#idleLooks > MOST_IDLE_LOOKS;
    if (isStuck || this.#cpuSpent(usage) > this.#cpuAllowed) this.#end({ kind: 'timeout' });
    else if (usage.residentMegabytes > this.#limits.memoryMegabytes) this.#end({ kind: 'out-of-memory' });
    else if (usage.tasks > this.#limits.processes) this.#end({ kind: 'too-many-processes' });
  }

  /** Since the job was handed over. Processes that have ended without being waited for are counted as last seen. */
  #cpuSpent(usage: TreeUsage | undefined): number {
    this.#cpuNow = Math.max(this.#cpuNow, usage?.cpuSeconds ?? 0);
    return this.#cpuNow - this.#cpuBefore;
  }

  #usage(): TreeUsage | undefined {
    return this.#child.pid === undefined ? undefined : treeUsage(this.#child.pid, this.#limits.processes);
  }

  #end(ending: Ending): void {
    this.#ending ??= ending;
    this.#killTree();
  }

  #killTree(): void {
    if (this.#child.pid === undefined) return;
    try {
      // Killing bwrap kills its process namespace, and with it everything that ran inside. In its first milliseconds there
      // is a child that would wait for it for ever, but is in its process group still.
      process.kill(-this.#child.pid, 'SIGKILL');
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
    detached: true,
  });
}
