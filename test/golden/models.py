"""Tiny random Llama models as Hugging Face directories, each with its logits and a greedy continuation.

golden.json of each: `inputIds` [2, 9], `logits` [2, 9, vocab] (float32, weights upcast to float32),
`greedy` [2, 12] (the continuation of each row alone) and `inverseFrequencies` [head_dim / 2] of the rotary embeddings.
"""

import json
from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM

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


def random_model(seed: int, dtype: torch.dtype, **config) -> LlamaForCausalLM:
    """Every weight drawn anew, norms and biases too, so that none of them is a constant that hides a mistake."""
    torch.manual_seed(seed)
    model = LlamaForCausalLM(LlamaConfig(**BASE, **config)).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            spread = 0.3 if weight.dim() == 1 else 1.2 / weight.shape[1] ** 0.5
            weight.normal_(1.0 if "norm" in name else 0.0, spread)
    return model.to(dtype)


@torch.no_grad()
def write_model(name: str, model: LlamaForCausalLM, **save) -> None:
    directory = FIXTURES / name
    model.save_pretrained(directory, **save)
    (directory / "generation_config.json").unlink()
    reference = LlamaForCausalLM.from_pretrained(directory, dtype=torch.float32)
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
