import type { Task } from '../../sandbox/tasks/task.ts';
import type { Tokenizer } from '../model/tokenizer.ts';

/**
 * The prompt of a task: what stands before the function's body, as far back as `budget` tokens reach.
 *
 * It starts with the end-of-text token, as a document does, and then at a blank line, so that no declaration is cut
 * in two; the function's own header is always there, cut from the front only if it alone exceeds the budget.
 */
export function promptOf(
  task: Pick<Task, 'prefix' | 'headerStart'>,
  tokenizer: Tokenizer,
  budget: number,
): { tokens: number[]; text: string } {
  const { prefix, headerStart } = task;
  let start = headerStart;
  let tokens = tokenizer.encode(prefix.slice(start));
  while (start > 0) {
    const earlier = Math.max(0, prefix.lastIndexOf('\n\n', start - 3) + 2);
    const from = earlier >= start || earlier === 1 ? 0 : earlier;
    const longer = tokenizer.encode(prefix.slice(from));
    if (longer.length > budget - 1) break;
    start = from;
    tokens = longer;
  }
  return { tokens: [tokenizer.endOfText, ...tokens.slice(-(budget - 1))], text: prefix.slice(start) };
}
