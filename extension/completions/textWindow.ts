/** The part of a large document that the model is told of. */

/** Characters before and after the cursor, at most. */
export const longestPrefix = 48_000;
export const longestSuffix = 16_000;
/** The front moves in steps, so that what was read before it moves stays the same over many keys. */
const step = 16_000;

/** The offset that the text before the cursor begins at, or right behind the line that is there. */
export const windowStart = (cursor: number) => Math.max(0, Math.ceil((cursor - longestPrefix) / step) * step);
