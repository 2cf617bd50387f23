/** What the rest of the program takes the time from. */
export function now(): number {
  return Date.now();
}
