import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { HumanError } from '../../humanError.ts';

/** A Python that can run a workspace's tests. */
export interface Interpreter {
  readonly executable: string;
  /** Folders outside of the system's that it reads its libraries from. */
  readonly reads: readonly string[];
}

const ENVIRONMENTS = ['.venv', 'venv', 'env'];
const SYSTEM_FOLDERS = /^\/(usr|bin|lib|lib64)(\/|$)/;

const Answer = z.object({
  executable: z.string(),
  folders: z.array(z.string()),
  found: z.boolean(),
});

/** Prints where it reads from, and whether it has the module named by its argument. */
const QUESTION = `
import importlib.util, json, sys
print(json.dumps({
    "executable": sys.executable,
    "folders": [sys.prefix, sys.base_prefix, sys.exec_prefix, *filter(None, sys.path)],
    "found": importlib.util.find_spec(sys.argv[1]) is not None,
}))`;

/**
 * The project's own interpreter: that of a virtual environment beside the tests or in a folder above them, else of
 * Poetry's, else the first Python of this machine that has the framework.
 * @param workspace absolute path. @param folder path inside it. @param module the framework's.
 * @throws HumanError where none has it.
 */
export async function findInterpreter(
  workspace: string,
  folder: string,
  module: 'pytest' | 'unittest',
): Promise<Interpreter> {
  const key = JSON.stringify([workspace, folder, module]);
  const known = found.get(key);
  if (known && existsSync(known.executable)) return known;
  const interpreter = await search(workspace, folder, module);
  found.set(key, interpreter);
  return interpreter;
}

/** Asking a Python takes longer than many a test; what was found stays, for as long as it is there. */
const found = new Map<string, Interpreter>();

async function search(workspace: string, folder: string, module: string): Promise<Interpreter> {
  const tried: string[] = [];
  for await (const candidate of candidates(workspace, folder)) {
    const answer = await ask(candidate, module);
    if (answer === undefined) continue;
    tried.push(candidate);
    if (!answer.found) continue;
    const outside = (path: string) => !SYSTEM_FOLDERS.test(path) && !`${path}/`.startsWith(`${workspace}/`);
    const reads = [...new Set(answer.folders)].filter((path) => outside(path) && existsSync(path));
    // A folder inside another that is shown anyway would be a mount for nothing.
    const topmost = reads.filter((path) => !reads.some((other) => path.startsWith(`${other}/`)));
    return { executable: answer.executable, reads: topmost };
  }
  if (tried.length === 0) {
    throw new HumanError(
      'The tests are in Python, which is missing here: install python3, or make a virtual environment in .venv.',
    );
  }
  throw new HumanError(
    `The tests want ${module}, which ${tried.join(' and ')} do not have: install it (for example: python3 -m venv .venv && .venv/bin/pip install ${module}).`,
  );
}

async function* candidates(workspace: string, folder: string): AsyncGenerator<string> {
  for (let at = join(workspace, folder); `${at}/`.startsWith(`${workspace}/`); at = dirname(at)) {
    for (const name of ENVIRONMENTS) {
      const python = join(at, name, 'bin/python');
      if (existsSync(python)) yield python;
    }
    if (existsSync(join(at, 'poetry.lock'))) {
      const poetry = await execa('poetry', ['env', 'info', '--executable'], { cwd: at, reject: false });
      if (!poetry.failed) yield poetry.stdout.trim();
    }
  }
  yield 'python3';
  yield '/usr/bin/python3';
}

async function ask(python: string, module: string): Promise<z.infer<typeof Answer> | undefined> {
  const result = await execa(python, ['-c', QUESTION, module], { cwd: '/', reject: false, timeout: 20_000 });
  if (result.failed) return undefined;
  return Answer.parse(JSON.parse(result.stdout.trim().split('\n').at(-1)!));
}
