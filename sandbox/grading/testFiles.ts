import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SyntaxTrees } from '../tasks/syntaxTrees.ts';
import { type WrittenTests, writtenTests } from './controlTests.ts';

interface TestFile {
  /** Of the file that it was read from. */
  readonly state: string;
  readonly text: string;
  readonly tests: WrittenTests;
}

/** A workspace's test files and the tests written in them, read again when they change. */
export class TestFiles {
  readonly #workspace: string;
  readonly #trees: SyntaxTrees;
  readonly #files = new Map<string, TestFile>();

  constructor(workspace: string, trees: SyntaxTrees) {
    this.#workspace = workspace;
    this.#trees = trees;
  }

  text(file: string): string {
    return this.#read(file).text;
  }

  tests(file: string): WrittenTests {
    return this.#read(file).tests;
  }

  #read(file: string): TestFile {
    const path = join(this.#workspace, file);
    const { mtimeMs, size } = statSync(path);
    const state = `${mtimeMs} ${size}`;
    const known = this.#files.get(file);
    if (known?.state === state) return known;
    const text = readFileSync(path, 'utf8');
    const read = { state, text, tests: writtenTests(this.#trees, file, text) };
    this.#files.set(file, read);
    return read;
  }
}
