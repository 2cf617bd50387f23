"""Small tokenizers cut like those of the supported families, and the ids that the `tokenizers` library gives.

tokenizers/<kind>/tokenizer.json and tokenizer_config.json, with tokenizers/<kind>.gguf, the same as llama.cpp's
converter writes it (vocabulary only), and tokenizers/<kind>.json: `cases`, each a `text`, its `ids` (no special tokens
added), and what they decode to (`decoded`, special tokens left out).
sentencepiece.gguf and sentencepiece.json: the same of a tokenizer that SentencePiece trained, with its ids; its texts have no
special tokens in them, and `decoded` keeps the space that it puts in front.
chat.json: conversations as transformers writes them with the templates in it.
"""

import io
import json
from pathlib import Path
from random import Random

import gguf
import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

FIXTURES = Path(__file__).parents[2] / "test-fixtures" / "golden"
DIRECTORY = FIXTURES / "tokenizers"
ROOT = Path(__file__).parents[2]

WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|NUMBERS| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def by_expression(numbers):
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(WORDS.replace("NUMBERS", numbers)), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )


def byte_level():
    return pre_tokenizers.ByteLevel(add_prefix_space=False)


QWEN_SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>"]
# llama.cpp's name, how words are cut, NFC, whole words first, special tokens, begin of text, end of text
KINDS = {
    "gpt-2": (byte_level(), False, False, ["<|endoftext|>"], None, "<|endoftext|>"),
    "smollm": (
        pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), byte_level()]),
        False,
        False,
        ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<repo_name>", "<file_sep>"],
        None,
        "<|im_end|>",
    ),
    "qwen2": (by_expression(r"\p{N}"), True, False, QWEN_SPECIAL, None, "<|im_end|>"),
    "llama-bpe": (
        by_expression(r"\p{N}{1,3}"),
        False,
        True,
        ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
        "<|begin_of_text|>",
        "<|end_of_text|>",
    ),
}

TEXTS = [
    "",
    " ",
    "a",
    "export function sum(numbers: readonly number[]): number {\n  return numbers.reduce((a, b) => a + b, 0);\n}\n",
    "def f(x):\r\n\tif x >= 10_000:\r\n\t\treturn {'a': [1, 22, 333, 4444, 55555]}\r\n",
    "#include <stdio.h>\nint main(void) { printf(\"%d\\n\", 0xff); return 0; }",
    "   \n\n\n\t \u00a0 trailing   ",
    "\n \n  \n   x\n\t\n",
    "a  b   c    d     e                 f",
    "I'm, you're, they'VE, it'S, we'll, he'd; don't 'quote' O'Neil's",
    "Größe in €, für 日本語 and 한국어, Ελληνικά, кириллица, עברית, العربية, हिन्दी",
    "e\u0301 vs \u00e9, A\u030a vs \u00c5, ﬁ ligature, ½ ² ③ Ⅷ ٣ ४",
    "🙂🙃👨‍👩‍👧‍👦🏳️‍🌈👍🏽 \U0001f9d1\U0001f3fe\u200d\U0001f4bb",
    "zero\u200bwidth\u200d joiner\ufeff bom \u2028 line \u0085 next \u3000 wide",
    "0123456789 3.14159 1e-9 1,000,000 v1.2.3 2024-11-25T20:00:00Z",
    "<|endoftext|>a<|im_start|>user\nhi<|im_end|> <|im_end|><|eot_id|>b <|begin_of_text|>",
    "<|fim_prefix|>def f():<|fim_suffix|>\n<|fim_middle|>    return 1<|endoftext|>",
    "almost <|endoftext| > <|im_end> < |im_start|> <repo_name>x<file_sep>",
    "snake_case camelCase SCREAMING_CASE kebab-case $dollar @at #hash ~tilde `tick` \\back/slash",
    "!!!???...;;;:::===>>><<<&&&|||+++---***///%%%^^^~~~",
    "\x00\x01\x7f control \x1b[31mred\x1b[0m",
    "a\u0300\u0301\u0302 stacked, \u1100\u1161\u11a8 jamo, \uac01",
    "x" * 200,
    "ab" * 60 + "\n" * 30 + " " * 70 + "end",
]

PIECES = (
    "a B é ß 日 ع \u0301 'S 's ' \" ; ... _ - = 1 42 ½ ٣ Ⅷ 🙂 \u200d \u200b \ufeff \u0085 \u00a0 \u2028 \u3000 \x1c \x00 \u180e "
    "<|im_end|> <|im_ \u1680 \u202f ſ K İ ı \u1e9e"
).split(" ") + [" ", "  ", "\n", "\r\n", "\t", "\r"]


def random_texts(count):
    """Everything that makes classes of characters differ between implementations, in any order."""
    random = Random(17)
    return ["".join(random.choices(PIECES, k=random.randint(2, 14))) for _ in range(count)]


