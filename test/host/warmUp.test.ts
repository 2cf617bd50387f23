import { describe, it } from 'mocha';
import { openFile } from './documents.ts';
import { eventually } from './eventually.ts';
import { extension } from './extension.ts';

describe('a window that opens with a file', () => {
  it('has the model loaded before the first key', async () => {
    await openFile('early.ts', 'export const one = 1;|\n');
    const { completions } = await extension().activate();
    await eventually('the model', () => completions.server.kind === 'ready');
  });
});
