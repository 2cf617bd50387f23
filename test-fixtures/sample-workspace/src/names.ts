/** Returns the first name and the last name with a space between them. */
export function fullName(first: string, last: string): string {
  return `${first} ${last}`;
}

/** Returns the initials of the name in upper case. */
export function initials(name: string): string {
  return name
    .split(' ')
    .map((part) => part.charAt(0).toUpperCase())
    .join('');
}

/** Returns a greeting for the name. */
export function greet(name: string): string {
  return `Hello, ${name}!`;
}

/** Returns true if the two names are equal, ignoring upper and lower case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
