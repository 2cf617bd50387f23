import { runMocha } from '../mocha.ts';

export const run = () =>
  runMocha(async () => {
    await import('../warmUp.test.ts');
    await import('../activation.test.ts');
    await import('../training.test.ts');
    await import('../completions.test.ts');
  });
