import type { FrameworkName } from './framework.ts';

/** The framework that runs a test file, and the folder that it is set up in. */
export interface ChosenFramework {
  readonly name: FrameworkName;
  /** Path inside the workspace; empty for the workspace itself. */
  readonly folder: string;
}

/** The names that `node --test` looks for. */
const NAMED_AS_TEST =
  /(^|\/)(test\.|test-)[^/]*$|[._-]test\.[^./]+$|(^|\/)(tests?|__tests__)\/|\.spec\.[^./]+$/;

/** The framework of a file, or undefined where it holds no tests. */
export function chooseFramework(_workspace: string, file: string, text: string): ChosenFramework | undefined {
  if (!NAMED_AS_TEST.test(file)) return undefined;
  return /['"]node:test['"]/.test(text) ? { name: 'node:test', folder: '' } : undefined;
}
