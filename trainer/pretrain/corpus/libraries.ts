import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { HumanError } from '../../../sandbox/humanError.ts';

/** A library whose functions are part of the corpus. */
export interface Library {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier as its package.json states it. */
  readonly license: string;
}

/** Permissively licensed utility libraries, pinned. Only pretraining fetches them. */
export const libraries: readonly Library[] = [
  { name: '101', version: '1.6.3', license: 'MIT' },
  { name: '@antfu/utils', version: '9.3.0', license: 'MIT' },
  { name: '@sindresorhus/is', version: '8.1.0', license: 'MIT' },
  { name: '1-liners', version: '0.4.2', license: 'MIT' },
  { name: 'change-case', version: '5.4.4', license: 'MIT' },
  { name: 'collect.js', version: '4.36.1', license: 'MIT' },
  { name: 'color-convert', version: '3.1.3', license: 'MIT' },
  { name: 'd3-array', version: '3.2.5', license: 'ISC' },
  { name: 'd3-color', version: '3.1.1', license: 'ISC' },
  { name: 'd3-format', version: '3.1.3', license: 'ISC' },
  { name: 'date-fns', version: '4.4.0', license: 'MIT' },
  { name: 'es-toolkit', version: '1.53.2', license: 'MIT' },
  { name: 'extra-array', version: '4.2.0', license: 'MIT' },
  { name: 'froebel', version: '0.23.2', license: 'ISC' },
  { name: 'gl-matrix', version: '3.4.4', license: 'MIT' },
  { name: 'just-clamp', version: '4.2.0', license: 'MIT' },
  { name: 'locutus', version: '3.0.36', license: 'MIT' },
  { name: 'lodash-es', version: '4.18.1', license: 'MIT' },
  { name: 'luxon', version: '3.7.2', license: 'MIT' },
  { name: 'ml-matrix', version: '6.15.1', license: 'MIT' },
  { name: 'mnemonist', version: '0.40.8', license: 'MIT' },
  { name: 'moderndash', version: '4.0.2', license: 'MIT' },
  { name: 'mout', version: '1.2.4', license: 'MIT' },
  { name: 'pretty-bytes', version: '7.2.0', license: 'MIT' },
  { name: 'radash', version: '12.1.1', license: 'MIT' },
  { name: 'rambda', version: '11.3.0', license: 'MIT' },
  { name: 'ramda', version: '0.32.0', license: 'MIT' },
  { name: 'remeda', version: '2.61.0', license: 'MIT' },
  { name: 'scule', version: '1.3.0', license: 'MIT' },
  { name: 'simple-statistics', version: '7.12.1', license: 'ISC' },
  { name: 'title-case', version: '4.3.2', license: 'MIT' },
  { name: 'ts-extras', version: '1.3.0', license: 'MIT' },
  { name: 'underscore', version: '1.13.8', license: 'MIT' },
  { name: 'validator', version: '13.15.35', license: 'MIT' },
  { name: 'voca', version: '1.4.1', license: 'MIT' },
];

/**
 * Puts the libraries into `directory`/node_modules with npm, running none of their scripts; what is there already stays.
 * Throws a HumanError when npm fails or a library's licence is not the listed one.
 */
export async function fetchLibraries(directory: string, signal?: AbortSignal): Promise<void> {
  await mkdir(directory, { recursive: true });
  const present = await Promise.all(libraries.map((library) => isPresent(directory, library)));
  if (!present.every(Boolean)) {
    await writeFile(join(directory, 'package.json'), '{ "private": true }\n');
    const wanted = libraries.map(({ name, version }) => `${name}@${version}`);
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--no-package-lock'];
    const done = await execa('npm', ['install', ...options, ...wanted], {
      cwd: directory,
      reject: false,
      ...(signal && { cancelSignal: signal }),
    });
    signal?.throwIfAborted();
    if (done.failed) {
      throw new HumanError(`npm could not fetch the libraries of the corpus into ${directory}; check the network and try again. It said: ${done.stderr.split('\n')[0]}`);
    }
  }
  for (const library of libraries) {
    if (!(await isPresent(directory, library))) {
      throw new HumanError(`${library.name} in ${directory} is not version ${library.version} under ${library.license}; remove the folder and try again.`);
    }
  }
}

async function isPresent(directory: string, library: Library): Promise<boolean> {
  const file = join(directory, 'node_modules', library.name, 'package.json');
  const found = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
  return found?.version === library.version && found.license === library.license;
}
