/**
 * The run reader (dist/runReader.cjs): a process that reads run directories, so that the extension host never parses a
 * large log. JSON-RPC on standard input and output; each call of `RunsCalls` is the request `runs/<name>`.
 *
 * A run is named by its directory's absolute path, an episode by its row: its place in the log, counted from 0.
 */

/** What is asked, and what comes back. */
export interface RunsCalls {
  /** The runs of these `.reinforce/runs` directories, newest first. */
  readonly list: {
    readonly asks: { readonly roots: readonly string[] };
    readonly answers: readonly RunSummary[];
  };
  readonly snapshot: { readonly asks: { readonly run: string }; readonly answers: RunSnapshot };
  readonly episodes: {
    readonly asks: { readonly run: string; readonly query: EpisodeQuery };
    readonly answers: EpisodePage;
  };
  readonly episode: {
    readonly asks: { readonly run: string; readonly row: number };
    readonly answers: EpisodeDetail;
  };
  /** All tries of one task from one policy version, in the order of the log. */
  readonly group: {
    readonly asks: { readonly run: string; readonly group: string };
    readonly answers: readonly EpisodeDetail[];
  };
  readonly task: {
    readonly asks: { readonly run: string; readonly task: string };
    readonly answers: TaskHistory;
  };
  /** Begins to tell of what is appended to a run (`runChanged`); following twice is following once. */
  readonly follow: { readonly asks: { readonly run: string }; readonly answers: null };
  readonly unfollow: { readonly asks: { readonly run: string }; readonly answers: null };
}
export type RunsCall = keyof RunsCalls;

export const runsRequest = (call: RunsCall) => `runs/${call}`;

/** A notification with a `RunChange`, sent for a followed run whenever it has grown or its state is another. */
export const runChanged = 'runs/changed';

export interface RunChange {
  readonly run: string;
  /** Whole lines that the reader knows now. */
  readonly episodes: number;
  readonly steps: number;
  readonly state: RunState;
  /** Share of the episode log that has been read, in [0, 1]: below 1 while a large run is being opened. */
  readonly indexed: number;
}

/** `interrupted`: it says that it runs, and no process holds its lock. */
export type RunState = 'running' | 'finished' | 'stopped' | 'failed' | 'interrupted';
export type EpisodeSplit = 'train' | 'heldOut';
/** What an episode was for: to learn from, or only to measure. */
export type EpisodePurpose = 'training' | 'evaluation';

/** A run of a list; one whose run.json cannot be read says why. */
export type RunSummary =
  | { readonly kind: 'run'; readonly run: string; readonly info: RunHeader }
  | { readonly kind: 'damaged'; readonly run: string; readonly reason: string };

export interface RunHeader {
  readonly id: string;
  readonly created: string;
  readonly workspace: string;
  /** Directory or name of the base model. */
  readonly model: string;
  readonly state: RunState;
  /** Why it is over, as a sentence, where the run says so. */
  readonly reason?: string;
  /** When it came into this state. */
  readonly since: string;
}

export interface RunSnapshot {
  readonly run: string;
  readonly info: RunHeader;
  /** The run's settings and versions, for people: what a text file would show. */
  readonly config: unknown;
  readonly versions: Readonly<Record<string, string>>;
  readonly steps: readonly StepPoint[];
  readonly evaluations: readonly EvaluationPoint[];
  /** Accepted completions that were learnt from before the first step, where there were any. */
  readonly imitation: Imitation | null;
  readonly tasks: readonly TaskSummary[];
  /** Values that occur, for filters, in the order of the alphabet. */
  readonly verdicts: readonly string[];
  readonly labels: readonly string[];
  readonly episodes: number;
  readonly indexed: number;
  /** Lines of the logs that could not be read, and which was the first; such lines are left out everywhere. */
  readonly damaged?: { readonly lines: number; readonly first: string };
}

/** One learner step; a figure that was infinite or not a number is null. Timings are seconds by phase. */
export interface StepPoint {
  readonly step: number;
  readonly time: string;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly timings: Readonly<Record<string, number>>;
}

export interface EvaluationPoint {
  readonly step: number;
  readonly seconds: number;
  readonly scores: Readonly<Record<EpisodeSplit, SplitPoint>>;
}

export interface Imitation {
  readonly examples: number;
  /** Mean loss in nats a token, by pass. */
  readonly losses: readonly number[];
}

export interface SplitPoint {
  readonly tasks: number;
  readonly samples: number;
  /** Share of tries that passed all tests, and its 95% interval. */
  readonly passAt1: number;
  readonly ci95: readonly [number, number];
  readonly reward: number;
}

