/** One measured number beside a peer's, both taken in the same run. */
export interface Figure {
  readonly suite: string;
  readonly figure: string;
  /** Median over the rounds. */
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, and how that did; null where there is nothing to compare with. */
  readonly peer: string | null;
  readonly peerValue: number | null;
  /** Above 1: better than the peer. The median of the rounds' own ratios, so that load on the machine cancels out. */
  readonly ratio: number | null;
  /** (largest - smallest) / median of `value` over the rounds. */
  readonly spread: number;
}

/** A module of suites/: `npm run bench <its file name>`. */
export interface Suite {
  figures(): AsyncIterable<Omit<Figure, 'suite'>>;
}

/** One measurement; answers a number in the figure's unit. */
export type Measure = () => number | Promise<number>;

export interface Comparison {
  readonly figure: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly ours: Measure;
  readonly peer?: { readonly name: string; readonly measure: Measure };
  /** Counted after one round that only warms up. */
  readonly rounds?: number;
}

/** Measures both sides in turn, round by round. */
export async function compare(comparison: Comparison): Promise<Omit<Figure, 'suite'>> {
  const { figure, unit, better, ours, peer, rounds = 5 } = comparison;
  const values: number[] = [];
  const peerValues: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const value = await ours();
    const peerValue = await peer?.measure();
    if (round < 0) continue;
    values.push(value);
    if (peerValue !== undefined) peerValues.push(peerValue);
  }
  const value = median(values);
  return {
    figure,
    value,
    unit,
    peer: peer?.name ?? null,
    peerValue: peer ? median(peerValues) : null,
    ratio: peer
      ? median(values.map((v, i) => (better === 'higher' ? v / peerValues[i]! : peerValues[i]! / v)))
      : null,
    spread: (Math.max(...values) - Math.min(...values)) / value,
  };
}

/** Seconds that `action` takes, the mean of as many calls as fill `atLeast` seconds. */
export async function secondsPerCall(action: () => unknown, atLeast = 0.2): Promise<number> {
  const start = performance.now();
  for (let calls = 1; ; calls++) {
    await action();
    const seconds = (performance.now() - start) / 1000;
    if (seconds >= atLeast) return seconds / calls;
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
