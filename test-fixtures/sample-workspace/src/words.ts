/** Returns the number of words in the text. */
export function countWords(text: string): number {
  return text.split(' ').filter((word) => word.length > 0).length;
}

/** Returns the words of the text in reverse order. */
export function reverseWords(text: string): string {
  return text.split(' ').reverse().join(' ');
}

/** Returns the longest word of the list, or an empty string if the list is empty. */
export function longestWord(words: string[]): string {
  let longest = '';
  for (const word of words) {
    if (word.length > longest.length) {
      longest = word;
    }
  }
  return longest;
}

/** Joins the words with a comma and a space. */
export function joinWords(words: string[]): string {
  return words.join(', ');
}
