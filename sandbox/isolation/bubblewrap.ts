import { existsSync, lstatSync, readlinkSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CLEAN_ENVIRONMENT, type Isolation, type WorkspaceView } from './isolation.ts';

const MEGABYTE = 1024 * 1024;

/** Node maps this much private memory without touching it, which the limit on a process's data counts all the same. */
const NODE_RESERVED_MEGABYTES = 640;

const BECOME_NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] as const;

/** Folders of the workspace that tests have no business in: the history holds every function's own body. */
const HIDDEN_FOLDERS = ['.git', '.reinforce'];

/**
 * Isolation by bubblewrap (Linux): namespaces of its own for processes, network, users, IPC and host name.
 *
 * Covered: no network; of the file system only the system's programs, Node and the workspace, all read-only, and a
 * private temporary folder of limited size in memory; no capabilities and no further user namespaces; limits on CPU
 * time, file size and memory of each process. Everything inside dies with the `bwrap` process, and that with its parent.
 * Not covered: flaws of the kernel itself; what the person keeps inside the workspace can be read (not written).
 *
 * The kernel never limits the number of root's processes, nor would root be a good user for foreign code. So root turns
 * into `nobody` first, where that is possible (`asNobody`) and the workspace may be read by everybody; else only the
 * watch over the process tree stops a fork bomb, which then takes seconds.
 */
export const bubblewrap = (asNobody: boolean, mark = ''): Isolation => ({
  kind: 'bubblewrap',
  asNobody,
  mounts: true,
  command: (program, view, limits) => {
    const shown = [view.copy ?? view.workspace, ...uncopied(view), program.executable, ...program.reads];
    const becomeNobody = asNobody && shown.every(openToAll);
    const executable = program.executableInside ?? program.executable;
    const environment = { ...CLEAN_ENVIRONMENT, ...program.env };
    const args = [
      ...['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session'],
      ...['--cap-drop', 'ALL', '--clearenv', '--hostname', 'sandbox'],
      // Seen from outside, on the command line, and not inside.
      ...['--setenv', 'MARK', mark, '--unsetenv', 'MARK'],
      ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
      ...systemFolders(),
      ...['--proc', '/proc', '--dev', '/dev'],
      ...['--size', String(limits.fileMegabytes * MEGABYTE), '--tmpfs', '/tmp'],
      ...program.reads.flatMap((path) => ['--ro-bind', path, path]),
      ...['--ro-bind', view.copy ?? view.workspace, view.workspace],
      ...(view.copy === undefined ? hiddenFolders(view.workspace) : []),
      ...uncopied(view).flatMap((path) => ['--ro-bind', path, path]),
      ...(program.executableInside === undefined ? [] : ['--ro-bind', program.executable, executable]),
      ...['--remount-ro', '/', '--chdir', view.workspace, '--'],
      ...['prlimit', `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 1}`, '--core=0'],
      `--fsize=${limits.fileMegabytes * MEGABYTE}`,
      `--data=${(limits.memoryMegabytes + NODE_RESERVED_MEGABYTES) * MEGABYTE}`,
      `--nproc=${limits.processes}`,
      ...['--', executable, ...program.args],
    ];
    const env = { PATH: process.env.PATH ?? '/usr/bin:/bin' };
    const [file, ...first] = becomeNobody ? ([...BECOME_NOBODY, 'bwrap'] as const) : (['bwrap'] as const);
    return { file, args: [...first, ...args], env, cwd: '/' };
  },
});

function uncopied({ workspace, uncopied = [] }: WorkspaceView): string[] {
  return uncopied.map((path) => join(workspace, path));
}

/** Whether every user may read this and pass through the folders above it. */
function openToAll(path: string): boolean {
  const above = dirname(path);
  const { mode } = statSync(path);
  const open = (mode & 0o4) !== 0 && (!statSync(path).isDirectory() || (mode & 0o1) !== 0);
  return open && (above === path || openToAll(above));
}

/** Programs and libraries, as this machine lays them out; nothing of /etc but what the dynamic linker wants. */
function systemFolders(): string[] {
  const binds = ['--ro-bind', '/usr', '/usr'];
  for (const folder of ['/bin', '/sbin', '/lib', '/lib32', '/lib64']) {
    if (!existsSync(folder)) continue;
    if (lstatSync(folder).isSymbolicLink()) binds.push('--symlink', readlinkSync(folder), folder);
    else binds.push('--ro-bind', folder, folder);
  }
  for (const path of ['/nix/store', '/etc/ld.so.cache', '/etc/alternatives']) {
    binds.push('--ro-bind-try', path, path);
  }
  return binds;
}

function hiddenFolders(workspace: string): string[] {
  return HIDDEN_FOLDERS.map((name) => join(workspace, name)).flatMap((path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    return stats.isDirectory() ? ['--tmpfs', path] : ['--ro-bind', '/dev/null', path];
  });
}