CHATML = (
    "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
    "{{ '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n' }}{% endif %}"
    "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
LLAMA3 = (
    "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + "
    "message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}"
    "{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}"
)
CONVERSATIONS = [
    [dict(role="user", content="Reverse a string in Python.")],
    [
        dict(role="system", content="  You write terse code.\n"),
        dict(role="user", content="f(x)?"),
        dict(role="assistant", content="`x`"),
        dict(role="user", content="Größer, in 日本語 🙂\n\n"),
    ],
]


def corpus():
    """Ordinary code, and the Unicode of the cases, so that merges cross into multi-byte letters."""
    files = sorted((ROOT / "test-fixtures" / "sample-workspace").glob("src/**/*.ts"))
    return [path.read_text() for path in files] + [text * 20 for text in TEXTS]


def write(kind):
    pre, nfc, whole_words, special, bos, eos = KINDS[kind]
    tokenizer = Tokenizer(models.BPE(ignore_merges=whole_words))
    tokenizer.pre_tokenizer = pre
    tokenizer.decoder = decoders.ByteLevel()
    if nfc:
        tokenizer.normalizer = normalizers.NFC()
    trainer = trainers.BpeTrainer(
        vocab_size=900,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=[AddedToken(token, normalized=False) for token in special],
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus(), trainer)
    if bos:
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{bos} $A", special_tokens=[(bos, tokenizer.token_to_id(bos))]
        )
    directory = DIRECTORY / kind
    directory.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(directory / "tokenizer.json"), pretty=False)
    config = dict(tokenizer_class="PreTrainedTokenizerFast", bos_token=bos, eos_token=eos)
    (directory / "tokenizer_config.json").write_text(json.dumps(config) + "\n")

    cases = []
    for text in TEXTS + random_texts(200):
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        cases.append(dict(text=text, ids=ids, decoded=tokenizer.decode(ids)))
    start = tokenizer.encode("").ids
    (DIRECTORY / f"{kind}.json").write_text(json.dumps(dict(start=start, cases=cases)) + "\n")
    write_gguf(kind, tokenizer, special, bos, eos)


def write_gguf(kind, tokenizer, special, bos, eos):
    saved = json.loads(tokenizer.to_str())
    tokens = sorted(saved["model"]["vocab"], key=saved["model"]["vocab"].get)
    writer = gguf.GGUFWriter(DIRECTORY / f"{kind}.gguf", "llama")
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(kind)
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.CONTROL if token in special else gguf.TokenType.NORMAL for token in tokens])
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in saved["model"]["merges"]])
    if bos:
        writer.add_bos_token_id(tokenizer.token_to_id(bos))
    writer.add_eos_token_id(tokenizer.token_to_id(eos))
    describe_and_close(writer, len(tokens))


def describe_and_close(writer, count):
    """llama.cpp wants the rest of a model's description even where there are no weights."""
    writer.add_context_length(128)
    writer.add_embedding_length(32)
    writer.add_block_count(1)
    writer.add_feed_forward_length(32)
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_rope_dimension_count(16)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_vocab_size(count)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()


def write_sentencepiece():
    """Byte-pair pieces with bytes for what they do not cover, as Llama's and CodeLlama's."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(line for text in corpus() for line in text.split("\n")),
        model_writer=model,
        model_type="bpe",
        vocab_size=900,
        byte_fallback=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        split_digits=True,
        allow_whitespace_only_pieces=True,
        character_coverage=0.98,
        num_threads=1,
        minloglevel=2,
    )
    pieces = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    cases = []
    for text in TEXTS + random_texts(200):
        # SentencePiece drops the zero byte, and the spaces of an empty text.
        if "<" in text or "\x00" in text or text == "":
            continue
        ids = pieces.encode(text)
        cases.append(dict(text=text, ids=ids, decoded=" " + text))
    golden = dict(start=[pieces.bos_id()], cases=cases)
    (DIRECTORY / "sentencepiece.json").write_text(json.dumps(golden) + "\n")

    def kind(id):
        if pieces.is_unknown(id):
            return gguf.TokenType.UNKNOWN
        if pieces.is_control(id):
            return gguf.TokenType.CONTROL
        return gguf.TokenType.BYTE if pieces.is_byte(id) else gguf.TokenType.NORMAL

    count = pieces.get_piece_size()
    writer = gguf.GGUFWriter(DIRECTORY / "sentencepiece.gguf", "llama")
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([pieces.id_to_piece(id) for id in range(count)])
    writer.add_token_scores([pieces.get_score(id) for id in range(count)])
    writer.add_token_types([kind(id) for id in range(count)])
    writer.add_unk_token_id(pieces.unk_id())
    writer.add_bos_token_id(pieces.bos_id())
    writer.add_eos_token_id(pieces.eos_id())
    describe_and_close(writer, count)


def write_chats():
    golden = []
    for kind, template in [("qwen2", CHATML), ("llama-bpe", LLAMA3)]:
        tokenizer = PreTrainedTokenizerFast.from_pretrained(DIRECTORY / kind)
        for messages in CONVERSATIONS:
            text = tokenizer.apply_chat_template(
                messages, chat_template=template, tokenize=False, add_generation_prompt=True
            )
            ids = tokenizer.encode(text, add_special_tokens=False)
            golden.append(dict(kind=kind, template=template, messages=messages, text=text, ids=ids))
    (DIRECTORY / "chat.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    for kind in KINDS:
        write(kind)
    write_sentencepiece()
    write_chats()
