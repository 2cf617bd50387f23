/** From `start` up to, not including, `end`. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Whether two intervals have something in common. */
export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Puts together intervals that overlap or touch, in ascending order. */
export function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => a.start - b.start)) {
    const last = merged[merged.length - 1];
    if (last === undefined || next.start > last.end) merged.push({ ...next });
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
  }
  return merged;
}

/** How much of the line the intervals cover. */
export const covered = (intervals: readonly Interval[]): number => {
  return merge(intervals).reduce((sum, { start, end }) => sum + end - start, 0);
};

/** An interval around a number. */
export function around(middle: number): Interval {
  return { start: middle - 1, end: middle + 1 };
}
