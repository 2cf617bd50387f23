import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import type { FrameworkName } from './framework.ts';

/** The framework that runs a test file, and the folder that it is set up in. */
export interface ChosenFramework {
  readonly name: FrameworkName;
  /** Path inside the workspace; empty for the workspace itself. */
  readonly folder: string;
}

/** The names that `node --test`, vitest, jest and mocha look for. */
const SCRIPT_TEST =
  /(^|\/)test([.-][^/]*)?\.[cm]?[jt]sx?$|[._-](test|spec)\.[cm]?[jt]sx?$|(^|\/)(tests?|__tests__|spec)\/.*\.[cm]?[jt]sx?$/;
/** The names that pytest and unittest look for. */
const PYTHON_TEST = /(^|\/)(test[^/]*|[^/]*_test)\.py$/;

/** A call that defines a suite or a test, in any of their interfaces. */
const DEFINES_TESTS = /(?:^|;)[ \t]*(?:describe|it|test|suite|specify|context)(?:\.[\w$]+)*\s*[(`]/m;

type ScriptFramework = 'vitest' | 'jest' | 'mocha';

/** Configuration files by which a folder shows what it is tested with. */
const CONFIGURATIONS: readonly (readonly [RegExp, FrameworkName])[] = [
  [/^vitest\.(config|workspace)\.[cm]?[jt]s(on)?$/, 'vitest'],
  [/^jest\.config\.([cm]?[jt]s|json)$/, 'jest'],
  [/^\.mocharc\.([cm]?js|json|jsonc|ya?ml)$/, 'mocha'],
];

/**
 * The framework of a test file: the one that it imports, else the one that the nearest folder above it is set up for.
 * @param workspace absolute path. @param file path inside it.
 * @param testFiles globs of the files that hold tests; empty for those whose names frameworks look for.
 * @returns undefined where the file holds no tests that we know how to run.
 */
export function chooseFramework(
  workspace: string,
  file: string,
  text: string,
  testFiles: readonly string[] = [],
): ChosenFramework | undefined {
  const holdsTests =
    testFiles.length > 0
      ? testFiles.some((glob) => matchesGlob(file, glob))
      : PYTHON_TEST.test(file) || SCRIPT_TEST.test(file);
  if (!holdsTests || /\.d\.[cm]?ts$/.test(file)) return undefined;
  if (file.endsWith('.py')) return choosePython(workspace, file, text);
  if (/['"]node:test['"]/.test(text)) return { name: 'node:test', folder: '' };
  const imported = importedBy(text);
  if (imported === undefined && !DEFINES_TESTS.test(text)) return undefined;
  for (const folder of foldersAbove(file)) {
    const known = setUpFor(join(workspace, folder));
    const name = imported ?? known[0];
    if (name !== undefined && known.includes(name)) return { name, folder };
  }
  return undefined;
}

/** Folders from a file's own up to the workspace, whose path is empty. */
function* foldersAbove(file: string): Generator<string> {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) yield folder;
  yield '';
}

function importedBy(text: string): ScriptFramework | undefined {
  if (/['"](vitest|@voidzero-dev\/vite-plus-test)['"]/.test(text)) return 'vitest';
  if (/['"]@jest\/globals['"]/.test(text)) return 'jest';
  return /['"]mocha['"]/.test(text) ? 'mocha' : undefined;
}

/** Frameworks that a folder's own files name, the likeliest first. */
function setUpFor(folder: string): FrameworkName[] {
  const names = readdirSync(folder);
  const configured = CONFIGURATIONS.filter(([pattern]) => names.some((name) => pattern.test(name)));
  const manifest = names.includes('package.json') ? readManifest(join(folder, 'package.json')) : {};
  const inManifest = (['jest', 'mocha'] as const).filter((name) => name in manifest);
  const script = String(record(manifest.scripts).test ?? '');
  const run = (['vitest', 'jest', 'mocha'] as const).filter((name) =>
    new RegExp(`\\b${name}\\b`).test(script),
  );
  const depended = (['vitest', 'jest', 'mocha'] as const).filter(
    (name) => name in record(manifest.devDependencies) || name in record(manifest.dependencies),
  );
  return [...new Set([...run, ...configured.map(([, name]) => name), ...inManifest, ...depended])];
}

function readManifest(path: string): Record<string, unknown> {
  try {
    return record(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {}; // The package manager tells what is wrong with it.
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Files by which a folder shows that it is the root of a Python project. */
const PYTHON_PROJECT = new Set([
  'pyproject.toml',
  'setup.cfg',
  'setup.py',
  'pytest.ini',
  '.pytest.ini',
  'tox.ini',
  'requirements.txt',
  'Pipfile',
]);
const PYTEST_SECTION = /^\[(tool\.pytest|tool:pytest|pytest)\b/m;

function choosePython(workspace: string, file: string, text: string): ChosenFramework | undefined {
  const isUnittest = /^\s*(import|from)\s+unittest\b/m.test(text) && /^class\s/m.test(text);
  const isPytest = /^\s*(import|from)\s+pytest\b/m.test(text) || /^(async )?def test|^class Test/m.test(text);
  if (!isUnittest && !isPytest) return undefined;
  let folder = '';
  let configured = false;
  for (const above of foldersAbove(file)) {
    const names = readdirSync(join(workspace, above));
    configured ||= names.some((name) => saysPytest(join(workspace, above), name));
    if (!names.some((name) => PYTHON_PROJECT.has(name))) continue;
    folder = above;
    break;
  }
  return {
    name: (isPytest && (!isUnittest || !onlyClasses(text))) || configured ? 'pytest' : 'unittest',
    folder,
  };
}

function saysPytest(folder: string, name: string): boolean {
  if (/^(conftest\.py|\.?pytest\.ini)$/.test(name)) return true;
  if (!PYTHON_PROJECT.has(name)) return false;
  const text = readFileSync(join(folder, name), 'utf8');
  return name === 'requirements.txt' ? /^pytest\b/m.test(text) : PYTEST_SECTION.test(text);
}

/** Whether all tests are methods of unittest's own classes, and nothing of pytest's is asked for. */
function onlyClasses(text: string): boolean {
  return !/^\s*(import|from)\s+pytest\b|^(async )?def test/m.test(text);
}
