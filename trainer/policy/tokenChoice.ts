/** Where the tokens of a run are chosen: inside the graph, or here where the graph has no such choice. */
import type { TensorData } from '../graph/program.ts';
import type { Random } from '../random.ts';
import { drawFeeds } from './choiceGraph.ts';
import { type Choice, type ChoiceSettings, choose } from './choose.ts';

type Read = Readonly<Record<string, TensorData>>;

export interface TokenChoice {
  /** What the graph draws with, a row for each generator. */
  feeds(randoms: readonly Random[]): Readonly<Record<string, TensorData>>;
  /** The last output of the graph are the probabilities of all tokens. */
  readonly outputs: 'all' | 'all but the last';
  /** The token of one row of what a run put out. */
  of(read: Read, row: number, random: Random): Choice;
}

/** Probabilities of all tokens are read only where likelier ones go first. */
export function tokenChoice(settings: ChoiceSettings): TokenChoice {
  const { greedy, topK, topP } = settings;
  return greedy || topK !== undefined || topP !== undefined ? onHost(settings) : inGraph;
}

const inGraph: TokenChoice = {
  feeds: (randoms) => drawFeeds(randoms.map((random) => random.uniform())),
  outputs: 'all but the last',
  of: ({ token, logp }, row) => ({
    token: token!.data[row] as number,
    logp: logp!.data[row] as number,
  }),
};

const onHost = (settings: ChoiceSettings): TokenChoice => ({
  feeds: (randoms) => drawFeeds(randoms.map(() => 0)),
  outputs: 'all',
  of: ({ probabilities }, row, random) => {
    const { data, shape } = probabilities!;
    const size = shape[1]!;
    return choose((data as Float32Array).subarray(row * size, (row + 1) * size), settings, random);
  },
});
