/** Derivatives measured by moving the inputs a little, in float64. */
import type { NdArray } from './ndarray.ts';

/** Central differences have an error of step²; smaller steps drown in rounding. */
const step = 1e-5;

/** The derivative of `loss` along `direction`, at the input `name` of `feeds`. */
export function directionalDerivative(
  loss: (feeds: Readonly<Record<string, NdArray>>) => number,
  feeds: Readonly<Record<string, NdArray>>,
  name: string,
  direction: readonly number[],
): number {
  const { shape, data } = feeds[name]!;
  const moved = (by: number) =>
    loss({ ...feeds, [name]: { shape, data: data.map((x, i) => x + by * direction[i]!) } });
  return (moved(step) - moved(-step)) / (2 * step);
}

/** The derivative with respect to every element of the input `name`. */
export function numericalGradient(
  loss: (feeds: Readonly<Record<string, NdArray>>) => number,
  feeds: Readonly<Record<string, NdArray>>,
  name: string,
): number[] {
  return feeds[name]!.data.map((_, at, data) => {
    const unit = data.map((_, i) => Number(i === at));
    return directionalDerivative(loss, feeds, name, unit);
  });
}
