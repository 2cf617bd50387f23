import { isLasting } from '../../sandbox/tasks/baseline.ts';
import {
  type CollectEvent,
  type Collected,
  collectIn,
  openEnvironment,
  type WantedTasks,
} from '../session/collect.ts';
import { workspaceStamp } from './workspaceStamp.ts';

interface Kept {
  readonly collected: Collected;
  readonly wanted: string;
  readonly stamp: string;
}

/** A workspace's tasks, collected once for as long as its files stay as they are. */
export class CollectedTasks implements AsyncDisposable {
  readonly #workspace: string;
  #kept: Kept | undefined;

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  /** What is answered stays valid until the next call. One at a time. @throws HumanError as `collect` does. */
  async get(
    { isolation, minTests = 1, testFiles = [] }: WantedTasks,
    signal: AbortSignal,
    onEvent: (event: CollectEvent) => void,
  ): Promise<Collected> {
    const stamp = await workspaceStamp(this.#workspace);
    const kept = this.#kept;
    const wanted = JSON.stringify([isolation, minTests, testFiles]);
    if (kept && kept.stamp === stamp && kept.wanted === wanted && isLasting(kept.collected.mined.leftOut)) {
      const { mined, environment } = kept.collected;
      onEvent({ event: 'collected', mined, isolation: environment.isolation });
      return kept.collected;
    }
    await this.#drop();
    const environment = await openEnvironment(this.#workspace, {
      isolation,
      minTests,
      testFiles,
      signal,
      onEvent,
    });
    const collected = await collectIn(environment, { signal, onEvent });
    // Without a stamp nothing tells when it is outdated: kept for this call alone, under one that none equals.
    this.#kept = { collected, wanted, stamp: stamp ?? '' };
    return collected;
  }

  async #drop(): Promise<void> {
    const kept = this.#kept;
    this.#kept = undefined;
    await kept?.collected[Symbol.asyncDispose]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#drop();
  }
}
