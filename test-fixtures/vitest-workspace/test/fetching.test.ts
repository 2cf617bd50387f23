import { describe, expect, it, vi } from 'vitest';
import { delay } from '../src/delay';
import { restore, retry, store } from '../src/fetching';

vi.mock('../src/delay', () => ({ delay: vi.fn(async () => {}) }));

describe('retry', () => {
  it('answers what the operation answers', async () => {
    expect(await retry(async () => 5, 3)).toBe(5);
    expect(delay).not.toHaveBeenCalled();
  });

  it('waits longer each time', async () => {
    const operation = vi.fn().mockRejectedValueOnce(new Error('1')).mockRejectedValueOnce(new Error('2'));
    operation.mockResolvedValue('done');
    expect(await retry(operation, 3)).toBe('done');
    expect(vi.mocked(delay).mock.calls).toEqual([[1000], [2000]]);
  });

  it('gives up', async () => {
    await expect(retry(() => Promise.reject(new Error('never')), 2)).rejects.toThrow('never');
  });
});

describe('store', () => {
  it('writes what restore reads', async () => {
    expect(await restore(await store({ a: [1] }))).toEqual({ a: [1] });
  });
});
