import { runMocha } from '../mocha.ts';

export const run = () =>
  runMocha(async () => {
    await import('../settings.test.ts');
    await import('../failures.test.ts');
    await import('../completionSettings.test.ts');
    await import('../commands.test.ts');
  });
