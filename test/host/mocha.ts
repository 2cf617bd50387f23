import Mocha from 'mocha';
import { addCounts } from './counts.ts';

/**
 * Runs tests inside an extension host.
 *
 * @param load imports the test files, once Mocha listens.
 * @throws Error when a test fails, after all have run.
 */
export async function runMocha(load: () => Promise<unknown>): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: true, timeout: 300_000, forbidOnly: true });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await load();
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      addCounts({ passed: runner.stats?.passes ?? 0, failed: failures });
      if (failures > 0) reject(new Error(`${failures} of the tests failed.`));
      else resolve();
    });
  });
}
