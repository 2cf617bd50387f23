import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const skipped = /^(\..*|node_modules|dist|build|out|coverage|__pycache__)$/;
/** Beyond this it takes longer to look than to collect anew. */
const mostFiles = 50_000;

/**
 * Changes when a file of the workspace is added, removed or written to; build folders and packages do not count.
 * @returns undefined for a workspace with too many files to look at.
 */
export async function workspaceStamp(workspace: string): Promise<string | undefined> {
  const files: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(join(workspace, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !skipped.test(entry.name)) folders.push(path);
      else if (entry.isFile()) files.push(path);
    }
    if (files.length > mostFiles) return undefined;
  }
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    // A file that went away meanwhile is a change like any other.
    const found = await stat(join(workspace, file)).catch(() => undefined);
    hash.update(`${file}\0${found?.size}\0${found?.mtimeMs}\n`);
  }
  return hash.digest('hex');
}
