import { realpath, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type CachedRepoInfo, scanCacheDir } from '@huggingface/hub';
import { HumanError } from '../../sandbox/humanError.ts';
import { cachePath, exists, parseHubName, repositoryPath } from './cache.ts';

/** The models in the cache, whichever tool put them there. */
export async function cachedModels(): Promise<CachedRepoInfo[]> {
  if (!(await exists(cachePath()))) return [];
  const { repos } = await scanCacheDir(cachePath());
  return repos.filter(({ id }) => id.type === 'model').sort((a, b) => (a.id.name < b.id.name ? -1 : 1));
}

/** Removes a model, all revisions of it, from the cache. @throws HumanError when it is not there. */
export async function removeModel(repository: string): Promise<void> {
  const path = repositoryPath(repository);
  // A link in place of the directory would lead out of the cache.
  const inCache =
    (await exists(path)) && (await realpath(path)) === join(await realpath(cachePath()), basename(path));
  if (!parseHubName(repository) || !inCache) {
    throw new HumanError(`No model ${repository} was downloaded: see the names with "reinforce model list".`);
  }
  await rm(path, { recursive: true });
}
