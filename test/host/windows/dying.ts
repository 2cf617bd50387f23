/** The extension host ends in the middle of its tests, as if a crash had ended it. */
export function run(): void {
  process.exit(0);
}
