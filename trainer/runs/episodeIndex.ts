import type { EpisodePurpose, EpisodeRow } from '../protocol/runs.ts';
import { NumberColumn, TextColumn } from './columns.ts';
import type { IndexedEpisode } from './loggedRecords.ts';

/**
 * A run's episodes in memory, by column, about 150 bytes a row besides the texts, of which equal ones are kept once:
 * a hundred thousand of them are looked through in milliseconds. Each knows where its line stands in the log, from
 * which the rest is read when it is asked for.
 */
export class EpisodeIndex {
  #length = 0;
  readonly #triesOfGroup: number[] = [];
  readonly offset = new NumberColumn();
  readonly bytes = new NumberColumn();
  readonly step = new NumberColumn();
  readonly task = new TextColumn();
  readonly group = new TextColumn();
  readonly attempt = new NumberColumn();
  readonly split = new TextColumn();
  readonly purpose = new TextColumn();
  readonly verdict = new TextColumn();
  readonly label = new TextColumn();
  readonly reward = new NumberColumn();
  readonly advantage = new NumberColumn();
  readonly passed = new NumberColumn();
  readonly tests = new NumberColumn();
  readonly tokens = new NumberColumn();
  readonly seconds = new NumberColumn();
  readonly policyVersion = new NumberColumn();
  readonly completion = new TextColumn();
  readonly prompt = new TextColumn();

  get length(): number {
    return this.#length;
  }

  /** @param tokens that the policy wrote, over all steps. */
  add(
    { step, prompt, advantage, episode }: IndexedEpisode,
    tokens: number,
    offset: number,
    bytes: number,
  ): void {
    const { reward } = episode;
    this.offset.push(offset);
    this.bytes.push(bytes);
    this.step.push(step);
    this.task.push(episode.taskId);
    this.group.push(episode.group);
    const group = this.group.codeAt(this.#length);
    const attempt = this.#triesOfGroup[group] ?? 0;
    this.#triesOfGroup[group] = attempt + 1;
    this.attempt.push(attempt);
    this.split.push(episode.split);
    this.purpose.push(purposeOf(episode.group));
    this.verdict.push(reward.verdict);
    this.label.push(reward.cheat?.label ?? null);
    this.reward.push(reward.value);
    this.advantage.push(advantage);
    this.passed.push(reward.tests.filter(({ passed }) => passed).length);
    this.tests.push(reward.tests.length);
    this.tokens.push(tokens);
    this.seconds.push(reward.seconds);
    this.policyVersion.push(episode.policyVersion);
    this.completion.push(episode.completion);
    this.prompt.push(prompt);
    this.#length++;
  }

  row(row: number): EpisodeRow {
    const advantage = this.advantage.at(row);
    return {
      row,
      step: this.step.at(row),
      task: this.task.at(row)!,
      group: this.group.at(row)!,
      attempt: this.attempt.at(row),
      split: this.split.at(row) as EpisodeRow['split'],
      purpose: this.purpose.at(row) as EpisodePurpose,
      verdict: this.verdict.at(row)!,
      label: this.label.at(row),
      reward: this.reward.at(row),
      advantage: Number.isNaN(advantage) ? null : advantage,
      passed: this.passed.at(row),
      tests: this.tests.at(row),
      tokens: this.tokens.at(row),
      seconds: this.seconds.at(row),
      policyVersion: this.policyVersion.at(row),
    };
  }
}

/** An actor names a group after its random numbers: `<seed>/evaluation/<step>/<task>` or `<seed>/<step>/<task>`. */
const purposeOf = (group: string): EpisodePurpose =>
  /^[^/]*\/evaluation\//.test(group) ? 'evaluation' : 'training';
