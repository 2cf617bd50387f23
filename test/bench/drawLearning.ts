import type { LearningRun } from './learningRun.ts';

const [width, height] = [760, 330];
const curve = { left: 56, top: 48, width: 430, height: 220 };
const bars = { left: 540, width: 200 };
const colours = ['#3794ff', '#89d185', '#d18616'];
const text = (x: number, y: number, content: string, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${content}</text>`;

/** A picture (SVG) of runs: on the left the mean reward of each step, on the right pass@1 before and after. */
export function drawLearning(runs: readonly LearningRun[]): string {
  const last = Math.max(1, ...runs.flatMap(({ steps }) => steps.map(({ step }) => step)));
  const x = (step: number) => curve.left + (curve.width * step) / last;
  const y = (share: number) => curve.top + curve.height * (1 - share);
  const parts: string[] = [];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    parts.push(
      `<path d="M${curve.left} ${y(share)}H${width - 20}" stroke="#8884"/>`,
      text(curve.left - 8, y(share) + 4, `${100 * share}%`, 'text-anchor="end"'),
    );
  }
  for (const [i, { seed, steps }] of runs.entries()) {
    const points = steps.map(
      ({ step, metrics }) => `${x(step).toFixed(1)},${y(metrics.reward ?? 0).toFixed(1)}`,
    );
    const colour = colours[i % colours.length];
    parts.push(
      `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.8"/>`,
      text(curve.left + 70 * i, height - 14, `seed ${seed}`, `fill="${colour}"`),
    );
  }
  parts.push(text(curve.left, 28, 'Mean reward of the tries of each step', 'font-weight="600"'));
  parts.push(
    text(curve.left + curve.width, curve.top + curve.height + 18, `step ${last}`, 'text-anchor="end"'),
  );
  parts.push(text(bars.left, 28, 'pass@1, before and after', 'font-weight="600"'));
  for (const [group, split] of (['train', 'heldOut'] as const).entries()) {
    const left = bars.left + group * (bars.width / 2 + 6);
    for (const [i, run] of runs.entries()) {
      const at = left + i * 28;
      const [before, after] = [run.before[split].passAt1, run.after[split].passAt1];
      const colour = colours[i % colours.length];
      const bar = (from: number, share: number, opacity: number) =>
        `<rect x="${from}" y="${y(share).toFixed(1)}" width="11" height="${(curve.height * share).toFixed(1)}" fill="${colour}" opacity="${opacity}"/>`;
      parts.push(bar(at, before, 0.4), bar(at + 12, after, 1));
    }
    const name = split === 'train' ? 'training tasks' : 'held-out tasks';
    parts.push(text(left, curve.top + curve.height + 18, name));
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#888">`,
    '<title>Reward by step, and pass@1 before and after, of three training runs</title>',
    `<rect width="${width}" height="${height}" rx="8" fill="#1e1e1e"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}
