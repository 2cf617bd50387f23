import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Cache, State } from '../src/cache';

describe('a cache', () => {
  let cache: Cache<number>;
  beforeEach(() => {
    vi.useFakeTimers();
    cache = new Cache<number>(1000).set('a', 1);
  });

  it('remembers', () => {
    expect(cache.get('a')).toBe(1);
    expect(cache.get('b')).toBeUndefined();
  });

  it('forgets after its lifetime', () => {
    vi.advanceTimersByTime(1001);
    expect(cache.get('a')).toBeUndefined();
  });

  it('tells the state of what it holds', () => {
    expect(cache.state('a')).toBe(State.Fresh);
    expect(cache.state('b')).toBe(State.Stale);
  });
});
