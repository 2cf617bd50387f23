import type { Task } from '../../sandbox/tasks/task.ts';
import type { FillInTheMiddleTokens, Tokenizer } from '../model/tokenizer.ts';

/** A function without its body; without a suffix what follows it is not told. */
export type PromptPlace = Pick<Task, 'prefix' | 'headerStart'> & { readonly suffix?: string };

/** No token stands for more characters than this on average, so that long files need not be read to their end. */
const MOST_CHARACTERS_A_TOKEN = 16;

/**
 * The prompt of a task, of at most `budget` tokens: what stands before the function's body, as far back as they reach,
 * and for a model that fills in the middle up to `suffixTokens` of what stands behind it.
 *
 * It starts with the tokens that a document starts with, and then at a blank line, so that no declaration is cut
 * in two; the function's own header is always there, cut from the front only if it alone exceeds the budget. The suffix
 * has what the header leaves.
 */
export function promptOf(
  task: PromptPlace,
  tokenizer: Tokenizer,
  budget: number,
  suffixTokens = 0,
): { tokens: number[]; text: string } {
  const { fim, start } = tokenizer;
  const marks = 3;
  const header = fim && suffixTokens > 0 ? tokenizer.encode(task.prefix.slice(task.headerStart)).length : 0;
  const room = Math.min(suffixTokens, budget - start.length - marks - header);
  if (fim === undefined || !task.suffix || room <= 0) {
    const { tokens, text } = beforeBody(task, tokenizer, budget - start.length);
    return { tokens: [...start, ...tokens], text };
  }
  const behind = task.suffix.slice(0, MOST_CHARACTERS_A_TOKEN * room);
  const suffix = tokenizer.encode(behind).slice(0, room);
  const { tokens, text } = beforeBody(task, tokenizer, budget - start.length - marks - suffix.length);
  return { tokens: [...start, ...fillInTheMiddle(fim, tokens, suffix)], text };
}

/** Prefix, suffix, and the middle to be written (Bavarian et al. 2022). */
export function fillInTheMiddle(
  fim: FillInTheMiddleTokens,
  prefix: readonly number[],
  suffix: readonly number[],
): number[] {
  return [fim.prefix, ...prefix, fim.suffix, ...suffix, fim.middle];
}

function beforeBody(
  { prefix, headerStart }: PromptPlace,
  tokenizer: Tokenizer,
  room: number,
): { tokens: number[]; text: string } {
  let start = headerStart;
  let tokens = tokenizer.encode(prefix.slice(start));
  while (start > 0) {
    const earlier = Math.max(0, prefix.lastIndexOf('\n\n', start - 3) + 2);
    const from = earlier >= start || earlier === 1 ? 0 : earlier;
    const longer = tokenizer.encode(prefix.slice(from));
    if (longer.length > room) break;
    start = from;
    tokens = longer;
  }
  return { tokens: tokens.slice(-room), text: prefix.slice(start) };
}
