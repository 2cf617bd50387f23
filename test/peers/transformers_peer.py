"""Greedy continuations by transformers and PEFT, for roundTrip.test.ts: reads a job's file, prints token ids as JSON."""

import json
import sys

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM


@torch.no_grad()
def greedy(model, prompts, length):
    results = []
    for prompt in prompts:
        ids = torch.tensor([prompt])
        for _ in range(length):
            ids = torch.cat([ids, model(ids).logits[:, -1:].argmax(-1)], dim=1)
        results.append(ids[0, len(prompt) :].tolist())
    return results


def load(directory):
    return AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32).eval()


job = json.loads(open(sys.argv[1]).read())
torch.set_num_threads(1)
models = dict(
    base=load(job["base"]),
    peft=PeftModel.from_pretrained(load(job["base"]), job["peft"]).eval(),
    merged=load(job["merged"]),
)
print(json.dumps({name: greedy(model, job["prompts"], job["length"]) for name, model in models.items()}))
