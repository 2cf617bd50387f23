import { runMocha } from '../mocha.ts';

export const run = () =>
  runMocha(async () => {
    await import('../activation.test.ts');
    await import('../manyFolders.test.ts');
  });
