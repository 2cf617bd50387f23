/** What one sandbox may use. */
export interface Limits {
  /** Wall-clock seconds of one run, counted from the moment its job is handed over. */
  readonly wallSeconds: number;
  /** Seconds of CPU time for each process, whole seconds. Unlike the wall clock it does not suffer from a busy machine. */
  readonly cpuSeconds: number;
  /** Resident memory of all processes together, in MiB. */
  readonly memoryMegabytes: number;
  /** Processes and threads. Node itself needs about a dozen. */
  readonly processes: number;
  /** Largest file, and all of the private temporary folder, in MiB. */
  readonly fileMegabytes: number;
  /** Bytes on standard output and standard error together. */
  readonly outputBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  wallSeconds: 20,
  cpuSeconds: 2,
  memoryMegabytes: 512,
  processes: 48,
  fileMegabytes: 16,
  outputBytes: 256 * 1024,
};

/** A command as the operating system is to run it. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The command leads its own process group, so that all of the group can be killed. */
  readonly ownGroup: boolean;
}

/**
 * A way of running Node so that the code it runs can reach nothing that it should not.
 *
 * `arguments_` go to Node. The workspace is the working directory and appears under its own path.
 */
export interface Isolation {
  readonly kind: 'bubblewrap' | 'none';
  command(arguments_: readonly string[], workspace: string, limits: Limits): Command;
}

/** Environment variables of every run: none of the person's own. */
export const CLEAN_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/tmp',
  TMPDIR: '/tmp',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  NODE_ENV: 'test',
};

/** Flags that keep Node's own heap inside the limits. */
export function nodeFlags(limits: Limits): string[] {
  return [`--max-old-space-size=${Math.floor(limits.memoryMegabytes / 2)}`, '--no-warnings'];
}
