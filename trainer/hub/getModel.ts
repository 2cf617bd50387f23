/** Downloads a model of the Hugging Face hub into the shared cache. */
import { mkdir, readFile, statfs, writeFile } from 'node:fs/promises';
import { setGlobalProxyFromEnv } from 'node:http';
import { dirname, join } from 'node:path';
import { HubApiError, listFiles, modelInfo } from '@huggingface/hub';
import { z } from 'zod';
import { HumanError } from '../../sandbox/humanError.ts';
import { families, supportedFamilies } from '../model/families/families.ts';
import { type HubName, huggingFaceHome, modelIn, repositoryPath } from './cache.ts';
import { credentials, downloadToCache, type FileOfHub, type HubAccess } from './download.ts';

export interface GetOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { done: number; total: number; file: string }) => void;
  /** Told once, before anything large is fetched. */
  readonly onPlan?: (plan: { commit: string; files: number; total: number }) => void;
  /** For tests; see `DownloadOptions`. */
  readonly firstWait?: number;
}

export interface GotModel {
  /** What `--model` takes: a directory, or a GGUF file. */
  readonly path: string;
  readonly commit: string;
  readonly bytes: number;
}

/**
 * Gets a model: what there is already is kept, what an earlier try left is gone on with, and every file is checked
 * against the hub's checksum. Respects HF_ENDPOINT, HF_TOKEN, HF_HOME, HF_HUB_CACHE, and HTTPS_PROXY and NO_PROXY.
 *
 * @throws HumanError when there is no such model, it may not be read, it is of a family that is not supported, the disk
 *   is too small, or the hub cannot be reached.
 */
export async function getModel(name: HubName, options: GetOptions): Promise<GotModel> {
  const restore = setGlobalProxyFromEnv();
  const hub = await hubAccess(options.signal);
  try {
    return await fetchModel(name, hub, options);
  } catch (error) {
    options.signal.throwIfAborted();
    throw asSentence(error, name, hub);
  } finally {
    restore();
  }
}

async function fetchModel(name: HubName, hub: HubAccess, options: GetOptions): Promise<GotModel> {
  const { signal, onProgress = () => {}, onPlan = () => {}, firstWait } = options;
  const { repository, revision } = name;
  const root = repositoryPath(repository);
  const { sha: commit } = await modelInfo({
    name: repository,
    revision,
    additionalFields: ['sha'],
    ...credentials(hub),
  });
  const files = wantedFiles(await filesOf(repository, commit, hub), name);
  const total = files.reduce((sum, { expected }) => sum + expected.size, 0);
  onPlan({ commit, files: files.length, total });

  // The config is small and comes first: a model that cannot be used is refused before its weights are fetched.
  await mkdir(root, { recursive: true });
  let [done, roomChecked] = [0, false];
  for (const file of files) {
    if (!roomChecked && file.expected.size > largeBytes) {
      await needRoom(root, total - done);
      roomChecked = true;
    }
    const wait = firstWait === undefined ? {} : { firstWait };
    const onBytes = (bytes: number) => onProgress({ done: done + bytes, total, file: file.path });
    await downloadToCache(root, file, hub, { signal, onBytes, ...wait });
    if (file.path === 'config.json')
      await checkFamily(join(root, 'snapshots', commit, 'config.json'), repository);
    done += file.expected.size;
  }
  await mkdir(join(root, 'refs'), { recursive: true });
  if (revision !== commit) {
    await mkdir(dirname(join(root, 'refs', revision)), { recursive: true });
    await writeFile(join(root, 'refs', revision), commit);
  }
  const path = await modelIn(join(root, 'snapshots', commit), name);
  return { path, commit, bytes: total };
}

async function hubAccess(signal: AbortSignal): Promise<HubAccess> {
  const { HF_ENDPOINT, HF_TOKEN, HUGGING_FACE_HUB_TOKEN, HF_TOKEN_PATH } = process.env;
  // Where "hf auth login" puts it.
  const saved = await readFile(HF_TOKEN_PATH || join(huggingFaceHome(), 'token'), 'utf8').catch(() => '');
  const accessToken = HF_TOKEN || HUGGING_FACE_HUB_TOKEN || saved.trim() || undefined;
  return {
    hubUrl: (HF_ENDPOINT || 'https://huggingface.co').replace(/\/+$/, ''),
    accessToken,
    fetch: (input, init) => fetch(input, { ...init, signal }),
  };
}

