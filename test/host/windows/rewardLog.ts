import { runMocha } from '../mocha.ts';

export const run = () => runMocha(() => import('../rewardLog.test.ts'));
