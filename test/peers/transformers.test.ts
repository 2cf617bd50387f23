/**
 * Exported adapters and merged models in transformers with PEFT: the same greedy tokens as in this engine. `PYTHON`
 * names an interpreter with test/golden/requirements.txt; without one these tests are left out.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeMerged } from '../../trainer/export/merged.ts';
import { newAdapter } from '../../trainer/model/adapter.ts';
import { writeAdapter } from '../../trainer/model/peft.ts';
import { kinds, length, ours, type Subject, writeSubject } from './roundTrip.ts';

const python = process.env.PYTHON;

describe.skipIf(!python).each(kinds)('%s with the tokenizer %s and %s rotary scaling', (...kind) => {
  let root: string;
  let subject: Subject;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'reinforce-peers-'));
    subject = await writeSubject(root, kind);
  });
  afterAll(() => rm(root, { recursive: true }));

  test('continues in transformers as here, adapted by PEFT and merged', async () => {
    const { adapter, directory, model, prompts } = subject;
    const [base, peft, merged] = ['base', 'peft', 'merged'].map((name) => join(directory, name));
    const nothing = newAdapter(model.config, adapter.lora, 1);
    await writeMerged(base!, model, { lora: adapter.lora, tensors: nothing });
    await writeMerged(merged!, model, adapter);
    await mkdir(peft!);
    await writeAdapter(peft!, adapter, base!);
    const job = join(directory, 'job.json');
    await writeFile(job, JSON.stringify({ base, peft, merged, prompts, length }));
    const { stdout } = await execa(python!, ['-B', join(import.meta.dirname, 'transformers_peer.py'), job]);
    const theirs = JSON.parse(stdout);
    const adapted = await ours(subject, adapter);
    expect(theirs.base).toEqual(await ours(subject));
    expect(theirs.peft).toEqual(adapted);
    expect(theirs.merged).toEqual(adapted);
  });
});
