/** Where the parts of this package lie, from its sources as from its bundle. */
import { readFileSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

const manifest = findPackageJSON('..', import.meta.url)!;
const root = dirname(manifest);

export const embeddedModel = join(root, 'trainer', 'model', 'base');
export const sampleWorkspace = join(root, 'test-fixtures', 'sample-workspace');

/** The versions that a run's numbers depend on. */
export function versions(): { readonly reinforce: string; readonly onnxruntime: string } {
  const versionIn = (path: string): string => JSON.parse(readFileSync(path, 'utf8')).version;
  const onnxruntime = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  return { reinforce: versionIn(manifest), onnxruntime: versionIn(onnxruntime) };
}
