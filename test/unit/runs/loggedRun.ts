/** Run directories as a trainer leaves them, with episodes drawn at random. */
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../../trainer/random.ts';
import type { EpisodeRecord } from '../../../trainer/run/records.ts';
import { RunReader } from '../../../trainer/runs/runReader.ts';

export type LoggedEpisode = EpisodeRecord;

export const baseModel = join(import.meta.dirname, '../../../trainer/model/base');

const tasks = ['src/text.ts#upper', 'src/text.ts#lower', 'src/sums.ts#total', 'lib/a b.py#Straße.größe'];
const verdicts = ['passed', 'failed', 'syntax-error', 'timeout', 'infrastructure'] as const;
const words = ['return', 'RETURN', 'Maß', '"quoted"', 'a\\b', 'x', '\n', '漢字', '}'];

export function randomEpisodes(count: number, seed = 1): LoggedEpisode[] {
  const random = new Random(seed, 'logged episodes');
  const oneOf = <T>(values: readonly T[]) => values[random.below(values.length)]!;
  return Array.from({ length: count }, (_, at) => {
    const step = Math.floor(at / 40);
    const taskId = oneOf(tasks);
    const evaluation = random.uniform() < 0.3;
    const group = evaluation ? `${seed}/evaluation/${step}/${taskId}` : `${seed}/${step}/${taskId}`;
    const verdict = oneOf(verdicts);
    const passed = Array.from({ length: random.below(4) }, () => random.uniform() < 0.5);
    const actions = Array.from({ length: 1 + random.below(2) }, () =>
      Array.from({ length: 1 + random.below(6) }, () => random.below(2000)),
    );
    return {
      time: new Date(1.8e12 + at).toISOString(),
      step,
      prompt: `/** ${oneOf(words)} */\nfunction ${taskId.split('#')[1]}() {`,
      advantage: random.uniform() < 0.4 ? null : random.below(5) / 4 - 0.5,
      timings: { sampling: 0.25 },
      episode: {
        id: `${group}/${at}`,
        taskId,
        split: taskId.startsWith('src/text') ? 'train' : 'heldOut',
        group,
        policyVersion: step,
        steps: actions.map((action) => ({
          observation: [5, 6],
          action,
          logp: action.map(() => -random.uniform()),
          stop: 'end-of-text',
        })),
        completion: Array.from({ length: 1 + random.below(3) }, () => oneOf(words)).join(' '),
        reward: {
          value: verdict === 'passed' ? 1 : random.below(4) / 4,
          verdict,
          tests: passed.map((each, test) => ({ id: `test ${test}`, passed: each })),
          seconds: random.below(8) / 8,
          cached: false,
          ...(random.uniform() < 0.1
            ? {
                cheat: { label: oneOf(['exited-early', 'forged-report'] as const), evidence: 'It was seen.' },
              }
            : {}),
        },
      },
    };
  });
}

/** A reader that always waits for the whole log. */
export const patientReader = () => new RunReader(() => {}, 60_000);

export const linesOf = (records: readonly unknown[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** A run in a directory of its own, which is gone once it is disposed. */
export class LoggedRun implements AsyncDisposable {
  readonly root: string;
  readonly path: string;

  private constructor(root: string) {
    this.root = root;
    this.path = join(root, '2026-11-22T07-30-05');
  }

  static async create(episodes: readonly unknown[], state = 'finished'): Promise<LoggedRun> {
    const run = new LoggedRun(await mkdtemp(join(tmpdir(), 'reinforce-runs-')));
    await mkdir(run.path);
    await writeFile(
      join(run.path, 'run.json'),
      JSON.stringify({
        format: 1,
        id: '2026-11-22T07-30-05',
        created: '2026-11-22T07:30:05.000Z',
        workspace: '/some/workspace',
        model: baseModel,
        seed: 1,
        config: { steps: 40 },
        versions: { node: 'v24' },
        status: { state, time: '2026-11-22T07:40:05.000Z' },
      }),
    );
    await run.write('episodes', linesOf(episodes));
    await run.write('steps', '');
    await run.write('events', '');
    return run;
  }

  write(log: 'episodes' | 'steps' | 'events', text: string): Promise<void> {
    return writeFile(join(this.path, `${log}.jsonl`), text);
  }

  append(log: 'episodes' | 'steps' | 'events', text: string): Promise<void> {
    return appendFile(join(this.path, `${log}.jsonl`), text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
