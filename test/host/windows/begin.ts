import { runMocha } from '../mocha.ts';

export const run = () => runMocha(() => import('../begin.test.ts'));
