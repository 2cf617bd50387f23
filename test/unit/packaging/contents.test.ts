import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultsOf } from '../../../packaging/contents.ts';
import { machineOf } from '../../../packaging/machine.ts';
import { platforms } from '../../../packaging/platforms.ts';
import type { PackagedFile, Vsix } from '../../../packaging/vsix.ts';

const onnxRuntime = 'node_modules/onnxruntime-node/bin/napi-v6';

/** The beginning of a native file that npm brought, which says for what machine it was made. */
async function headOf(machine: string): Promise<Buffer> {
  const path = join(import.meta.dirname, '../../..', onnxRuntime, machine, 'onnxruntime_binding.node');
  return (await readFile(path)).subarray(0, 4096);
}

function file(path: string, head: Buffer = Buffer.from('text'), executable = false): PackagedFile {
  return { path, size: head.length, executable, head };
}

async function goodPackage(): Promise<Vsix> {
  const native = await headOf('linux/x64');
  return {
    manifest: { main: './dist/extension.cjs', icon: 'media/icon.png' },
    files: [
      file('package.json'),
      file('readme.md'),
      file('LICENSE.txt'),
      file('node/node', native, true),
      file(`dist/${onnxRuntime}/linux/x64/onnxruntime_binding.node`, native),
      file('dist/extension.cjs'),
      file('dist/node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter.wasm'),
      file('media/icon.png'),
      file('trainer/model/base/model.safetensors'),
      file('trainer/model/base/tokenizer.json'),
    ],
  };
}

async function faultsAfter(change: (files: PackagedFile[]) => PackagedFile[]): Promise<string[]> {
  const vsix = await goodPackage();
  return faultsOf({ ...vsix, files: change([...vsix.files]) }, platforms['linux-x64']);
}

test('a package with all it needs and nothing else has no faults', async () => {
  expect(await faultsAfter((files) => files)).toEqual([]);
});

test('a file that the manifest names has to be there', async () => {
  const faults = await faultsAfter((files) => files.filter(({ path }) => path !== 'media/icon.png'));
  expect(faults).toEqual(['media/icon.png is missing.']);
});

test('a native file of another platform is a fault, whatever folder it lies in', async () => {
  const foreign = file('dist/native.bin', await headOf('darwin/arm64'));
  expect(await faultsAfter((files) => [...files, foreign])).toEqual([
    'dist/native.bin is made for darwin on arm64.',
  ]);
});

test('a Node that lost its executable mode, or is none, is a fault', async () => {
  const replaced = (node: PackagedFile) => (files: PackagedFile[]) =>
    files.map((entry) => (entry.path === 'node/node' ? node : entry));
  expect(await faultsAfter(replaced(file('node/node', await headOf('linux/x64'))))).toEqual([
    'node/node lost its executable mode.',
  ]);
  expect(await faultsAfter(replaced(file('node/node', Buffer.from('#!/bin/sh'), true)))).toEqual([
    'node/node is no executable.',
  ]);
});

test.each([
  'test/unit/a.js',
  'dist/extension.cjs.map',
  'trainer/run/train.ts',
  'test-fixtures/sample-workspace/package.json',
])('%s does not belong into a package', async (path) => {
  expect(await faultsAfter((files) => [...files, file(path)])).toEqual([`${path} does not belong there.`]);
});

test.each([
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['darwin', 'arm64'],
  ['win32', 'x64'],
  ['win32', 'arm64'],
])('the addon that ONNX Runtime keeps in its folder %s/%s is recognised as made for it', async (os, arch) => {
  expect(machineOf(await headOf(`${os}/${arch}`))).toEqual({ os, arch });
});