async function filesOf(repository: string, commit: string, hub: HubAccess): Promise<FileOfHub[]> {
  const files: FileOfHub[] = [];
  for await (const entry of listFiles({
    repo: repository,
    revision: commit,
    recursive: true,
    ...credentials(hub),
  })) {
    if (entry.type !== 'file') continue;
    const { path, size, oid, lfs } = entry;
    const expected = lfs
      ? { size: lfs.size, kind: 'sha256' as const, hash: lfs.oid }
      : { size, kind: 'git' as const, hash: oid ?? '' };
    // Both become names of files here.
    if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(expected.hash) || path.split('/').includes('..')) continue;
    files.push({ repository, commit, path, expected });
  }
  return files;
}

const largeBytes = 1 << 20;

const small =
  /^(config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens)\.json$|^(vocab\.json|merges\.txt|chat_template\.jinja|LICENSE.*|README\.md)$/;

/** Config first; then small files, then weights: safetensors, or the one GGUF file that is meant. */
function wantedFiles(files: readonly FileOfHub[], { repository, file }: HubName): FileOfHub[] {
  const rank = ({ path }: FileOfHub) => (path === 'config.json' ? 0 : path.endsWith('.safetensors') ? 2 : 1);
  const named = (test: (path: string) => boolean) => files.filter(({ path }) => test(path));
  if (file === undefined) {
    const weights = named((path) => /^model(-\d+-of-\d+)?\.safetensors$/.test(path));
    if (weights.length > 0) {
      const rest = named((path) => small.test(path) || path === 'model.safetensors.index.json');
      return [...rest, ...weights].sort((a, b) => rank(a) - rank(b));
    }
  }
  const ggufs = named((path) => path.toLowerCase().endsWith('.gguf'));
  const chosen = file === undefined ? ggufs : ggufs.filter(({ path }) => path === file);
  if (chosen.length === 1) return chosen;
  const list = ggufs.map(({ path }) => path).join(', ');
  if (ggufs.length > 0) {
    throw new HumanError(
      `${repository} holds ${file === undefined ? 'several GGUF files' : `no ${file}`}: name one of its files, such as "${repository}/${ggufs[0]!.path}" (there are ${list}).`,
    );
  }
  throw new HumanError(
    `${repository} holds neither safetensors nor GGUF files: choose another model, or a conversion of this one.`,
  );
}

const configSchema = z.looseObject({ model_type: z.string() });

async function checkFamily(path: string, repository: string): Promise<void> {
  const parsed = configSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  const type = parsed.data?.model_type;
  if (families.some(({ modelType }) => modelType === type)) return;
  throw new HumanError(
    `${repository} is of the family ${type ?? 'unknown'}, which is not supported: choose a model of one of the families ${supportedFamilies}.`,
  );
}

async function needRoom(directory: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize >= bytes) return;
  const gigabytes = (count: number) => `${(count / 1e9).toFixed(1)} GB`;
  throw new HumanError(
    `The model needs ${gigabytes(bytes)} and ${gigabytes(bavail * bsize)} are free in ${directory}: free some disk space, or set HF_HOME to a directory on another disk.`,
  );
}

/** What the hub or the network said, as a sentence. */
function asSentence(error: unknown, { repository, revision }: HubName, { hubUrl }: HubAccess): unknown {
  if (error instanceof HumanError) return error;
  if (error instanceof HubApiError) {
    const { statusCode } = error;
    if (statusCode === 401 || statusCode === 403) {
      return new HumanError(
        `${hubUrl} does not show ${repository} (${statusCode}): check its name, or set HF_TOKEN to a token that may read it.`,
      );
    }
    if (statusCode === 404) {
      return new HumanError(
        `${hubUrl} has no model ${repository} with a revision ${revision}: check its name and the revision.`,
      );
    }
    return new HumanError(`${hubUrl} answered ${statusCode} (${error.message}): try again later.`);
  }
  const { message, cause } = error as { message?: string; cause?: { code?: string } };
  if (error instanceof TypeError || cause?.code !== undefined || typeof error === 'string') {
    return new HumanError(
      `${hubUrl} cannot be reached (${cause?.code ?? message ?? error}): check the network, HTTPS_PROXY and HF_ENDPOINT; what has arrived is kept.`,
    );
  }
  return error;
}
