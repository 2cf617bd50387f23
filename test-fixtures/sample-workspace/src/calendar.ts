/** Returns true if the year is a leap year. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Returns the number of days in the given number of weeks. */
export function weeksToDays(weeks: number): number {
  return weeks * 7;
}

/** Returns the age at the end of the year of a person born in birthYear. */
export function ageInYear(birthYear: number, year: number): number {
  return year - birthYear;
}

/** Returns true if the day is 'saturday' or 'sunday'. */
export function isWeekend(day: string): boolean {
  return day === 'saturday' || day === 'sunday';
}
