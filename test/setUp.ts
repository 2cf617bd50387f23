import { ensureBubblewrap } from '../sandbox/isolation/probe.ts';
import { installSampleWorkspaces } from './sampleWorkspaces.ts';
import { ensureSoftwareGpu } from './softwareGpu.ts';

/** Before all tests: without bubblewrap, a test framework or a GPU half of them would say nothing, so that they fail instead. */
export default async function setUp(): Promise<void> {
  const verdict = await ensureBubblewrap();
  if (!verdict.works) throw new Error(verdict.remedy);
  await installSampleWorkspaces();
  await ensureSoftwareGpu();
}
