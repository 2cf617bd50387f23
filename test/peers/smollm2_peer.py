"""What transformers makes of a GGUF file, for smollm2.ts: reads texts, writes what to compare with.

usage: smollm2_peer.py model.gguf texts.json output-directory [adapter merged]
peer.json: `ids` of each text, greedy `continuations` (those of the model with an adapter by PEFT, `peft`, and of the
`merged` model too, where these directories are named), and the sha256 of every dequantised weight under its Hugging Face
name; logits.bin: the logits of every position of every text, float32, one after the other.
"""

import hashlib
import json
import sys
from pathlib import Path

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

path, texts, output = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text()), Path(sys.argv[3])
adapted = sys.argv[4:]
LENGTH = 64

torch.set_num_threads(1)
tokenizer = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
model = AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name, dtype=torch.float32).eval()


@torch.no_grad()
def continued(model, all_ids):
    """All at once, padded on the left."""
    width = max(len(ids) for ids in all_ids)
    prompts = torch.tensor([[0] * (width - len(ids)) + ids for ids in all_ids])
    mask = torch.tensor([[0] * (width - len(ids)) + [1] * len(ids) for ids in all_ids])
    end = model.generate(
        prompts,
        attention_mask=mask,
        do_sample=False,
        min_new_tokens=LENGTH,
        max_new_tokens=LENGTH,
        eos_token_id=-1,
        pad_token_id=0,
    )
    return end[:, width:].tolist()


all_ids = [tokenizer(text, add_special_tokens=False)["input_ids"] for text in texts]
with torch.no_grad(), open(output / "logits.bin", "wb") as file:
    for ids in all_ids:
        file.write(model(torch.tensor([ids])).logits[0].numpy().tobytes())
hashes = {name: hashlib.sha256(weight.numpy().tobytes()).hexdigest() for name, weight in model.state_dict().items()}
golden = dict(ids=all_ids, hashes=hashes, continuations=continued(model, all_ids))
if adapted:
    adapter, merged = adapted
    reloaded = AutoModelForCausalLM.from_pretrained(merged, dtype=torch.float32).eval()
    golden["merged"] = continued(reloaded, all_ids)
    golden["peft"] = continued(PeftModel.from_pretrained(model, adapter).eval(), all_ids)
(output / "peer.json").write_text(json.dumps(golden))
