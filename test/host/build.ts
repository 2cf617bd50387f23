import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const output = join(root, '.cache/host-tests');

/** Bundles each window's tests into a CommonJS module. @returns the module of a window, by its name. */
export async function buildHostTests(): Promise<(window: string) => string> {
  await rm(output, { recursive: true, force: true });
  const folder = join(import.meta.dirname, 'windows');
  const entryPoints = (await readdir(folder)).map((file) => join(folder, file));
  await build({
    entryPoints,
    outdir: output,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return (window) => join(output, `${window}.cjs`);
}
