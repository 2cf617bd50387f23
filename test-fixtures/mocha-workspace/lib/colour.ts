export enum Channel {
  Red,
  Green,
  Blue,
}

/** Parses `#rrggbb`. */
export function parse(text: string): [number, number, number] {
  if (!/^#[0-9a-f]{6}$/i.test(text)) throw new RangeError(`${text} is no colour.`);
  const value = Number.parseInt(text.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** One channel of a colour. */
export function channel(text: string, which: Channel): number {
  return parse(text)[which]!;
}
