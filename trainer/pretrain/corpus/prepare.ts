import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BpeEncoder, endOfText, mergesOf, tokenizerConfig, tokenizerJson, trainMerges } from '../bpe.ts';
import { catalog, drawExercise } from '../exercises/catalog.ts';
import { Random } from '../exercises/random.ts';
import { documents, type TokenDocument } from './documents.ts';
import { type CorpusFunction, functionsOf } from './functions.ts';
import { fetchLibraries, libraries, type Library } from './libraries.ts';

/** What `prepareCorpus` needs. */
export interface CorpusOptions {
  readonly seed: number;
  /** Size of the training stream; the held-out stream has a fixed 100,000. */
  readonly tokens: number;
  /** Where the libraries are fetched to and the streams are written. */
  readonly directory: string;
  /** Folder that holds tokenizer.json; it is made there when it is missing. */
  readonly tokenizerDirectory: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CorpusProgress) => void;
}

export interface CorpusProgress {
  readonly phase: 'libraries' | 'functions' | 'tokenizer' | 'held-out' | 'train';
  /** Share of the phase that is done, in [0, 1]. */
  readonly done: number;
}

/** What a stream holds. */
export interface StreamReport {
  readonly tokens: number;
  readonly documents: number;
  readonly tokensBySource: Readonly<Record<string, number>>;
  readonly tokensByForm: Readonly<Record<string, number>>;
}

export interface CorpusReport {
  readonly seed: number;
  readonly vocabulary: number;
  readonly families: number;
  readonly train: StreamReport;
  readonly heldOut: StreamReport;
  readonly libraries: readonly (Library & { readonly functions: number })[];
}

export interface Corpus {
  /** Token ids as little-endian 16-bit numbers: documents one after another, one end-of-text token between two. */
  readonly file: string;
  readonly tokens: number;
  /** The same of exercises and library functions that the training stream does not hold. */
  readonly heldOutFile: string;
  readonly report: CorpusReport;
}

const vocabularySize = 2048;
const heldOutTokens = 100_000;
const functionsPerLibrary = 700;

/**
 * Fetches the libraries, cuts them into functions, draws exercises and writes both as token streams. The same seed and
 * size give the same bytes. Throws a HumanError when the libraries cannot be fetched.
 */
export async function prepareCorpus(options: CorpusOptions): Promise<Corpus> {
  const { directory, signal } = options;
  const progress = options.onProgress ?? (() => {});
  await mkdir(directory, { recursive: true });
  progress({ phase: 'libraries', done: 0 });
  const libraryDirectory = join(directory, 'libraries');
  await fetchLibraries(libraryDirectory, signal);
  const found = new Map<string, CorpusFunction>();
  for (const [index, library] of libraries.entries()) {
    signal?.throwIfAborted();
    progress({ phase: 'functions', done: index / libraries.length });
    const functions = await functionsOf(libraryDirectory, library.name);
    for (const one of functions.slice(0, functionsPerLibrary)) if (!found.has(one.text)) found.set(one.text, one);
  }
  const functions = [...found.values()];
  const heldOutFunctions = functions.filter((one) => share(one.text) < 0.02);
  const trainFunctions = functions.filter((one) => share(one.text) >= 0.02);
  progress({ phase: 'tokenizer', done: 0 });
  const encoder = new BpeEncoder(await merges(options, trainFunctions));

  const seen = new Set<string>();
  const refuse = (text: string): boolean => {
    const digest = createHash('sha1').update(text).digest('base64').slice(0, 12);
    if (seen.has(digest)) return true;
    seen.add(digest);
    return false;
  };
  const shared = { encoder, refuse, libraryShare: 0.25, fillInTheMiddleShare: 0.3, longest: 256 };
  const heldOutFile = join(directory, 'validation.bin');
  const heldOut = await writeStream(
    heldOutFile,
    documents({ ...shared, random: new Random(options.seed ^ 0x5eed), libraryFunctions: heldOutFunctions }),
    heldOutTokens,
    signal,
    (done) => progress({ phase: 'held-out', done }),
  );
  const file = join(directory, 'train.bin');
  const train = await writeStream(
    file,
    documents({ ...shared, random: new Random(options.seed), libraryFunctions: trainFunctions }),
    options.tokens,
    signal,
    (done) => progress({ phase: 'train', done }),
  );
  const counts = (name: string): number => functions.filter((one) => one.library === name).length;
  const report: CorpusReport = {
    seed: options.seed,
    vocabulary: vocabularySize,
    families: catalog.length,
    train,
    heldOut,
    libraries: libraries.map((library) => ({ ...library, functions: counts(library.name) })),
  };
  await writeWhole(join(directory, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  return { file, tokens: train.tokens, heldOutFile, report };
}

/** A number in [0, 1) that depends on the text alone. */
function share(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32LE(0) / 2 ** 32;
}

async function merges(options: CorpusOptions, functions: readonly CorpusFunction[]): Promise<ReturnType<typeof mergesOf>> {
  const file = join(options.tokenizerDirectory, 'tokenizer.json');
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present !== undefined) return mergesOf(JSON.parse(present));
  const random = new Random(options.seed + 1);
  const texts = [...functions.map((one) => one.text), ...Array.from({ length: 30_000 }, () => drawExercise(random).text)];
  const made = trainMerges(texts, vocabularySize);
  await mkdir(options.tokenizerDirectory, { recursive: true });
  await writeWhole(file, `${JSON.stringify(tokenizerJson(made), null, 1)}\n`);
  await writeWhole(join(options.tokenizerDirectory, 'tokenizer_config.json'), `${JSON.stringify(tokenizerConfig(), null, 2)}\n`);
  return made;
}

async function writeStream(
  file: string,
  stream: Iterable<TokenDocument>,
  tokens: number,
  signal: AbortSignal | undefined,
  onProgress: (done: number) => void,
): Promise<StreamReport> {
  const ids = new Uint16Array(tokens + 300);
  const bySource: Record<string, number> = {};
  const byForm: Record<string, number> = {};
  let length = 0;
  let count = 0;
  ids[length++] = endOfText;
  for (const document of stream) {
    ids.set(document.tokens.slice(1), length);
    const added = document.tokens.length - 1;
    length += added;
    count++;
    bySource[document.source] = (bySource[document.source] ?? 0) + added;
    byForm[document.form] = (byForm[document.form] ?? 0) + added;
    if (count % 5_000 === 0) {
      signal?.throwIfAborted();
      onProgress(length / tokens);
      await new Promise(setImmediate);
    }
    if (length >= tokens) break;
  }
  await writeWhole(file, Buffer.from(ids.buffer, 0, length * 2));
  onProgress(1);
  return { tokens: length, documents: count, tokensBySource: bySource, tokensByForm: byForm };
}

async function writeWhole(file: string, content: string | Buffer): Promise<void> {
  const handle = await open(`${file}.partial`, 'w');
  await writeFile(handle, content);
  await handle.close();
  await rename(`${file}.partial`, file);
}
