import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ReaderClient } from '../../../extension/panel/readerClient.ts';
import type { RunChange } from '../../../trainer/protocol.ts';
import { LoggedRun, randomEpisodes } from '../runs/loggedRun.ts';

const reader = join(import.meta.dirname, '../../../trainer/runs/main.ts');

test('a reader that dies is said to be gone, and started again with what it followed at the next question', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'reinforce-reader-'));
  await using run = await LoggedRun.create(randomEpisodes(5));
  try {
    const marker = JSON.stringify(join(directory, 'died'));
    const script = join(directory, 'mortal.mjs');
    await writeFile(
      script,
      `import { existsSync, writeFileSync } from 'node:fs';
      if (existsSync(${marker})) await import(${JSON.stringify(reader)});
      else process.stdin.once('data', () => { writeFileSync(${marker}, ''); process.exit(3); });`,
    );
    const log: string[] = [];
    let tell: (change: RunChange) => void = () => {};
    const told = new Promise<RunChange>((resolve) => {
      tell = resolve;
    });
    using client = new ReaderClient({
      node: () => process.execPath,
      script,
      onLog: (line) => log.push(line),
      onChange: (change) => tell(change),
    });
    await expect(client.follow(run.path)).rejects.toThrow(
      'The process that reads runs cannot answer: it ended with code 3. Try again.',
    );
    expect(log).toEqual(['The run reader has stopped: it ended with code 3.']);
    const [listed] = await client.ask('list', { roots: [run.root] });
    expect(listed).toMatchObject({ kind: 'run', run: run.path });
    expect(await told).toMatchObject({ run: run.path, episodes: 5 });
  } finally {
    await rm(directory, { recursive: true });
  }
});
