import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import uPlot from 'uplot';
import { table } from './parts.ts';
import { number } from './wording.ts';

export interface ChartSeries {
  readonly name: string;
  /** One a place of `x`; null where there is none. */
  readonly values: readonly (number | null)[];
}

export interface ChartContent {
  readonly title: string;
  /** Such as "Step". */
  readonly xName: string;
  readonly x: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly format?: (value: number | null) => string;
  /** The ends of the vertical axis, where they are given. */
  readonly range?: readonly [number, number];
  /** The ends of the horizontal axis, where they are not those of `x`. */
  readonly xRange?: readonly [number, number];
  /** Points besides the lines, for what is measured now and then. */
  readonly points?: boolean;
}

const colours = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'] as const;
const dashes: readonly (number[] | undefined)[] = [undefined, [6, 3], [2, 3], [8, 3, 2, 3], [12, 4], [1, 4]];
const height = 150;

/** A chart, the sentence that it amounts to, and the table of its numbers. */
export class RunChart extends HTMLElement {
  #content: ChartContent | undefined;
  #plot: uPlot | undefined;
  #shape = '';
  readonly #resized = new ResizeObserver(() => this.#fit());
  /** The editor changes the body's class and the variables when another theme is chosen. */
  readonly #themed = new MutationObserver(() => this.#plot?.redraw());

  set content(content: ChartContent) {
    this.#content = content;
    this.#draw();
  }

  connectedCallback(): void {
    this.#resized.observe(this);
    this.#themed.observe(document.documentElement, { attributes: true });
    this.#themed.observe(document.body, { attributes: true });
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#resized.disconnect();
    this.#themed.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#shape = '';
  }

  #draw(): void {
    if (!this.#content || !this.isConnected) return;
    const { title, series, x } = this.#content;
    render(
      html`<h3>${title}</h3>
        ${series.length > 1 ? legend(series) : nothing}
        <div class="plot" role="img" aria-label=${spoken(this.#content)}></div>
        <p class="reading note" aria-hidden="true">&nbsp;</p>
        <details>
          <summary aria-label=${l10n.t('Table of {0}', title)}>${l10n.t('Table')}</summary>
          ${numbers(this.#content)}
        </details>`,
      this,
    );
    const shape = JSON.stringify([title, series.map(({ name }) => name)]);
    if (shape !== this.#shape) {
      this.#plot?.destroy();
      this.#plot = undefined;
      this.#shape = shape;
    }
    const data = [[...x], ...series.map(({ values }) => [...values])] as uPlot.AlignedData;
    if (this.#plot) this.#plot.setData(data);
    else
      this.#plot = new uPlot(this.#options(this.#content), data, this.querySelector<HTMLElement>('.plot')!);
  }

  #options({ series, range, xRange, points, format = number }: ChartContent): uPlot.Options {
    const axis: uPlot.Axis = {
      stroke: () => colour('--vscode-descriptionForeground'),
      grid: { stroke: () => colour('--chart-grid'), width: 1 },
      ticks: { show: false },
      font: '11px sans-serif',
    };
    return {
      width: this.#width,
      height,
      legend: { show: false },
      cursor: { y: false, drag: { setScale: false } },
      scales: {
        x: { time: false, ...(xRange && xRange[1] > xRange[0] ? { range: [xRange[0], xRange[1]] } : {}) },
        y: range ? { range: [range[0], range[1]] } : {},
      },
      axes: [
        { ...axis, size: 24, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] },
        { ...axis, size: 48, values: (_, values) => values.map((value) => format(value)) },
      ],
      series: [
        {},
        ...series.map((_, at): uPlot.Series => {
          const dash = dashes[at % dashes.length];
          const stroke = () => colour(`--vscode-charts-${colours[at % colours.length]}`);
          return {
            stroke,
            width: 1.5,
            spanGaps: true,
            ...(dash ? { dash } : {}),
            points: { show: points ?? false, size: 6, fill: stroke },
          };
        }),
      ],
      hooks: { setCursor: [(plot) => this.#read(plot.cursor.idx ?? null)] },
    };
  }

  /** Writes out the numbers under the pointer. */
  #read(at: number | null): void {
    const reading = this.querySelector('.reading');
    if (!reading || !this.#content) return;
    const { x, xName, series, format = number } = this.#content;
    const parts = series.map(({ name, values }) => `${name} ${format(values[at ?? -1] ?? null)}`);
    reading.textContent = at === null || at >= x.length ? '\u00a0' : `${xName} ${x[at]}: ${parts.join(', ')}`;
  }

  get #width(): number {
    return Math.max(100, this.clientWidth);
  }

  #fit(): void {
    if (this.#plot && this.#plot.width !== this.#width) this.#plot.setSize({ width: this.#width, height });
  }
}

const legend = (series: readonly ChartSeries[]) => html`<ul class="legend">
  ${series.map(
    ({ name }, at) =>
      html`<li><span class="key key-${colours[at % colours.length]}" aria-hidden="true"></span>${name}</li>`,
  )}
</ul>`;

/** The chart in words: where each line begins and ends, and how high and low it comes. */
function spoken({ title, x, xName, series, format = number }: ChartContent): string {
  const lines = series.map(({ name, values }) => {
    const there = values.flatMap((value, at) => (value === null ? [] : [{ value, at }]));
    const [first, last] = [there[0], there.at(-1)];
    if (!first || !last) return l10n.t('{0}: no values yet', name);
    const all = there.map(({ value }) => value);
    const extent = l10n.t(
      'lowest {0}, highest {1}',
      format(least(all)),
      format(-least(all.map((value) => -value))),
    );
    return l10n.t(
      '{0}: {1} at {2} {3}, {4} at {5}, {6}',
      name,
      format(first.value),
      xName.toLowerCase(),
      x[first.at]!,
      format(last.value),
      x[last.at]!,
      extent,
    );
  });
  return `${title}. ${lines.join('. ')}.`;
}

const least = (values: readonly number[]) =>
  values.reduce((least, value) => Math.min(least, value), Infinity);

const numbers = ({ title, x, xName, series, format = number }: ChartContent): TemplateResult =>
  table(
    l10n.t('{0}, as a table', title),
    [xName, ...series.map(({ name }) => name)],
    x.map((place, at) => [String(place), ...series.map(({ values }) => format(values[at] ?? null))]),
  );

const colour = (variable: string) =>
  getComputedStyle(document.body).getPropertyValue(variable).trim() || 'currentColor';

customElements.define('run-chart', RunChart);
