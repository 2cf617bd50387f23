import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { findFunctions } from '../../../sandbox/tasks/findFunctions.ts';
import { SyntaxTrees } from '../../../sandbox/tasks/syntaxTrees.ts';
import { embeddedModel, sampleWorkspace } from '../../../trainer/cli/places.ts';
import { placeOf } from '../../../trainer/completion/place.ts';
import { completionPrompt, type PromptContext } from '../../../trainer/completion/prompt.ts';
import { TokenTexts } from '../../../trainer/completion/tokenTexts.ts';
import { Tokenizer } from '../../../trainer/model/tokenizer.ts';
import { promptOf } from '../../../trainer/rollout/prompt.ts';
import { trainSettings } from '../../../trainer/run/settings.ts';
import { at } from './serverProcess.ts';

let context: PromptContext;
let tokenizer: Tokenizer;
const { promptTokens } = trainSettings.parse({});

beforeAll(async () => {
  tokenizer = await Tokenizer.load(embeddedModel);
  context = {
    tokenizer,
    texts: new TokenTexts(tokenizer, []),
    trees: await SyntaxTrees.load(),
    bodyBudget: promptTokens,
    bodySuffixTokens: 0,
    budget: 256,
  };
});

function promptAt(marked: string, language = 'typescript', more: Partial<PromptContext> = {}) {
  const request = at(marked, { language });
  return completionPrompt(request, placeOf(request), { ...context, ...more });
}

describe('in the empty body of a function', () => {
  test('the prompt is the one that training used, wherever in it the cursor is', async () => {
    const folder = join(sampleWorkspace, 'src');
    let functions = 0;
    for (const file of await readdir(folder)) {
      const text = await readFile(join(folder, file), 'utf8');
      for (const { headerStart, bodyStart, bodyEnd } of context.trees.read(
        'typescript',
        text,
        findFunctions,
      )) {
        const prefix = text.slice(0, bodyStart);
        const trained = promptOf({ prefix, headerStart }, tokenizer, promptTokens).tokens;
        for (const [before, after] of [
          ['', ''],
          ['\n  ', '\n'],
          ['\n', ''],
        ]) {
          const { form, tokens, begun } = promptAt(`${prefix}${before}¦${after}${text.slice(bodyEnd)}`);
          expect({ form, tokens, begun }).toEqual({ form: 'function-body', tokens: trained, begun: before });
        }
        functions++;
      }
    }
    expect(functions).toBeGreaterThan(60);
  });

  test('of Python too, below its docstring and without one', () => {
    for (const [header, indent] of [
      ['import a\n\n\ndef f(b):\n', '    '],
      ['class A:\n    def f(self):\n        """Does it."""\n', '        '],
    ] as const) {
      const text = `${header}${indent}return 1\n\n\ndef g():\n    pass\n`;
      const task = context.trees.functionsOf('python', text).functions[0]!;
      const trained = promptOf({ prefix: header, headerStart: task.headerStart }, tokenizer, promptTokens);
      expect(task.bodyStart).toBe(header.length);
      expect(promptAt(`${header}${indent}¦\n\n\ndef g():\n    pass\n`, 'python')).toEqual({
        form: 'function-body',
        tokens: trained.tokens,
        begun: indent,
      });
    }
    expect(promptAt('def f(b):\n    a()\n    ¦\n', 'python').form).toBe('prefix');
  });

  test('of a model that was trained with what stands behind, that is in the prompt too', () => {
    const [header, rest] = ['/** Twice. */\nfunction f(a) {', '}\n\nfunction g(b) {\n  return f(b);\n}\n'];
    const task = { prefix: header, suffix: rest, headerStart: 0 };
    const trained = promptOf(task, tokenizer, promptTokens, 24).tokens;
    expect(trained).not.toEqual(promptOf(task, tokenizer, promptTokens).tokens);
    const { form, tokens } = promptAt(`${header}\n  ¦\n${rest}`, 'javascript', { bodySuffixTokens: 24 });
    expect({ form, tokens }).toEqual({ form: 'function-body', tokens: trained });
  });

  test('that is not empty, the prompt is another', () => {
    expect(promptAt('function f() {¦\n  return 1;\n}').form).toBe('fill-in-the-middle');
    expect(promptAt('function f() {\n  a();\n  ¦\n}').form).toBe('prefix');
    expect(promptAt('if (a) {¦}').form).toBe('prefix');
  });
});

describe('elsewhere', () => {
  /** The text that prompt tokens stand for; marks of the prompt's parts as one character each. */
  const read = (tokens: readonly number[]) =>
    tokens
      .map((token) => {
        const { fim, endOfText } = tokenizer;
        const marks = new Map([
          [endOfText, '«'],
          [fim!.prefix, '‹'],
          [fim!.suffix, '›'],
          [fim!.middle, '»'],
        ]);
        return marks.get(token) ?? context.texts.textOf(token);
      })
      .join('');

  test('the last word is left to the model, so that what is begun can become any', () => {
    for (const last of [' qzx', '\n  ', ' ==', ' 12', '.']) {
      const { tokens, begun } = promptAt(`function f() {\n  const a${last}¦\n}`);
      expect(read(tokens) + begun).toBe(`«function f() {\n  const a${last}`);
      expect(begun).toBe(last);
    }
  });

  test('what follows in the declaration is told, and nothing beyond it', () => {
    const { tokens, begun } = promptAt(
      'const a = 1;\n\nfunction f() {\n  ¦\n  return a;\n}\n\nfunction g() {}\n',
    );
    expect(read(tokens)).toBe(`«‹const a = 1;\n\nfunction f() {›\n  return a;\n}»`);
    expect(begun).toBe('\n  ');
  });

  test('a prompt starts with a declaration', () => {
    const functions = Array.from({ length: 60 }, (_, i) => `function f${i}() {\n  return ${i};\n}\n\n`).join(
      '',
    );
    const { tokens } = promptAt(`${functions}const total = ¦`);
    expect(tokens.length).toBeLessThanOrEqual(256);
    expect(read(tokens)).toMatch(/^«function f\d+\(\) \{\n/);
  });

  test('while somebody types at the end of a long declaration, the prompt seldom starts elsewhere', () => {
    const long = `const list = {\n${Array.from({ length: 300 }, (_, i) => `  name${i}: ${i},\n`).join('')}`;
    const starts = new Set<string>();
    for (let typed = 0; typed < 40; typed++) {
      const { tokens } = promptAt(`${long}${'  a: 1,\n'.repeat(typed)}¦`);
      expect(tokens.length).toBeLessThanOrEqual(256);
      expect(tokens.length).toBeGreaterThan(128);
      starts.add(tokens.slice(0, 40).join());
    }
    expect(starts.size).toBeLessThanOrEqual(8);
  });
});
