import { realpathSync } from 'node:fs';

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

/** Most CPU time that any run is allowed: that of a test file as it is, before anybody knows how long it takes. */
export const MAX_CPU_SECONDS = 60;

/** A command as the operating system is to run it: as the leader of its own process group, so that all of it can be killed. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What runs inside. */
export interface Program {
  /** Absolute path on this machine. Inside it has to be among what it reads, or the system's, or have another path there. */
  readonly executable: string;
  /** Path that it is shown at inside. */
  readonly executableInside?: string;
  readonly args: readonly string[];
  /** Files and folders that it reads, beside the system's and the workspace: absolute paths, the same inside. */
  readonly reads: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What appears at the workspace's own path, read-only. It is the working directory. */
export interface WorkspaceView {
  /** Absolute path of the workspace itself. */
  readonly workspace: string;
  /** A copy to show in its place. */
  readonly copy?: string | undefined;
  /** Paths inside the workspace that are shown as they are, not from the copy. */
  readonly uncopied?: readonly string[] | undefined;
}

/** A way of running a program so that the code it runs can reach nothing that it should not. */
export interface Isolation {
  readonly kind: 'bubblewrap' | 'seatbelt' | 'none';
  /** Whether root turns into `nobody` first. */
  readonly asNobody?: boolean;
  /** Whether a copy of the workspace can be shown in its place; without that it runs where it lies. */
  readonly mounts: boolean;
  command(program: Program, view: WorkspaceView, limits: Limits): Command;
}

/** Node, as this process is run by it. */
export function nodeProgram(args: readonly string[], limits: Limits): Program {
  return {
    executable: realpathSync(process.execPath),
    executableInside: '/sandbox/node',
    args: [...nodeFlags(limits), ...args],
    reads: [],
    env: {},
  };
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
function nodeFlags(limits: Limits): string[] {
  return [`--max-old-space-size=${Math.floor(limits.memoryMegabytes / 2)}`, '--no-warnings'];
}
