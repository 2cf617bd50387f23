import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAnyEnabled, isEnabled, toggled } from '../../../extension/completions/languages.ts';
import { RecordLog } from '../../../extension/completions/recordLog.ts';
import { type StatusInput, statusOf } from '../../../extension/completions/status.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reinforce-records-'));
});
afterAll(async () => {
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true });
});

describe('records', () => {
  test('are lines in the workspace, in their order, hidden from version control', async () => {
    const log = new RecordLog(folder, () => {});
    for (let i = 0; i < 100; i++) log.append({ event: 'dismissed', id: String(i) });
    await log.flushed();
    const lines = (await readFile(join(folder, '.reinforce/completions.jsonl'), 'utf8')).trim().split('\n');
    const parsed = lines.map((line) => JSON.parse(line));
    expect(parsed.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, i) => String(i)));
    expect(Date.parse(parsed[0].time)).toBeGreaterThan(0);
    expect(await readFile(join(folder, '.reinforce/.gitignore'), 'utf8')).toBe('*\n');
  });

  test('that cannot be written are lost with one sentence', async () => {
    const troubles: string[] = [];
    const log = new RecordLog('/dev/null', (sentence) => troubles.push(sentence));
    log.append({ event: 'dismissed', id: '1' });
    await log.flushed();
    log.append({ event: 'dismissed', id: '2' });
    await log.flushed();
    expect(troubles).toEqual(['/dev/null/.reinforce/completions.jsonl cannot be written (ENOTDIR).']);
  });
});

describe('languages', () => {
  const setting = { '*': true, markdown: false };
  test('that are not named are like the star', () => {
    expect(isEnabled(setting, 'typescript')).toBe(true);
    expect(isEnabled(setting, 'markdown')).toBe(false);
    expect(isEnabled({ '*': false }, 'typescript')).toBe(false);
    expect(isEnabled({ '*': false, python: true }, 'python')).toBe(true);
    expect(isEnabled({}, 'typescript')).toBe(true);
  });
  test('are turned one by one', () => {
    expect(toggled(setting, 'markdown')).toEqual({ '*': true, markdown: true });
    expect(toggled(setting, '*')).toEqual({ '*': false, markdown: false });
    expect(isAnyEnabled(toggled(setting, '*'))).toBe(false);
    expect(isAnyEnabled({ '*': false, python: true })).toBe(true);
  });
});

describe('the status', () => {
  const ready = { kind: 'ready', busy: false, residentBytes: 250 * 2 ** 20 } as const;
  const input: StatusInput = {
    server: ready,
    language: 'typescript',
    obstacle: undefined,
    last: undefined,
    policy: 'base model',
  };
  test.each<[Partial<StatusInput>, string]>([
    [{}, 'ready'],
    [{ server: { ...ready, busy: true } }, 'writing'],
    [{ server: { kind: 'loading' } }, 'loading model'],
    [{ server: { kind: 'asleep', idle: true } }, 'asleep'],
    [{ server: { kind: 'asleep', idle: false } }, 'not loaded'],
    [{ server: { kind: 'failed', reason: 'It is broken.' } }, 'not available'],
    [{ server: { kind: 'restarting', reason: 'It was killed.' } }, 'starting again'],
    [{ obstacle: 'off', server: { kind: 'asleep', idle: false } }, 'off'],
    [{ obstacle: 'language-off', language: 'markdown' }, 'off for markdown'],
    [{ obstacle: 'file-too-large' }, 'no suggestion: file too large'],
    [{ last: 'doubled' }, 'no suggestion: it repeated what follows'],
    [{ last: 'superseded' }, 'ready'],
  ])('%o is "%s"', (change, text) => {
    expect(statusOf({ ...input, ...change }).text).toBe(text);
  });
  test('holds the sentence of what went wrong, and the memory in use', () => {
    const failed = statusOf({ ...input, server: { kind: 'failed', reason: 'It is broken.' } });
    expect(failed).toMatchObject({ detail: 'It is broken.', severity: 'error' });
    expect(statusOf(input).detail).toBe('base model, 250 MB');
  });
});
