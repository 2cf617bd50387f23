import { writeFile } from 'node:fs/promises';

/** Calls whoever listens. */
export class Events {
  listeners = new Map();

  /** Adds a listener; answers a function that removes it. */
  on(name, listener) {
    const all = this.listeners.get(name) ?? [];
    this.listeners.set(name, [...all, listener]);
    return () =>
      this.listeners.set(
        name,
        this.listeners.get(name).filter((other) => other !== listener),
      );
  }

  /** Tells all listeners; answers how many there were. */
  emit(name, value) {
    const all = this.listeners.get(name) ?? [];
    for (const listener of all) listener(value);
    return all.length;
  }
}

/** Resolves with the next value of an event. */
export function next(events, name) {
  return new Promise((resolve) => {
    const remove = events.on(name, (value) => {
      remove();
      resolve(value);
    });
  });
}

/** Writes the names of all events into a file. */
export async function save(events, file) {
  await writeFile(file, [...events.listeners.keys()].sort().join('\n'));
}
