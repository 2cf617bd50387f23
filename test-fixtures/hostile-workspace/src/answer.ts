/** Returns the answer. */
export function answer(): number {
  return 42;
}
