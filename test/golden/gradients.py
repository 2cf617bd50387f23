"""Gradients of a weighted log-likelihood in float64, for all weights and for a LoRA adapter made by PEFT.

For each model, <model>/gradients.json: `inputIds`, `attentionMask`, `weights` (all [3, 10], rows padded on the right),
`temperature`, and for `full` and `lora` the `loss` and `logp` [3, 10] (0 where `weights` is 0):

    logp[b, t] = log_softmax(logits[b, t - 1] / temperature)[inputIds[b, t]]
    loss       = -sum(weights * logp)

Beside it gradients-full.safetensors and gradients-lora.safetensors (float32, names as in the model), and adapter/,
the LoRA adapter as PEFT saves it.
"""

import json

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM
from transformers.models.llama.modeling_llama import LlamaRMSNorm
from transformers.models.qwen2.modeling_qwen2 import Qwen2RMSNorm
from transformers.models.qwen3.modeling_qwen3 import Qwen3RMSNorm

from models import FIXTURES

TEMPERATURE = 0.7
LINEAR_LAYERS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def norm_in_float64(self, x):
    """transformers' own casts to float32, which would leave an error of 1e-7 in the reference."""
    return self.weight * x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.variance_epsilon)


for norm in (LlamaRMSNorm, Qwen2RMSNorm, Qwen3RMSNorm):
    norm.forward = norm_in_float64


def batch():
    """Rows of 10, 7 and 5 tokens; actions start after 4, 3 and 2 of them and weigh between -1 and 1."""
    generator = torch.Generator().manual_seed(11)
    ids = torch.randint(3, 64, (3, 10), generator=generator)
    position = torch.arange(10)
    mask = (position < torch.tensor([[10], [7], [5]])).long()
    action = mask * (position >= torch.tensor([[4], [3], [2]]))
    weights = (2 * torch.rand(3, 10, generator=generator, dtype=torch.float64) - 1).where(action == 1, 0)
    return ids * mask, mask, weights


def loss_of(model, ids, mask, weights):
    logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1] / TEMPERATURE
    logp = torch.log_softmax(logits, -1).gather(-1, ids[:, 1:, None])[..., 0]
    logp = torch.nn.functional.pad(logp, (1, 0)).where(weights != 0, 0)
    return -(weights * logp).sum(), logp


def record(model, path, rename):
    loss, logp = loss_of(model, *batch())
    loss.backward()
    gradients = {rename(name): weight.grad for name, weight in model.named_parameters() if weight.requires_grad}
    save_file({name: gradient.float().contiguous() for name, gradient in gradients.items()}, path)
    return dict(loss=loss.item(), logp=logp.tolist())


def adapted(directory, seed):
    torch.manual_seed(seed)
    base = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32)
    model = get_peft_model(base, LoraConfig(r=4, lora_alpha=8, target_modules=LINEAR_LAYERS, task_type="CAUSAL_LM"))
    with torch.no_grad():
        for weight in model.parameters():
            if weight.requires_grad:
                weight.normal_(0.0, 0.2)
    save_adapter(model, directory)
    return model.double()


def save_adapter(model, directory):
    model.save_pretrained(directory / "adapter")
    (directory / "adapter" / "README.md").unlink()
    # An absolute path and a set's order would differ from one writing to the next.
    path = directory / "adapter" / "adapter_config.json"
    config = json.loads(path.read_text())
    config.update(base_model_name_or_path=directory.name, target_modules=sorted(config["target_modules"]))
    path.write_text(json.dumps(config, indent=2) + "\n")


def write_gradients(name, seed):
    directory = FIXTURES / name
    ids, mask, weights = batch()
    golden = dict(
        inputIds=ids.tolist(), attentionMask=mask.tolist(), weights=weights.tolist(), temperature=TEMPERATURE
    )
    full = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float64)
    golden["full"] = record(full, directory / "gradients-full.safetensors", lambda name: name)
    golden["lora"] = record(
        adapted(directory, seed),
        directory / "gradients-lora.safetensors",
        lambda name: name.removeprefix("base_model.model.").replace(".default", ""),
    )
    (directory / "gradients.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    write_gradients("llama-tied", seed=21)
    write_gradients("llama-untied-bias", seed=22)
    write_gradients("qwen2", seed=23)
    write_gradients("qwen3", seed=24)
