import { readFile } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLlamaConfig } from '../../../trainer/model/config.ts';
import { needMemory, parameterCount, weightBytes } from '../../../trainer/model/weightMemory.ts';
import { linesOf, reinforce } from './reinforce.ts';

const base = join(import.meta.dirname, '../../../trainer/model/base');

test('doctor says what there is, what auto takes and why, and what a model takes', async () => {
  const { stdout, exitCode, stderr } = await reinforce('doctor', '--json');
  expect(exitCode, stderr).toBe(0);
  const result = linesOf(stdout).at(-1)!;
  expect(result).toMatchObject({
    versions: { reinforce: expect.stringMatching(/^\d/), onnxruntime: expect.stringMatching(/^\d/) },
    node: { version: process.versions.node },
    memory: { total: totalmem() },
    device: { device: expect.stringMatching(/^(cpu|webgpu)$/), reason: expect.any(String) },
    devices: [
      { device: 'webgpu', works: expect.any(Boolean), detail: expect.any(String) },
      { device: 'cuda', works: false, detail: expect.stringMatching(/^CUDA is /) },
    ],
    isolation: { works: true, kind: 'bubblewrap' },
    model: { path: base, family: 'llama', formats: ['F16'] },
  });
  expect(result.providers).toContain('cpu');
  expect(result.providers).not.toContain('cuda');
  const { free } = result.memory as { free: number };
  expect(free).toBeGreaterThan(0);
  expect(free).toBeLessThanOrEqual(Math.max(totalmem(), freemem()));
  // The text for people is on standard error then.
  expect(stderr).toMatch(/^CUDA +CUDA is .*use --device webgpu\.$/m);
  expect(stderr).toMatch(/^Device +auto takes .*, because /m);
  expect(stderr).toMatch(/^ {2}as float16 +[\d.]+ MB of memory for the weights, \d+% of what is free$/m);
});

test('doctor goes on when the model is wrong, and says what is wrong with it', async () => {
  const { stdout, exitCode } = await reinforce('doctor', '--model', '/nowhere');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Model +There is no model at \/nowhere: name /m);
  expect(stdout).toMatch(/^Isolation +bubblewrap works$/m);
});

describe('the memory of weights', async () => {
  const config = await readLlamaConfig(base);

  test('is that of the stored numbers', async () => {
    const file = await readFile(join(base, 'model.safetensors'));
    const header = Number(file.readBigUInt64LE()) + 8;
    // The file is float16 and so are the norms in it, which take four bytes here.
    const norms = (2 * config.layers + 1) * config.hiddenSize;
    expect(weightBytes(config, 'float16')).toBe(file.length - header + 2 * norms);
    expect(parameterCount(config)).toBe((file.length - header) / 2);
    expect(weightBytes(config, 'float32')).toBe(2 * (file.length - header));
  });

  test('shrinks with the form', () => {
    const bytes = (['float32', 'float16', 'int8', 'int4'] as const).map((form) => weightBytes(config, form));
    expect(bytes).toEqual([...bytes].sort((a, b) => b - a));
  });

  test('that is more than what is free is refused in one sentence', () => {
    needMemory('model', config, 'float32', 20e6);
    expect(() => needMemory('my/model.gguf', config, 'float32', 10e6)).toThrow(
      /^The weights of my\/model\.gguf take 0\.0 GB as float32 and 0\.0 GB of memory are free: close other programs, or choose a smaller model\.$/,
    );
  });
});
