/**
 * Frozen inputs that are looked up in, which on the CPU are read where they lie, whatever products want: a copy for these is
 * arranged as they need it.
 */
import { reachable, type Value } from './graph.ts';
import type { Shape } from './shape.ts';

export interface Lookup {
  readonly shape: Shape;
  readonly use: 'rows alone' | 'rows and more';
}

/** Inputs of the graph that computes `outputs` whose rows are looked up, such as embeddings, and whether that is all. */
export function lookups(outputs: Readonly<Record<string, Value>>): Map<string, Lookup> {
  const rows = new Set<Value>();
  const others = new Set<Value>();
  for (const { primitive, inputs } of reachable(Object.values(outputs))) {
    for (const [at, input] of inputs.entries()) {
      if (input.primitive.name !== 'Input') continue;
      (primitive.name === 'Gather' && at === 0 ? rows : others).add(input);
    }
  }
  return new Map(
    [...rows].map((input) => [
      input.attributes.name,
      { shape: input.shape, use: others.has(input) ? 'rows and more' : 'rows alone' },
    ]),
  );
}

/** What an input is called where its rows are looked up, if other ops have it as another input. */
export const rowsOf = (name: string) => `${name}.rows`;
