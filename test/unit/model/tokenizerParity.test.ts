/** Token ids against the `tokenizers` library and transformers (golden files: test/golden/token_ids.py). */
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readGgufHeader } from '../../../trainer/model/gguf/header.ts';
import { ggufTokenizer } from '../../../trainer/model/gguf/tokenizer.ts';
import { Tokenizer } from '../../../trainer/model/tokenizer.ts';

const golden = join(import.meta.dirname, '../../../test-fixtures/golden/tokenizers');
const ids = z.array(z.int());
const schema = z.object({
  start: ids,
  cases: z.array(z.object({ text: z.string(), ids, decoded: z.string() })).min(100),
});
const both = ['tokenizer.json', 'GGUF'];
const kinds: readonly (readonly [kind: string, forms: readonly string[]])[] = [
  ['gpt-2', both],
  ['smollm', both],
  ['qwen2', both],
  ['llama-bpe', both],
  ['sentencepiece', ['GGUF']],
];

describe.each(kinds)('a tokenizer cut like %s', (kind, forms) => {
  const { start, cases } = schema.parse(JSON.parse(readFileSync(join(golden, `${kind}.json`), 'utf8')));

  // The library drops a byte order mark where bytes that are tokens begin with one.
  const told = (text: string) => (kind === 'sentencepiece' ? text.replaceAll('\uFEFF', '') : text);

  describe.each(forms.map((form) => [form, join(golden, form === 'GGUF' ? `${kind}.gguf` : kind)] as const))(
    'from %s',
    async (_, path) => {
      const tokenizer = await Tokenizer.load(path);

      test('gives the ids of the reference for code, Unicode, runs of spaces and special tokens', () => {
        const given = cases.map(({ text, ids }) => [
          text,
          tokenizer.encode(text),
          told(tokenizer.decode(ids)),
        ]);
        expect(given).toEqual(cases.map(({ text, ids, decoded }) => [text, ids, told(decoded)]));
      });

      test('starts a text as the reference does, or as a document', () => {
        const document = tokenizer.encode('<|endoftext|>');
        expect(tokenizer.start).toEqual(start.length > 0 ? start : document);
      });
    },
  );
});

test('fill-in-the-middle tokens are found where there are any', async () => {
  const fim = async (kind: string) => (await Tokenizer.load(join(golden, `${kind}.gguf`))).fim;
  expect(await fim('qwen2')).toEqual({ prefix: 3, middle: 4, suffix: 5 });
  expect(await fim('smollm')).toBeUndefined();
});

describe('a conversation', async () => {
  const message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });
  const chats = z
    .array(
      z.object({ kind: z.string(), template: z.string(), messages: z.array(message), text: z.string(), ids }),
    )
    .min(4)
    .parse(JSON.parse(await readFile(join(golden, 'chat.json'), 'utf8')));
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'reinforce-chat-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  test.each(chats)('is written as transformers writes it ($kind, %#)', async (chat) => {
    await cp(join(golden, chat.kind), directory, { recursive: true });
    const path = join(directory, 'tokenizer_config.json');
    const config = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...config, chat_template: chat.template }));
    expect((await Tokenizer.load(directory)).encodeChat(chat.messages)).toEqual(chat.ids);

    // Newer directories have the template in a file of its own, and older ones a list of templates.
    await writeFile(path, JSON.stringify(config));
    await writeFile(join(directory, 'chat_template.jinja'), chat.template);
    expect((await Tokenizer.load(directory)).encodeChat(chat.messages)).toEqual(chat.ids);
    await rm(join(directory, 'chat_template.jinja'));
    const named = [
      { name: 'tool_use', template: 'other' },
      { name: 'default', template: chat.template },
    ];
    await writeFile(path, JSON.stringify({ ...config, chat_template: named }));
    expect((await Tokenizer.load(directory)).encodeChat(chat.messages)).toEqual(chat.ids);
  });

  test('with a model that has no template is refused by a sentence', async () => {
    const tokenizer = await Tokenizer.load(join(golden, 'qwen2'));
    expect(() => tokenizer.encodeChat([{ role: 'user', content: 'hi' }])).toThrow(
      /^This model has no chat template: choose an instruct model/,
    );
  });

  test('that the template refuses is told in a sentence', async () => {
    await cp(join(golden, 'qwen2'), directory, { recursive: true });
    await writeFile(join(directory, 'chat_template.jinja'), "{{ raise_exception('no system message') }}");
    const tokenizer = await Tokenizer.load(directory);
    expect(() => tokenizer.encodeChat([{ role: 'user', content: 'hi' }])).toThrow(
      /no system message.*: change its/,
    );
  });
});

describe('a tokenizer.json that takes a space from in front of a text', () => {
  const path = join(golden, 'sentencepiece.gguf');
  const files = ggufTokenizer(path, readGgufHeader(path));
  const replace = { type: 'Replace', pattern: { String: '▁' }, content: ' ' };
  const strip = { type: 'Strip', content: ' ', start: 1, stop: 0 };
  test.each([
    ["as Llama 2's", [replace, { type: 'ByteFallback' }, { type: 'Fuse' }, strip]],
    ['by Metaspace', [{ type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false }]],
  ])('%s leaves it in what a model writes', (_, decoders) => {
    const decoder = { type: 'Sequence', decoders };
    const tokenizer = Tokenizer.from({ ...files, tokenizer: { ...files.tokenizer, decoder } });
    expect(tokenizer.decode(tokenizer.encode('return numbers'))).toBe(' return numbers');
  });
});

test.each([
  [
    't5',
    'qwen2',
    /its tokenizer is "t5", and only SentencePiece \("llama"\) and byte-level BPE of the kinds gpt-2, .* can be read: choose/,
  ],
  ['gpt2', 'tekken', /its tokenizer is of the kind "tekken", and only/],
])('a GGUF tokenizer %s/%s is refused by its name', (model, pre, sentence) => {
  const metadata = new Map([
    ['tokenizer.ggml.model', model],
    ['tokenizer.ggml.pre', pre],
  ]);
  expect(() => ggufTokenizer('model.gguf', { metadata, tensors: new Map() })).toThrow(sentence);
});
