/** Where a task is used: to learn from, or only to measure. Split by file, so that neither leaks into the other. */
export type Split = 'train' | 'heldOut';

/** A grammar that tasks are read with. */
export type Language = 'typescript' | 'tsx' | 'javascript' | 'python';

/**
 * One coding task: a function of the workspace whose unit tests turn red when its body is removed.
 *
 * `prefix + body + suffix` is the file exactly as the person wrote it. A completion replaces `body`.
 */
export interface Task {
  /** Stable over runs: `<file>#<qualified name>`, for example `src/text.ts#reverseWords`. */
  readonly id: string;
  /** Path inside the workspace, with `/` between folders. */
  readonly file: string;
  readonly name: string;
  readonly language: Language;
  readonly split: Split;
  /**
   * The file's text up to and including the `{` that opens the body, up to the expression behind an arrow, or in Python
   * up to the line that the body starts on.
   */
  readonly prefix: string;
  /** The text between the body's braces, as the person wrote it; the expression; in Python up to its last statement's end. */
  readonly body: string;
  /** The file's text from the end of the body. */
  readonly suffix: string;
  /** Offset in `prefix` where the function's own doc comment (or, without one, its signature) starts. */
  readonly headerStart: number;
  /** Ids of the tests that turn red when the body is removed: `<test file> > <suite> > <test>`. */
  readonly tests: readonly string[];
  /** Ids of tests of the same files that are green without the body too: a completion should not break them. */
  readonly guards?: readonly string[] | undefined;
  /** What can be made of the tests to unmask a completion that cheats, each proven to fail with the person's own body. */
  readonly controls?: Controls | undefined;
  /** Seconds of CPU time that a run of its tests is allowed, where those need more than is usual. */
  readonly cpuSeconds?: number | undefined;
}

export interface Controls {
  /** Test files in which a test that can only fail is reported as failed. */
  readonly canaries: readonly string[];
  /** Ids of tests that fail once another value is expected. */
  readonly negations: readonly string[];
}

/** What the body of a task is: statements between braces, statements of Python, or the expression behind an arrow. */
export type BodyForm = 'block' | 'python' | 'expression';

export function bodyFormOf({ language, prefix }: Pick<Task, 'language' | 'prefix'>): BodyForm {
  if (language === 'python') return 'python';
  return prefix.endsWith('{') ? 'block' : 'expression';
}
