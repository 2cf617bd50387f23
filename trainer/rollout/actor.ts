/** The actor: tries tasks with one version of the policy and has every try graded. */
import { type Reward, type RewardRule, rewardValue } from '../../sandbox/reward.ts';
import { FunctionEnd } from '../../sandbox/tasks/functionEnd.ts';
import { PythonFunctionEnd } from '../../sandbox/tasks/pythonFunctionEnd.ts';
import { bodyFormOf, type Task } from '../../sandbox/tasks/task.ts';
import type { Feed } from '../graph/residentTensor.ts';
import type { TextStream, Tokenizer } from '../model/tokenizer.ts';
import type { Sample, Sampler } from '../policy/sampler.ts';
import { StopSequences } from '../policy/stopSequences.ts';
import { Random } from '../random.ts';
import type { Episode, StopReason } from './episode.ts';
import { promptOf } from './prompt.ts';

/** What grades completions, by the share of tests passed; `sandbox/environment.ts` in earnest. */
export interface Grader {
  grade(task: Task, body: string, signal?: AbortSignal): Promise<Reward>;
}

export interface ActorSettings {
  /** What becomes of the tests' outcomes. */
  readonly reward: RewardRule;
  readonly temperature: number;
  /** Most tokens of a prompt and of a completion. */
  readonly promptTokens: number;
  readonly maxTokens: number;
  /** Texts at whose beginning a completion ends. */
  readonly stop: readonly string[];
  /** How many of the prompt's tokens may come from behind the function, for models that fill in the middle. */
  readonly suffixTokens?: number | undefined;
}

/** The policy version that samples: 0 is the base model, which has no adapter. */
export interface PolicyVersion {
  readonly version: number;
  readonly adapter?: ReadonlyMap<string, Feed> | undefined;
}

export interface RolloutOptions {
  /** Tries a task. */
  readonly tries: number;
  /** Names the random numbers: the same keys give the same tries. */
  readonly seed: readonly (string | number)[];
  readonly signal?: AbortSignal | undefined;
  /** Awaited before each token. */
  readonly gate?: (() => Promise<void>) | undefined;
  readonly onProgress?:
    | ((progress: { readonly sampled: number; readonly graded: number }) => void)
    | undefined;
}

export interface Rollout {
  /** By task, in the order given; the tries of one task are one group. */
  readonly groups: readonly (readonly Episode[])[];
  /** Seconds of sampling, and of waiting for grading after the last token. */
  readonly seconds: { readonly sampling: number; readonly grading: number };
  readonly tokens: number;
}

export class Actor {
  readonly #sampler: Sampler;
  readonly #tokenizer: Tokenizer;
  readonly #grader: Grader;
  readonly #settings: ActorSettings;

  constructor(sampler: Sampler, tokenizer: Tokenizer, grader: Grader, settings: ActorSettings) {
    this.#sampler = sampler;
    this.#tokenizer = tokenizer;
    this.#grader = grader;
    this.#settings = settings;
  }

  /** Tries each task several times. Grading of what is finished goes on while the rest is being sampled. */
  async rollout(tasks: readonly Task[], policy: PolicyVersion, options: RolloutOptions): Promise<Rollout> {
    const { tries, seed, signal, gate, onProgress } = options;
    const started = performance.now();
    let [sampled, graded] = [0, 0];
    const attempts = tasks.map((task) => {
      const { promptTokens, suffixTokens } = this.#settings;
      const prompt = promptOf(task, this.#tokenizer, promptTokens, suffixTokens);
      return Array.from({ length: tries }, (_, at) => {
        const random = new Random(...seed, task.id, at);
        return new Attempt(
          task,
          prompt.tokens,
          random,
          this.#tokenizer,
          this.#settings.stop,
          (completion) => {
            sampled++;
            onProgress?.({ sampled, graded });
            return this.#grader.grade(task, completion, signal).then((reward) => {
              graded++;
              onProgress?.({ sampled, graded });
              const { reward: rule } = this.#settings;
              return rule === 'share' ? reward : { ...reward, value: rewardValue(rule, reward) };
            });
          },
        );
      });
    });
    const samples = await this.#sampler.generate(
      attempts.map((group) => ({ tokens: group[0]!.prompt, samples: group })),
      { temperature: this.#settings.temperature, maxTokens: this.#settings.maxTokens, signal, gate },
      policy.adapter,
    );
    const sampling = (performance.now() - started) / 1000;

