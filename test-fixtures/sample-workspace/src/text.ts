/** Returns the text with its first letter in upper case. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Returns the text with its characters in reverse order. */
export function reverseText(text: string): string {
  return text.split('').reverse().join('');
}

/** Returns the text repeated the given number of times. */
export function repeatText(text: string, times: number): string {
  return text.repeat(times);
}

/** Returns true if the text reads the same forwards and backwards. */
export function isPalindrome(text: string): boolean {
  return text === text.split('').reverse().join('');
}
