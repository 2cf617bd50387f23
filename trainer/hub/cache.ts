/**
 * The cache of models that all Hugging Face tools share: `models--org--name/` with `blobs/<checksum>`,
 * `snapshots/<commit>/<file>` (links to blobs) and `refs/<branch>` (a commit).
 * Where it lies is said by HF_HUB_CACHE or HF_HOME: https://huggingface.co/docs/huggingface_hub/guides/manage-cache
 */
import { access, readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { HumanError } from '../../sandbox/humanError.ts';
import { isGguf } from '../model/gguf/isGguf.ts';

/** A model on the hub: `org/name`, and optionally a revision and, for GGUF, which file of it. */
export interface HubName {
  readonly repository: string;
  /** A branch, tag or commit. */
  readonly revision: string;
  readonly file?: string;
}

/** Where Hugging Face's own tools keep what belongs to the person: the cache and the token. */
export function huggingFaceHome(): string {
  const { HF_HOME, XDG_CACHE_HOME } = process.env;
  return HF_HOME || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'huggingface');
}

export function cachePath(): string {
  const { HF_HUB_CACHE, HUGGINGFACE_HUB_CACHE } = process.env;
  return HF_HUB_CACHE || HUGGINGFACE_HUB_CACHE || join(huggingFaceHome(), 'hub');
}

export const repositoryPath = (repository: string): string =>
  join(cachePath(), `models--${repository.replaceAll('/', '--')}`);

/** `org/name`, `org/name@revision` and `org/name/file.gguf`, also both; undefined for anything else. */
export function parseHubName(name: string): HubName | undefined {
  const match = /^([\w.-]+\/[\w.-]+?)(?:\/([\w./-]+\.gguf))?(?:@([\w./-]+))?$/.exec(name);
  if (!match || name.split(/[/@]/).some((part) => part === '.' || part === '..')) return undefined;
  const [, repository, file, revision = 'main'] = match;
  return { repository: repository!, revision, ...(file === undefined ? {} : { file }) };
}

/**
 * Where a model lies that the person names by a path or by its name on the hub.
 *
 * @returns the absolute path of such a file or directory if there is one, and else that in the cache.
 * @throws HumanError when there is neither, with the command that gets a model of the hub.
 */
export async function resolveModel(name: string): Promise<string> {
  if (await exists(name)) return modelAt(resolve(name));
  const wanted = parseHubName(name);
  if (!wanted) throw new HumanError(`There is no model at ${resolve(name)}: ${nameOne}.`);
  const snapshot = await snapshotPath(wanted);
  if (snapshot === undefined) {
    throw new HumanError(
      `There is no directory ${name}, and no model of that name was downloaded: run "reinforce model get ${name}".`,
    );
  }
  return modelIn(snapshot, wanted);
}

const nameOne =
  "name a directory in Hugging Face's form, a GGUF file, or a model that was downloaded, such as org/name";

/** A GGUF file, a directory in Hugging Face's form, or one in which one GGUF file lies. */
async function modelAt(path: string): Promise<string> {
  if (isGguf(path) || (await exists(join(path, 'config.json')))) return path;
  const files = await ggufFiles(path);
  if (files.length === 1) return join(path, files[0]!);
  throw new HumanError(
    files.length === 0
      ? `${path} is no model (a directory with a config.json, or a .gguf file): ${nameOne}.`
      : `${path} holds several models: name one of them, such as ${join(path, files[0]!)}.`,
  );
}

async function ggufFiles(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter(isGguf).toSorted();
}

/** The directory of a downloaded revision. */
export async function snapshotPath({ repository, revision }: HubName): Promise<string | undefined> {
  const root = repositoryPath(repository);
  const commit = await readFile(join(root, 'refs', revision), 'utf8').catch(() => revision);
  const path = join(root, 'snapshots', commit.trim());
  return (await exists(path)) ? path : undefined;
}

/** A snapshot is a model in Hugging Face's form, or it holds GGUF files, of which one is meant. */
export async function modelIn(snapshot: string, { repository, file }: HubName): Promise<string> {
  if (file !== undefined) {
    const path = join(snapshot, file);
    if (await exists(path)) return path;
    throw new HumanError(
      `${file} of ${repository} was not downloaded: run "reinforce model get ${repository}/${file}".`,
    );
  }
  if (await exists(join(snapshot, 'config.json'))) return snapshot;
  const files = await ggufFiles(snapshot);
  if (files.length === 1) return join(snapshot, files[0]!);
  throw new HumanError(
    files.length === 0
      ? `What was downloaded of ${repository} holds no model: run "reinforce model get ${repository}".`
      : `${repository} was downloaded as several files: name one of them, such as ${repository}/${files[0]}.`,
  );
}

export const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
