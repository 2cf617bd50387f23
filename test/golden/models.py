"""Tiny random models of every family as Hugging Face directories, each with its logits and greedy continuations.

golden.json of each: `inputIds` [2, 9], `logits` [2, 9, vocab] (float32, weights upcast to float32),
`greedy` [2, 12] (the continuation of each row alone), `inverseFrequencies` [head_dim / 2] of the rotary embeddings,
and `prompts` (20, of 3 to 22 tokens) with their `continuations` of 64 tokens each.
"""

import json
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, LlamaConfig, Qwen2Config, Qwen3Config

FIXTURES = Path(__file__).parents[2] / "test-fixtures" / "golden"

BASE = dict(
    vocab_size=64,
    hidden_size=32,
    intermediate_size=48,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=128,
    bos_token_id=1,
    eos_token_id=2,
)
LLAMA3_ROPE = dict(
    rope_type="llama3",
    rope_theta=10000.0,
    factor=4.0,
    low_freq_factor=1.0,
    high_freq_factor=4.0,
    original_max_position_embeddings=64,
)

YARN_ROPE = dict(rope_type="yarn", rope_theta=1000000.0, factor=4.0, original_max_position_embeddings=32)


def random_model(seed: int, dtype: torch.dtype, kind=LlamaConfig, **config):
    """Every weight drawn anew, norms and biases too, so that none of them is a constant that hides a mistake."""
    torch.manual_seed(seed)
    model = AutoModelForCausalLM.from_config(kind(**BASE, **config)).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            spread = 0.3 if weight.dim() == 1 else 1.2 / weight.shape[1] ** 0.5
            weight.normal_(1.0 if "norm" in name else 0.0, spread)
    return model.to(dtype)


def continuations(reference) -> dict:
    """Only prompts on whose way no two tokens are nearly as good: rounding may choose either of those."""
    generator = torch.Generator().manual_seed(13)
    chosen = dict(prompts=[], continuations=[])
    while len(chosen["prompts"]) < 20:
        prompt = torch.randint(3, BASE["vocab_size"], (1, 3 + len(chosen["prompts"])), generator=generator)
        ids, clear = prompt, True
        for _ in range(64):
            best = reference(ids).logits[0, -1].topk(2)
            clear = clear and best.values[0] - best.values[1] > 1e-3
            ids = torch.cat([ids, best.indices[None, :1]], dim=1)
        if clear:
            chosen["prompts"].append(prompt[0].tolist())
            chosen["continuations"].append(ids[0, prompt.shape[1] :].tolist())
    return chosen


@torch.no_grad()
def write_model(name: str, model, **save) -> None:
    directory = FIXTURES / name
    model.save_pretrained(directory, **save)
    (directory / "generation_config.json").unlink()
    reference = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32)
    input_ids = torch.randint(3, BASE["vocab_size"], (2, 9), generator=torch.Generator().manual_seed(7))
    ids = input_ids
    for _ in range(12):
        best = reference(ids).logits[:, -1].topk(2)
        assert (best.values[:, 0] - best.values[:, 1]).min() > 1e-3, "a tie: choose another seed"
        ids = torch.cat([ids, best.indices[:, :1]], dim=1)
    golden = dict(
        inputIds=input_ids.tolist(),
        logits=reference(input_ids).logits.tolist(),
        greedy=ids[:, 9:].tolist(),
        inverseFrequencies=reference.model.rotary_emb.inv_freq.tolist(),
        **continuations(reference),
    )
    (directory / "golden.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    write_model("llama-tied", random_model(1, torch.float32, tie_word_embeddings=True))
    untied = dict(tie_word_embeddings=False, attention_bias=True, mlp_bias=True, head_dim=10)
    write_model(
        "llama-untied-bias",
        random_model(2, torch.bfloat16, rope_parameters=LLAMA3_ROPE, **untied),
        max_shard_size="40KB",
    )
    linear = dict(rope_type="linear", rope_theta=500.0, factor=2.0)
    write_model("llama-f16", random_model(3, torch.float16, tie_word_embeddings=False, rope_parameters=linear))
    write_model("qwen2", random_model(4, torch.bfloat16, Qwen2Config, tie_word_embeddings=True))
    untied = dict(tie_word_embeddings=False, head_dim=12)
    yarn = dict(tie_word_embeddings=True, head_dim=16, rope_parameters=YARN_ROPE)
    write_model("qwen3-yarn", random_model(6, torch.float16, Qwen3Config, **yarn))
    write_model("qwen3", random_model(5, torch.float32, Qwen3Config, **untied))
