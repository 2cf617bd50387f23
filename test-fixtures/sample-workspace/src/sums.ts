/** Returns the sum of the numbers. */
export function sum(numbers: number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}

/** Returns the product of the numbers. */
export function product(numbers: number[]): number {
  return numbers.reduce((total, n) => total * n, 1);
}

/** Returns the sum of the squares of the numbers. */
export function sumOfSquares(numbers: number[]): number {
  let total = 0;
  for (const n of numbers) {
    total += n * n;
  }
  return total;
}

/** Returns the sum of all integers from 1 to n. */
export function sumTo(n: number): number {
  return (n * (n + 1)) / 2;
}
