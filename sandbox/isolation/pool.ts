import { ConfinedProcess } from './confinedProcess.ts';
import type { Command, Limits } from './isolation.ts';

/** Starting a sandbox costs more than running a few tests in it, so some wait ready. Each is used for one job only. */
export class SandboxPool implements AsyncDisposable {
  readonly #command: Command;
  readonly #limits: Limits;
  readonly #size: number;
  readonly #alive = new Set<ConfinedProcess>();
  readonly #waiting: ConfinedProcess[] = [];
  #disposed = false;

  constructor(command: Command, limits: Limits, size: number) {
    this.#command = command;
    this.#limits = limits;
    this.#size = size;
  }

  /** The sandbox that has been booting for longest; another one starts to boot in its place. */
  take(): ConfinedProcess {
    if (this.#disposed) throw new Error('The sandbox pool was disposed of.');
    const taken = this.#waiting.shift() ?? this.#boot();
    while (this.#waiting.length < this.#size) this.#waiting.push(this.#boot());
    return taken;
  }

  #boot(): ConfinedProcess {
    const process = new ConfinedProcess(this.#command, this.#limits);
    this.#alive.add(process);
    void process.ended.then(() => this.#alive.delete(process));
    return process;
  }

  /** Kills every sandbox, also those at work. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    const ends = [...this.#alive].map((process) => {
      process.kill();
      return process.ended;
    });
    await Promise.all(ends);
  }
}
