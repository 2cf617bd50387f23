/** Returns true if the number is even. */
export function isEven(n: number): boolean {
  return n % 2 === 0;
}

/** Returns the number times two. */
export function double(n: number): number {
  return n * 2;
}

/** Returns the value limited to the range from min to max. */
export function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}

/** Returns the factorial of n. */
export function factorial(n: number): number {
  let result = 1;
  for (let i = 2; i <= n; i++) {
    result *= i;
  }
  return result;
}
