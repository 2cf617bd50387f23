import type { FolderRun } from './folderRuns.ts';
import type { FoundAdapter } from './runFiles.ts';

/** A run of the tree, or one of its adapters. Commands are given the node that they were called on. */
export type RunNode =
  | { readonly kind: 'run'; readonly run: FolderRun }
  | { readonly kind: 'adapter'; readonly adapter: FoundAdapter };

/** The node that a command was given; undefined when it was given something else, or nothing. */
export function nodeOf(given: unknown): RunNode | undefined {
  if (typeof given !== 'object' || given === null || !('kind' in given)) return undefined;
  return given.kind === 'run' || given.kind === 'adapter' ? (given as RunNode) : undefined;
}

/** Directory of the run that a command was called on. */
export function runOf(given: unknown): string | undefined {
  const node = nodeOf(given);
  return node?.kind === 'run' ? node.run.directory : undefined;
}
