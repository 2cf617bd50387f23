import { machineOf } from './machine.ts';
import type { Platform } from './platforms.ts';
import type { Vsix } from './vsix.ts';

/** What no package may hold: tests, sources, source maps, runs, and what only building needs. */
const unwanted =
  /(^|\/)(test|tests|test-fixtures|\.reinforce|\.cache|\.git)\/|\.(map|tsbuildinfo|vsix|tgz|log)$|(?<!\.d)\.[cm]?ts$|\.d\.[cm]?ts$/;

/** @returns a sentence for everything that is wrong with a package; none for a good one. */
export function faultsOf(vsix: Vsix, platform: Platform): string[] {
  const paths = new Set(vsix.files.map(({ path }) => path));
  const addon = `dist/node_modules/onnxruntime-node/bin/napi-v6/${platform.os}/${platform.arch}/onnxruntime_binding.node`;
  const needed = [
    'package.json',
    'readme.md',
    'LICENSE.txt',
    `node/${platform.nodeFile}`,
    addon,
    'trainer/model/base/model.safetensors',
    'trainer/model/base/tokenizer.json',
    'dist/node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter.wasm',
    ...filesNamedIn(vsix.manifest),
  ];
  return [
    ...needed.filter((path) => !paths.has(path)).map((path) => `${path} is missing.`),
    ...vsix.files
      .filter(({ path }) => unwanted.test(path))
      .map(({ path }) => `${path} does not belong there.`),
    ...foreignFiles(vsix, platform),
    ...notExecutable(vsix, platform),
  ];
}

function foreignFiles({ files }: Vsix, { os, arch }: Platform): string[] {
  return files.flatMap(({ path, head }) => {
    const machine = machineOf(head);
    if (machine === undefined || (machine.os === os && machine.arch === arch)) return [];
    return [`${path} is made for ${machine.os} on ${machine.arch}.`];
  });
}

/** Windows knows no mode. */
function notExecutable({ files }: Vsix, { os, nodeFile }: Platform): string[] {
  const node = files.find(({ path }) => path === `node/${nodeFile}`);
  if (!node) return [];
  if (machineOf(node.head) === undefined) return [`${node.path} is no executable.`];
  return os === 'win32' || node.executable ? [] : [`${node.path} lost its executable mode.`];
}

/** Every file of the extension that its manifest names: the entry, pictures, pages of the walkthrough. */
function filesNamedIn(manifest: unknown): string[] {
  if (typeof manifest === 'string') {
    const isFile = /^(\.\/|dist\/|media\/|l10n\/)[\w./-]+\.\w+$/.test(manifest);
    return isFile ? [manifest.replace(/^\.\//, '')] : [];
  }
  if (typeof manifest !== 'object' || manifest === null) return [];
  return Object.values(manifest).flatMap(filesNamedIn);
}
