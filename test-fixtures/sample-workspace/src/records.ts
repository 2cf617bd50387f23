/** Returns the values of the record as a list. */
export function valuesOf(record: Record<string, number>): number[] {
  return Object.values(record);
}

/** Returns the record with keys and values swapped. */
export function invert(record: Record<string, string>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const key of Object.keys(record)) {
    result[record[key]] = key;
  }
  return result;
}

/** Returns the sum of all values of the record. */
export function totalOf(record: Record<string, number>): number {
  return Object.values(record).reduce((sum, value) => sum + value, 0);
}

/** Returns true if the record has no keys. */
export function isEmptyRecord(record: Record<string, unknown>): boolean {
  return Object.keys(record).length === 0;
}
