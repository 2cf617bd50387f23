/** At most `count` of these, from all over them, in their order. */
export function spread<T>(from: readonly T[], count: number): readonly T[] {
  if (from.length <= count) return from;
  return Array.from({ length: count }, (_, i) => from[Math.floor((i * from.length) / count)]!);
}
