import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serveScripts } from '../../../../sandbox/frameworks/scripts/scripts.ts';
import { ServedFramework } from '../../../../sandbox/frameworks/servedFramework.ts';
import { DEFAULT_LIMITS } from '../../../../sandbox/isolation/isolation.ts';
import { chooseIsolation } from '../../../../sandbox/isolation/probe.ts';
import { fixtures } from '../../../sampleWorkspaces.ts';

test('what earlier jobs left in a kept runner’s memory is not held against the next one', async () => {
  const workspace = join(fixtures, 'jest-workspace');
  const limits = DEFAULT_LIMITS;
  const isolation = await chooseIsolation('auto');
  const serving = serveScripts('jest', workspace, '', limits);
  await using jest = new ServedFramework(workspace, isolation, limits, 1, serving);
  const text = readFileSync(join(workspace, 'src/log.js'), 'utf8');
  // Node's own modules are the same in all jobs of a process.
  const leak = (megabytes: number) =>
    `${text}\n(fs.kept ??= []).push(Buffer.alloc(${megabytes} * 2 ** 20, 1));\n`;
  const files = ['src/__tests__/log.test.js'];
  const run = (megabytes: number) => jest.run({ files, replace: { 'src/log.js': leak(megabytes) } });
  for (let job = 0; job < 8; job++) {
    expect(await run(250)).toMatchObject({ kind: 'report', loadError: undefined });
  }
});
