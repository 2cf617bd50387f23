/** Returns the number of vowels in the text. */
export function countVowels(text: string): number {
  let count = 0;
  for (const letter of text.toLowerCase()) {
    if ('aeiou'.includes(letter)) {
      count++;
    }
  }
  return count;
}

/** Returns the text without its spaces. */
export function removeSpaces(text: string): string {
  return text.replaceAll(' ', '');
}

/** Returns how many times the letter occurs in the text. */
export function countLetter(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

/** Returns true if all letters of the text are in upper case. */
export function isUpperCase(text: string): boolean {
  return text === text.toUpperCase();
}
