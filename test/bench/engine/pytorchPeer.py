"""What transformers and PEFT take for the benchmark's work. One JSON request a line on stdin, one answer a line on stdout.

{"task": "generate", "prompts": [[...]], "tokens": n}                          -> tokens written a second
{"task": "train", "dtype": "float32", "sequences": [[...]], "promptTokens": n} -> tokens read a second
"""

import json
import sys
import time

import peft
import torch
import transformers

config = transformers.LlamaConfig(
    vocab_size=49152,
    hidden_size=576,
    intermediate_size=1536,
    num_hidden_layers=30,
    num_attention_heads=9,
    num_key_value_heads=3,
    head_dim=64,
    rope_theta=100000.0,
    tie_word_embeddings=True,
    max_position_embeddings=2048,
    bos_token_id=0,
    eos_token_id=None,
    pad_token_id=0,
)
models = {}


def model_of(dtype):
    if dtype not in models:
        torch.manual_seed(0)
        models[dtype] = transformers.LlamaForCausalLM(config).to(getattr(torch, dtype)).eval()
    return models[dtype]


def generate(prompts, tokens):
    model = model_of("float32")
    ids = torch.tensor(prompts)
    options = dict(do_sample=True, temperature=1.0, top_k=0, top_p=1.0)
    times = []
    with torch.no_grad():
        # Reading the prompts is not counted: two lengths, and what the longer took more.
        for count in (1, 1 + tokens):
            start = time.perf_counter()
            model.generate(ids, max_new_tokens=count, min_new_tokens=count, **options)
            times.append(time.perf_counter() - start)
    return len(prompts) * tokens / (times[1] - times[0])


def train(dtype, sequences, promptTokens):
    name = "peft " + dtype
    if name not in models:
        targets = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
        lora = peft.LoraConfig(r=16, lora_alpha=32, target_modules=targets)
        torch.manual_seed(0)
        base = transformers.LlamaForCausalLM(config).to(getattr(torch, dtype))
        models[name] = peft.get_peft_model(base, lora)
    model = models[name].train()
    ids = torch.tensor(sequences)
    advantage = torch.linspace(-1, 1, len(sequences))[:, None]
    start = time.perf_counter()
    actions = ids.shape[1] - promptTokens
    logits = model(ids, logits_to_keep=actions + 1).logits[:, :-1].float()
    logp = logits.log_softmax(-1).gather(-1, ids[:, promptTokens:, None])[..., 0]
    ratio = (logp - logp.detach()).exp()
    (-torch.minimum(ratio * advantage, ratio.clamp(0.8, 1.2) * advantage)).mean().backward()
    seconds = time.perf_counter() - start
    model.zero_grad()
    return ids.numel() / seconds


torch.set_num_threads(int(sys.argv[1]))
print(json.dumps({"torch": torch.__version__, "transformers": transformers.__version__}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"generate": generate, "train": train}[request.pop("task")](**request)), flush=True)
