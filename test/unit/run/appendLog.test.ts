import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppendLog, readLog } from '../../../trainer/run/appendLog.ts';
import { collect } from './runs.ts';

const schema = z.object({ n: z.number(), text: z.string() });
const line = (n: number) => ({ n, text: 'ä\n'.repeat(n) });
let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reinforce-log-'));
  path = join(directory, 'log.jsonl');
});
afterEach(() => rm(directory, { recursive: true }));

const read = () => collect(readLog(path, schema));

describe('an append log', () => {
  it('holds what was appended, in order, however many append at once', async () => {
    const log = await AppendLog.open<z.output<typeof schema>>(path);
    await Promise.all([0, 1, 2, 3].map((n) => log.append([line(2 * n), line(2 * n + 1)])));
    await log.sync();
    expect(await read()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(line));
    expect(log.length).toBe((await readFile(path)).length);
    await log.close();
  });

  it('that does not exist is empty', async () => {
    expect(await read()).toEqual([]);
  });

  it('leaves out a line torn at any byte, and cuts it off when it is opened', async () => {
    const whole = Buffer.from(`${JSON.stringify(line(1))}\n`);
    const torn = Buffer.from(`${JSON.stringify(line(2))}\n`);
    for (let cut = 0; cut < torn.length; cut++) {
      await writeFile(path, Buffer.concat([whole, torn.subarray(0, cut)]));
      expect(await read()).toEqual([line(1)]);
      const log = await AppendLog.open<z.output<typeof schema>>(path);
      expect(log.length).toBe(whole.length);
      await log.append([line(3)]);
      await log.close();
      expect(await read()).toEqual([line(1), line(3)]);
    }
  });

  it('finds the last whole line before a very long torn one', async () => {
    await writeFile(path, `${JSON.stringify(line(1))}\n`);
    await appendFile(path, 'x'.repeat(300_000));
    const log = await AppendLog.open(path);
    await log.close();
    expect(await read()).toEqual([line(1)]);
  });

  it('with a damaged line in the middle says which', async () => {
    await writeFile(path, `${JSON.stringify(line(1))}\n{"n":\n${JSON.stringify(line(1))}\n`);
    await expect(read()).rejects.toThrow(/log\.jsonl, line 2 is not valid JSON: the run is damaged there/);
  });
});
