import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';

const cache = join(import.meta.dirname, '../../.cache');
const recipe = join(import.meta.dirname, 'code-server');

/**
 * Installs code-server's VS Code once, from the lockfile in code-server/, into the repository's cache: half a gigabyte, in half a
 * minute, without a compiler. It is no dependency of the repository, whose own installation stays light.
 *
 * @returns the absolute path of VS Code's server, a script for Node 24.
 */
export async function ensureCodeServer(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'stubs/spdlog/index.js', 'stubs/native-watchdog/index.js']) {
    hash.update(await readFile(join(recipe, file)));
  }
  const kept = join(cache, `vscode-${hash.digest('hex').slice(0, 12)}`);
  if (!(await isFolder(kept))) await install(kept);
  return join(kept, 'node_modules/code-server/lib/vscode/out/server-main.js');
}

async function install(kept: string): Promise<void> {
  // Made aside and then renamed, so that an interrupted installation leaves nothing that looks complete.
  const aside = await mkdtemp(`${kept}-`);
  try {
    for (const part of ['package.json', 'package-lock.json', '.npmrc', 'stubs']) {
      await cp(join(recipe, part), join(aside, part), { recursive: true });
    }
    await execa('npm', ['ci'], { cwd: aside, env: { NODE_OPTIONS: '' } });
    const modules = join(aside, 'node_modules');
    // The server and its built-in extensions look for their packages beside themselves.
    for (const folder of ['lib/vscode', 'lib/vscode/extensions']) {
      const link = join(modules, 'code-server', folder, 'node_modules');
      await rm(link, { recursive: true, force: true });
      await symlink(relative(dirname(link), modules), link, 'dir');
    }
    await rename(aside, kept);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