    const groups = await Promise.all(
      attempts.map(async (group, g) =>
        Promise.all(
          group.map(async (attempt, at): Promise<Episode> => {
            const name = [...seed, attempt.task.id].join('/');
            return {
              id: `${name}/${at}`,
              taskId: attempt.task.id,
              split: attempt.task.split,
              group: name,
              policyVersion: policy.version,
              ...(await attempt.outcome(samples[g]![at]!)),
            };
          }),
        ),
      ),
    );
    return {
      groups,
      seconds: { sampling, grading: (performance.now() - started) / 1000 - sampling },
      tokens: samples.flat().reduce((sum, { tokens }) => sum + tokens.length, 0),
    };
  }
}

/** One try while it is being sampled: watches for the end of the function, and has the body graded at once. */
class Attempt {
  readonly task: Task;
  readonly prompt: readonly number[];
  readonly random: Random;
  readonly #ends: ReadonlySet<number>;
  readonly #stream: TextStream;
  readonly #functionEnd: FunctionEnd | PythonFunctionEnd;
  readonly #stopSequences: StopSequences;
  readonly #grade: (completion: string) => Promise<Reward>;
  #text = '';
  #stop: StopReason = 'length';
  #graded: { completion: string; reward: Promise<Reward> } | undefined;

  constructor(
    task: Task,
    prompt: readonly number[],
    random: Random,
    tokenizer: Tokenizer,
    stop: readonly string[],
    grade: (completion: string) => Promise<Reward>,
  ) {
    this.task = task;
    this.prompt = prompt;
    this.random = random;
    const form = bodyFormOf(task);
    this.#functionEnd = form === 'python' ? new PythonFunctionEnd() : new FunctionEnd(form);
    this.#stopSequences = new StopSequences(stop);
    this.#ends = tokenizer.ends;
    this.#stream = tokenizer.stream();
    this.#grade = grade;
  }

  readonly endsWith = (token: number): boolean => {
    if (this.#ends.has(token)) {
      this.#stop = 'end-of-text';
      this.#gradeNow(this.#text);
      return true;
    }
    const piece = this.#stream.push(token);
    this.#text += piece;
    const functionEnd = this.#functionEnd.push(piece) ?? Number.POSITIVE_INFINITY;
    const sequence = this.#stopSequences.push(piece) ?? Number.POSITIVE_INFINITY;
    const end = Math.min(functionEnd, sequence);
    if (end === Number.POSITIVE_INFINITY) return false;
    this.#stop = sequence < functionEnd ? 'stop-sequence' : 'function-end';
    // What was sampled behind the end stays among the action's tokens: it was chosen too, and ends the text.
    this.#gradeNow(this.#text.slice(0, end));
    return true;
  };

  #gradeNow(completion: string): void {
    const reward = this.#grade(completion);
    // A grading that fails while sampling still runs is reported when the outcome is asked for.
    reward.catch(() => {});
    this.#graded = { completion, reward };
  }

  async outcome(sample: Sample): Promise<Pick<Episode, 'steps' | 'completion' | 'reward'>> {
    if (!this.#graded) this.#gradeNow(this.#text);
    const { completion, reward } = this.#graded!;
    const step = { observation: this.prompt, action: sample.tokens, logp: sample.logp, stop: this.#stop };
    return { steps: [step], completion, reward: await reward };
  }
}
