import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong in a page: the rule, how grave, and the elements. */
export async function violations(frame: Frame): Promise<string[]> {
  await frame.evaluate(await readFile(source, 'utf8'));
  return frame.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const found = (await axe.run()).violations;
    return found.map(({ id, impact, nodes }) => {
      const places = nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`);
      return `${id} (${impact}): ${places.slice(0, 3).join('; ')}`;
    });
  });
}

interface Axe {
  run(): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
    }[];
  }>;
}
