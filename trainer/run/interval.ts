/** Wilson's 95% score interval for a share of `successes` among `trials` (Wilson, 1927). */
export function wilsonInterval(successes: number, trials: number): readonly [number, number] {
  if (trials === 0) return [0, 1];
  const z = 1.959963984540054;
  const share = successes / trials;
  const centre = share + z ** 2 / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share) + z ** 2 / (4 * trials)) / trials);
  const divisor = 1 + z ** 2 / trials;
  return [Math.max(0, (centre - spread) / divisor), Math.min(1, (centre + spread) / divisor)];
}
