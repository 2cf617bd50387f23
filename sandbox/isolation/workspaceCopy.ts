import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HumanError } from '../humanError.ts';

const NAME = 'reinforce-copy-';

/** Never shown to code under test: the history holds every function's own body. */
const HIDDEN = new Set(['.git', '.hg', '.svn', '.reinforce']);

/** Installed or built things: large, and nothing that a completion replaces. */
const UNCOPIED = /^(node_modules|dist|build|out|coverage|\..+)$/;

/** Compiled from sources that may be replaced here. */
const LEFT_OUT = new Set(['__pycache__', '.pytest_cache', '.mypy_cache', '.ruff_cache']);

/** Inside of a copy that is shown in no sandbox of its own: the temporary folder of what runs there. */
export const TEMPORARY = '.reinforce-temporary';

const LARGEST_COPIED = 4 * 1024 * 1024;

/**
 * A private copy of a workspace, whose files we change from outside between the runs of a sandbox that shows it, read-only,
 * in the workspace's place. So whatever loads a file (a bundler, a transform, Python) sees the completion as a plain file.
 *
 * It is as the workspace was when it was made. Installed packages and built files are not copied but shown as they are.
 */
export class WorkspaceCopy implements Disposable {
  readonly workspace: string;
  readonly folder: string;
  /** Paths inside the workspace that are to be shown as they are. */
  readonly uncopied: string[] = [];
  /** What differs from the workspace now: file → text. */
  #replaced: Readonly<Record<string, string>> = {};

  /**
   * @param workspace absolute path.
   * @param linked whether uncopied folders are linked to, for want of a sandbox that could show them in their place.
   * @throws HumanError when the system's temporary folder has no room for it, or is missing.
   */
  constructor(workspace: string, linked: boolean) {
    this.workspace = workspace;
    this.folder = newFolder();
    try {
      withRoom(() => this.#copy(''));
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
    if (!linked) return;
    for (const path of this.uncopied) this.#link(path);
    this.#linkPackagesAbove();
    mkdirSync(join(this.folder, TEMPORARY));
  }

  /**
   * From now on these files have these texts, and all others are as in the workspace.
   * @returns the files that changed by it. @throws HumanError when there is no room for them.
   */
  replace(texts: Readonly<Record<string, string>>): string[] {
    return withRoom(() => this.#replace(texts));
  }

  #replace(texts: Readonly<Record<string, string>>): string[] {
    const changed: string[] = [];
    for (const file of Object.keys(this.#replaced)) {
      if (file in texts) continue;
      changed.push(file);
      const [original, copy] = [join(this.workspace, file), join(this.folder, file)];
      rmSync(copy, { force: true });
      if (existsSync(original)) copyFileSync(original, copy, constants.COPYFILE_FICLONE);
    }
    for (const [file, text] of Object.entries(texts)) {
      if (this.#replaced[file] === text) continue;
      changed.push(file);
      // It would not be seen, and the original graded in its place.
      if (this.uncopied.some((path) => file === path || file.startsWith(`${path}/`))) {
        throw new Error(`${file} cannot be replaced: it is shown as it is.`);
      }
      const copy = join(this.folder, file);
      mkdirSync(dirname(copy), { recursive: true });
      // A new file, so that what was copied with its mode, read-only perhaps, does not matter.
      rmSync(copy, { force: true });
      writeFileSync(copy, text, { mode: 0o644 });
    }
    this.#replaced = texts;
    return changed;
  }

  #copy(folder: string): void {
    for (const entry of readdirSync(join(this.workspace, folder), { withFileTypes: true })) {
      const { name } = entry;
      const path = join(folder, name);
      const [original, copy] = [join(this.workspace, path), join(this.folder, path)];
      if (HIDDEN.has(name) || LEFT_OUT.has(name)) continue;
      if (entry.isSymbolicLink()) symlinkSync(readlinkSync(original), copy);
      else if (entry.isDirectory()) {
        mkdirSync(copy);
        if (UNCOPIED.test(name) || existsSync(join(original, 'pyvenv.cfg'))) this.uncopied.push(path);
        else this.#copy(path);
      } else if (!entry.isFile()) continue;
      else if (lstatSync(original).size <= LARGEST_COPIED) {
        copyFileSync(original, copy, constants.COPYFILE_FICLONE);
      } else {
        writeFileSync(copy, '');
        this.uncopied.push(path);
      }
    }
  }

  /** Packages that are installed above the workspace are not above the copy. */
  #linkPackagesAbove(): void {
    const own = join(this.folder, 'node_modules');
    if (existsSync(own)) return;
    for (let above = dirname(this.workspace); above !== dirname(above); above = dirname(above)) {
      const packages = join(above, 'node_modules');
      if (!existsSync(packages)) continue;
      symlinkSync(packages, own);
      return;
    }
  }

  #link(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
    symlinkSync(join(this.workspace, path), join(this.folder, path));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** @throws HumanError where the system's temporary folder is missing, full or not ours to write to. */
function newFolder(): string {
  try {
    removeAbandoned();
    const folder = realpathSync(mkdtempSync(join(tmpdir(), `${NAME}${process.pid}-`)));
    chmodSync(folder, 0o755);
    return folder;
  } catch (error) {
    throw noRoom((error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** `action`, which writes to a copy; @throws HumanError where there is no room for it. */
function withRoom<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOSPC' || code === 'EDQUOT' ? noRoom(code) : error;
  }
}

function noRoom(code: string): HumanError {
  return new HumanError(
    `The temporary folder ${tmpdir()} cannot hold a copy of the workspace (${code}): make room there, or set TMPDIR to another folder.`,
  );
}

/** Copies whose process was killed before it could remove them. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(NAME) ? Number(name.slice(NAME.length).split('-')[0]) : undefined;
    if (pid !== undefined && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
