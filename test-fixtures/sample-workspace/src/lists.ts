/** Returns the last element of the list. */
export function last<T>(list: T[]): T | undefined {
  return list[list.length - 1];
}

/** Returns the list without duplicates. */
export function unique<T>(list: T[]): T[] {
  return [...new Set(list)];
}

/** Returns true if the list has no elements. */
export function isEmptyList<T>(list: T[]): boolean {
  return list.length === 0;
}

/** Splits the list into chunks of the given size. */
export function chunk<T>(list: T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < list.length; i += size) {
    chunks.push(list.slice(i, i + size));
  }
  return chunks;
}
