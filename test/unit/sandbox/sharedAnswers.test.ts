import { describe, expect, it, vi } from 'vitest';
import { SharedAnswers } from '../../../sandbox/grading/sharedAnswers.ts';

const kept = () => true;

describe('SharedAnswers', () => {
  it('computes once for those who come at the same time, and for those who come later', async () => {
    const answers = new SharedAnswers<number>(10, kept);
    const compute = vi.fn(async () => 7);
    const both = await Promise.all([answers.get('a', compute), answers.get('a', compute)]);
    expect(both).toEqual([
      { answer: 7, shared: false },
      { answer: 7, shared: true },
    ]);
    expect(await answers.get('a', compute)).toEqual({ answer: 7, shared: true });
    expect(compute).toHaveBeenCalledTimes(1);
  });

  it('forgets answers that are not worth keeping, and failures', async () => {
    const answers = new SharedAnswers<number>(10, (answer) => answer > 0);
    expect((await answers.get('a', async () => -1)).answer).toBe(-1);
    expect((await answers.get('a', async () => 1)).answer).toBe(1);
    await expect(answers.get('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await answers.get('b', async () => 2)).answer).toBe(2);
  });

  it('forgets the oldest beyond its limit', async () => {
    const answers = new SharedAnswers<string>(2, kept);
    for (const key of ['a', 'b', 'c']) await answers.get(key, async () => key);
    expect((await answers.get('c', async () => 'new')).answer).toBe('c');
    expect((await answers.get('a', async () => 'new')).answer).toBe('new');
  });

  it('aborts the work when the last who waits gives up, not before', async () => {
    const answers = new SharedAnswers<number>(10, kept);
    let work: AbortSignal | undefined;
    const compute = (signal: AbortSignal) => {
      work = signal;
      return new Promise<number>(() => {});
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const waits = [answers.get('a', compute, first.signal), answers.get('a', compute, second.signal)];
    first.abort(new Error('first'));
    await expect(waits[0]).rejects.toThrow('first');
    expect(work!.aborted).toBe(false);
    second.abort(new Error('second'));
    await expect(waits[1]).rejects.toThrow('second');
    expect(work!.aborted).toBe(true);
    expect((await answers.get('a', async () => 3)).answer).toBe(3);
  });
});
