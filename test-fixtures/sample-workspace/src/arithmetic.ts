/** Returns true if the number is odd. */
export function isOdd(n: number): boolean {
  return n % 2 !== 0;
}

/** Returns the square of the number. */
export function square(n: number): number {
  return n * n;
}

/** Returns the distance between two numbers. */
export function difference(a: number, b: number): number {
  return Math.abs(a - b);
}

/** Returns the greatest common divisor of two positive numbers. */
export function gcd(a: number, b: number): number {
  while (b !== 0) {
    [a, b] = [b, a % b];
  }
  return a;
}
