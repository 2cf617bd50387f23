import { expect, test } from 'vitest';
import { embeddedModel } from '../../../trainer/cli/places.ts';
import { demonstrations } from '../../../trainer/completion/demonstration.ts';
import { loadModel } from '../../../trainer/model/loadModel.ts';
import { promptOf } from '../../../trainer/rollout/prompt.ts';

const limits = { promptTokens: 96, maxTokens: 32 };
const header = '/** Returns the sum. */\nexport function add(a: number, b: number): number {';
const about = { file: 'src/a.ts', language: 'typescript', survived: 15 };

test('a body is imitated under the prompt that a training samples it from', async () => {
  const model = await loadModel(embeddedModel);
  const example = { ...about, prompt: `${header}\n  `, completion: 'return a + b;', suffix: '\n}\n' };
  const [demonstration] = await demonstrations([example], model, limits);
  const { tokens } = promptOf({ prefix: header, headerStart: 0 }, model.tokenizer, limits.promptTokens);
  const action = model.tokenizer.encode('\n  return a + b;');
  expect(demonstration!.steps).toEqual([
    { observation: tokens, action, logp: action.map(() => 0), stop: 'length' },
  ]);
});

test('elsewhere what the policy would read and what was kept are together the code at the cursor', async () => {
  const model = await loadModel(embeddedModel);
  const { tokenizer } = model;
  const example = { ...about, prompt: `${header}\n  const c = a`, completion: ' + b;', suffix: '\n}\n' };
  const [demonstration] = await demonstrations([example], model, limits);
  const { observation, action } = demonstration!.steps[0]!;
  const text = tokenizer.decode([...observation, ...action]);
  expect(text).toContain(`${header}\n  const c = a + b;`);
  expect(tokenizer.decode(action)).toContain(' + b;');
});

test('what is longer than a completion may be is cut, and what is empty left out', async () => {
  const model = await loadModel(embeddedModel);
  const example = { ...about, prompt: header, completion: '\n  a();'.repeat(50), suffix: '' };
  const [long, ...more] = await demonstrations(
    [example, { ...example, prompt: '\n', completion: '' }],
    model,
    limits,
  );
  expect(long!.steps[0]!.action).toHaveLength(limits.maxTokens);
  expect(more).toEqual([]);
});
