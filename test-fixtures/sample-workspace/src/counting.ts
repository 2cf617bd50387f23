/** Returns the integers from start up to, but not including, end. */
export function range(start: number, end: number): number[] {
  const result: number[] = [];
  for (let i = start; i < end; i++) {
    result.push(i);
  }
  return result;
}

/** Returns how often each word occurs in the list. */
export function countOccurrences(words: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) {
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

/** Returns the number of positive numbers in the list. */
export function countPositive(numbers: number[]): number {
  return numbers.filter((n) => n > 0).length;
}

/** Returns the total length of all words. */
export function totalLength(words: string[]): number {
  return words.join('').length;
}
