import type { Weights } from '../model/weights.ts';

/** A copy that can go its own way. */
export function copyOf(weights: Weights): Weights {
  return new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
}

/**
 * Moves `average` towards `current`, in place: `average ← decay · average + (1 - decay) · current`.
 *
 * An average over the last versions (Polyak and Juditsky, 1992) is free of each step's noise, and lies closer to where
 * training began, which keeps more of what the base model can do elsewhere (Wortsman et al., 2022).
 */
export function moveAverage(average: Weights, current: Weights, decay: number): void {
  for (const [name, { data }] of average) {
    const target = current.get(name)!.data;
    for (let i = 0; i < data.length; i++) data[i] = decay * data[i]! + (1 - decay) * target[i]!;
  }
}
