/** Returns the number of keys of the object. */
export function countKeys(object: Record<string, unknown>): number {
  return Object.keys(object).length;
}

/** Returns true if the object has the key. */
export function hasKey(object: Record<string, unknown>, key: string): boolean {
  return Object.hasOwn(object, key);
}

/** Returns an object with only the given keys of the object. */
export function pick(object: Record<string, unknown>, keys: string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of keys) {
    if (key in object) {
      result[key] = object[key];
    }
  }
  return result;
}

/** Returns a new object with the properties of both objects; the second wins. */
export function merge(a: Record<string, unknown>, b: Record<string, unknown>): Record<string, unknown> {
  return { ...a, ...b };
}
