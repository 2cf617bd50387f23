import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nodePackageFolder } from './nodeExecutable.ts';
import type { Platform } from './platforms.ts';
import { readmeOfExtension } from './readme.ts';
import { shippedPackages } from './shippedPackages.ts';

const root = join(import.meta.dirname, '..');

/** The languages that tasks are found in: no other grammar is shipped. */
const grammars = ['javascript', 'typescript', 'tsx', 'python'];

/** Folders that are taken as they are, where they are there. */
const folders = ['dist', 'trainer/model/base', 'media', 'l10n'];

/** What only building, installing and testing read of package.json. */
const withoutUse = ['scripts', 'devDependencies', 'dependencies', 'allowScripts', 'files', 'bin', 'private'];

/**
 * Puts all that one platform's package holds into `folder`, which is empty and outside the repository, so that nothing
 * there finds what it lacks in the repository's own node_modules.
 */
export async function stage(folder: string, platform: Platform, cache: string): Promise<void> {
  const notMaps = (path: string): boolean => !path.endsWith('.map');
  const present = await readdir(root);
  for (const name of folders.filter((path) => present.includes(path.split('/')[0]!))) {
    await cp(join(root, name), join(folder, name), { recursive: true, filter: notMaps });
  }
  await stageTexts(folder, present);
  for (const name of shippedPackages) await stagePackage(name, folder, platform);
  await stageNode(join(folder, 'node'), platform, cache);
}

async function stageTexts(folder: string, present: readonly string[]): Promise<void> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const key of withoutUse) delete manifest[key];
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  await writeFile(join(folder, 'README.md'), readmeOfExtension(readme));
  const translations = present.filter((file) => /^package\.nls(\.[\w-]+)?\.json$/.test(file));
  for (const file of ['LICENSE', ...translations]) await cp(join(root, file), join(folder, file));
}

/** Packages lie beside the bundles: Node finds them there, and vsce leaves out a `node_modules` at the top. */
async function stagePackage(name: string, folder: string, platform: Platform): Promise<void> {
  const source = join(root, 'node_modules', name);
  const target = join(folder, 'dist/node_modules', name);
  const wanted = wantedFiles(name, platform);
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const inside = path.slice(source.length + 1).replaceAll('\\', '/');
    if (entry.isFile() && wanted(inside)) await cp(path, join(target, inside));
  }
  const {
    dependencies: _,
    devDependencies: __,
    scripts: ___,
    ...manifest
  } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
  await writeFile(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Which files of a package run on a platform, by their paths inside the package. */
function wantedFiles(name: string, { os, arch }: Platform): (path: string) => boolean {
  const isCode = (path: string): boolean => /^(dist|wasm)\/.*\.js$|\/package\.json$|^LICENSE$/.test(path);
  if (name === 'onnxruntime-node') {
    const native = `bin/napi-v6/${os}/${arch}/`;
    // For macOS one library comes under two names, and the addon asks for the shorter one.
    return (path) => isCode(path) || (path.startsWith(native) && !/\.\d+\.\d+\.\d+\.dylib$/.test(path));
  }
  const wasm = ['tree-sitter', ...grammars.map((grammar) => `tree-sitter-${grammar}`)];
  return (path) => isCode(path) || wasm.includes(basename(path, '.wasm'));
}

async function stageNode(folder: string, platform: Platform, cache: string): Promise<void> {
  const source = await nodePackageFolder(platform.node, cache);
  await mkdir(folder, { recursive: true });
  const executable = join(folder, platform.nodeFile);
  await cp(join(source, 'bin', platform.nodeFile), executable);
  await chmod(executable, 0o755);
  if ((await readdir(source)).includes('LICENSE')) await cp(join(source, 'LICENSE'), join(folder, 'LICENSE'));
}
