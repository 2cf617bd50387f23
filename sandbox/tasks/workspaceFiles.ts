import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { WorkspaceFrameworks } from '../frameworks/workspaceFrameworks.ts';
import { languageOf } from './syntaxTrees.ts';

/** A workspace's JavaScript and TypeScript, parted into sources and tests. Paths have `/` between folders. */
export interface WorkspaceFiles {
  readonly sources: ReadonlyMap<string, string>;
  readonly tests: readonly string[];
}

const SKIPPED_FOLDERS = /(^|\/)(node_modules|dist|build|out|coverage|\.[^/]+)\//;
const LOOKS_LIKE_TEST = /(^|\/)(tests?|__tests__)\/|[._-](test|spec)\.[^./]+$/;

/** Generated and bundled files are large, and nothing a person would have a model write. */
const MAX_LENGTH = 200_000;

/** Reads a workspace's files: those that git does not ignore, or without git all outside of build folders. */
export async function readWorkspaceFiles(
  workspace: string,
  frameworks: Pick<WorkspaceFrameworks, 'isTestFile'>,
  signal?: AbortSignal,
): Promise<WorkspaceFiles> {
  const sources = new Map<string, string>();
  const tests: string[] = [];
  const listed = (await listByGit(workspace)) ?? (await listByWalking(workspace, ''));
  for (const file of [...new Set(listed)].sort()) {
    signal?.throwIfAborted();
    if (languageOf(file) === undefined || SKIPPED_FOLDERS.test(file)) continue;
    const text = await readFile(join(workspace, file), 'utf8').catch(() => undefined); // Listed by git, but deleted.
    if (text === undefined || text.length > MAX_LENGTH) continue;
    if (frameworks.isTestFile(file, text)) tests.push(file);
    else if (!LOOKS_LIKE_TEST.test(file)) sources.set(file, text);
  }
  return { sources, tests };
}

async function listByGit(workspace: string): Promise<string[] | undefined> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const result = await execa('git', args, { cwd: workspace, reject: false, stripFinalNewline: false });
  if (result.failed) return undefined;
  const files = result.stdout.split('\0').filter(Boolean);
  // A folder that an outer repository ignores as a whole is a workspace all the same.
  return files.length > 0 ? files : undefined;
}

async function listByWalking(workspace: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(workspace, folder), { withFileTypes: true });
  const lists = entries.map(async (entry) => {
    const path = `${folder}${entry.name}`;
    if (entry.isFile()) return [path];
    return entry.isDirectory() && !SKIPPED_FOLDERS.test(`${path}/`)
      ? listByWalking(workspace, `${path}/`)
      : [];
  });
  return (await Promise.all(lists)).flat();
}
