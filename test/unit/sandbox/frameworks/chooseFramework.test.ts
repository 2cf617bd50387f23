import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseFramework } from '../../../../sandbox/frameworks/chooseFramework.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Which framework, set up in which folder, runs a test file of a workspace of these files. */
function chosen(files: Record<string, string>, file: string, text: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  folders.push(folder);
  for (const [path, content] of Object.entries({ ...files, [file]: text })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const found = chooseFramework(folder, file, text);
  return found && `${found.name} in "${found.folder}"`;
}

const manifest = (fields: object) => ({ 'package.json': JSON.stringify(fields) });
const plain = "describe('a', () => { it('b', () => {}); });\ndescribe('c', () => {});";

describe('the framework of a test file', () => {
  it('is the one that it imports', () => {
    const both = manifest({ devDependencies: { jest: '1', vitest: '1' } });
    expect(chosen(both, 'a.test.ts', "import { test } from 'vitest';")).toBe('vitest in ""');
    expect(chosen(both, 'a.test.ts', "import { test } from '@jest/globals';")).toBe('jest in ""');
    expect(chosen(both, 'a.test.ts', "import test from 'node:test';")).toBe('node:test in ""');
  });

  it('is the one that the test script runs, where the file imports none', () => {
    const files = manifest({ scripts: { test: 'mocha' }, devDependencies: { jest: '1', mocha: '1' } });
    expect(chosen(files, 'test/a.js', plain)).toBe('mocha in ""');
  });

  it('is told by configuration files, and by the manifest', () => {
    expect(chosen({ 'vitest.config.mts': '' }, 'src/a.spec.tsx', plain)).toBe('vitest in ""');
    expect(chosen({ 'jest.config.js': '' }, 'src/__tests__/a.js', plain)).toBe('jest in ""');
    expect(chosen({ '.mocharc.yml': '' }, 'test/a.cjs', plain)).toBe('mocha in ""');
    expect(chosen(manifest({ jest: {} }), 'a.test.js', plain)).toBe('jest in ""');
  });

  it('is set up in the nearest folder, in a repository of several packages', () => {
    const files = {
      ...manifest({ workspaces: ['packages/*'], devDependencies: { jest: '1' } }),
      'packages/a/package.json': '{"devDependencies":{"vitest":"1"}}',
      'packages/b/package.json': '{}',
      'packages/c/pyproject.toml': '[tool.pytest.ini_options]',
    };
    expect(chosen(files, 'packages/a/test/x.test.ts', plain)).toBe('vitest in "packages/a"');
    expect(chosen(files, 'packages/b/test/x.test.ts', plain)).toBe('jest in ""');
    expect(chosen(files, 'packages/c/tests/test_x.py', 'def test_a(): pass')).toBe('pytest in "packages/c"');
  });

  it('is pytest or unittest in Python', () => {
    const unit = 'import unittest\n\nclass A(unittest.TestCase):\n    def test_a(self): pass\n';
    expect(chosen({}, 'test_a.py', unit)).toBe('unittest in ""');
    expect(chosen({ 'conftest.py': '' }, 'test_a.py', unit)).toBe('pytest in ""');
    expect(chosen({}, 'tests/a_test.py', 'def test_a():\n    pass\n')).toBe('pytest in ""');
    expect(chosen({}, 'tests/test_a.py', `import pytest\n${unit}`)).toBe('pytest in ""');
  });

  it('is none where a file only looks like tests', () => {
    const files = manifest({ devDependencies: { vitest: '1' } });
    expect(chosen(files, 'test/data.ts', 'export const data = [1];')).toBeUndefined();
    expect(chosen(files, 'src/a.ts', plain)).toBeUndefined();
    expect(chosen({}, 'a.test.ts', plain)).toBeUndefined();
    expect(chosen({}, 'tests/test_data.py', 'DATA = [1]')).toBeUndefined();
  });
});
