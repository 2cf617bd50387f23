import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const source = `/** The sum of two numbers. */
export function add(a: number, b: number): number {
}
`;

/**
 * Completes a function with nothing but what lies in an extension's folder: its Node runs its bundle, which loads the
 * grammars, ONNX Runtime and the model.
 *
 * @throws Error with what the process wrote when that does not work.
 */
export async function tryOut(extension: string, nodeFile: string): Promise<void> {
  const elsewhere = await mkdtemp(join(tmpdir(), 'reinforce-tried-'));
  try {
    const file = join(elsewhere, 'add.ts');
    await writeFile(file, source);
    const node = join(extension, 'node', nodeFile);
    const bundle = join(extension, 'dist/reinforce.js');
    const { stdout } = await execa(node, [bundle, 'complete', `${file}:2`, '--json'], {
      cwd: elsewhere,
      extendEnv: false,
      env: { HOME: elsewhere, PATH: '/usr/bin:/bin' },
      timeout: 60_000,
    });
    if (!stdout.includes('"event":"result"'))
      throw new Error(`The packaged bundle gave no result: ${stdout}`);
  } finally {
    await rm(elsewhere, { recursive: true, force: true });
  }
}
