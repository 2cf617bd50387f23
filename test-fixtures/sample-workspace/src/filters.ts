/** Returns the even numbers of the list. */
export function evenNumbers(numbers: number[]): number[] {
  return numbers.filter((n) => n % 2 === 0);
}

/** Returns the numbers that are greater than the limit. */
export function greaterThan(numbers: number[], limit: number): number[] {
  return numbers.filter((n) => n > limit);
}

/** Returns the number of elements that are equal to the value. */
export function countValue<T>(list: T[], value: T): number {
  return list.filter((item) => item === value).length;
}

/** Returns the elements that are in both lists. */
export function intersection<T>(a: T[], b: T[]): T[] {
  return a.filter((item) => b.includes(item));
}
