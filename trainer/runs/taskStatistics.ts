/** How often each task was solved, over the course of a run. */
import type { EpisodePurpose, TaskPoint, TaskSummary } from '../protocol/runs.ts';
import type { EpisodeIndex } from './episodeIndex.ts';
import type { KeptTask } from './loggedRecords.ts';

class Tally {
  tries = 0;
  ungraded = 0;
  passed = 0;
  reward = 0;

  add(index: EpisodeIndex, row: number): void {
    this.tries++;
    const verdict = index.verdict.at(row);
    if (verdict === 'infrastructure') this.ungraded++;
    else this.reward += index.reward.at(row);
    if (verdict === 'passed') this.passed++;
  }

  get passRate(): number | null {
    return this.#share(this.passed);
  }

  get meanReward(): number | null {
    return this.#share(this.reward);
  }

  #share(sum: number): number | null {
    const graded = this.tries - this.ungraded;
    return graded === 0 ? null : sum / graded;
  }
}

interface Course {
  readonly all: Tally;
  readonly firstStep: number;
  readonly first: Tally;
  lastStep: number;
  last: Tally;
  readonly anyRow: number;
}

/** All tasks that were tried or that the run keeps, in the order of their names. */
export function taskSummaries(index: EpisodeIndex, kept: ReadonlyMap<string, KeptTask>): TaskSummary[] {
  const courses = new Map<number, Course>();
  for (let row = 0; row < index.length; row++) {
    const code = index.task.codeAt(row);
    const step = index.step.at(row);
    let course = courses.get(code);
    if (!course) {
      const first = new Tally();
      course = { all: new Tally(), firstStep: step, first, lastStep: step, last: first, anyRow: row };
      courses.set(code, course);
    }
    if (step > course.lastStep) {
      course.lastStep = step;
      course.last = new Tally();
    }
    course.all.add(index, row);
    if (step === course.lastStep) course.last.add(index, row);
    if (step === course.firstStep && course.first !== course.last) course.first.add(index, row);
  }
  const ids = new Set([...kept.keys(), ...index.task.texts]);
  return [...ids].sort().map((id) => {
    const course = courses.get(index.task.codeOf(id) ?? -1);
    const task = kept.get(id);
    return {
      id,
      ...placeOf(id, task),
      split: task?.split ?? (course ? index.row(course.anyRow).split : 'train'),
      episodes: course?.all.tries ?? 0,
      passRate: course?.all.passRate ?? null,
      first: course?.first.passRate ?? null,
      last: course?.last.passRate ?? null,
    };
  });
}

/** The tries of a task by step and purpose, in the order in which they were first made. */
export function taskPoints(index: EpisodeIndex, task: string): TaskPoint[] {
  const code = index.task.codeOf(task);
  const points = new Map<string, { row: number; tally: Tally }>();
  for (let row = 0; row < index.length; row++) {
    if (index.task.codeAt(row) !== code) continue;
    const key = `${index.step.at(row)} ${index.purpose.at(row)}`;
    const point = points.get(key) ?? { row, tally: new Tally() };
    points.set(key, point);
    point.tally.add(index, row);
  }
  return [...points.values()].map(({ row, tally }) => ({
    step: index.step.at(row),
    purpose: index.purpose.at(row) as EpisodePurpose,
    group: index.group.at(row)!,
    tries: tally.tries,
    ungraded: tally.ungraded,
    passRate: tally.passRate,
    reward: tally.meanReward,
  }));
}

/** A run that keeps no tasks has them in the ids alone: `<file>#<name>`. */
function placeOf(id: string, task: KeptTask | undefined): Pick<TaskSummary, 'name' | 'file' | 'line'> {
  if (task) {
    const { name, file, line } = task;
    return { name, file, ...(line === undefined ? {} : { line }) };
  }
  const at = id.lastIndexOf('#');
  return { name: id.slice(at + 1), file: id.slice(0, Math.max(0, at)) };
}
