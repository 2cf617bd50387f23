import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { Environment } from '../../../sandbox/environment.ts';
import type { Tokenizer } from '../../../trainer/model/tokenizer.ts';
import { promptOf } from '../../../trainer/rollout/prompt.ts';

/** Every character is a token. */
const tokenizer = {
  start: [0],
  fim: { prefix: 1, suffix: 2, middle: 3 },
  encode: (text: string) => [...text].map((character) => character.codePointAt(0)!),
} as Pick<Tokenizer, 'start' | 'fim' | 'encode'> as Tokenizer;

it('no prompt holds a task’s own body or its tests, from whatever file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  const source =
    'const base = 1;\n\n/** Adds. */\nexport function add(n) { return n + base * 7; }\nexport const after = 2;\n';
  const files = {
    'package.json': '{"type":"module"}',
    'src/m.js': source,
    'dist/m.js': source,
    'dist/m.js.map': JSON.stringify({ version: 3, sourcesContent: [source] }),
    '.git/objects/history': source,
    'test/m.test.js': `import assert from 'node:assert';
      import test from 'node:test';
      import { add } from '../src/m.js';
      test('adds', () => assert.equal(add(3), 10));`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  try {
    await using environment = await Environment.open(folder);
    const { tasks } = await environment.mine();
    expect(tasks.map(({ id }) => id)).toEqual(['src/m.js#add']);
    for (const task of tasks) {
      const withSuffix = promptOf(task, tokenizer, 10_000, 5000);
      const { tokens, text } = promptOf(task, tokenizer, 10_000);
      expect(String.fromCodePoint(...withSuffix.tokens)).toContain('const after');
      for (const seen of [
        text,
        String.fromCodePoint(...tokens),
        String.fromCodePoint(...withSuffix.tokens),
      ]) {
        expect(seen).toContain('export function add(n) {');
        expect(seen).not.toContain('base * 7');
        expect(seen).not.toMatch(/assert|adds/);
      }
    }
    // What the sandbox hides cannot be read by a completion either.
    await using running = await Environment.open(folder, { denylist: false });
    const read = ` const fs = process.getBuiltinModule('node:fs'); return fs.existsSync('.git/objects/history') || fs.existsSync('.reinforce/cache') ? n + base * 7 : 0; `;
    expect(await running.grade(tasks[0]!, read)).toMatchObject({ value: 0, verdict: 'failed' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
