/**
 * An error for the person at the screen: its message is one sentence that names what was wrong and what to do.
 * It is shown as it is; any other error shows up as a fault of this program, with its stack in the log.
 */
export class HumanError extends Error {
  override readonly name = 'HumanError';
}
