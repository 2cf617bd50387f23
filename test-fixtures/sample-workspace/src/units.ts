/** Converts a temperature from degrees Celsius to degrees Fahrenheit. */
export function celsiusToFahrenheit(celsius: number): number {
  return (celsius * 9) / 5 + 32;
}

/** Converts hours to minutes. */
export function hoursToMinutes(hours: number): number {
  return hours * 60;
}

/** Converts a length in meters to kilometers. */
export function metersToKilometers(meters: number): number {
  return meters / 1000;
}

/** Formats a number of seconds as minutes and seconds, such as 2:05. */
export function formatDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  return `${minutes}:${String(rest).padStart(2, '0')}`;
}
