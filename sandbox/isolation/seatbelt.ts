import { realpathSync } from 'node:fs';
import {
  CLEAN_ENVIRONMENT,
  type Isolation,
  type Limits,
  type Program,
  type WorkspaceView,
} from './isolation.ts';

/** Where macOS keeps its programs, libraries and what they read at their start. */
const SYSTEM = [
  '/bin',
  '/sbin',
  '/usr/bin',
  '/usr/lib',
  '/usr/libexec',
  '/usr/sbin',
  '/usr/share',
  '/System/Library',
  '/System/Cryptexes',
  '/System/Volumes/Preboot/Cryptexes',
  '/Library/Apple',
  '/private/var/db/dyld',
  '/private/var/db/timezone',
  '/private/etc/localtime',
  '/dev/null',
  '/dev/random',
  '/dev/urandom',
  '/dev/zero',
];

const HIDDEN = ['.git', '.hg', '.svn', '.reinforce'];

/**
 * Isolation by `sandbox-exec`, which macOS brings: a profile that denies everything it does not name.
 *
 * Covered: no network; of the file system only the system's programs, the program itself and the workspace, read-only,
 * and a temporary folder of its own that is removed afterwards; signals to nothing outside of it; limits on CPU time and file size by
 * `ulimit`.
 * Not covered: other processes can be listed (not touched); memory beyond Node's own heap and the number of processes,
 * since macOS counts all of the person's; there are no mounts, so a copy of the workspace appears under its own path. A
 * process that leaves its group outlives a SIGKILL until its CPU time is up.
 * Written against Apple's documentation (`man sandbox-exec`, the profiles in /System/Library/Sandbox/Profiles); it
 * has not been run on a Mac.
 */
export const seatbelt: Isolation = {
  kind: 'seatbelt',
  mounts: false,
  command: (program, view, limits) => ({
    file: '/bin/sh',
    args: [
      '-c',
      SCRIPT,
      'sh',
      profile(program, view),
      ...ulimits(limits),
      program.executable,
      ...program.args,
    ],
    env: { ...CLEAN_ENVIRONMENT, ...program.env },
    cwd: view.copy ?? view.workspace,
  }),
};

/**
 * Arguments: the profile, seconds of CPU time, blocks of 512 bytes of the largest file, then the program with
 * its arguments. The temporary folder's real path is what the kernel compares. Removes the temporary folders that killed runs have left behind an hour ago or earlier.
 */
const SCRIPT = `
root=$(cd "$TMPDIR" && pwd -P)
find "$root" -maxdepth 1 -name 'reinforce-run.*' -mmin +60 -exec rm -rf {} + 2>/dev/null
folder=$(mktemp -d "$root/reinforce-run.XXXXXX") || exit 70
trap 'rm -rf "$folder"' EXIT
profile=$1
ulimit -t "$2"
ulimit -f "$3"
ulimit -c 0
shift 3
export HOME="$folder" TMPDIR="$folder"
sandbox-exec -D TEMPORARY="$folder" -p "$profile" "$@"
`;

function ulimits({ cpuSeconds, fileMegabytes }: Limits): string[] {
  return [`${cpuSeconds}`, `${fileMegabytes * 2048}`];
}

/** A profile in the sandbox's own language. Later rules override earlier ones. */
export function profile(program: Program, { workspace, copy, uncopied = [] }: WorkspaceView): string {
  const shown = copy ?? workspace;
  const linked = copy === undefined ? [] : uncopied.map((path) => `${workspace}/${path}`);
  const reads = [...SYSTEM, program.executable, ...program.reads, shown, ...linked];
  return [
    '(version 1)',
    '(deny default)',
    '(allow process-fork)',
    '(allow process-exec* (require-any',
    ...[...SYSTEM.slice(0, 6), program.executable, ...program.reads].map((path) => `  ${subpath(path)}`),
    '))',
    '(allow signal (target same-sandbox))',
    '(allow sysctl-read)',
    '(allow file-read-metadata)',
    '(allow file-read* (require-any',
    ...[...new Set(reads)].map((path) => `  ${subpath(path)}`),
    '))',
    '(allow file-read* file-write* (subpath (param "TEMPORARY")) (literal "/dev/null"))',
    '(deny file-read* file-write*',
    ...HIDDEN.map((name) => `  ${subpath(`${workspace}/${name}`)}`),
    ')',
    '(deny network*)',
  ].join('\n');
}

/** The kernel compares real paths; a quote or backslash in one must not end the text. */
function subpath(path: string): string {
  return `(subpath ${JSON.stringify(realOf(path))})`;
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
