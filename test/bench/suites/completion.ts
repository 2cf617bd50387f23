/** How long a suggestion takes after one more key: the prompt's beginning read before, beside reading it all anew. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { embeddedModel, sampleWorkspace } from '../../../trainer/cli/places.ts';
import { loadModel } from '../../../trainer/model/loadModel.ts';
import { PromptSession } from '../../../trainer/policy/promptSession.ts';
import { compare } from '../figure.ts';

const keys = 5;

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
}
