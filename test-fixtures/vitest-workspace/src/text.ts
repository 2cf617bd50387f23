/** Turns a title into the last part of an address. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Shortens a text to at most `length` characters, the last of them being an ellipsis. */
export const shorten = (text: string, length: number): string => {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1)}…`;
};

/** Upper-case first letters of the first two words. */
export function initials(name: string): string {
  return name
    .split(' ')
    .slice(0, 2)
    .map((word) => word[0]!.toUpperCase())
    .join('');
}

/** Words of a text, without repetitions. */
export function uniqueWords(text: string): string[] {
  return [...new Set(text.split(/\s+/).filter(Boolean))];
}

/** Where a coin fell. */
export function coin(side: number): string {
  return side > 0 ? 'heads' : 'tails';
}
