/**
 * How long a suggestion takes after one more key: the prompt's beginning read before, beside reading it all anew; and at the
 * end of a file of 580,000 characters, of which the window sends a part, beside one that is only as long as what is read.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { windowStart } from '../../../extension/completions/textWindow.ts';
import { embeddedModel, sampleWorkspace } from '../../../trainer/cli/places.ts';
import { CompletionPolicy } from '../../../trainer/completion/policy.ts';
import { loadModel } from '../../../trainer/model/loadModel.ts';
import { PromptSession } from '../../../trainer/policy/promptSession.ts';
import { compare } from '../figure.ts';

const keys = 5;
const largeFile = 580_000;

export async function* figures() {
  const { config, weights, tokenizer } = await loadModel(embeddedModel);
  await using session = await PromptSession.create({ config, weights });
  const text = await readFile(join(sampleWorkspace, 'src/text.ts'), 'utf8');
  const source = tokenizer.encode(text.repeat(4));
  for (const promptTokens of [64, 256, 448]) {
    for (const written of [1, 12]) {
      /** Milliseconds from a key to the last token written, the mean over some keys. */
      const measure = async (anew: boolean) => {
        let milliseconds = 0;
        for (let key = 0; key < keys; key++) {
          const tokens = source.slice(0, promptTokens - keys + key);
          if (anew) session.clear();
          const started = performance.now();
          for (let i = 0; i < written; i++) {
            const logits = await session.logitsAfter(tokens);
            tokens.push(logits.indexOf(Math.max(...logits)));
          }
          milliseconds += (performance.now() - started) / keys;
        }
        return milliseconds;
      };
      yield await compare({
        figure: `${promptTokens} tokens of prompt, ${written} written`,
        unit: 'ms',
        better: 'lower',
        rounds: 3,
        ours: () => measure(false),
        peer: { name: 'read anew', measure: () => measure(true) },
      });
    }
  }
  yield* await inLargeFile(text);
}

async function inLargeFile(text: string) {
  await using policy = await CompletionPolicy.load({});
  const source = text.repeat(Math.ceil(largeFile / text.length)).slice(0, largeFile);
  const typed = '\n\n/** Adds. */\nfunction add(a: number, b: number) {\n  return a';
  /** Milliseconds from a key to the answer, the mean over the last keys of `typed`. */
  const measure = (before: string) => async () => {
    let milliseconds = 0;
    for (let key = keys; key > 0; key--) {
      const whole = before + typed.slice(0, typed.length - key + 1);
      const started = performance.now();
      await policy.complete(requestIn(whole), new AbortController().signal);
      milliseconds += (performance.now() - started) / keys;
    }
    return milliseconds;
  };
  const [large, small] = [source, source.slice(0, 2000)];
  return [
    await compare({
      figure: `a key in a file of ${largeFile / 1000} kB`,
      unit: 'ms',
      better: 'lower',
      ours: measure(large),
      peer: { name: 'in one of 2 kB', measure: measure(small) },
    }),
    await compare({
      figure: 'sent to the server with each key',
      unit: 'kB',
      better: 'lower',
      rounds: 1,
      ours: () => JSON.stringify(requestIn(large + typed)).length / 1000,
    }),
  ];
}

/** What the window asks at the end of a text. */
const requestIn = (text: string) => ({
  prefix: text.slice(windowStart(text.length)),
  suffix: '\n}\n',
  language: 'typescript',
  file: 'large.ts',
  singleLine: false,
  maxTokens: 1,
});
