import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { installDebianPackages } from '../sandbox/isolation/debianPackages.ts';

/** The folder of the sample workspaces. */
export const fixtures = join(import.meta.dirname, '../test-fixtures');

const PYTHON = '/usr/bin/python3';
const PYTHON_PACKAGES = ['python3', 'python3-pytest', 'python3-pytest-asyncio'];

/**
 * Installs what the sample workspaces are tested with, where it is missing: JavaScript packages beside them, and
 * Debian's pytest, which a virtual environment of the workspace uses.
 */
export async function installSampleWorkspaces(): Promise<void> {
  await Promise.all([installPackages(), installPython()]);
}

async function installPackages(): Promise<void> {
  const installed = join(fixtures, 'node_modules/.installed');
  const lock = await readFile(join(fixtures, 'package-lock.json'), 'utf8');
  if ((await readFile(installed, 'utf8').catch(() => '')) === lock) return;
  await execa('npm', ['ci', '--no-audit', '--no-fund'], { cwd: fixtures });
  await writeFile(installed, lock);
}

async function installPython(): Promise<void> {
  const hasAll = () => execa(PYTHON, ['-c', 'import pytest, pytest_asyncio'], { reject: false });
  if ((await hasAll()).failed) {
    const trouble = await installDebianPackages(...PYTHON_PACKAGES);
    if ((await hasAll()).failed) {
      throw new Error(`The tests need pytest: install ${PYTHON_PACKAGES.join(', ')}.${trouble}`);
    }
  }
  const environment = join(fixtures, 'pytest-workspace/.venv');
  if (existsSync(join(environment, 'bin/python'))) return;
  await execa(PYTHON, ['-m', 'venv', '--without-pip', '--system-site-packages', environment]);
}
