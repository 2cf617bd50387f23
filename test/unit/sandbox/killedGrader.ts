/** `node killedGrader.ts WORKSPACE`: mines a workspace anew and grades completions, until somebody kills it. */
import { Environment } from '../../../sandbox/environment.ts';

const environment = await Environment.open(process.argv[2]!, { denylist: false, concurrency: 2 });
const { tasks } = await environment.mine({ remember: false });
const gradeAll = async (body: string) => {
  for (let n = 0; ; n++) {
    const { verdict } = await environment.grade(tasks[0]!, ` ${body} /* ${n} */ `);
    console.log(verdict);
  }
};
await Promise.all(['setInterval(() => {}, 1); return 42;', 'for (;;) {}'].map(gradeAll));
