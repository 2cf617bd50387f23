import { posix } from 'node:path';

const SCRIPT_IMPORT =
  /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire(?:\.resolve)?\s*\(\s*|\b(?:mock|doMock|importActual)\s*\(\s*)(['"`])([^'"`\n]+)\1/g;
const PYTHON_IMPORT = /^[ \t]*(?:from\s+([.\w]+)\s+import\s+([^\n]*)|import\s+([^\n]*))/gm;
const SCRIPT_ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/**
 * The files of a workspace that a file loads, itself included, as its import statements say. What cannot be told (an
 * alias, a path put together at run time) counts as everything, so that nothing that matters is missed.
 * @param texts every source and test file → its text.
 */
export function filesLoadedBy(file: string, texts: ReadonlyMap<string, string>): Set<string> {
  const loaded = new Set<string>();
  const pending = [file, ...[...texts.keys()].filter((path) => path.endsWith('conftest.py'))];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (loaded.has(next)) continue;
    loaded.add(next);
    const imports = next.endsWith('.py') ? pythonImports(next, texts) : scriptImports(next, texts);
    if (imports === 'anything') return new Set([...texts.keys(), file]);
    pending.push(...imports);
  }
  return loaded;
}

function scriptImports(file: string, texts: ReadonlyMap<string, string>): string[] | 'anything' {
  const text = texts.get(file) ?? '';
  const imported: string[] = [];
  for (const [, , specifier] of text.matchAll(SCRIPT_IMPORT)) {
    if (/^[@~#]\/|^[~#]/.test(specifier!)) return 'anything';
    if (!specifier!.startsWith('.')) continue;
    const path = posix.normalize(posix.join(posix.dirname(file), specifier!));
    const bare = path.replace(/\.[cm]?jsx?$/, '');
    const places = [path, bare].flatMap((base) =>
      SCRIPT_ENDINGS.flatMap((ending) => [`${base}${ending}`, `${base}/index${ending}`]),
    );
    imported.push(...places.filter((place) => texts.has(place)));
  }
  return /\b(import|require)\s*\(\s*(?!['"`])/.test(text) ? 'anything' : imported;
}

function pythonImports(file: string, texts: ReadonlyMap<string, string>): string[] | 'anything' {
  const text = texts.get(file) ?? '';
  if (/\bimport_module\s*\(|__import__/.test(text)) return 'anything';
  const imported = [...text.matchAll(PYTHON_IMPORT)].flatMap(([, from, names, plain]) => {
    if (from === undefined) return plain!.split(',').map((name) => name.trim().split(/\s/)[0]!);
    return [
      from,
      ...names!.split(/[,()]/).map((name) => `${from.replace(/\.$/, '.')}.${name.trim().split(/\s/)[0]}`),
    ];
  });
  // Where packages start is the project's own affair: every file that ends like the module may be it.
  const endings = imported
    .map((name) => name.replace(/^\.+/, '').replaceAll('..', '.').split('.').filter(Boolean).join('/'))
    .filter(Boolean);
  return [...texts.keys()].filter((path) =>
    endings.some((ending) =>
      [`${ending}.py`, `${ending}/__init__.py`].some((end) => path === end || path.endsWith(`/${end}`)),
    ),
  );
}
