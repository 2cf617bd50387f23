import type { Task } from '../../sandbox/tasks/task.ts';
import type { Tokenizer } from '../model/tokenizer.ts';

/**
 * The prompt of a task: what stands before the function's body, as far back as `budget` tokens reach.
 *
 * It starts with the tokens that a document starts with, and then at a blank line, so that no declaration is cut
 * in two; the function's own header is always there, cut from the front only if it alone exceeds the budget.
 */
export function promptOf(
  task: Pick<Task, 'prefix' | 'headerStart'>,
  tokenizer: Tokenizer,
  budget: number,
): { tokens: number[]; text: string } {
  const { prefix, headerStart } = task;
  const room = budget - tokenizer.start.length;
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
  return { tokens: [...tokenizer.start, ...tokens.slice(-room)], text: prefix.slice(start) };
}
