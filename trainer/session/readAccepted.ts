import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HumanError } from '../../sandbox/humanError.ts';
import { whyUnreadable } from '../files/readJson.ts';
import { type AcceptedExample, acceptedExamples, recordFiles } from '../protocol/acceptedExamples.ts';

/**
 * The completions that a person accepted in a workspace and kept; none where none were recorded.
 *
 * @throws HumanError when a file of theirs may not be read.
 */
export async function readAccepted(workspace: string): Promise<AcceptedExample[]> {
  const texts = await Promise.all(recordFiles.map((name) => textOf(join(workspace, '.reinforce', name))));
  return acceptedExamples(texts.join('\n').split('\n'));
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new HumanError(`${path} ${whyUnreadable(error)}: check its rights, or set acceptedEpochs to 0.`);
  }
}
