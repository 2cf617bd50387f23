import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { stripTypes } from './typeStripping.ts';

/** The JavaScript of a runner, which is handed to Node as text: beside this file, or beside the bundle once bundled. */
export function runnerText(name: string): string {
  const bundled = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  if (existsSync(bundled)) return readFileSync(bundled, 'utf8');
  return stripTypes(readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8'));
}

/** The same for a runner of several files. In the sources it is bundled now, by what the build bundles with. */
export function bundledText(name: string): string {
  const bundled = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  if (existsSync(bundled)) return readFileSync(bundled, 'utf8');
  const { buildSync }: typeof import('esbuild') = createRequire(import.meta.url)('esbuild');
  const entry = fileURLToPath(new URL(`./scripts/${name}.ts`, import.meta.url));
  const options = { bundle: true, write: false, format: 'esm', platform: 'node', target: 'node24' } as const;
  return buildSync({ ...options, entryPoints: [entry] }).outputFiles[0]!.text;
}

/** The text of a runner in Python, from beside this file, or from beside the bundle. */
export function pythonText(name: string): string {
  const bundled = fileURLToPath(new URL(`./${name}.py`, import.meta.url));
  const source = fileURLToPath(new URL(`./python/${name}.py`, import.meta.url));
  return readFileSync(existsSync(bundled) ? bundled : source, 'utf8');
}
