import type { EpisodeDetail, EpisodeRow, EpisodeStep } from '../protocol/runs.ts';
import { type Tokens, textsOf } from './actionTokens.ts';
import { detailedEpisode, type KeptTask } from './loggedRecords.ts';

const languages: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  py: 'python',
};

/** Everything about an episode: from its row of the index, its line of the log, and its task. */
export function detailOf(
  row: EpisodeRow,
  line: string,
  task: KeptTask | undefined,
  tokens: Tokens,
): EpisodeDetail {
  const { time, prompt, timings, episode } = detailedEpisode.parse(JSON.parse(line));
  const { tests, guards, firstFailure, limit, cheat, cached } = episode.reward;
  return {
    row,
    id: episode.id,
    time,
    prompt,
    completion: episode.completion,
    language: task?.language ?? languageOf(row.task),
    original: task?.body ?? null,
    tests,
    guards,
    firstFailure: firstFailure ?? null,
    limit: limit ?? null,
    evidence: cheat?.evidence ?? null,
    cached,
    timings,
    steps: episode.steps.map((step) => stepOf(step, tokens)),
    noTokens: 'missing' in tokens ? tokens.missing : null,
  };
}

function stepOf(
  { observation, action, logp, stop }: ReturnType<typeof detailedEpisode.parse>['episode']['steps'][number],
  tokens: Tokens,
): EpisodeStep {
  const tokenizer = 'tokenizer' in tokens ? tokens.tokenizer : undefined;
  const texts = tokenizer ? textsOf(tokenizer, action) : [];
  return {
    observation: tokenizer ? tokenizer.decode(observation) : null,
    action: action.map((id, at) => ({ id, text: texts[at] ?? '', logp: logp[at] ?? null })),
    stop,
  };
}

function languageOf(task: string): string | null {
  const extension = /\.([a-z]+)#/.exec(task)?.[1];
  return (extension && languages[extension]) ?? null;
}
