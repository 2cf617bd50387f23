import { runMocha } from '../mocha.ts';

export const run = () => runMocha(() => import('../goOn.test.ts'));
