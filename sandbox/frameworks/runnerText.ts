import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripTypes } from './typeStripping.ts';

/** The JavaScript of a runner, which is handed to Node as text: beside this file, or beside the bundle once bundled. */
export function runnerText(name: string): string {
  const bundled = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  if (existsSync(bundled)) return readFileSync(bundled, 'utf8');
  return stripTypes(readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8'));
}

/** The text of a runner in Python, from beside this file, or from beside the bundle. */
export function pythonText(name: string): string {
  const bundled = fileURLToPath(new URL(`./${name}.py`, import.meta.url));
  const source = fileURLToPath(new URL(`./python/${name}.py`, import.meta.url));
  return readFileSync(existsSync(bundled) ? bundled : source, 'utf8');
}
