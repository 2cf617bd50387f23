/** Returns the number of digits of a positive integer. */
export function countDigits(n: number): number {
  return String(n).length;
}

/** Returns the sum of the digits of a positive integer. */
export function sumOfDigits(n: number): number {
  let sum = 0;
  for (const digit of String(n)) {
    sum += Number(digit);
  }
  return sum;
}

/** Returns the number written in binary. */
export function toBinary(n: number): string {
  return n.toString(2);
}

/** Returns true if the integer is divisible by the divisor. */
export function isDivisible(n: number, divisor: number): boolean {
  return n % divisor === 0;
}
