import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';

const neededMajor = 24;

export interface NodeChoice {
  /** The extension's own folder. */
  readonly extensionPath: string;
  /** The setting `reinforce.nodePath`; empty for none. */
  readonly configured: string;
}

/**
 * The Node that background processes run in: the one that a setting names, the one that the extension carries, or the
 * extension host's own where that is Node itself. Never Electron's, whose allocator ends the process on the large
 * allocations that ONNX Runtime makes.
 *
 * @throws Error with a sentence for people when there is none.
 */
export function backgroundNode({ extensionPath, configured }: NodeChoice): string {
  if (configured !== '') {
    if (existsSync(configured)) return configured;
    throw new Error(
      l10n.t(
        'The setting reinforce.nodePath names {0}, which does not exist: correct it, or empty it to use the Node that comes with Reinforce.',
        configured,
      ),
    );
  }
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const carried = [join(extensionPath, 'node', file), join(extensionPath, 'node_modules/node/bin', file)];
  const found = carried.find((path) => existsSync(path));
  if (found !== undefined) return found;
  const isNode = process.versions.electron === undefined;
  if (isNode && Number.parseInt(process.versions.node, 10) >= neededMajor) return process.execPath;
  throw new Error(
    l10n.t(
      'Reinforce found no Node {0} to run the model in: install the Reinforce package made for this platform, or name a Node in the setting reinforce.nodePath.',
      neededMajor,
    ),
  );
}
