import { runMocha } from '../mocha.ts';

export const run = () => runMocha(() => import('../activation.test.ts'));
