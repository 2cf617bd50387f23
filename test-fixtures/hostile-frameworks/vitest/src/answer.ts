/** Returns the answer. */
export function answer(): number {
  return 84 / 2;
}
