import type { TensorData } from '../graph/program.ts';
import { int64 } from '../learn/feeds.ts';
import type { ReadPrompt } from './decodingCache.ts';

/** Which running sequence continues which prompt, as `groupAttention` is told. */
export class PromptGroups {
  /** The prompts that a sequence continues, in the order in which they are fed. */
  readonly inUse: ReadPrompt[] = [];
  readonly #promptOf: ReadPrompt[] = [];

  promptOf(row: number): ReadPrompt {
    return this.#promptOf[row]!;
  }

  /** `row` begins to continue `prompt`; answers where that stands now if it was not in use before. */
  start(row: number, prompt: ReadPrompt): number | undefined {
    this.#promptOf[row] = prompt;
    return this.inUse.includes(prompt) ? undefined : this.inUse.push(prompt) - 1;
  }

  /** Makes row `to` what row `from` is. A prompt that is used no more gives its place to the last one: `onMove` tells. */
  moveRow(from: number, to: number, onMove: (from: number, to: number) => void = () => {}): void {
    const moved = this.#promptOf[from]!;
    this.#promptOf.length = from;
    if (from !== to) this.#promptOf[to] = moved;
    for (let at = this.inUse.length - 1; at >= 0; at--) {
      if (this.#promptOf.includes(this.inUse[at]!)) continue;
      const last = this.inUse.length - 1;
      onMove(last, at);
      this.inUse[at] = this.inUse[last]!;
      this.inUse.pop();
    }
  }

  feeds(count: number): Record<string, TensorData> {
    const G = this.inUse.length;
    const members = Map.groupBy(Array(count).keys(), (row) => this.inUse.indexOf(this.promptOf(row)));
    const n = Math.max(...[...members.values()].map(({ length }) => length));
    const places = new Array<number>(count);
    for (const [group, rows] of members) for (const [at, row] of rows.entries()) places[row] = group * n + at;
    return {
      slots: int64([G, n], (i) => members.get(Math.floor(i / n))?.[i % n] ?? 0),
      places: int64([count], (row) => places[row]!),
      width: { shape: [G, 1, n, 1, 1], data: new Float32Array(G * n) },
      flatWidth: { shape: [G * n, 1, 1, 1], data: new Float32Array(G * n) },
    };
  }
}
