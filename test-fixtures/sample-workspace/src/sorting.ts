/** Returns the numbers sorted from the smallest to the largest, without changing the list. */
export function sortNumbers(numbers: number[]): number[] {
  return [...numbers].sort((a, b) => a - b);
}

/** Returns the words sorted by length, the shortest first. */
export function sortByLength(words: string[]): string[] {
  return [...words].sort((a, b) => a.length - b.length);
}

/** Returns true if the numbers are sorted in ascending order. */
export function isSorted(numbers: number[]): boolean {
  for (let i = 1; i < numbers.length; i++) {
    if (numbers[i] < numbers[i - 1]) {
      return false;
    }
  }
  return true;
}

/** Returns the list in reverse order, without changing it. */
export function reverseList<T>(list: T[]): T[] {
  return [...list].reverse();
}