export interface TaskSummary {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  /** Line that the function begins at, counted from 1; absent in runs that keep no tasks. */
  readonly line?: number;
  readonly split: EpisodeSplit;
  readonly episodes: number;
  /** Share of graded tries that passed all tests, over the whole run. */
  readonly passRate: number | null;
  /** The same in the run's first and last step that tried the task. */
  readonly first: number | null;
  readonly last: number | null;
}

/** Ranges hold both of their ends. What is absent excludes nothing. */
export interface EpisodeFilter {
  readonly tasks?: readonly string[];
  readonly group?: string;
  readonly steps?: readonly [number, number];
  readonly reward?: readonly [number, number];
  readonly verdicts?: readonly string[];
  readonly labels?: readonly string[];
  readonly split?: EpisodeSplit;
  readonly purpose?: EpisodePurpose;
  /** Occurs in the completion or the prompt, whatever its case. */
  readonly text?: string;
}

export const episodeColumns = [
  'row',
  'step',
  'task',
  'reward',
  'verdict',
  'label',
  'advantage',
  'passed',
  'tokens',
  'seconds',
  'split',
  'purpose',
  'policyVersion',
] as const;
export type EpisodeColumn = (typeof episodeColumns)[number];

export interface EpisodeQuery {
  readonly filter: EpisodeFilter;
  /** Rows that are equal stay in the order of the log; those without a value come last, whichever way. */
  readonly sort: { readonly by: EpisodeColumn; readonly descending: boolean };
  readonly offset: number;
  /** At most 1,000. */
  readonly limit: number;
}

export interface EpisodePage {
  /** Episodes that the filter lets through. */
  readonly total: number;
  /** Episodes that the reader knows. */
  readonly episodes: number;
  readonly indexed: number;
  readonly rows: readonly EpisodeRow[];
}

export interface EpisodeRow {
  readonly row: number;
  readonly step: number;
  readonly task: string;
  readonly group: string;
  /** Place among the tries of its group, counted from 0. */
  readonly attempt: number;
  readonly split: EpisodeSplit;
  readonly purpose: EpisodePurpose;
  readonly verdict: string;
  /** What a completion that cheats is marked with. */
  readonly label: string | null;
  readonly reward: number;
  readonly advantage: number | null;
  /** Tests that passed, and all. */
  readonly passed: number;
  readonly tests: number;
  /** Action tokens over all steps. */
  readonly tokens: number;
  /** Seconds of grading; 0 for an answer from the cache. */
  readonly seconds: number;
  readonly policyVersion: number;
}

export interface EpisodeDetail {
  readonly row: EpisodeRow;
  readonly id: string;
  readonly time: string;
  readonly prompt: string;
  readonly completion: string;
  readonly language: string | null;
  /** The body that the person wrote; null for a run that keeps no tasks. */
  readonly original: string | null;
  readonly tests: readonly TestResult[];
  /** Tests that pass without the function's body too, which a completion must not break. */
  readonly guards: readonly TestResult[];
  /** What the first failing test, or the run as a whole, said. */
  readonly firstFailure: string | null;
  /** Which of the sandbox's limits ended it. */
  readonly limit: string | null;
  /** What gave a completion that cheats away. */
  readonly evidence: string | null;
  readonly cached: boolean;
  readonly timings: Readonly<Record<string, number>>;
  readonly steps: readonly EpisodeStep[];
  /** Why tokens have no text, as a sentence; null when they have. */
  readonly noTokens: string | null;
}

export interface TestResult {
  readonly id: string;
  readonly passed: boolean;
  /** The first lines of the failure. */
  readonly message?: string;
}

export interface EpisodeStep {
  /** What the policy read: the prompt, or a tool's answer. Null when the tokenizer is not to be had. */
  readonly observation: string | null;
  readonly action: readonly ActionToken[];
  readonly stop: string;
}

export interface ActionToken {
  readonly id: number;
  /** Empty where the token only begins or continues a character, and for the token that ends a text. */
  readonly text: string;
  /** Natural logarithm of the probability that the behaviour policy gave it. */
  readonly logp: number | null;
}

export interface TaskHistory {
  readonly task: TaskSummary;
  readonly header: string | null;
  readonly original: string | null;
  readonly points: readonly TaskPoint[];
}

/** All tries of a task in one step, for one purpose. */
export interface TaskPoint {
  readonly step: number;
  readonly purpose: EpisodePurpose;
  readonly group: string;
  readonly tries: number;
  /** Tries whose sandbox failed; they count in no share. */
  readonly ungraded: number;
  readonly passRate: number | null;
  readonly reward: number | null;
}
