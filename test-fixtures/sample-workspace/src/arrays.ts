/** Returns the first n elements of the array. */
export function take<T>(array: T[], n: number): T[] {
  return array.slice(0, n);
}

/** Returns the array without its null and undefined values. */
export function compact<T>(array: (T | null | undefined)[]): T[] {
  return array.filter((value) => value !== null && value !== undefined);
}

/** Flattens the array by one level. */
export function flatten<T>(array: T[][]): T[] {
  return array.flat();
}

/** Pairs the elements of two arrays that have the same index. */
export function zip<A, B>(a: A[], b: B[]): [A, B][] {
  const length = Math.min(a.length, b.length);
  const pairs: [A, B][] = [];
  for (let i = 0; i < length; i++) {
    pairs.push([a[i], b[i]]);
  }
  return pairs;
}
