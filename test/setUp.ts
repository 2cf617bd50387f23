import { ensureBubblewrap } from '../sandbox/isolation/probe.ts';

/** Before all tests: without bubblewrap half of them would say nothing, so that they fail instead. */
export default async function setUp(): Promise<void> {
  const verdict = await ensureBubblewrap();
  if (!verdict.works) throw new Error(verdict.remedy);
}
