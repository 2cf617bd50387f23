/** Returns the largest number of the list. */
export function maximum(numbers: number[]): number {
  return Math.max(...numbers);
}

/** Returns the average of the numbers, or 0 if the list is empty. */
export function average(numbers: number[]): number {
  if (numbers.length === 0) {
    return 0;
  }
  return numbers.reduce((total, n) => total + n, 0) / numbers.length;
}

/** Returns the difference between the largest and the smallest number. */
export function spread(numbers: number[]): number {
  return Math.max(...numbers) - Math.min(...numbers);
}

/** Returns the middle number of the sorted list, or the mean of the two middle numbers. */
export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) {
    return sorted[middle];
  }
  return (sorted[middle - 1] + sorted[middle]) / 2;
}
