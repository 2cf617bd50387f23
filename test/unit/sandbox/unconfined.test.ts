import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Environment } from '../../../sandbox/environment.ts';

const fixtures = join(import.meta.dirname, '../../../test-fixtures');

/** Where no isolation was asked for there are no mounts: each runner works in its copy of the workspace, wherever that lies. */
describe('without isolation', () => {
  it.each([
    ['vitest, jest, mocha and unittest', 'hostile-frameworks', 4],
    ['pytest', 'hostile-python-workspace', 1],
  ])('%s mine and grade as inside of it', async (_, folder, count) => {
    await using environment = await Environment.open(join(fixtures, folder), { isolation: 'none' });
    expect(environment.isolation).toBe('none');
    const { tasks } = await environment.mine({ remember: false });
    expect(tasks).toHaveLength(count);
    for (const task of tasks) {
      const bodies =
        task.language === 'python'
          ? ['    return 41', '    return 44 - 2']
          : [' return 41; ', ' return 44 - 2; '];
      const [wrong, right] = await Promise.all(bodies.map((body) => environment.grade(task, body)));
      expect(wrong, task.id).toMatchObject({ value: 0, verdict: 'failed' });
      expect(right, task.id).toMatchObject({ value: 1, verdict: 'passed' });
    }
  });
});
