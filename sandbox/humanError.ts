/**
 * An error that a person can act on: one sentence that names what was wrong and what to do about it.
 * Whoever shows it needs no stack; any other error is a bug and shows one.
 */
export class HumanError extends Error {
  override readonly name = 'HumanError';
}
