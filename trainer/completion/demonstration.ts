import { SyntaxTrees } from '../../sandbox/tasks/syntaxTrees.ts';
import type { OpenModel } from '../model/loadModel.ts';
import type { AcceptedExample } from '../protocol/acceptedExamples.ts';
import type { Episode } from '../rollout/episode.ts';
import { placeOf } from './place.ts';
import { completionPrompt } from './prompt.ts';
import { TokenTexts } from './tokenTexts.ts';

/** Most tokens of a prompt, and of what is written after it. */
export interface DemonstrationLimits {
  readonly promptTokens: number;
  readonly maxTokens: number;
  /** How many of the prompt's tokens may come from behind a function's empty body. */
  readonly suffixTokens?: number | undefined;
}

/**
 * Accepted completions as episodes to imitate: what the policy would read at the cursor, in the form that the completion
 * server would choose, and the tokens of what was kept there. Nobody sampled them, so their log-probabilities are 0.
 */
export async function demonstrations(
  examples: readonly AcceptedExample[],
  { tokenizer, config }: OpenModel,
  { promptTokens, maxTokens, suffixTokens = 0 }: DemonstrationLimits,
): Promise<Episode[]> {
  const texts = new TokenTexts(tokenizer, config.eosTokenIds);
  const trees = await SyntaxTrees.load();
  const budgets = { budget: promptTokens, bodyBudget: promptTokens, bodySuffixTokens: suffixTokens };
  const context = { tokenizer, texts, trees, ...budgets };
  return examples.flatMap(({ prompt: prefix, completion, suffix, file, language }, at): Episode[] => {
    const request = { prefix, suffix, language, file, singleLine: false, maxTokens };
    const { tokens: observation, begun } = completionPrompt(request, placeOf(request), context);
    const action = tokenizer.encode(begun + completion).slice(0, maxTokens);
    if (completion.trim() === '') return [];
    const id = `accepted/${at}`;
    return [
      {
        id,
        taskId: file,
        split: 'train',
        group: id,
        policyVersion: 0,
        steps: [{ observation, action, logp: action.map(() => 0), stop: 'length' }],
        completion,
        reward: { value: 1, verdict: 'passed', tests: [], seconds: 0, cached: false },
      },
    ];
  });
}
