import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type FileBaseline, isLasting, leftOutReasons } from './baseline.ts';
import type { Judgement } from './judgeCandidate.ts';
import { rejectionReasons } from './rejection.ts';

/** Changes whenever the same files would be judged otherwise. */
const VERSION = 3;

const ids = z.array(z.string());
const cacheSchema = z.object({
  version: z.literal(VERSION),
  baselines: z.record(
    z.string(),
    z.object({
      green: ids,
      leftOut: z.array(z.object({ test: z.string(), reason: z.enum(leftOutReasons), message: z.string() })),
      executed: z.record(z.string(), z.union([ids, z.literal('several')])),
      executedWhileLoading: ids,
      cpuSeconds: z.number(),
    }),
  ),
  judgements: z.record(
    z.string(),
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('task'),
        found: z.object({
          tests: ids,
          guards: ids.optional(),
          controls: z.object({ canaries: ids, negations: ids }).optional(),
          cpuSeconds: z.number().optional(),
        }),
      }),
      z.object({ kind: z.literal('rejected'), reason: z.enum(rejectionReasons) }),
    ]),
  ),
});

/**
 * What earlier minings of a workspace found out, by the content of the files that it depends on. It lies in the
 * workspace's `.reinforce`, holds no code, and is written anew after each mining with what that one used. What a mining
 * that is stopped found out is added to what was known. Where it cannot be read or written, everything is found out again.
 */
export class MiningCache implements AsyncDisposable {
  readonly #path: string;
  readonly #known: {
    readonly baselines: Map<string, FileBaseline>;
    readonly judgements: Map<string, Judgement>;
  };
  readonly #used = { baselines: new Map<string, FileBaseline>(), judgements: new Map<string, Judgement>() };

  #saved = false;

  private constructor(path: string, text: string | undefined) {
    this.#path = path;
    const parsed = cacheSchema.safeParse(text === undefined ? undefined : parseJson(text));
    this.#known = {
      baselines: new Map(parsed.success ? Object.entries(parsed.data.baselines) : []),
      judgements: new Map(parsed.success ? Object.entries(parsed.data.judgements) : []),
    };
  }

  /** Makes the workspace's `.reinforce`, too, so that sandboxes hide it from the start. */
  static async open(workspace: string, remember = true): Promise<MiningCache> {
    const folder = join(workspace, '.reinforce');
    const path = join(folder, 'cache', 'tasks.json');
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' });
    } catch {
      // It is there already, or the workspace cannot be written: then there is no cache.
    }
    const text = remember ? await readFile(path, 'utf8').catch(() => undefined) : undefined;
    return new MiningCache(path, text);
  }

  async baseline(key: string, find: () => Promise<FileBaseline>): Promise<FileBaseline> {
    const found = this.#known.baselines.get(key) ?? (await find());
    if (isLasting(found.leftOut)) this.#used.baselines.set(key, found);
    return found;
  }

  async judgement(key: string, find: () => Promise<Judgement>): Promise<Judgement> {
    const found = this.#known.judgements.get(key) ?? (await find());
    // A sandbox that failed says nothing about the function.
    const lasting = found.kind === 'task' || found.reason !== 'sandbox-failed';
    if (lasting) this.#used.judgements.set(key, found);
    return found;
  }

  /** Writes down what was asked for since it was opened, and nothing else. */
  async save(): Promise<void> {
    this.#saved = true;
    await this.#write(this.#used.baselines, this.#used.judgements);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#saved) return;
    const { baselines, judgements } = this.#used;
    await this.#write(
      new Map([...this.#known.baselines, ...baselines]),
      new Map([...this.#known.judgements, ...judgements]),
    );
  }

  async #write(
    baselines: ReadonlyMap<string, FileBaseline>,
    judgements: ReadonlyMap<string, Judgement>,
  ): Promise<void> {
    const content = {
      version: VERSION,
      baselines: Object.fromEntries(baselines),
      judgements: Object.fromEntries(judgements),
    };
    const temporary = `${this.#path}.${process.pid}`;
    try {
      await writeFile(temporary, JSON.stringify(content));
      await rename(temporary, this.#path);
    } catch {
      // Without a cache the next mining takes longer, which is no reason to fail this one.
    }
  }
}

/** A key for whatever depends on these texts alone. */
export function keyOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length} `).update(part);
  return hash.digest('base64url');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
